"""Pages for what went wrong. All but 404 and 410 stand without the database, and say so by `request.frameless`."""

import logging
import os
import re
import secrets
import sys
import traceback
from datetime import date

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import counts
from articles.archives import Neighbour
from articles.models import Kind, Post, Status
from articles.pictures import is_full
from articles.templatetags.articles import long_date
from campaign import alerts, kept, oldaddresses
from campaign.middleware import on_desk

logger = logging.getLogger("campaign")

DATED = re.compile(r"/([0-9]{4})(?:/(0?[1-9]|1[0-2]))?(?:/|\Z)", re.ASCII)
AWAY = (OperationalError, InterfaceError)
"""What a database raises that does not answer, or not in time, or has no room to write."""
INNERMOST = 12
"""Places of the code that the log names for an error."""
RETRY = 60
"""Seconds after which a browser or a crawler may try again."""


def page(request: HttpRequest, status: int, title: str, words: str, **context: object) -> HttpResponse:
    return render(request, "campaign/error.html", {"title": title, "words": words, **context}, status=status)


def plain(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    """A page that asks the database nothing."""
    request.frameless = True
    return page(request, status, title, words)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain(request, 400, _("This address cannot be read"), _("The request is malformed, or names a site that is not ours. Start from the home page."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain(
        request, 403, _("This page is closed to you"), _("If you are an editor, log in at the desk first. Readers find everything from the home page.")
    )


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = plain(request, 405, _("This page can only be read"), _("It takes nothing that is sent to it. Open it again from its address."))
    response.headers["Allow"] = allowed
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    words = _("Many requests came from your connection, which you may share with others. Nothing is lost; try again in a minute.")
    return later(plain(request, 429, _("Too much at once"), words))


def unavailable(request: HttpRequest) -> HttpResponse:
    """A form comes back with its words."""
    if found := kept.fields(request):
        return later(kept.page(request, found))
    words = _("The site cannot reach its records just now. What was published is safe. Try again in a minute.")
    return later(plain(request, 503, _("Back in a moment"), words))


def later(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(RETRY)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database or a full disk is the reason; a page even where the templates are what is broken."""
    error = sys.exc_info()[1]
    number = secrets.token_hex(4)
    log(number, request, error)
    if isinstance(error, AWAY) or is_full(error):
        return unavailable(request)
    title = _("Something broke on our side")
    words = _("The addresses of the open appeals are still here. If you write to us about this, name the number %(number)s.") % {"number": number}
    try:
        return plain(request, 500, title, words)
    except Exception:
        return HttpResponse(f"{title}. {words}", status=500, content_type="text/plain; charset=utf-8")


def log(number: str, request: HttpRequest, error: BaseException | None) -> None:
    """The view's name, the number that the page shows, and where in the code it was: never the path, the query or the form,
    nor the exception's own words, which may quote them. The administrators get the same line."""
    note(number, request.resolver_match.view_name if request.resolver_match else "no view", error)


def note(number: str, view: str, error: BaseException | None) -> None:
    frames = traceback.extract_tb(error.__traceback__)[-INNERMOST:] if error else []
    places = " > ".join(f"{os.path.relpath(frame.filename, settings.BASE_DIR)}:{frame.lineno}" for frame in frames)
    kind = f"{view}: {type(error).__name__}"
    logger.error("error %s in %s at %s", number, kind, places)
    alerts.tell(number, f"error {number} in {kind} at {places}", kind)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where it moved; else that it was withdrawn; else what is near. Without the database, only that it is not here."""
    title, words = _("This page is missing"), _("It may have moved, or the address has a slip in it.")
    if on_desk(request):
        return plain(request, 404, title, words)
    try:
        return moved(request) or gone(request) or page(request, 404, title, words, missing=True, near=near(request.path))
    except AWAY:
        return plain(request, 404, title, words)


def moved(request: HttpRequest) -> HttpResponse | None:
    target = oldaddresses.by_path(request.path, request.GET) if request.method in ("GET", "HEAD") else None
    return HttpResponsePermanentRedirect(target) if target else None


def gone(request: HttpRequest) -> HttpResponse | None:
    """410 for a post that readers could once see."""
    post = withdrawn(request)
    if post is None:
        return None
    names = {"kind": post.get_kind_display().lower(), "day": long_date(post.withdrawn_at)}
    title = _("This %(kind)s was withdrawn on %(day)s") if post.withdrawn_at else _("This %(kind)s was withdrawn")
    return page(request, 410, title % names, post.withdrawn_reason or _("It is no longer published here."))


def withdrawn(request: HttpRequest) -> Post | None:
    match = request.resolver_match
    if match is None or "slug" not in match.kwargs:
        return None
    posts = Post.objects.filter(status=Status.WITHDRAWN, published_at__lte=timezone.now(), slug=match.kwargs["slug"])
    posts = posts.exclude(withdrawn_at__lt=F("published_at"))  # scheduled, and withdrawn before it was due
    if "day" in match.kwargs:
        return posts.exclude(kind__in=(Kind.APPEAL, Kind.PAGE)).filter(published_on=match.kwargs["day"]).first()
    if match.url_name == "page":
        return posts.filter(kind=Kind.PAGE).first()
    return posts.filter(kind=Kind.APPEAL).first() if match.url_name.startswith("appeal") else None


def near(path: str) -> list[Neighbour]:
    """The archive of the month or year that a dated address names, if anything was published then."""
    dated = DATED.search(path)
    year = counts.of_year(int(dated[1])) if dated else None
    if year is None:
        return []
    month = next((month for month in year.months if dated[2] and month.month == date(year.year, int(dated[2]), 1)), None)
    if month is None:
        return [Neighbour(year.url, _("Everything of %(time)s") % {"time": year.year})]
    return [Neighbour(month.url, _("Everything of %(time)s") % {"time": date_format(month.month, "F Y")})]
