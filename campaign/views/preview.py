"""A draft as it will look, for whoever has its signed link: no account, no cookie, kept by nobody."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals import panel
from appeals.models import Appeal
from appeals.views.pages import appeal_page
from articles import previews
from articles.memo import unkept
from articles.models import Kind, Post, Status
from articles.views.posts import article_page
from campaign.views import errors


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Once published, the post itself; once withdrawn or past the seven days, 410."""
    try:
        pk, until = previews.read(token)
    except previews.Expired:
        words = _("Links to drafts work for seven days. Ask whoever sent it to you for a new one.")
        return hidden(errors.page(request, 410, _("This preview has expired"), words))
    except BadSignature as forged:
        raise Http404 from forged
    post = get_object_or_404(Post.objects.for_page(), pk=pk)
    if post.is_public():
        return HttpResponseRedirect(post.get_absolute_url())
    if post.status == Status.WITHDRAWN:
        return hidden(errors.page(request, 410, _("This was withdrawn"), _("It is no longer shown, nor is its draft.")))
    return as_readers_get_it(request, post, preview_until=until)


def as_readers_get_it(request: HttpRequest, post: Post, **context: object) -> HttpResponse:
    """The post's own page, `for_page()` having fetched it, with what is to stand above it; nothing of it is kept."""
    kept = unkept.set(True)
    try:
        return hidden(page(request, post, **context))
    finally:
        unkept.reset(kept)


def page(request: HttpRequest, post: Post, **context: object) -> HttpResponse:
    request.params = {}
    if post.kind == Kind.APPEAL:
        appeal = Appeal.objects.for_page().get(pk=post.pk)
        return appeal_page(request, dated(appeal), panel.of(appeal), **context)
    if post.kind == Kind.PAGE:
        return render(request, "campaign/page.html", {"post": post, **context})
    return article_page(request, dated(post), **context)


def dated(post: Post) -> Post:
    """As if published on the day it is scheduled for, or today."""
    post.published_at = post.published_at or timezone.now()
    post.published_on = post.published_on or timezone.localdate(post.published_at)
    return post


def hidden(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
