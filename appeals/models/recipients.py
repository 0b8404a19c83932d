"""Who can be written to, and which side they are on."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from articles.models.attached import zone_known
from articles.models.revision import Shown, ShownQuerySet

if TYPE_CHECKING:
    from appeals.models.roles import AppealAddressQuerySet


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


class RecipientQuerySet(ShownQuerySet):
    def update(self, **kwargs: Any) -> int:
        if "party" not in kwargs:
            return super().update(**kwargs)
        with transaction.atomic():
            changed = super().update(**kwargs)
            appeal_addresses().keep_sides()
            return changed

    update.alters_data = True


class Recipient(Shown):
    """Somebody a letter goes to, and which side they are on."""

    name = models.CharField(max_length=200, help_text=_("The person or body, as a letter names it: “Ministry of Foreign Affairs”."))
    office = models.CharField(max_length=200, blank=True, help_text=_("“the company”, “Minister of Foreign Affairs”."))
    party = models.CharField(
        max_length=12,
        choices=Party,
        default=Party.NOT_KNOWN,
        help_text=_("Which side they are on. Company, employer, government, police, court and embassy never stand under solidarity."),
    )
    salutation = models.CharField(max_length=200, blank=True, help_text=_("“Dear Minister”."))
    languages = models.CharField(max_length=100, blank=True, help_text=_("Languages they read: ru, kk, en."))
    country = CountryField(blank=True, help_text=_("Whose they are; for an embassy, the country it speaks for."))
    host_country = CountryField(blank=True, help_text=_("Embassies only: the country it stands in."))
    zone = models.CharField(max_length=50, blank=True, validators=[zone_known], help_text=_("Time zone of the office: Asia/Almaty."))

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name}, {self.office}" if self.office else self.name

    @property
    def other_side(self) -> bool:
        return self.party in OTHER_SIDE

    @property
    def stands_in(self) -> str:
        """The country (ISO 3166) that letters to it are posted to."""
        return str(self.host_country or self.country)

    def uses(self) -> "AppealAddressQuerySet":
        """Where appeals print an address of theirs."""
        return appeal_addresses().filter(models.Q(address__recipient=self) | models.Q(address__replaced_by__recipient=self))

    def clean(self) -> None:
        if self.party == Party.EMBASSY and not self.host_country:
            raise ValidationError({"host_country": _("An embassy stands in a country: choose it, so that readers there find it.")})
        if self.pk and self.other_side:
            refuse_solidarity(self.uses(), self.name, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.uses().keep_sides()


def appeal_addresses() -> "AppealAddressQuerySet":
    from appeals.models.roles import AppealAddress

    return AppealAddress.objects.all()


REFUSED = _("%(what)s would reach the other side (%(name)s, %(party)s), but “%(appeal)s” sends it solidarity. Take it out from under solidarity there first.")


def refuse_solidarity(uses: "AppealAddressQuerySet", what: object, recipient: Recipient) -> None:
    """ValidationError if an appeal asks for solidarity there: `what` would reach this recipient, who is the other side."""
    appeals = list(uses.solidarity().values_list("appeal__title", flat=True)[:3])
    if appeals:
        names = {"what": what, "name": recipient.name, "party": recipient.get_party_display().lower(), "appeal": "”, “".join(appeals)}
        raise ValidationError(REFUSED % names)
