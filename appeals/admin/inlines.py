"""What hangs on an appeal in its form: addresses by role, letters, claims."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.models import Address, AppealAddress, Letter, LetterClaim
from articles.admin.widgets import ONE_FIELD, LetterInput


class AddressWidget(ForeignKeyRawIdWidget):
    """The ledger's number of an address, with whose it is and how it stands. The stock one asks the database once for every row."""

    known: Address | None = None

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        if self.known is None or str(self.known.pk) != str(value):
            return super().label_and_url_for_value(value)
        who = self.known.recipient
        said = f"{self.known} – {who} ({who.get_party_display().lower()}, {self.known.get_status_display().lower()})"
        return said, reverse("admin:appeals_address_change", args=[self.known.pk])


class AppealAddressForm(forms.ModelForm):
    class Meta:
        model = AppealAddress
        fields = ("address", "role", "copy", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "address" in self.fields:
            self.fields["address"].widget.known = self.instance.address


class AppealAddressInline(admin.StackedInline):
    model = AppealAddress
    form = AppealAddressForm
    extra = 0
    verbose_name, verbose_name_plural = _("address"), _("addresses")
    fields = (("address", "role", "copy", "order"),)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "address":
            kwargs["widget"] = AddressWidget(db_field.remote_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields.get("address")
        if field:
            field.widget = getattr(field.widget, "widget", field.widget)  # without the stock icons, which lead away from the form
        return formset


class LetterForm(forms.ModelForm):
    class Meta:
        model = Letter
        fields = "__all__"  # noqa: DJ007  every one of them is an editor's
        widgets = {"body": LetterInput({"rows": 16})}


class LetterInline(admin.StackedInline):
    model = Letter
    form = LetterForm
    extra = 0


class LetterClaimInline(admin.StackedInline):
    formfield_overrides = ONE_FIELD
    model = LetterClaim
    extra = 0
    fields = (("number", "day"), "source", "source_url")
