"""The form of a post: its labels, a picture uploaded in place, an old version brought back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.widgets import MarkdownInput
from articles.models import Label, Picture, Post
from articles.versions import NOT_RESTORED

PICTURE_FIELDS = ("picture", "new_picture", "new_picture_alt", "new_picture_credit")


class PostForm(forms.ModelForm):
    """Labels go through Labelling and a new picture through its own table, so the form sets them itself."""

    labelled = forms.ModelMultipleChoiceField(
        Label.objects.all(), required=False, label=_("Labels"), help_text=_("At least one: a label gathers posts across the years.")
    )
    new_picture = forms.FileField(
        required=False, label=_("New picture"), help_text=_("JPEG, PNG or WebP from your device. Nothing of the camera, the place or you stays in it.")
    )
    new_picture_alt = forms.CharField(
        required=False, max_length=500, label=_("What the new picture shows"), help_text=_("One sentence for readers who do not see it.")
    )
    new_picture_credit = forms.CharField(required=False, max_length=200, label=_("Who took it"))
    refusal = ""
    restored: dict[str, Any] | None = None
    """Why the last attempt to save was undone, and the version to fill the form from: the admin sets them."""

    class Meta:
        model = Post
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets name the fields
        widgets = {"body": MarkdownInput({"rows": 20})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uploaded: Picture | None = None
        if self.instance.pk and "labelled" in self.fields:
            self.initial["labelled"] = list(self.instance.labels.all())
        if self.restored:
            words = {name: value for name, value in self.restored["fields"].items() if name not in NOT_RESTORED}
            self.initial |= words | {"labelled": list(Label.objects.filter(pk__in=self.restored["labels"]))}

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("new_picture"):
            self.take_picture(cleaned)
        if cleaned.get("correction") and "correction" in self.changed_data and "revised_at" not in self.changed_data:
            cleaned["revised_at"] = timezone.now()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def take_picture(self, cleaned: dict) -> None:
        """The picture just chosen, re-encoded; without its sentence it is not taken."""
        if not cleaned.get("new_picture_alt"):
            self.add_error("new_picture_alt", _("Say in a sentence what the picture shows, and choose the file once more."))
            return
        picture = Picture(file=cleaned["new_picture"], alt=cleaned["new_picture_alt"], credit=cleaned.get("new_picture_credit", ""))
        try:
            picture.full_clean()
        except ValidationError as refused:
            self.add_error("new_picture", refused.messages)
        else:
            self.uploaded = picture

    def save(self, commit: bool = True) -> Post:
        if self.uploaded:
            self.uploaded.save()
            self.instance.picture = self.uploaded
        return super().save(commit)
