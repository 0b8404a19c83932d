"""Posts of every kind: the base, articles and pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.access import OwnDrafts
from articles.admin.previewing import Previewing
from articles.admin.publishing import Publishing
from articles.admin.restoring import Restoring
from articles.admin.steps import OneSteps
from articles.admin.widgets import ONE_FIELD
from articles.models import Article, Event, Kind, Label, Life, Page, Post, Update
from articles.versions import NOT_RESTORED


class PostForm(forms.ModelForm):
    """A post with its labels; they go through Labelling, so the form sets them itself."""

    labelled = forms.ModelMultipleChoiceField(Label.objects.all(), required=False, label="Labels")
    refusal = ""
    restored: dict[str, Any] | None = None
    """Why the last attempt to save was undone, and the version to fill the form from: the admin sets them."""

    class Meta:
        model = Post
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "labelled" in self.fields:
            self.initial["labelled"] = list(self.instance.labels.all())
        if self.restored:
            words = {name: value for name, value in self.restored["fields"].items() if name not in NOT_RESTORED}
            self.initial |= words | {"labelled": list(Label.objects.filter(pk__in=self.restored["labels"]))}

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned


class UpdateInline(admin.StackedInline):
    formfield_overrides = ONE_FIELD
    model = Update
    extra = 0
    fields = (("at", "place", "place_zone"), "text")


class EventInline(admin.StackedInline):
    formfield_overrides = ONE_FIELD
    model = Event
    extra = 0
    fields = (("title", "cancelled"), ("starts", "ends", "zone"), "place", ("organiser", "contact"))


class LifeInline(admin.StackedInline):
    model = Life


class PostAdmin(OwnDrafts, Restoring, Previewing, Publishing, OneSteps, admin.ModelAdmin):
    """Base of every kind of post."""

    formfield_overrides = ONE_FIELD

    form = PostForm
    list_display = ("title", "kind", "status", "published_at", "language")
    list_filter = ("status", "kind", "language")
    list_select_related = ()
    search_fields = ("title", "slug")
    date_hierarchy = "published_at"
    raw_id_fields = ("translation_of", "picture", "carries")
    inlines = (UpdateInline, EventInline)
    fieldsets = (
        (None, {"fields": ("kind", "title", "standfirst", "byline", "dateline", "body", "labelled", "picture")}),
        ("Publishing", {"fields": ("status", "published_at", "event_date", "lead", "slug")}),
        ("Source and language", {"fields": ("source_name", "source_url", "language", "translation_of", "carries")}),
        ("After publication", {"fields": ("revised_at", "correction", "withdrawn_reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("body_html", "body_text")

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
        return (LifeInline, *self.inlines) if obj is None or obj.kind == Kind.OBITUARY else self.inlines


@admin.register(Page)
class PageAdmin(PostAdmin):
    list_display = ("title", "slug", "status")
    list_filter = ("status",)
    inlines = ()
    fieldsets = ((None, {"fields": ("title", "slug", "standfirst", "body", "language", "status", "published_at")}),)
