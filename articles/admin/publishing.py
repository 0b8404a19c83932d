"""Saving a post at the desk: preflight before readers see it, nothing of another editor overwritten unseen, every version kept."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import versions
from articles.access import may_publish
from articles.models import Post, Status
from articles.preflight import Finding, findings

SEEN = "_seen"
"""The form's word on which state of the post its editor has seen."""
ANYWAY = "_publish_anyway"


@dataclass
class Refusal(Exception):
    """Why a save was undone; the form is shown again with all that was typed."""

    words: str
    found: list[Finding] = field(default_factory=list)
    diff: versions.Lines = field(default_factory=list)
    conflict: bool = False

    @property
    def ask(self) -> bool:
        """Whether only warnings stand in the way: then one tick lets it through."""
        return bool(self.found) and not any(finding.blocks for finding in self.found)


@dataclass
class Before:
    """A post as it stood in the database when its form came back."""

    data: versions.Data
    changed_at: str
    standing: set[tuple]


class Publishing(admin.ModelAdmin):
    """Mixed into the admin of posts. A refused save is rolled back and its form built again, so that nothing typed is lost."""

    change_form_template = "admin/desk/post_form.html"

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_publish" in request.POST and may_publish(request.user):
            request.POST = request.POST.copy()
            request.POST["status"] = Status.PUBLISHED
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            request.refusal = refusal
            keep_picture(request)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal.words if refusal else ""})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The first that happens once the form is valid: what stands in the database is noted before it changes."""
        if change:
            request.before = self.before(form.instance.pk)
        request.uploaded = form.uploaded
        return super().save_form(request, form, change)

    def before(self, pk: int) -> Before:
        """The row is locked, so that of two who save at once the second sees the first."""
        Post.objects.select_for_update().filter(pk=pk).first()
        post = self.whole(pk)
        standing = {finding.key for finding in findings(post)} if post.is_public() else set()
        data = versions.snapshot(post)
        if not post.versions.exists():
            versions.keep(post, None, data)
        return Before(data, post.changed_at.isoformat(), standing)

    def whole(self, pk: int) -> Any:
        """The post with all that preflight and versions read."""
        return self.model._default_manager.get(pk=pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.save_labels(form)
        post = self.whole(form.instance.pk)
        before = getattr(request, "before", None)
        if before and request.POST.get(SEEN, before.changed_at) != before.changed_at:
            words = _(
                "Somebody else saved this post while you were writing. Nothing of yours is saved yet: compare the two above, then save again to keep yours."
            )
            raise Refusal(words, diff=versions.diff(before.data, versions.snapshot(post), self.model), conflict=True)
        if post.status == Status.PUBLISHED:
            refuse_unfit(request, post, before.standing if before else set())
        versions.keep(post, request.user)

    def save_labels(self, form: Any) -> None:
        """They go through a table of their own."""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        post, refusal = context.get("original"), getattr(request, "refusal", None)
        if post and request.method == "POST":  # the form has written into this one what was typed
            post = context["original"] = self.get_object(request, str(post.pk))
        stored = post.changed_at.isoformat() if post else ""
        context |= {
            "refusal": refusal,
            "seen": stored if request.method != "POST" or (refusal and refusal.conflict) else request.POST.get(SEEN, stored),
            "anyway": ANYWAY in request.POST,
            "unsaved": request.META["REQUEST_METHOD"] == "POST" or "version" in request.GET,
            "may_publish": may_publish(request.user),
            "published": post is not None and post.status == Status.PUBLISHED,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.after_save(request, obj) or super().response_change(request, obj)

    def after_save(self, request: HttpRequest, post: Post) -> HttpResponse | None:
        if "_preview" in request.POST:
            return HttpResponseRedirect(preview_url(post))
        if "_publish" in request.POST:
            messages.success(request, published_words(post))
            return HttpResponseRedirect(reverse("admin:index"))
        return None


def keep_picture(request: HttpRequest) -> None:
    """A browser cannot send a chosen file twice: a picture that came with a refused form is kept, and stands chosen in the form."""
    if picture := getattr(request, "uploaded", None):
        picture.pk = None
        picture.save(force_insert=True)
        request.POST = request.POST.copy()
        request.POST["picture"] = str(picture.pk)
        request.POST["new_picture_alt"] = request.POST["new_picture_credit"] = ""
        request.FILES.pop("new_picture")


def refuse_unfit(request: HttpRequest, post: Post, standing: set[tuple]) -> None:
    """Raises where preflight finds an error, or a warning that nobody has answered; what readers see already stands in nobody's way."""
    found = [finding for finding in findings(post) if finding.key not in standing]
    if any(finding.blocks for finding in found):
        raise Refusal(_("Not published yet: mend what is marked as an error above. Everything you typed is still here."), found)
    if found and ANYWAY not in request.POST:
        raise Refusal(_("Not published yet: read the warnings above. Mend them, or tick “Publish all the same” and press the button again."), found)


def published_words(post: Post) -> str:
    said = _("“{}” is published.") if post.is_public() else _("“{}” is scheduled.")
    link = post.get_absolute_url() if post.is_public() else preview_url(post)
    return format_html('{} <a href="{}">{}</a>', format_html(said, post.title), link, _("Read it"))


def preview_url(post: Post) -> str:
    return reverse("admin:preview", args=[post.pk])  # the roof's, known here by its name alone
