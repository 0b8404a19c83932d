"""What every public view is: GET and HEAD only, the same for every reader, with the query parameters it declares and no others."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import mirroring

View = Callable[..., HttpResponse]

WHOLE = "whole"
"""Stands in `request.params` when the mirror asks: its archives have no pages to turn."""
FRESH = 10
STALE = 7 * 24 * 60 * 60
"""Seconds for which a browser may show a page unasked, and for which a cache may show it while the site is down."""


def public(*params: str) -> Callable[[View], View]:
    """Marks a view whose pages any cache may keep. What it does not declare never reaches it, nor a cache's key."""

    def decorate(view: View) -> View:
        @wraps(view)
        def only_declared(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            whole = {WHOLE: "yes"} if mirroring.made_at.get() else {}
            request.params = whole or {name: request.GET[name] for name in params if name in request.GET}
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                response.headers.setdefault("Cache-Control", cache_control(getattr(response, "shown_until", None)))
            return response

        wrapped = require_safe(only_declared)
        wrapped.params = params
        return wrapped

    return decorate


def until(moment: datetime | None, response: HttpResponse) -> HttpResponse:
    """The answer, marked as one that must not be shown after this moment."""
    response.shown_until = moment
    return response


def cache_control(shown_until: datetime | None = None) -> str:
    """For a page that must not be shown after a moment (a private number on it), no longer than until then, down or not."""
    fresh, stale = FRESH, STALE
    if shown_until is not None:
        left = max(0, int((shown_until - timezone.now()).total_seconds()))
        fresh, stale = min(fresh, left), min(stale, left)
    return f"public, max-age={fresh}, stale-if-error={stale}"
