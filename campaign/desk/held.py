"""What was typed into a form of the desk is never lost to a session that ended meanwhile, or to a login in another tab.

The answer holds all that was posted (files excepted) as a form: log in in a new tab, press "Save again" here. A login changes the
CSRF token, so the page carries a signed word of its own, which counts only from a page of ours (Origin) and with the session, whose
cookie no other site can send.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from articles.public_form import foreign

HELD = "_held"
SALT = "words held for an editor"
AGE = 12 * 60 * 60
WORDS = 40
"""Characters from which on a field is shown, so that its words can be copied if all else fails."""
OWN = frozenset({"csrfmiddlewaretoken", HELD})


class HeldWords:
    """Middleware, after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info.startswith(f"/{settings.ADMIN_PATH}") and not request.user.is_authenticated and holds(request):
            words = _("Your session has ended. What you wrote is here: log in in a new tab, then come back and press “Save again”.")
            return page(request, words)
        return self.get_response(request)


def holds(request: HttpRequest) -> bool:
    """Whether this is a form of the desk, sent from the desk; one with a password in it is never given back."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    form = name.startswith("admin:") and name not in ("admin:login", "admin:logout", "admin:jsi18n", "admin:factor", "admin:factor_renew")
    elsewhere = foreign(request) or request.headers.get("Origin") == "null"  # our pages name themselves; a frame of another site's can say "null"
    return form and not elsewhere and request.POST.keys() - OWN != set() and not any("password" in key for key in request.POST)


def page(request: HttpRequest, words: str) -> HttpResponse:
    fields = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    context = {
        "words": words,
        "fields": [*fields, (HELD, signing.dumps(request.get_full_path(), salt=SALT))],
        "shown": [(name, value) for name, value in fields if len(value) >= WORDS],
        "files": [file.name for file in request.FILES.values()],
        "address": request.get_full_path(),
        "login": reverse("admin:login"),
        "logged_in": request.user.is_authenticated,
    }
    response = admin.site.page(request, "held", _("Nothing is lost"), **context)
    response.status_code = 403
    return response.render()


def vouched(request: HttpRequest) -> bool:
    """Whether this is "Save again", pressed on a page that we gave out for this address."""
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    try:
        return ours and signing.loads(request.POST.get(HELD, ""), salt=SALT, max_age=AGE) == request.get_full_path()
    except signing.BadSignature:
        return False


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form left open while its editor logged in again: its words come back with a token that is good."""
    if holds(request):
        return page(request, _("You have logged in again since you opened this form. What you wrote is here: press “Save again”."))
    from campaign.views import errors

    return errors.forbidden(request, PermissionError(reason))
