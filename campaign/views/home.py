"""The home page, pages such as About, and the two addresses that a machine asks."""

from dataclasses import replace

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.archives import PARAMS, by_month, page_of
from articles.memo import per_revision
from articles.models import Page, Post
from articles.public import public

HOME_SIZE = 9
"""The lead and eight entries."""


@public(*PARAMS)
def home(request: HttpRequest) -> HttpResponse:
    page = page_of(Post.objects.public().listed(), request.params, size=HOME_SIZE, newest_only=True)
    lead = None if request.params.keys() & set(PARAMS) else chosen_lead()
    rest = [entry for entry in page.entries if lead is None or entry.pk != lead.pk]
    return render(request, "campaign/home.html", {"lead": lead, "page": replace(page, entries=rest, months=by_month(rest))})


@per_revision
def chosen_lead() -> Post | None:
    """The newest post marked as lead, or the newest of all."""
    posts = Post.objects.public().listed().for_listing().newest_first()
    return posts.filter(lead=True).first() or posts.first()


@public()
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "campaign/page.html", {"post": get_object_or_404(Page.objects.public(), slug=slug)})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
