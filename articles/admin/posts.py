"""Posts of every kind: the base, articles and pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.access import OwnDrafts
from articles.admin.bulk import Bulk, ToMend
from articles.admin.forms import PICTURE_FIELDS, PostForm
from articles.admin.publishing import Publishing
from articles.admin.restoring import Restoring
from articles.admin.steps import OneSteps
from articles.admin.widgets import ONE_FIELD
from articles.models import Article, Event, Kind, Life, Page, Post, Update

FOLDED = ("Picture", "Publishing", "Where it goes on", "Source and language", "After publication")


class UpdateInline(admin.StackedInline):
    formfield_overrides = ONE_FIELD
    view_on_site = False
    model = Update
    extra = 0
    fields = (("at", "place", "place_zone"), "text")


class EventInline(admin.StackedInline):
    formfield_overrides = ONE_FIELD
    model = Event
    extra = 0
    fields = (("title", "cancelled"), ("starts", "ends", "zone"), "place", ("organiser", "contact"))


class LifeInline(admin.StackedInline):
    """Folded up on a new post, whose kind is not yet chosen."""

    model = Life
    verbose_name_plural = _("life (of an obituary)")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        self.classes = [] if obj else ["collapse"]
        return super().get_formset(request, obj, **kwargs)


class PostAdmin(Bulk, OwnDrafts, Restoring, Publishing, OneSteps, admin.ModelAdmin):
    """Base of every kind of post."""

    formfield_overrides = ONE_FIELD

    form = PostForm
    list_display = ("title", "kind", "status", "published_at", "language", "labelled")
    list_filter = (ToMend, "status", "kind", "language")
    list_select_related = ()
    search_fields = ("title", "slug")
    date_hierarchy = "published_at"
    raw_id_fields = ("translation_of", "picture", "carries")
    inlines = (UpdateInline, EventInline)
    later = (UpdateInline,)
    fieldsets = (
        (None, {"fields": ("kind", "title", "standfirst", "byline", "dateline", "body", "labelled")}),
        ("Picture", {"fields": PICTURE_FIELDS}),
        ("Publishing", {"fields": ("status", "published_at", "event_date", "lead", "slug")}),
        ("Source and language", {"fields": ("source_name", "source_url", "language", "translation_of", "carries")}),
        ("After publication", {"fields": ("revised_at", "correction", "withdrawn_reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("body_html", "body_text")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What a new post hardly needs is folded up; of an appeal, so that its addresses stand near its words."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [(name, {**options, "classes": ("collapse",)} if name in FOLDED else options) for name, options in fieldsets]

    def get_inlines(self, request: HttpRequest, obj: Post | None) -> tuple:
        """What can only happen to a post that is there has no place on the form of a new one."""
        return self.inlines if obj else tuple(inline for inline in self.inlines if inline not in self.later)

    def save_labels(self, form: PostForm) -> None:
        if "labelled" in form.cleaned_data:
            form.instance.set_labels(form.cleaned_data["labelled"])


@admin.register(Article)
class ArticleAdmin(PostAdmin):
    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "kind":
            field.choices = [choice for choice in field.choices if choice[0] not in (Kind.APPEAL, Kind.PAGE)]
        return field

    def get_inlines(self, request: HttpRequest, obj: Post | None) -> tuple:
        inlines = super().get_inlines(request, obj)
        return (LifeInline, *inlines) if obj is None or obj.kind == Kind.OBITUARY else inlines


@admin.register(Page)
class PageAdmin(PostAdmin):
    list_display = ("title", "slug", "status")
    list_filter = ("status",)
    inlines = ()
    fieldsets = ((None, {"fields": ("title", "slug", "standfirst", "body", "language", "status", "published_at")}),)
