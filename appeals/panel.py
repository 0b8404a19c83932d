"""The address panel: an appeal's addresses in the order in which a supporter uses them."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.mailto import mailto
from appeals.models import Address, AddressStatus, Appeal, AppealAddress, Channel, Party, Recipient, Role

PARTS: dict[str, tuple[Promise, Promise | str]] = {
    "protest": (_("Protest to"), _("Those responsible. Put these in “To”.")),
    "copies": (_("Send copies to"), _("So that letters can be counted. Put these in “Cc”.")),
    "solidarity": (_("Solidarity messages to"), _("For the strikers and their families.")),
    "phone": (_("By phone"), _("Say who you are, what you ask for, and be polite.")),
    "post": (_("By post, fax or web form"), ""),
    "embassies": (_("Embassies"), _("Choose the one in your country.")),
    "contact": (_("Contacts"), _("For questions; these are not written to in the letter.")),
}


@dataclass(frozen=True)
class Entry:
    """One address as the panel prints it. `live` is False on a closed appeal: text, never a link."""

    address: Address
    role: Role
    live: bool

    @property
    def recipient(self) -> Recipient:
        return self.address.recipient

    @property
    def href(self) -> str:
        value = self.address.value
        if not self.live or self.address.status == AddressStatus.RETIRED:
            return ""
        links = {Channel.EMAIL: mailto([value]), Channel.PHONE: f"tel:{value}", Channel.SMS: f"sms:{value}", Channel.WEB: value}
        return links.get(Channel(self.address.channel), "")


@dataclass(frozen=True)
class Part:
    key: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def heading(self) -> Promise:
        return PARTS[self.key][0]

    @property
    def hint(self) -> Promise | str:
        return PARTS[self.key][1]

    @property
    def together(self) -> list[str]:
        """The e-mail addresses one may paste into one field of a letter, where there are several."""
        written = [entry.address.value for entry in self.entries if entry.href and entry.address.channel == Channel.EMAIL]
        return written if len(written) > 1 and self.key in ("protest", "copies", "solidarity") else []

    @property
    def all_lines(self) -> str:
        return ",\n".join(self.together)


def of(appeal: Appeal) -> list[Part]:
    """The parts that have any address today. Wants `appeal_addresses` prefetched with address and recipient."""
    parts = {key: Part(key) for key in PARTS}
    for used in appeal.appeal_addresses.all():
        if used.address.is_shown() and (appeal.sends() is False or used.address.is_in_use()):
            parts[key_of(used, appeal)].entries.append(Entry(used.address, Role(used.role), appeal.sends()))
    return [part for part in parts.values() if part.entries]


def key_of(used: AppealAddress, appeal: Appeal) -> str:
    address = used.address
    if used.role == Role.CONTACT:
        return "contact"
    if appeal.embassies_of and address.recipient.party == Party.EMBASSY and address.recipient.host_country:
        return "embassies"
    if address.channel == Channel.EMAIL:
        return "solidarity" if used.role == Role.SOLIDARITY else "copies" if used.copy else "protest"
    return "phone" if address.channel in (Channel.PHONE, Channel.SMS) else "post"
