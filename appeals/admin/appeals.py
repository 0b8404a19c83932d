"""Appeals, with their addresses and letters."""

from typing import Any

from django import forms
from django.contrib import admin

from appeals.admin.inlines import AppealAddressInline, LetterClaimInline, LetterInline
from appeals.admin.pasting import Pasting
from appeals.models import Appeal
from articles.admin import PostAdmin, PostForm
from articles.admin.bulk import ToMend
from articles.admin.forms import PICTURE_FIELDS


class LinesField(forms.CharField):
    """A list of strings, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class AppealForm(PostForm):
    demands = LinesField(required=False, help_text="One a line, in order.")

    class Meta(PostForm.Meta):
        model = Appeal
        fields = None
        exclude = ("kind", "carries")


@admin.register(Appeal)
class AppealAdmin(Pasting, PostAdmin):
    form = AppealForm
    list_display = ("title", "status", "urgent", "act_by", "outcome", "published_at", "labelled")
    list_filter = (ToMend, "status", "urgent", "outcome")
    search_fields = (*PostAdmin.search_fields, "appeal_addresses__address__value", "appeal_addresses__address__recipient__name")
    inlines = (AppealAddressInline, LetterInline, *PostAdmin.inlines, LetterClaimInline)
    later = (*PostAdmin.later, LetterClaimInline)
    raw_id_fields = ("translation_of", "picture", "outcome_post", "successor")
    fieldsets = (
        (None, {"fields": ("title", "standfirst", "demands", ("urgent", "opens", "act_by"), "body", "byline", "dateline", "labelled")}),
        ("Picture", {"fields": PICTURE_FIELDS}),
        ("Publishing", {"fields": ("status", "published_at", "event_date", "lead", "slug")}),
        ("Where it goes on", {"fields": ("embassies_of", "successor", "outcome", "outcome_summary", "outcome_post")}),
        ("Source and language", {"fields": ("source_name", "source_url", "language", "translation_of")}),
        ("After publication", {"fields": ("revised_at", "correction", "withdrawn_reason")}),
    )

    def whole(self, pk: int) -> Appeal:
        return Appeal.objects.with_records().get(pk=pk)
