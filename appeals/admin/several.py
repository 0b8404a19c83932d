"""Several numbers in one field are several addresses: "+7 7172 97 60 00, 97 60 01" is saved as two, alike in all else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from appeals.models import Address, Recipient
from appeals.values import TELEPHONES, cleaned_many

ALIKE = ("channel", "recipient", "note", "risk_note", "source", "verified_on", "status", "show_until")


class AddressForm(forms.ModelForm):
    """Keeps the first number for its own row, and the `others` for rows that `save_others()` makes."""

    others: list[str] = []

    class Meta:
        model = Address
        fields = (*ALIKE, "value", "replaced_by")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("channel") in TELEPHONES and cleaned.get("value"):
            try:
                cleaned["value"], *self.others = self.numbers(cleaned)
            except ValidationError as refused:
                self.add_error("value", refused)
        return cleaned

    def numbers(self, cleaned: dict[str, Any]) -> list[str]:
        recipient: Recipient | None = cleaned.get("recipient") or (self.instance.recipient if self.instance.recipient_id else None)
        first, *others = cleaned_many(cleaned["channel"], cleaned["value"], recipient.stands_in if recipient else "")
        for known in Address.objects.filter(channel=cleaned["channel"], value__in=others).select_related("recipient"):
            raise ValidationError(_("%(value)s is in the ledger already, as %(name)s's.") % {"value": known, "name": known.recipient})
        return [first, *others]

    def save_others(self) -> list[Address]:
        """After the first is saved."""
        fields = {name: getattr(self.instance, name) for name in ALIKE}
        return [Address.objects.create(value=value, **fields) for value in self.others]


class SeveralNumbers:
    """Mixed into an admin that saves addresses, alone or below their recipient."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self.save_others(request, [form])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        self.save_others(request, [one for one in formset.forms if one not in formset.deleted_forms])

    def save_others(self, request: HttpRequest, forms_saved: list[Any]) -> None:
        made = [address for form in forms_saved if isinstance(form, AddressForm) for address in form.save_others()]
        if made:
            self.message_user(request, _("Saved as an address of its own: %(numbers)s.") % {"numbers": ", ".join(map(str, made))})
