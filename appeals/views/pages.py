"""The list of appeals, and an appeal's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from appeals import counting, whole
from appeals.mailto import share_links
from appeals.models import Appeal
from appeals.panel import Panel
from articles import neighbours, pieces
from articles.archives import PARAMS, page_of
from articles.links import canonical
from articles.models import Kind, Post
from articles.public import public, until


@public(*PARAMS)
def appeals(request: HttpRequest) -> HttpResponse:
    """Open appeals by deadline, then closed ones with their outcomes, page by page."""
    closed = Post.objects.public().filter(kind=Kind.APPEAL, appeal__closed_at__isnull=False)
    open_appeals = Appeal.objects.public().open().by_deadline().for_listing()
    return render(
        request, "appeals/appeals.html", {"open_appeals": pieces.of_posts(pieces.CARD, open_appeals).values(), "page": page_of(closed, request.params)}
    )


def fetch(slug: str) -> Appeal:
    """The public appeal at this address, with all its page prints; 404 where there is none."""
    if (appeal := whole.appeal(slug)) is None:
        raise Http404(_("There is no appeal at this address."))
    return appeal


@public()
def appeal(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = fetch(slug)
    return appeal_page(request, appeal, appeal.panel)


def appeal_page(request: HttpRequest, appeal: Appeal, panel: Panel, **more: object) -> HttpResponse:
    """The page of an appeal as `for_page()` fetched it."""
    url = canonical(appeal)
    context = {
        "post": appeal,
        "appeal": appeal,
        "panel": panel,
        "translations": neighbours.translations(appeal),
        "sent": counting.sent(appeal.pk),
        "url": url,
        "share": share_links(url, appeal.title),
        **more,
    }
    return until(panel.shown_until, render(request, "appeals/appeal.html", context))
