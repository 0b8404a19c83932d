"""The desk's page before publication: what to mend, the link to show others, and the button."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import previews, versions
from articles.access import may_edit, may_publish
from articles.admin.publishing import Refusal, published_words, refuse_unfit
from articles.models import Post, Status
from articles.preflight import findings


class Previewing(admin.ModelAdmin):
    """Mixed into the admin of posts."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name=name), *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.get_object(request, str(pk))
        if post is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not may_edit(request.user, post):
            raise PermissionDenied
        if request.method == "POST":
            return self.publish(request, pk)
        return self.preview_page(request, self.whole(pk))

    def preview_page(self, request: HttpRequest, post: Post, refusal: Refusal | None = None) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "post": post,
            "opts": self.opts,
            "found": findings(post),
            "refusal": refusal,
            "link": previews.link(post),
            "expires": previews.expires(),
            "may_publish": may_publish(request.user) and not post.is_public(),
            "edit_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[post.pk]),
        }
        return TemplateResponse(request, "admin/desk/preview.html", context, status=422 if refusal else 200)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the form's own button does, for a post as it is stored."""
        if not may_publish(request.user):
            raise PermissionDenied
        try:
            with transaction.atomic():
                post = self.whole(pk)
                post.status = Status.PUBLISHED
                post.save()
                refuse_unfit(request, self.whole(pk), set())
                versions.keep(self.whole(pk), request.user)
        except Refusal as refusal:
            return self.preview_page(request, self.whole(pk), refusal)
        messages.success(request, published_words(post))
        return HttpResponseRedirect(reverse("admin:index"))
