"""One article, and the events of all posts."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import neighbours, plain_text, whole
from articles.models import Event, Kind, Post
from articles.public import public, until


def fetch(day: date, slug: str) -> Post:
    """The public article at this address, with all its page prints; 404 where there is none."""
    if (post := whole.article(day, slug)) is None:
        raise Http404(_("There is no report at this address."))
    return post


@public()
def article(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    return article_page(request, fetch(day, slug))


def article_page(request: HttpRequest, post: Post, **more: object) -> HttpResponse:
    """The page of an article as `for_page()` fetched it."""
    template = "articles/obituary.html" if post.kind == Kind.OBITUARY else "articles/article.html"
    appeal = post.carried_appeal
    panel = appeal.panel if appeal else None
    page = render(request, template, {"post": post, "neighbours": neighbours.of(post), "appeal": appeal, "panel": panel, **more})
    return until(panel.shown_until if panel else None, page)


@public()
def report_txt(request: HttpRequest, day: date, slug: str) -> HttpResponse:
    post = fetch(day, slug)
    text = HttpResponse(plain_text.report(post), content_type="text/plain; charset=utf-8")
    return until(post.carried_appeal.shown_until if post.carried_appeal else None, text)


@public()
def events(request: HttpRequest) -> HttpResponse:
    """Coming events by date, and the last ones that are over."""
    public_events = Event.objects.public()
    return render(request, "articles/events.html", {"coming": public_events.coming(), "over": public_events.over()[:20]})
