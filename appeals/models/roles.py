"""Which address stands where on an appeal, and the guard that keeps the other side out from under solidarity."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appeals.models.ledger import Address
from articles.models.revision import Shown, ShownQuerySet


class Role(models.TextChoices):
    PROTEST = "protest", _("Protest")
    SOLIDARITY = "solidarity", _("Solidarity")
    CONTACT = "contact", _("Contact")


ROLE_GUARD = _("%(value)s belongs to the other side (%(name)s, %(party)s). Solidarity sent there would greet the employer or the state; put it under protest.")


class AppealAddressQuerySet(ShownQuerySet):
    GUARDED = frozenset({"address", "address_id", "role", "other_side"})

    def select_for_update(self, *args: Any, of: tuple[str, ...] = ("self",), **kwargs: Any) -> Self:
        """These rows alone: PostgreSQL refuses to lock an address that may not be there (what replaced another)."""
        return super().select_for_update(*args, of=of, **kwargs)

    def shown(self, today: date | None = None) -> Self:
        """Without the private numbers whose day has passed."""
        return self.filter(address__in=Address.objects.shown(today))

    def reaching(self, address: int) -> Self:
        """Where this address is printed: in its own right, or in place of one that it replaces."""
        return self.filter(Q(address=address) | Q(address__replaced_by=address))

    def solidarity(self) -> Self:
        return self.filter(role=Role.SOLIDARITY)

    def keep_sides(self) -> None:
        """Bring `other_side` in step with the ledger. The CHECK then refuses what would greet the other side.

        Belongs after the change itself: that has locked the revision's row, so nobody changes sides unseen in between.
        """
        theirs = Address.objects.of_the_other_side().values("pk")
        super(AppealAddressQuerySet, self.filter(other_side=True).exclude(address__in=theirs)).update(other_side=False)
        super(AppealAddressQuerySet, self.filter(other_side=False, address__in=theirs)).update(other_side=True)

    def update(self, **kwargs: Any) -> int:
        if not self.GUARDED & kwargs.keys():
            return super().update(**kwargs)
        with transaction.atomic():
            ids = list(self.values_list("pk", flat=True))
            changed = super().update(**kwargs)
            self.model.objects.filter(pk__in=ids).keep_sides()
            return changed

    update.alters_data = True

    def bulk_create(self, objs: Iterable["AppealAddress"], *args: Any, **kwargs: Any) -> list["AppealAddress"]:
        objs = list(objs)
        with transaction.atomic():
            theirs = set(Address.objects.of_the_other_side().filter(pk__in=[row.address_id for row in objs]).values_list("pk", flat=True))
            for row in objs:
                row.other_side = row.address_id in theirs
            return super().bulk_create(objs, *args, **kwargs)


class AppealAddressManager(models.Manager.from_queryset(AppealAddressQuerySet)):
    def get_queryset(self) -> AppealAddressQuerySet:
        """Always with the address, what replaced it, and whose they are: a row is of no use without, and so no prefetch can forget them."""
        return super().get_queryset().select_related("address__recipient", "address__replaced_by__recipient")


class AppealAddress(Shown):
    """One address in one role on one appeal. `copy` puts it into Cc of that role's letter.

    `other_side` copies whose side the address reaches (or the one that has replaced it), for the CHECK: the role guard.
    """

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="appeal_addresses")
    address = models.ForeignKey(Address, models.PROTECT, related_name="appeal_addresses")
    role = models.CharField(max_length=10, choices=Role, default=Role.PROTEST, help_text=_("Contact: printed only, no letter goes there."))
    copy = models.BooleanField(default=False, help_text=_("Goes into Cc of that role’s letter, so that letters can be counted."))
    order = models.PositiveSmallIntegerField(default=0, help_text=_("Small numbers stand first."))
    other_side = models.BooleanField(default=False, editable=False)

    objects = AppealAddressManager()

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=["appeal", "address", "role"], name="address_once_a_role"),
            models.CheckConstraint(condition=~Q(role="solidarity", other_side=True), name="role_guard"),
            models.CheckConstraint(condition=~Q(role="contact", copy=True), name="contacts_get_no_copies"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.address}"

    def clean(self) -> None:
        if self.role != Role.SOLIDARITY or not self.address_id:
            return
        for address in filter(None, (self.address, self.address.replaced_by)):
            if address.recipient.other_side:
                who = address.recipient
                raise ValidationError(ROLE_GUARD % {"value": address.value, "name": who.name, "party": who.get_party_display().lower()})

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        with transaction.atomic():
            self.other_side = Address.objects.of_the_other_side().filter(pk=self.address_id).exists()
            super().save(*args, update_fields=update_fields and {*update_fields, "other_side"}, **kwargs)
            type(self).objects.filter(pk=self.pk).keep_sides()
