"""How they can be reached. An address exists once, however many appeals use it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models.recipients import OTHER_SIDE, Recipient, appeal_addresses, refuse_solidarity
from appeals.values import Channel, cleaned, cleaned_many, printed
from articles.models.revision import Shown, ShownQuerySet


class AddressStatus(models.TextChoices):
    UNVERIFIED = "unverified", _("Unverified")
    WORKING = "working", _("Working")
    BOUNCING = "bouncing", _("Bouncing")
    RETIRED = "retired", _("Retired")


class AddressQuerySet(ShownQuerySet):
    SIDES = frozenset({"recipient", "recipient_id", "replaced_by", "replaced_by_id"})

    def shown(self, today: date | None = None) -> Self:
        """Addresses that readers may see today: a private number vanishes after its day."""
        return self.filter(models.Q(show_until__isnull=True) | models.Q(show_until__gte=today or timezone.localdate()))

    def in_use(self, today: date | None = None) -> Self:
        """Addresses that may be offered for sending today."""
        return self.shown(today).exclude(status=AddressStatus.RETIRED)

    def of_the_other_side(self) -> Self:
        """Addresses that reach the other side, themselves or through the one that has replaced them."""
        return self.filter(models.Q(recipient__party__in=OTHER_SIDE) | models.Q(replaced_by__recipient__party__in=OTHER_SIDE))

    def in_open_appeals(self) -> Self:
        """Addresses that a public, open appeal prints today: its own, or in place of one that they have replaced."""
        uses = appeal_addresses().filter(appeal__closed_at__isnull=True, appeal__status="published", appeal__published_at__lte=timezone.now())
        used = uses.filter(models.Q(address=models.OuterRef("pk")) | models.Q(address__replaced_by=models.OuterRef("pk")))
        return self.in_use().filter(models.Exists(used))

    def failing(self) -> Self:
        """Bouncing, or supporters say so and no editor has dismissed it; `reports` counts those waiting for an editor."""
        waiting = self.model._meta.get_field("failure_reports").related_model.objects.filter(address=models.OuterRef("pk"), state="waiting")
        number = waiting.order_by().values("address").annotate(number=models.Count("pk")).values("number")
        known = models.Q(status=AddressStatus.BOUNCING) | models.Q(reported_since__isnull=False) | models.Q(reports__gt=0)
        return self.annotate(reports=Coalesce(models.Subquery(number), 0)).filter(known)

    def not_verified_for(self, days: int = 90) -> Self:
        """Last verified so many days ago or more; one never verified counts from the day its status was set."""
        checked = Coalesce("verified_on", "status_on")
        return self.annotate(checked_on=checked).filter(checked_on__lte=timezone.localdate() - timedelta(days=days))

    def add(self, recipient: Recipient, channel: str, text: str, **fields: Any) -> list["Address"]:
        """The addresses of a field, one for each number in it. One that the ledger has already is taken from there;
        ValidationError if it is somebody else's."""
        with transaction.atomic():
            found = []
            for value in cleaned_many(channel, text, recipient.stands_in):
                address, _new = self.get_or_create(channel=channel, value=value, defaults={"recipient": recipient, **fields})
                if address.recipient_id != recipient.pk:
                    raise ValidationError(_("%(value)s is in the ledger already, as %(name)s's.") % {"value": address, "name": address.recipient})
                found.append(address)
            return found

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic():
            if "status" in kwargs and "status_on" not in kwargs:
                super(AddressQuerySet, self.exclude(status=kwargs["status"])).update(status_on=timezone.localdate())
            ids = list(self.values_list("pk", flat=True)) if {"value", "channel"} & kwargs.keys() else []
            changed = super().update(**kwargs)
            for address in self.model.objects.filter(pk__in=ids).select_related("recipient"):
                address.save(update_fields=["value"])
            if self.SIDES & kwargs.keys():
                appeal_addresses().keep_sides()
            return changed

    update.alters_data = True

    def bulk_create(self, objs: Iterable["Address"], *args: Any, **kwargs: Any) -> list["Address"]:
        objs = list(objs)
        for address in objs:
            address.tidy()
        with transaction.atomic():
            made = super().bulk_create(objs, *args, **kwargs)
            if kwargs.get("update_conflicts"):
                appeal_addresses().keep_sides()
            return made


