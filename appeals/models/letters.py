"""Model letters, and what supporters tell us about those they sent."""

from typing import Any
from unicodedata import category

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models.appeals import Appeal
from appeals.models.ledger import Address
from appeals.models.recipients import Party
from appeals.models.roles import Role
from articles.models.revision import Shown


class Letter(Shown):
    """A model letter for one audience in one language; `[demands]` and `[salutation]` come from the records."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="letters")
    role = models.CharField(
        max_length=10,
        choices=[(Role.PROTEST, Role.PROTEST.label), (Role.SOLIDARITY, Role.SOLIDARITY.label)],
        default=Role.PROTEST,
        help_text=_("To whom it goes: the addresses under that heading."),
    )
    party = models.CharField(max_length=12, choices=Party, blank=True, help_text=_("Only for recipients of this party; empty: for all of the role."))
    language = models.CharField(max_length=12, default="en", help_text=_("Language tag: en, ru, kk …"))
    salutation = models.CharField(max_length=200, blank=True, help_text=_("For several recipients at once: “To whom it may concern”."))
    subject = models.CharField(max_length=200, help_text=_("What stands in the recipient’s list of mail: short, firm, with a name in it."))
    body = models.TextField(help_text=_("Plain text. Gaps for the sender in brackets: [your name]. [demands] and [salutation] are filled from the records."))

    class Meta:
        ordering = ("role", "party", "language", "pk")
        constraints = (models.UniqueConstraint(fields=["appeal", "role", "party", "language"], name="letter_once"),)

    def __str__(self) -> str:
        return self.subject

    def clean(self) -> None:
        """A line break would end the header (a comma is no danger there, and headlines have them)."""
        if any(category(character) in ("Cc", "Zl", "Zp") for character in self.subject):
            raise ValidationError({"subject": _("The subject has a line break or a control character in it. A subject is one line.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)


class Press(models.Model):
    """One supporter's "I have sent it": a one-time token and a day, nothing about the supporter."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="presses")
    token = models.CharField(max_length=100, unique=True)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name_plural = "presses"
        indexes = (models.Index(fields=["appeal", "day"], name="press_day"),)

    def __str__(self) -> str:
        return f"{self.appeal}, {self.day}"


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


class FailureReport(models.Model):
    """A supporter says that an address failed; readers see it only when an editor has confirmed."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="failure_reports")
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="failure_reports")
    day = models.DateField(default=timezone.localdate)
    token = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WAITING, editable=False)

    class Meta:
        indexes = (models.Index(fields=["address", "day"], name="failure_day"), models.Index(fields=["state", "address"], name="failure_waiting"))

    def __str__(self) -> str:
        return f"{self.address}, {self.day}"


class LetterClaim(Shown):
    """A count with its source: "156 in one day, said the campaign"."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="letter_claims")
    number = models.PositiveIntegerField(help_text=_("How many letters, by somebody’s own count."))
    source = models.CharField(max_length=300, help_text=_("Who counted: readers see it beside the number."))
    source_url = models.URLField(max_length=500, blank=True)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (models.CheckConstraint(condition=~models.Q(source=""), name="claim_has_a_source"),)

    def __str__(self) -> str:
        return f"{self.number}, {self.source}"
