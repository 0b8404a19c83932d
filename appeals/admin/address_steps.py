"""Ledger work on several addresses at once, from their list; on one, the roof has a page (known here by its name alone)."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from appeals.models import Address
from articles.access import may_publish


class AddressSteps:
    """Mixed into the admin of addresses."""

    actions = ("verify", "bounce")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def get_list_display(self, request: HttpRequest) -> tuple:
        listed = super().get_list_display(request)
        return (*listed, "work") if may_publish(request.user) else listed

    @admin.display(description=_("in one step"))
    def work(self, address: Address) -> SafeString:
        return format_html('<a class="in-row" href="{}">{}</a>', reverse("admin:ledger_address", args=[address.pk]), _("Use and reports"))

    @admin.action(permissions=["publish"], description=_("Verified today: the chosen addresses"))
    def verify(self, request: HttpRequest, addresses: QuerySet) -> None:
        self.mark(request, addresses, Address.mark_verified)

    @admin.action(permissions=["publish"], description=_("Bouncing: the chosen addresses"))
    def bounce(self, request: HttpRequest, addresses: QuerySet) -> None:
        self.mark(request, addresses, Address.mark_bouncing)

    @transaction.atomic
    def mark(self, request: HttpRequest, addresses: QuerySet, mark: Any) -> None:
        number = sum(1 for address in addresses if mark(address) is None)
        self.message_user(request, ngettext("%(number)d address was marked.", "%(number)d addresses were marked.", number) % {"number": number})
