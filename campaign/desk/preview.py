"""A post before readers get it: what to mend, the link to show it to others and the button, above the page as it will look."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles import previews, versions
from articles.access import editable, may_publish
from articles.admin.publishing import Refusal, published_words, refuse_unfit
from articles.models import Post, Status
from articles.preflight import findings
from campaign.desk.steps import whole
from campaign.desk.todo import change_url
from campaign.frame import frame
from campaign.views.preview import as_readers_get_it


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(editable(request.user, Post.objects.only("pk")), pk=pk)
    return publish(request, pk) if request.method == "POST" else page(request, pk)


def page(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    post = whole(pk)
    desk = {
        "found": findings(post),
        "refusal": refusal,
        "public": post.is_public(),
        "may_publish": may_publish(request.user) and not post.is_public(),
        "link": previews.link(post),
        "expires": previews.expires(),
        "edit_url": change_url(post),
    }
    answer = as_readers_get_it(request, Post.objects.for_page().get(pk=pk), desk=desk, frame=frame())
    answer.status_code = 422 if refusal else 200
    answer.headers["Referrer-Policy"] = "same-origin"  # with none a browser says "Origin: null" when it sends the form, and CSRF refuses that
    return answer


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form's own button does, for a post as it is stored."""
    if not may_publish(request.user):
        raise PermissionDenied
    try:
        with transaction.atomic():
            post = whole(pk)
            post.status = Status.PUBLISHED
            post.save()
            refuse_unfit(request, whole(pk), set())
            versions.keep(whole(pk), request.user)
    except Refusal as refusal:
        return page(request, pk, refusal)
    messages.success(request, published_words(post))
    return HttpResponseRedirect(reverse("admin:index"))