class Address(Shown):
    """One way to reach one recipient."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="addresses")
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL, help_text=_("How they are reached."))
    value = models.TextField(help_text=_("E-mail, number with its country code, web address, or the lines of an envelope."))
    note = models.CharField(max_length=300, blank=True, help_text=_("Readers see it: “weekdays 9 to 5, Russian only”."))
    risk_note = models.CharField(max_length=300, blank=True, help_text=_("“This mailbox is read by the police.”"))
    source = models.CharField(max_length=500, blank=True, help_text=_("Where we have it from, for the desk: their website, a comrade."))
    verified_on = models.DateField(null=True, blank=True, help_text=_("The last day on which an answer came or somebody rang."))
    status = models.CharField(
        max_length=10,
        choices=AddressStatus,
        default=AddressStatus.UNVERIFIED,
        help_text=_("Readers are told of one that bounces; a retired one is offered nowhere."),
    )
    status_on = models.DateField(default=timezone.localdate, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces", help_text=_("What every appeal prints instead; this one must be retired.")
    )
    show_until = models.DateField(null=True, blank=True, help_text=_("A private number: readers see it up to this day and never after."))
    reported_since = models.DateField(null=True, blank=True, editable=False, help_text="Confirmed by an editor: not working since.")

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addresses"
        ordering = ("recipient__name", "channel", "value")
        constraints = (
            models.UniqueConstraint(fields=["channel", "value"], name="address_once"),
            models.CheckConstraint(condition=models.Q(replaced_by__isnull=True) | models.Q(status="retired"), name="replaced_means_retired"),
            models.CheckConstraint(condition=~models.Q(replaced_by=models.F("pk")), name="replaced_by_another"),
        )

    def __str__(self) -> str:
        return printed(self.channel, self.value)

    def clean(self) -> None:
        if self.recipient_id and self.channel and self.value:
            self.tidy()
        if self.replaced_by_id:
            self.refuse_replacement(self.replaced_by)
            if self.status != AddressStatus.RETIRED:
                raise ValidationError({"status": _("An address that another replaces is retired. Choose “Retired”, or empty “Replaced by”.")})
        if self.pk and self.recipient_id and self.recipient.other_side:
            refuse_solidarity(appeal_addresses().reaching(self.pk), self, self.recipient)

    def refuse_replacement(self, new: "Address") -> None:
        if new.pk == self.pk:
            raise ValidationError({"replaced_by": _("An address cannot replace itself.")})
        if new.status == AddressStatus.RETIRED:
            raise ValidationError({"replaced_by": _("%(value)s is retired itself. Name the address that is in use.") % {"value": new}})
        if self.pk and new.recipient.other_side:
            refuse_solidarity(appeal_addresses().reaching(self.pk), new, new.recipient)

    def tidy(self) -> None:
        """The value in the ledger's one spelling; ValidationError, in a sentence, if nobody could be reached by it."""
        try:
            self.value = cleaned(self.channel, self.value, self.recipient.stands_in)
        except ValidationError as refused:
            raise ValidationError({"value": refused.messages}) from refused

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        with transaction.atomic():
            if update_fields is None or {"value", "channel"} & {*update_fields}:
                self.tidy()
            if self.pk and "status_on" not in (update_fields or ()) and Address.objects.filter(pk=self.pk).exclude(status=self.status).exists():
                self.status_on = timezone.localdate()
                update_fields = update_fields and {*update_fields, "status_on"}
            super().save(*args, update_fields=update_fields, **kwargs)
            appeal_addresses().reaching(self.pk).keep_sides()

    def replace_by(self, new: "Address", day: date | None = None) -> None:
        """From that day on every appeal prints `new` in this one's place, and this one struck through for a while.

        ValidationError if `new` is retired, or on the other side while an appeal sends this one solidarity.
        """
        with transaction.atomic():
            if new.replaced_by_id == self.pk:  # back to an address that this one had replaced
                new.mark_as(AddressStatus.UNVERIFIED, day)
            self.refuse_replacement(new)
            self.replaces.exclude(pk=new.pk).update(replaced_by=new)
            self.mark_as(AddressStatus.RETIRED, day, replaced_by=new)
            self.settle_reports("confirmed")

    def mark_verified(self, day: date | None = None) -> None:
        """An answer came, or somebody rang: what supporters had reported is over."""
        day = day or timezone.localdate()
        with transaction.atomic():
            self.mark_as(AddressStatus.WORKING, day, verified_on=day, reported_since=None)
            self.settle_reports("dismissed")

    def mark_bouncing(self, day: date | None = None) -> None:
        with transaction.atomic():
            self.mark_as(AddressStatus.BOUNCING, day)
            self.settle_reports("confirmed")

    def retire(self, day: date | None = None) -> None:
        """Never offered again; nothing takes its place."""
        self.mark_as(AddressStatus.RETIRED, day)

    def confirm_failure(self, since: date) -> None:
        """An editor believes the supporters' reports: readers see "reported not working since …"."""
        self.reported_since = since
        with transaction.atomic():
            self.save(update_fields=["reported_since"])
            self.settle_reports("confirmed")

    def dismiss_failure(self) -> None:
        """An editor does not believe them, or no longer: readers see nothing."""
        self.reported_since = None
        with transaction.atomic():
            self.save(update_fields=["reported_since"])
            self.settle_reports("dismissed")

    def settle_reports(self, state: str) -> None:
        self.failure_reports.filter(state="waiting").update(state=state)

    def mark_as(self, status: str, day: date | None, **fields: Any) -> None:
        for name, value in {"status": status, "status_on": day or timezone.localdate(), "replaced_by": None, **fields}.items():
            setattr(self, name, value)
        self.save(update_fields=["status", "status_on", "replaced_by", *fields])

    def is_shown(self, today: date | None = None) -> bool:
        return self.show_until is None or self.show_until >= (today or timezone.localdate())

    def is_in_use(self, today: date | None = None) -> bool:
        return self.is_shown(today) and self.status != AddressStatus.RETIRED

    @property
    def leaves_at(self) -> datetime | None:
        """The end of the last day on which readers see it; None if it stays, or has left already."""
        if self.show_until is None or not self.is_shown():
            return None
        return timezone.make_aware(datetime.combine(self.show_until + timedelta(days=1), time.min))
