"""Feeds: of the site, of a label, of the appeals; and the calendar of events."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import entries, site
from articles.calendar import CONTENT_TYPE, calendar_of
from articles.entries import Entry
from articles.feeds import Feed, atom, json_feed
from articles.links import absolute
from articles.models import Event, Label
from articles.public import public, until

OVER = 50
"""Past events in the calendar."""


@public()
def site_feed(request: HttpRequest) -> HttpResponse:
    return answer(request, entries.of_site(), page=reverse("home"))


@public()
def site_feed_json(request: HttpRequest) -> HttpResponse:
    found = entries.of_site()
    return kept(HttpResponse(json_feed(head(request, page=reverse("home")), found), content_type="application/feed+json"), found)


@public()
def label_feed(request: HttpRequest, slug: str) -> HttpResponse:
    label = get_object_or_404(Label, slug=slug)
    if not (found := entries.of_label(label)):
        raise Http404(_("There is no label at this address."))  # no public post carries it
    return answer(request, found, page=label.get_absolute_url(), about=label.name)


@public()
def appeals_feed(request: HttpRequest) -> HttpResponse:
    return answer(request, entries.of_appeals(), page=reverse("appeals"), about=_("Appeals"))


@public()
def events_ics(request: HttpRequest) -> HttpResponse:
    """Coming events, and the last that are over: a calendar that has them learns of late changes too."""
    events = Event.objects.public().defer("post__body", "post__body_html", "post__body_text")
    return HttpResponse(calendar_of([*events.coming(), *events.over()[:OVER]]), content_type=CONTENT_TYPE)


def answer(request: HttpRequest, found: list[Entry], *, page: str, about: str = "") -> HttpResponse:
    return kept(HttpResponse(atom(head(request, page=page, about=about), found), content_type="application/atom+xml; charset=utf-8"), found)


def kept(response: HttpResponse, found: list[Entry]) -> HttpResponse:
    """With the moment at which caches must let go of it (articles.public)."""
    return until(min((entry.shown_until for entry in found if entry.shown_until), default=None), response)


def head(request: HttpRequest, *, page: str, about: str = "") -> Feed:
    """A feed's head; `about` says which part of the site it follows."""
    profile = site.profile()
    return Feed(
        title=f"{about} – {profile.name}" if about else profile.name,
        subtitle=profile.tagline,
        url=absolute(request.path),
        page=absolute(page),
        language=get_language(),
        author=profile.name,
    )
