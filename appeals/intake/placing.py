"""From places in the text to addresses with a role, and the rest to the list of what has none."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from appeals.intake.cues import DONATE, LEAVE, READ
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY, FoundAddress, Unplaced
from appeals.intake.roles import BOTH_LETTERS
from appeals.intake.tokens import Token
from appeals.values import Channel

UNATTENDED = re.compile(r"(?i)(?:no-?reply|do-?not-?reply|mailer-daemon)\b.*@")
FORM = (
    "contact",
    "form",
    "feedback",
    "write",
    "letter",
    "protest",
    "campaign",
    "act-now",
    "action",
    "petition",
    "complain",
    "beschwerde",
    "reclam",
    "zhalob",
    "письм",
    "priem",
    "appeal",
    "obrash",
    "reception",
    "show_campaign",
    "kontakt",
    "email.php",
)


def placed(tokens: Iterable[Token]) -> tuple[list[FoundAddress], list[Unplaced]]:
    found: dict[tuple, FoundAddress] = {}
    unplaced: dict[str, Unplaced] = {}
    for token in tokens:
        reason = set_aside(token)
        if reason:
            unplaced.setdefault(token.raw, Unplaced(shown(token), reason))
            continue
        for address in (made(token, channel, *role) for channel in token.channels for role in roles(token)):
            key = (address.channel, address.value.casefold(), address.role, address.copy_of)
            if key not in found or (not found[key].owner and address.owner):
                found[key] = address
    return without_doubtful(list(found.values())), list(unplaced.values())


def set_aside(token: Token) -> str:
    """Why it is not offered for sending, or nothing."""
    if token.withheld or token.gone:
        return token.withheld or token.gone
    if not token.value:
        return token.reason
    if UNATTENDED.match(token.value):
        return _("nobody reads what is sent there")
    if token.channels == (Channel.WEB,) and not is_form(token):
        return _("it is a page to read, not one to write to")
    if token.role == DONATE:
        return _("it is for donations")
    if token.role == LEAVE:
        return _("it belongs to a mailing list")
    return ""


def is_form(token: Token) -> bool:
    """A page counts as an address where the text sends letters through it, or calls itself a form."""
    if token.role in (READ, LEAVE):
        return False
    named = any(word in token.raw.lower().partition("//")[2].partition("/")[2] for word in FORM)
    return named or (token.same_sentence and token.role in (PROTEST, SOLIDARITY))


def roles(token: Token) -> list[tuple[str, str | None]]:
    """“Copies of both letters to” are two copies, “copies and messages of solidarity to” two roles."""
    role = CONTACT if token.role == READ else token.role
    first = [(role, base) for base in (PROTEST, SOLIDARITY)] if token.copy_of == BOTH_LETTERS else [(role, token.copy_of if role == COPY else None)]
    return [*first, *([token.also] if token.also else [])]


def made(token: Token, channel: str, role: str, copy_of: str | None) -> FoundAddress:
    why = " ".join(filter(None, [token.reason if not token.sure else "", *token.marks]))
    return FoundAddress(
        channel=str(channel),
        value=token.value,
        role=role,
        copy_of=copy_of,
        owner=token.owner,
        note=token.note,
        sure=token.sure and token.role_sure,
        why=why,
    )


def without_doubtful(found: list[FoundAddress]) -> list[FoundAddress]:
    """An address that the text has placed elsewhere needs no guess."""
    certain = {(address.channel, address.value) for address in found if address.sure}
    return [address for address in found if address.sure or (address.channel, address.value) not in certain]


def shown(token: Token) -> str:
    return token.value or token.raw
