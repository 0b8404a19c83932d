"""The addresses of a pasted text as rows of the appeal's form: those of the ledger with party and state, new ones to be made with the appeal."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.intake import FoundAddress, Intake
from appeals.intake.regions import Regions
from appeals.models import OTHER_SIDE, Address, AddressStatus, Appeal, AppealAddress, Party, Recipient, Role
from appeals.models.roles import ROLE_GUARD
from appeals.parties import told
from appeals.preflight.private import looks_private
from appeals.values import Channel, cleaned

PREFIX = "pasted"
ROLES = [
    ("protest", gettext_lazy("Protest")),
    ("solidarity", gettext_lazy("Solidarity")),
    ("copy-protest", gettext_lazy("Copy of the protest")),
    ("copy-solidarity", gettext_lazy("Copy of the solidarity")),
    ("contact", gettext_lazy("Contact")),
]
MOST = 200
"""Rows of one text."""


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PastedAddress(forms.Form):
    take = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Use it"))
    role = forms.ChoiceField(choices=ROLES, label=gettext_lazy("Role"))
    channel = forms.ChoiceField(choices=Channel.choices, label=gettext_lazy("Channel"))
    value = forms.CharField(widget=forms.Textarea(attrs={"rows": 1}), label=gettext_lazy("Address"))
    owner = forms.CharField(required=False, max_length=200, label=gettext_lazy("Whose it is"))
    party = forms.ChoiceField(choices=Party.choices, label=gettext_lazy("Party"))
    show_until = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), label=gettext_lazy("Show until (it looks private)")
    )
    note = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    known: Address | None = None
    """The ledger's, where it has it."""

    def clean_value(self) -> str:
        return cleaned(self.cleaned_data.get("channel", ""), self.cleaned_data["value"])

    @property
    def reached(self) -> tuple[str, str]:
        """Channel and value, as they stand in the form now."""
        data = self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else self.initial
        return data.get("channel", ""), data.get("value", "")

    @property
    def side(self) -> str:
        return self.known.recipient.party if self.known else self.cleaned_data["party"]

    @property
    def clash(self) -> bool:
        """The text asks for solidarity to what the ledger knows as the other side."""
        return bool(self.known and self.known.recipient.other_side and str(self["role"].value()).endswith("solidarity"))

    @property
    def left_out(self) -> set[str]:
        """Fields that there is nothing to say in: the ledger knows it, or the number is nobody's own."""
        if self.known:
            return {"owner", "party", "show_until"}
        channel, value = self.reached
        return set() if self["show_until"].value() or private(channel, value) else {"show_until"}

    @property
    def retired(self) -> bool:
        return bool(self.known and self.known.status == AddressStatus.RETIRED)

    def check(self) -> None:
        """What stands against saving this row, each at its field."""
        data = self.cleaned_data
        if not self.known and not data["owner"].strip():
            self.add_error("owner", _("Write whose address this is: it is new to the ledger."))
        if data["role"].endswith("solidarity") and self.side in OTHER_SIDE:
            who = self.known.recipient.name if self.known else data["owner"]
            self.add_error("role", ROLE_GUARD % {"value": data["value"], "name": who, "party": Party(self.side).label.lower()})
        if not self.known and data["party"] == Party.EMBASSY and not self.host():
            self.add_error("owner", _("An embassy stands in a country: write it as “Embassy of Kazakhstan in Germany”, so that readers there find it."))

    def host(self) -> str:
        """The country an embassy stands in: the last one that its name or address tells."""
        name, _in, place = self.cleaned_data["owner"].rpartition(" in ")
        found = Regions(place if name else "").everywhere() or Regions(self.cleaned_data["value"]).everywhere()
        return found[0] if found else ""

    def address(self) -> Address:
        data = self.cleaned_data
        if self.known:
            return self.known
        name, party = data["owner"].strip(), data["party"]
        extra = {"host_country": self.host()} if party == Party.EMBASSY else {}
        recipient = Recipient.objects.filter(name=name, party=party).first() or Recipient.objects.create(name=name, party=party, **extra)
        fields = {"recipient": recipient, "note": data["note"], "show_until": data["show_until"]}
        return Address.objects.get_or_create(channel=data["channel"], value=data["value"], defaults=fields)[0]


class BasePastedAddresses(forms.BaseFormSet):
    """Saved with the appeal like an inline of its admin, and knows what the ledger knows in one query."""

    new_objects = changed_objects = deleted_objects = ()

    def __init__(self, *args: Any, may_add: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, prefix=PREFIX, **kwargs)
        self.may_add = may_add
        if not self.is_bound:
            self.match()
            for row in self.forms:
                row.initial["take"] = not row.retired

    def match(self) -> None:
        known = Address.objects.filter(value__in=[row.reached[1] for row in self.forms]).select_related("recipient", "replaced_by")
        ledger = {(address.channel, address.value): address for address in known}
        for row in self.forms:
            row.known = ledger.get(row.reached)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.match()
            for row in self.taken:
                row.check()
            self._errors = [row.errors if row.cleaned_data.get("take") else {} for row in self.forms]

    def is_valid(self) -> bool:
        """A row that is not used may hold anything."""
        return self.is_bound and not any(self.errors) and not self.non_form_errors()

    @property
    def taken(self) -> list[PastedAddress]:
        return [row for row in self.forms if row.cleaned_data.get("take") and not row.errors]

    def clean(self) -> None:
        seen = set()
        for row in self.taken:
            key = (*row.reached, row.cleaned_data["role"].rpartition("-")[2])
            if key in seen:
                row.add_error("value", _("It stands here twice under the same role. Leave one of them out."))
            seen.add(key)
        if not self.may_add:
            self.match()
            if new := [row.reached[1] for row in self.taken if not row.known]:
                raise ValidationError(_("Only an editor adds addresses to the ledger. Leave these out for now: %(values)s.") % {"values": ", ".join(new)})

    def save_for(self, appeal: Appeal) -> None:
        for order, row in enumerate(self.taken):
            copy, _dash, role = row.cleaned_data["role"].rpartition("-")
            wanted = {"copy": bool(copy), "order": order}
            AppealAddress.objects.update_or_create(appeal=appeal, address=row.address(), role=Role(role), defaults=wanted)


PastedAddresses = forms.formset_factory(PastedAddress, BasePastedAddresses, extra=0, max_num=MOST, absolute_max=MOST)


def private(channel: str, value: str) -> bool:
    return channel in ("email", "phone", "sms") and looks_private("email" if channel == "email" else "phone", value)


@dataclass
class Row:
    """One address of the reading, as a row begins."""

    one: FoundAddress

    def initial(self, act_by: str) -> dict[str, Any]:
        return {
            "role": f"copy-{self.one.copy_of or 'protest'}" if self.one.role == "copy" else self.one.role,
            "channel": self.one.channel,
            "value": self.one.value,
            "owner": self.one.owner[:200],
            "party": told(self.one.owner),
            "show_until": act_by if private(self.one.channel, self.one.value) else None,
            "note": self.one.note,
            "mark": self.one.why,
        }


def rows(found: Intake, act_by: str) -> list[dict[str, Any]]:
    return [Row(one).initial(act_by) for one in found.addresses[:MOST]]
