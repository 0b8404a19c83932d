"""Model letters made ready: filled from the records, addressed to those they are for, measured, marked where the sender has to write."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from appeals.draft import draft
from appeals.mailto import MailLinks, mail_links
from appeals.models import Address, Letter, Recipient, Role

BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")
"""A gap for the sender, "[your name]"; [demands] and [salutation] are filled from the records."""


@dataclass(frozen=True)
class ReadyLetter:
    """One letter as it can be sent: every address in use today, every word but those the sender fills in.

    `pk` is the model letter's; a role that has addresses and no letter is ready too, with the appeal's title and no words.
    Without addresses (on a closed appeal there are none) nothing is offered: `links` is None.
    """

    role: Role
    party: str
    language: str
    subject: str
    text: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    pk: int | None = None

    @cached_property
    def links(self) -> MailLinks | None:
        return mail_links(self.to, self.cc, self.subject, self.text) if self.to else None

    @cached_property
    def html(self) -> SafeString:
        return marked(self.text)

    @property
    def gaps(self) -> list[str]:
        """What the sender still has to fill in, in order, once each."""
        return list(dict.fromkeys(BRACKETS.findall(self.text)))

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def draft(self) -> bytes:
        """The letter as a .eml file."""
        return draft(self.to, self.cc, self.subject, self.text)


def ready(letter: Letter, demands: Sequence[str], to: Iterable[Address] = (), cc: Iterable[Address] = ()) -> ReadyLetter:
    """`to` and `cc` are the role's; the letter takes those of its own party, and every copy."""
    to = [address for address in to if letter.party in ("", address.recipient.party)]
    written = tuple(dict.fromkeys(address.value for address in to))
    return ReadyLetter(
        role=Role(letter.role),
        party=letter.get_party_display() if letter.party else "",
        language=letter.language,
        subject=letter.subject,
        text=fill(letter.body, demands, salutation(letter, {address.recipient for address in to})),
        to=written,
        cc=tuple(dict.fromkeys(address.value for address in cc if address.value not in written)),
        pk=letter.pk,
    )


def fill(body: str, demands: Sequence[str], salutation: str) -> str:
    """In one pass: brackets in what is filled in are not filled again."""
    numbered = "\n".join(f"{number}. {demand}" for number, demand in enumerate(demands, 1))
    known = {"demands": numbered, "salutation": salutation}
    return BRACKETS.sub(lambda found: known.get(found[1].strip().casefold(), found[0]), body)


def salutation(letter: Letter, recipients: set[Recipient]) -> str:
    """One recipient's own; for several, or none, the letter's, else the one that suits everybody, in the letter's language."""
    own = next(iter(recipients)).salutation if len(recipients) == 1 else ""
    if own or letter.salutation:
        return own or letter.salutation
    with override(letter.language):
        return _("To whom it may concern")


def marked(text: str) -> SafeString:
    """The letter as escaped HTML, its gaps in <mark>. Not linked: these are the supporter's words, not the site's."""
    return mark_safe(BRACKETS.sub(r"<mark>\g<0></mark>", linebreaks(escape(text))))
