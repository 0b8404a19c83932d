"""Everything one can send, from the records alone: what the page, appeal.txt, the list, the cards, the sheet and the feed print.

Nothing about an address is decided anywhere else, so no two of them can differ.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from appeals.entries import PARTS, Entry, Part, Struck
from appeals.letters import ReadyLetter, ready
from appeals.models import Address, AddressStatus, Appeal, AppealAddress, Channel, Party, Recipient, Role
from articles.memo import per_revision

STRUCK_FOR = timedelta(days=30)
"""How long an address that is no longer used stands struck through, so that those who saved it learn of it."""


@dataclass(frozen=True)
class Panel:
    """Of one appeal on one day. `live` is False once it is closed: the addresses are a record of where letters went."""

    live: bool
    parts: list[Part]
    letters: list[ReadyLetter]

    @property
    def entries(self) -> list[Entry]:
        return [entry for part in self.parts for entry in part.entries]

    @property
    def shown_until(self) -> datetime | None:
        """When a private number leaves it: nothing that prints it may be kept longer."""
        numbers = [address for entry in self.entries for address in (entry.address, *(old.address for old in entry.instead_of))]
        return min((number.leaves_at for number in numbers if number.leaves_at), default=None)

    @property
    def recipients(self) -> list[Recipient]:
        """Everybody who can be reached today, once: a card for each."""
        return list(dict.fromkeys(entry.recipient for entry in self.entries if entry.live))

    @property
    def sendable(self) -> list[ReadyLetter]:
        return [letter for letter in self.letters if letter.links]

    @property
    def offered(self) -> list[ReadyLetter]:
        """One letter of each role, in the reader's language where there is one."""
        best = sorted(self.sendable, key=lambda letter: not (get_language() or "").startswith(letter.language))
        return sorted({letter.role: letter for letter in reversed(best)}.values(), key=lambda letter: letter.role)

    @property
    def checked(self) -> date | None:
        """When an address was last known to work."""
        return max((entry.address.verified_on for entry in self.entries if entry.address.verified_on), default=None)


@per_revision
def shown(appeal: Appeal) -> Panel:
    """The panel as readers get it today, worked out once a revision (a new day is one too)."""
    return of(appeal)


def of(appeal: Appeal, today: date | None = None) -> Panel:
    """What this appeal offers today. Wants `with_records()`; one query more where it offers embassies."""
    parts = parts_of(appeal, embassies(appeal), today)
    letters = letters_of(appeal, parts)
    address_embassies(parts["embassies"], parts["copies"], letters)
    return Panel(appeal.sends(), [part for part in parts.values() if part.entries], letters)


def parts_of(appeal: Appeal, more: Iterable[AppealAddress] = (), today: date | None = None) -> dict[str, Part]:
    """The addresses alone, by what one does with them; without queries where `appeal_addresses` is prefetched."""
    today = today or timezone.localdate()
    closed_on = timezone.localdate(appeal.closed_at) if appeal.closed_at else None
    parts = {key: Part(key) for key in PARTS}
    for used in (*appeal.appeal_addresses.all(), *more):
        for entry in entries_of(used, today, closed_on):
            enter(parts[key_of(used, entry.address, appeal)].entries, entry)
    return parts


def entries_of(used: AppealAddress, today: date, closed_on: date | None) -> Iterator[Entry]:
    """What stands for one row: its address; or the one that took its place; or, for a while, nothing but the old one struck through."""
    old, new, role = used.address, used.address.replaced_by, Role(used.role)
    lately = old.status == AddressStatus.RETIRED and old.is_shown(today) and today < old.status_on + STRUCK_FOR
    if closed_on:
        went_to = [old, new] if new and old.status_on <= closed_on else [old]
        yield from (Entry(address, role, live=False) for address in went_to if address.is_shown(today))
    elif old.is_in_use(today):
        yield Entry(old, role, live=True)
    elif new and new.is_in_use(today):
        yield Entry(new, role, live=True, instead_of=(Struck(old, old.status_on),) if lately else ())
    elif lately:
        yield Entry(old, role, live=False, struck_on=old.status_on)


def enter(entries: list[Entry], entry: Entry) -> None:
    """An address stands once in a part and role, with all that it took the place of."""
    for place, there in enumerate(entries):
        if (there.address, there.role) == (entry.address, entry.role):
            entries[place] = replace(there, instead_of=(*there.instead_of, *(old for old in entry.instead_of if old not in there.instead_of)))
            return
    entries.append(entry)


def key_of(used: AppealAddress, address: Address, appeal: Appeal) -> str:
    who = address.recipient
    if used.role == Role.CONTACT:
        return "contact"
    if appeal.embassies_of and who.party == Party.EMBASSY and who.country == appeal.embassies_of and who.host_country:
        return "embassies"
    if address.channel == Channel.EMAIL:
        to, copies = ("solidarity", "solidarity-copies") if used.role == Role.SOLIDARITY else ("protest", "copies")
        return copies if used.copy else to
    return "phone" if address.channel in (Channel.PHONE, Channel.SMS) else "post"


def embassies(appeal: Appeal) -> list[AppealAddress]:
    """The ledger's embassies of the country that the appeal names, as rows of it. One query."""
    if not appeal.embassies_of:
        return []
    found = Address.objects.filter(recipient__party=Party.EMBASSY, recipient__country=appeal.embassies_of).exclude(recipient__host_country="")
    rows = found.select_related("recipient", "replaced_by__recipient").order_by("recipient__name", "channel", "pk")
    return [AppealAddress(appeal=appeal, address=address, role=Role.PROTEST) for address in rows]


def letters_of(appeal: Appeal, parts: dict[str, Part]) -> list[ReadyLetter]:
    """The appeal's letters to those they are for; a role that has addresses and no letter gets one without words."""
    audiences = {
        Role.PROTEST: (mailboxes(parts["protest"].entries), mailboxes(parts["copies"].entries)),
        Role.SOLIDARITY: (mailboxes(parts["solidarity"].entries), mailboxes(parts["solidarity-copies"].entries)),
    }
    letters = [ready(letter, appeal.demands, *audiences[Role(letter.role)]) for letter in appeal.letters.all()]
    for role, (to, cc) in audiences.items():
        if to and role not in {letter.role for letter in letters}:
            letters.append(ReadyLetter(role, "", appeal.language, appeal.title, "", written(to), written(cc)))
    return sorted(letters, key=lambda letter: letter.role)


def mailboxes(entries: Iterable[Entry]) -> list[Address]:
    return [entry.address for entry in entries if entry.live]


def written(addresses: Iterable[Address]) -> tuple[str, ...]:
    return tuple(address.value for address in addresses)


def address_embassies(part: Part, copies: Part, letters: list[ReadyLetter]) -> None:
    """A mail to the reader's own embassy has the protest's subject and its copies; the letter is pasted, or forty links would hold it."""
    subject = next((letter.subject for letter in letters if letter.role == Role.PROTEST), "")
    part.entries[:] = [replace(entry, subject=subject, cc=tuple(copies.emails)) for entry in part.entries]
