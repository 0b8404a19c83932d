"""The ledger: who can be written to, and how. An address exists once, however many appeals use it."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from articles.models.revision import Shown, ShownQuerySet


class Party(models.TextChoices):
    COMPANY = "company", _("Company")
    EMPLOYER = "employer", _("Employer")
    GOVERNMENT = "government", _("Government")
    POLICE = "police", _("Police")
    COURT = "court", _("Court")
    EMBASSY = "embassy", _("Embassy")
    PARLIAMENT = "parliament", _("Parliament")
    UNION = "union", _("Union")
    MEDIA = "media", _("Media")
    STRIKERS = "strikers", _("Strikers")
    PRISONERS = "prisoners", _("Prisoners")
    FAMILIES = "families", _("Families")
    CAMPAIGN = "campaign", _("Campaign")
    NOT_KNOWN = "not-known", _("Not known")


OTHER_SIDE = (Party.COMPANY, Party.EMPLOYER, Party.GOVERNMENT, Party.POLICE, Party.COURT, Party.EMBASSY)


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    SMS = "sms", _("SMS")
    FAX = "fax", _("Fax")
    POST = "post", _("Post")
    WEB = "web", _("Web form")


class AddressStatus(models.TextChoices):
    UNVERIFIED = "unverified", _("Unverified")
    WORKING = "working", _("Working")
    BOUNCING = "bouncing", _("Bouncing")
    RETIRED = "retired", _("Retired")


class Recipient(Shown):
    """Somebody a letter goes to, and which side they are on."""

    name = models.CharField(max_length=200)
    office = models.CharField(max_length=200, blank=True, help_text=_("“the company”, “Minister of Foreign Affairs”."))
    party = models.CharField(max_length=12, choices=Party, default=Party.NOT_KNOWN)
    salutation = models.CharField(max_length=200, blank=True, help_text=_("“Dear Minister”."))
    languages = models.CharField(max_length=100, blank=True, help_text=_("Languages they read: ru, kk, en."))
    country = CountryField(blank=True)
    host_country = CountryField(blank=True, help_text=_("Embassies only: the country it stands in."))
    zone = models.CharField(max_length=50, blank=True, help_text=_("Time zone of the office: Asia/Almaty."))

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name}, {self.office}" if self.office else self.name

    @property
    def other_side(self) -> bool:
        return self.party in OTHER_SIDE

    def clean(self) -> None:
        if self.pk and self.other_side and (use := solidarity_uses(address__recipient=self)):
            raise ValidationError({"party": guard_sentence(self, self.get_party_display(), use)})

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            from appeals.models.appeals import AppealAddress

            AppealAddress.objects.filter(address__recipient=self).exclude(other_side=self.other_side).update(other_side=self.other_side)


def solidarity_uses(**which: Any) -> list[str]:
    """Titles of the appeals that ask for solidarity to these addresses."""
    from appeals.models.appeals import AppealAddress, Role

    return list(AppealAddress.objects.filter(role=Role.SOLIDARITY, **which).values_list("appeal__title", flat=True))


def guard_sentence(recipient: Recipient, party: str, appeals: list[str]) -> str:
    return _("%(name)s would become the other side (%(party)s), but “%(appeal)s” sends it solidarity. Take it out from under solidarity there first.") % {
        "name": recipient.name,
        "party": party,
        "appeal": "”, “".join(appeals[:3]),
    }


class AddressQuerySet(ShownQuerySet):
    def shown(self, today: date | None = None) -> Self:
        """Addresses that readers may see today: a private number vanishes after its day."""
        return self.filter(models.Q(show_until__isnull=True) | models.Q(show_until__gte=today or timezone.localdate()))

    def in_use(self, today: date | None = None) -> Self:
        """Addresses that may be offered for sending today."""
        return self.shown(today).exclude(status=AddressStatus.RETIRED)


class Address(Shown):
    """One way to reach one recipient."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="addresses")
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    value = models.TextField(help_text=_("E-mail, number with its country code, web address, or the lines of an envelope."))
    note = models.CharField(max_length=300, blank=True)
    risk_note = models.CharField(max_length=300, blank=True, help_text=_("“This mailbox is read by the police.”"))
    source = models.CharField(max_length=500, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=AddressStatus, default=AddressStatus.UNVERIFIED)
    status_on = models.DateField(default=timezone.localdate, editable=False)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    show_until = models.DateField(null=True, blank=True, help_text=_("A private number: readers see it up to this day and never after."))
    reported_since = models.DateField(null=True, blank=True, editable=False, help_text="Confirmed by an editor: not working since.")

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addresses"
        ordering = ("recipient__name", "channel", "value")
        constraints = (
            models.UniqueConstraint(fields=["channel", "value"], name="address_once"),
            models.CheckConstraint(condition=models.Q(replaced_by__isnull=True) | models.Q(status="retired"), name="replaced_means_retired"),
        )

    def __str__(self) -> str:
        return self.value

    def is_shown(self, today: date | None = None) -> bool:
        return self.show_until is None or self.show_until >= (today or timezone.localdate())

    def is_in_use(self, today: date | None = None) -> bool:
        return self.is_shown(today) and self.status != AddressStatus.RETIRED
