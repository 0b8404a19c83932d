"""The ledger: who can be written to, and how."""

from django.contrib import admin

from appeals.admin.address_steps import AddressSteps
from appeals.admin.several import AddressForm, SeveralNumbers
from appeals.models import Address, Recipient


class AddressInline(admin.StackedInline):
    model = Address
    form = AddressForm
    extra = 0
    fk_name = "recipient"
    raw_id_fields = ("replaced_by",)


@admin.register(Recipient)
class RecipientAdmin(SeveralNumbers, admin.ModelAdmin):
    list_display = ("name", "office", "party", "country")
    list_filter = ("party",)
    search_fields = ("name", "office", "addresses__value")
    inlines = (AddressInline,)


@admin.register(Address)
class AddressAdmin(AddressSteps, SeveralNumbers, admin.ModelAdmin):
    form = AddressForm
    list_display = ("value", "channel", "recipient", "status", "verified_on", "show_until")
    list_filter = ("status", "channel", "recipient__party")
    list_select_related = ("recipient",)
    search_fields = ("value", "recipient__name")
    raw_id_fields = ("recipient", "replaced_by")
