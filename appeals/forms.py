"""What supporters may tell us: that they have written, a message, that an address failed."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Message
from articles.public_form import OneTimeForm

MESSAGE_LENGTH = 2_000
LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


class SentForm(OneTimeForm):
    """One button."""


class FailedForm(OneTimeForm):
    """One button too: which address it is stands in the page's own address."""


class MessageForm(OneTimeForm, forms.ModelForm):
    class Meta:
        model = Message
        fields = ("text", "name", "organisation", "place")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("Your message"),
            max_length=MESSAGE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 8, "maxlength": None}),
            error_messages={"required": _("Write your message first.")},
        )
        for name, label in (("name", _("Your name")), ("organisation", _("Organisation")), ("place", _("Place"))):
            self.fields[name].label = label

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if LINK.search(text) and not LINK.sub("", text).strip(" \n\t.,;:-–"):
            raise forms.ValidationError(_("A message of links alone is not taken. Add a few words of your own."))
        return text
