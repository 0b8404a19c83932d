"""What every answer carries, and what exists on the desk's path alone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.context_processors import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.context_processors import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

from articles.models.audit import acting
from campaign.desk.held import vouched

GetResponse = Callable[[HttpRequest], HttpResponse]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class Headers:
    """The policies of every answer; a view that needs a stricter one sets its own first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cache-Control", "no-store")
        if on_desk(request):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        elif settings.ONION_URL:
            response.headers.setdefault("Onion-Location", f"{settings.ONION_URL}{request.path}")
        return response


class LanguageByPath:
    """The interface language stands in the path ("/ru/…") and nowhere else: LocaleMiddleware would add `Vary: Accept-Language`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.codes = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path.split("/", 2)[1]  # path_info may lack its slash ("OPTIONS *"); path never does
        request.LANGUAGE_CODE = first if first in self.codes else settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            return self.get_response(request)


def on_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


class DeskOnly:
    """Mixed into a middleware of Django's: it works on the desk's path and is not there for readers."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return super().__call__(request) if on_desk(request) else self.get_response(request)


class DeskSession(DeskOnly, SessionMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """What the request did is done by now: a database that goes away here takes a word of thanks with it, and nothing else."""
        try:
            return super().process_response(request, response)
        except (OperationalError, InterfaceError):
            return response


class DeskCsrf(DeskOnly, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if not on_desk(request):
            return None
        refused = super().process_view(request, *args)
        if refused and request.user.is_authenticated and vouched(request):
            request.csrf_processing_done = True  # the admin's own decorators ask once more
            return None
        return refused


class DeskAuthentication(DeskOnly, AuthenticationMiddleware):
    pass


class DeskActor:
    """What happens to posts during a request of the desk is noted in the audit log as this editor's doing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request.user if on_desk(request) else None):
            return self.get_response(request)


class DeskMessages(DeskOnly, MessageMiddleware):
    pass


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """`user`, `perms` and `messages` for the admin's templates; nothing elsewhere."""
    return {**auth(request), **messages(request)} if on_desk(request) else {}
