"""What can be done to several posts from their list: publish them, each through preflight, or give them a label; and what to look for there."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import versions
from articles.admin.publishing import Refusal, preview_url, refuse_unfit
from articles.models import Label, Post, Status


class WithLabel(ActionForm):
    label = forms.ModelChoiceField(Label.objects.all(), required=False, label=_("Label:"))


class ToMend(admin.SimpleListFilter):
    title, parameter_name = _("what is missing"), "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("label", _("No label")), ("alt", _("Picture without alt text"))]

    def queryset(self, request: HttpRequest, posts: QuerySet) -> QuerySet:
        missing = {"label": {"labels__isnull": True}, "alt": {"picture__alt": ""}}
        return posts.filter(**missing.get(self.value(), {}))


class Bulk(admin.ModelAdmin):
    """Mixed into the admin of posts that carry labels."""

    action_form = WithLabel
    actions = ("publish_chosen", "add_label")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        posts = super().get_queryset(request)
        return posts.prefetch_related("labels") if request.resolver_match and request.resolver_match.url_name.endswith("_changelist") else posts

    @admin.display(description=_("labels"))
    def labelled(self, post: Post) -> str:
        return ", ".join(label.name for label in post.labels.all())

    @admin.action(permissions=["publish"], description=_("Publish the chosen drafts"))
    def publish_chosen(self, request: HttpRequest, posts: QuerySet) -> None:
        drafts = list(posts.filter(status=Status.DRAFT).values_list("pk", flat=True))
        done = sum(self.publish_one(request, pk) for pk in drafts)
        self.message_user(request, ngettext("%(number)d draft is published.", "%(number)d drafts are published.", done) % {"number": done})

    def publish_one(self, request: HttpRequest, pk: int) -> bool:
        """Whether it could be: a list has no place to ask about a warning, so the preview is linked, which has."""
        try:
            with transaction.atomic():
                post = self.whole(pk)
                post.status = Status.PUBLISHED
                post.save()
                refuse_unfit(request, self.whole(pk), set())
                versions.keep(self.whole(pk), request.user)
        except Refusal:
            words = _("“{}” is not published: there is something to mend.")
            said = format_html('{} <a href="{}">{}</a>', format_html(words, post.title), preview_url(post), _("Look at it"))
            self.message_user(request, said, messages.WARNING)
            return False
        return True

    @admin.action(permissions=["change"], description=_("Add the label chosen beside"))
    @transaction.atomic
    def add_label(self, request: HttpRequest, posts: QuerySet) -> None:
        chosen = request.POST.get("label", "")
        label = Label.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 19 else None
        if label is None:
            self.message_user(request, _("Choose a label beside the action: nothing was changed."), messages.ERROR)
            return
        for post in posts:
            post.set_labels({*post.labels.all(), label})
            versions.keep(self.whole(post.pk), request.user)
        said = ngettext("“%(label)s” is on %(number)d post.", "“%(label)s” is on all %(number)d posts.", len(posts))
        self.message_user(request, said % {"label": label, "number": len(posts)})
