"""An address as readers see it, and the parts of the panel that addresses stand in."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals import mailto
from appeals.clocks import office_hours
from appeals.models import Address, AddressStatus, Channel, Recipient, Role
from appeals.values import envelope, printed

PARTS: dict[str, tuple[Promise, Promise | str]] = {
    "protest": (gettext_lazy("Protest to"), gettext_lazy("Those responsible. Put these in “To”.")),
    "copies": (gettext_lazy("Send copies to"), gettext_lazy("So that letters can be counted. Put these in “Cc”.")),
    "solidarity": (gettext_lazy("Solidarity messages to"), gettext_lazy("For the strikers and their families. Put these in “To”.")),
    "solidarity-copies": (gettext_lazy("Copies of solidarity messages to"), gettext_lazy("Put these in “Cc”.")),
    "phone": (gettext_lazy("By phone"), gettext_lazy("Say who you are, what you ask for, and be polite.")),
    "post": (gettext_lazy("By post, fax or web form"), ""),
    "embassies": (gettext_lazy("Embassies"), gettext_lazy("Choose the one in your country.")),
    "contact": (gettext_lazy("Contacts"), gettext_lazy("For questions; these are not written to in the letter.")),
}


@dataclass(frozen=True)
class Struck:
    """An address that is not used any more, and since when."""

    address: Address
    day: date

    @property
    def value(self) -> str:
        return str(self.address)


@dataclass(frozen=True)
class Entry:
    """One address as readers see it. `live`: it may be offered for sending today; else it is text and nothing more."""

    address: Address
    role: Role
    live: bool
    instead_of: tuple[Struck, ...] = ()
    struck_on: date | None = None
    subject: str = ""
    cc: tuple[str, ...] = ()

    @property
    def recipient(self) -> Recipient:
        return self.address.recipient

    @property
    def value(self) -> str:
        return printed(self.address.channel, self.address.value)

    @property
    def lines(self) -> list[str]:
        """One line, or those of an envelope, with the country last."""
        return envelope(self.value, self.recipient.stands_in) if self.address.channel == Channel.POST else [self.value]

    @property
    def kind(self) -> str:
        """What the number is for, where it is not an ordinary telephone."""
        return self.address.get_channel_display() if self.address.channel in (Channel.SMS, Channel.FAX) else ""

    @property
    def href(self) -> str:
        if not self.live:
            return ""
        value = self.address.value
        match self.address.channel:
            case Channel.EMAIL:
                return mailto.mailto([value], self.cc, self.subject)
            case Channel.PHONE:
                return mailto.tel(value)
            case Channel.SMS:
                return mailto.sms(value)
            case Channel.WEB:
                return value
            case _:  # an envelope and a fax are no links
                return ""

    @property
    def hours(self) -> str:
        """Beside a number that is called: the office's clock against ours."""
        called = self.live and self.address.channel in (Channel.PHONE, Channel.SMS)
        return office_hours(self.recipient.zone) if called and self.recipient.zone not in ("", settings.TIME_ZONE) else ""

    @property
    def notes(self) -> list[str]:
        """What a supporter should know before writing, in sentences; the risk stands apart, on `address.risk_note`."""
        sentences = [_("Changed on %(day)s: not %(value)s.") % {"day": long_date(old.day), "value": old.value} for old in self.instead_of]
        if self.struck_on:
            sentences.append(_("Not in use since %(day)s.") % {"day": long_date(self.struck_on)})
        return sentences + self.warnings

    @property
    def warnings(self) -> list[str]:
        address, sentences = self.address, []
        if address.reported_since:
            sentences.append(_("Reported not working since %(day)s.") % {"day": long_date(address.reported_since)})
        elif address.status == AddressStatus.BOUNCING:
            sentences.append(_("Bounced on %(day)s.") % {"day": long_date(address.status_on)})
        return [*sentences, address.note] if address.note else sentences


@dataclass(frozen=True)
class Part:
    """Addresses that are used in the same way."""

    key: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def heading(self) -> Promise:
        return PARTS[self.key][0]

    @property
    def hint(self) -> Promise | str:
        return PARTS[self.key][1]

    @property
    def emails(self) -> list[str]:
        """The e-mail addresses in use that belong into one field of a letter."""
        return [entry.address.value for entry in self.entries if entry.live and entry.address.channel == Channel.EMAIL]

    @property
    def together(self) -> list[str]:
        """All of them to paste at once, where there are several."""
        return self.emails if len(self.emails) > 1 and self.key not in ("embassies", "contact") else []

    @property
    def all_lines(self) -> str:
        return ",\n".join(self.together)

    @property
    def mixed(self) -> bool:
        """Whether numbers to protest to stand beside others, so that each has to say which it is."""
        return len({entry.role for entry in self.entries}) > 1

    @property
    def countries(self) -> list[tuple[str, list[Entry]]]:
        """The entries by the country the recipient stands in, for the reader to choose their own."""
        by_name = sorted(self.entries, key=lambda entry: entry.recipient.host_country.name)
        return [(name, list(entries)) for name, entries in groupby(by_name, key=lambda entry: entry.recipient.host_country.name)]


def long_date(day: date) -> str:
    return date_format(day, "j F Y")
