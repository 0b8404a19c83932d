"""Roles of addresses that no words around them give, each marked as unsure."""

from django.utils.translation import gettext as _

from appeals.intake.cues import WRITE, cues
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.sides import OTHER_SIDE, OUR_SIDE, PRISON
from appeals.intake.tokens import Token
from appeals.values import Channel


def decide_rest(title: str, tokens: list[Token]) -> None:
    """By whose it is; by the title, where the whole text asks for letters of one kind."""
    asked = {token.role for token in tokens} & {PROTEST, SOLIDARITY}
    titled = "" if asked else only_kind(title)
    for token in tokens:
        if token.role and token.role != WRITE:
            continue
        token.role_sure = False
        token.role = guessed(token, titled)
        token.marks.append(_("The words around it do not say what it is for.") if asked else _("The text does not say what it is for."))


def prisoners(tokens: list[Token]) -> None:
    """Who writes to a prisoner by name greets him, whatever the sentence before was about."""
    for token in tokens:
        held = token.channels == (Channel.POST,) and token.owner and PRISON.search(token.raw) and not OTHER_SIDE.search(token.owner)
        if held and token.role == PROTEST:
            token.role, token.role_sure = SOLIDARITY, False
            token.marks.append(_("It is the address of a prisoner."))


def complete(tokens: list[Token]) -> None:
    """A copy of which nobody says what it copies: of the one kind of letter asked for so far."""
    before: set[str] = set()
    for token in tokens:
        if token.role == COPY and token.copy_of is None and len(before) == 1:
            token.copy_of = next(iter(before))
        before |= {token.role} & {PROTEST, SOLIDARITY}


def guessed(token: Token, titled: str) -> str:
    whose = f"{token.owner} {token.raw}"
    if token.channels == (Channel.POST,) and PRISON.search(whose):
        return SOLIDARITY
    if OTHER_SIDE.search(whose) and not OUR_SIDE.search(whose):
        return PROTEST
    return titled or CONTACT


def only_kind(title: str) -> str:
    kinds = {cue.kind for cue in cues(title)} & {PROTEST, SOLIDARITY}
    return kinds.pop() if len(kinds) == 1 else ""
