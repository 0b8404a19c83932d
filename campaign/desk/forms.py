"""The forms of the desk's one-step pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models import Address, Appeal, Outcome
from appeals.values import cleaned
from articles import text
from articles.models import Post, Update

NEWEST = 50
"""Posts that a list to choose from offers."""


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UpdateForm(forms.ModelForm):
    """What is new, when, and on whose clocks; the last update's place stands already."""

    class Meta:
        model = Update
        fields = ("text", "at", "place", "place_zone")
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "at": MomentInput()}
        labels = {"text": _("What is new"), "at": _("When"), "place": _("Where"), "place_zone": _("The place's time zone")}
        help_texts = {"text": _("A few sentences. It gets its own place in the feeds; say who told you, and when."), "at": _("In the site's time zone.")}

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        last = post.updates.first()
        initial = {"at": timezone.localtime().replace(second=0, microsecond=0), "place": last and last.place, "place_zone": last and last.place_zone}
        super().__init__(*args, initial=initial, instance=Update(post=post), **kwargs)

    def clean_text(self) -> str:
        try:
            text.render(self.cleaned_data["text"])
        except text.TextRefused as refused:
            raise ValidationError(str(refused)) from refused
        return self.cleaned_data["text"]


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How it ended"), choices=Outcome, widget=forms.RadioSelect)
    summary = forms.CharField(
        label=_("In a sentence or two"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Readers meet it first: “The court freed all three on 5 May.”")
    )
    post = forms.ModelChoiceField(Post.objects.none(), label=_("The report that tells it"), required=False)
    successor = forms.ModelChoiceField(Appeal.objects.none(), label=_("The appeal that goes on"), required=False)

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        initial = {"outcome": appeal.outcome, "summary": appeal.outcome_summary, "post": appeal.outcome_post_id, "successor": appeal.successor_id}
        super().__init__(*args, initial=initial, **kwargs)
        newest = Post.objects.public().listed().exclude(pk=appeal.pk).newest_first()
        self.fields["post"].queryset = choosable(Post, [*newest.values_list("pk", flat=True)[:NEWEST], appeal.outcome_post_id])
        going_on = Appeal.objects.public().open().exclude(pk=appeal.pk).newest_first()
        self.fields["successor"].queryset = choosable(Appeal, [*going_on.values_list("pk", flat=True)[:NEWEST], appeal.successor_id])


def choosable(model: type[Post], ids: list[int | None]) -> Any:
    return model.objects.filter(pk__in=[pk for pk in ids if pk]).newest_first().defer("body", "body_html", "body_text")


class ExtendForm(forms.Form):
    act_by = forms.DateField(label=_("The new last day to write"), widget=DayInput, help_text=_("It counts as a day on which writing helps."))

    def clean_act_by(self) -> Any:
        if self.cleaned_data["act_by"] < timezone.localdate():
            raise ValidationError(_("That day is past. Choose one from today on."))
        return self.cleaned_data["act_by"]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Readers who follow an old link are told this, and nothing else.")
    )


class ReopenForm(forms.Form):
    pass


class ReplaceForm(forms.Form):
    """One box: an address that the ledger has, whoever's, or a new one of the same recipient."""

    value = forms.CharField(label=_("The address in use now"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, address: Address, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_value(self) -> str:
        self.new = self.in_ledger(self.cleaned_data["value"])
        if self.new.pk == self.address.pk:
            raise ValidationError(_("That is the address itself. Write the one that has taken its place."))
        return self.cleaned_data["value"]

    def in_ledger(self, typed: str) -> Address:
        """The row of that address; one not yet in the ledger becomes this recipient's, when the form is saved."""
        channel, recipient = self.address.channel, self.address.recipient
        value = cleaned(channel, typed, recipient.stands_in)
        known = Address.objects.filter(channel=channel, value=value).select_related("recipient").first()
        return known or Address(recipient=recipient, channel=channel, value=value)
