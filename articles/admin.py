"""The plain admin of the ground floor."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.models import Article, Event, Kind, Label, Life, Message, MessageState, OldAddress, Origin, Page, Picture, Post, Update, Version


class PostForm(forms.ModelForm):
    """A post with its labels; they go through Labelling, so the form sets them itself."""

    labelled = forms.ModelMultipleChoiceField(Label.objects.all(), required=False, label="Labels")

    class Meta:
        model = Post
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "labelled" in self.fields:
            self.initial["labelled"] = list(self.instance.labels.all())


class UpdateInline(admin.StackedInline):
    model = Update
    extra = 0
    fields = (("at", "place", "place_zone"), "text")


class EventInline(admin.StackedInline):
    model = Event
    extra = 0
    fields = (("title", "cancelled"), ("starts", "ends", "zone"), "place", ("organiser", "contact"))


class LifeInline(admin.StackedInline):
    model = Life


class PostAdmin(admin.ModelAdmin):
    """Base of every kind of post."""

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

    def save_related(self, request: HttpRequest, form: PostForm, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
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


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "posts_count")
    search_fields = ("name",)
    fields = ("name", "slug", "description")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count("labellings"))

    @admin.display(description="posts", ordering="number")
    def posts_count(self, label: Label) -> int:
        return label.number


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ("text", "name", "organisation", "place", "post", "state", "sent_at")
    list_filter = ("state",)
    list_select_related = ("post",)
    raw_id_fields = ("post", "reply_to")
    actions = ("publish", "reject")

    @admin.action(description="Publish the chosen messages")
    def publish(self, request: HttpRequest, messages: QuerySet) -> None:
        self.message_user(request, f"{messages.update(state=MessageState.PUBLISHED)} published.")

    @admin.action(description="Reject the chosen messages")
    def reject(self, request: HttpRequest, messages: QuerySet) -> None:
        self.message_user(request, f"{messages.update(state=MessageState.REJECTED)} rejected.")


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ("__str__", "alt", "credit", "width", "height")
    search_fields = ("alt", "caption")
    fields = ("file", "alt", "caption", "credit")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "alt":
            field.required = True  # an imported picture may lack it, one chosen here may not
        return field


@admin.register(Update, Event, Life)
class AttachedAdmin(admin.ModelAdmin):
    raw_id_fields = ("post",)
    list_select_related = ("post",)


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):
    list_display = ("__str__", "target")
    search_fields = ("path", "target")


@admin.register(Origin, Version)
class RecordAdmin(admin.ModelAdmin):
    """Records that nobody edits by hand."""

    raw_id_fields = ("post",)
    list_select_related = ("post",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
