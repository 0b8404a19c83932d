"""What each address is for, by all that speaks for it: the words that govern it, whose it is, and what the whole text asks for.
Words in its own sentence or line decide; the further away they stand, the more the other evidence counts against them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from appeals.intake.cues import WRITE, cues
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.sides import HELD, OTHER_SIDE, OUR_SIDE, PRISON
from appeals.intake.strength import TO_PRISONERS
from appeals.intake.tokens import CARRIED, NAMED, OWN, Token
from appeals.values import Channel

LETTERS = (PROTEST, SOLIDARITY)
WHOSE = re.compile(r"(?:['’]s?)? (?:(?!of|to|for|and|in|at|the|against)[\w&’'-]+ )?")
"""“The hotel workers' union”, “the company's workers”: a word of the other side that only says which of ours."""
COMMAND = re.compile(
    r"(?i)\b(?:release|free|stop|reinstate|drop|hands off|justice for|demand\w*|tell|protest\w*|freiheit|libert\w+|libér\w+|свобод\w+|освобод\w+)\b"
)
"""A title that commands asks for protests."""
SIDE, PRISONER, SIGNED, SIBLINGS, PRIOR, UNASKED = 1.5, 3.0, 2.5, 1.1, 0.5, 0.4
"""How much whose it is, where it stands and what the text asks for weigh against words: those of a list weigh as `tokens` has it."""
MATTER = re.compile(
    r"(?i)\b(?:and|to) (?:tell|ask|urge|demand|protest|insist|say|let)\b|"
    r"\b(?:tell (?:them|him|her)|demanding|asking|urging|calling|protesting|about|for|that)\b.*$",
    re.DOTALL,
)
"""Where the words that lead to an address turn to the matter."""


def weigh(title: str, tokens: list[Token], asked: Iterable[str] = ()) -> None:
    """Fills the roles that words alone do not give."""
    asked = list(asked)
    usual, listed, named = usual_letters(title, tokens, bool(asked)), siblings(tokens), "\n".join(asked)
    for n, token in enumerate(tokens):
        before = tokens[n - 1] if n else None
        if before and is_less(token, before) and is_one_more(token, before):
            token.role, token.copy_of, token.also, token.reach, token.role_sure = before.role, before.copy_of, before.also, before.reach, before.role_sure
            continue
        if not token.role and is_named(token, named):
            token.role, token.reach = WRITE, CARRIED
        given = token.role
        if given == CONTACT and not token.signed and (side(token) == PROTEST or (token.reach < OWN and set(listed[token.scope]) == {PROTEST})):
            token.role, token.role_sure = PROTEST, False
            token.marks.append(_("The text says to contact it, and not what for."))
            continue
        if given not in ("", WRITE, *LETTERS) or (given in LETTERS and token.reach == OWN and not is_prisoner(token)):
            continue
        token.role, clear = heavier(token, usual, listed[token.scope])
        if token.role != given and not clear:
            token.role_sure = False
            token.marks.append(_("The words around it do not say what it is for.") if given else _("The text does not say what it is for."))


def heavier(token: Token, usual: dict[str, str], listed: Counter) -> tuple[str, bool]:
    """The role that most speaks for, and whether it stands clear of the next."""
    scales = {PROTEST: 0.0, SOLIDARITY: 0.0, CONTACT: 0.0}
    if token.role in scales:
        scales[token.role] += token.reach
    else:
        scales[usual.get(token.role) or CONTACT] += PRIOR
    whose = side(token)
    if whose:
        both = listed[PROTEST] > 0 and token.lead.rstrip().endswith(":")
        scales[whose] += PRISONER if is_prisoner(token) else SIDE if token.role or whose == PROTEST or both else UNASKED
    elif listed and token.role:
        scales[listed.most_common(1)[0][0]] += SIBLINGS
    if token.signed:
        scales[CONTACT] += SIGNED
    first, second = sorted(scales.values(), reverse=True)[:2]
    return max(scales, key=lambda role: scales[role]), bool(token.role) and first - second >= SIDE


def is_named(token: Token, asked: str) -> bool:
    """Whether the text has asked before to write to its owner, whose addresses stand elsewhere."""
    names = re.findall(r"[^\W\d_]{3,}", token.owner)[:3]
    return bool(names) and " ".join(names[:2]) in asked


def is_less(token: Token, before: Token) -> bool:
    """Whether less is said of it than of the address before."""
    return bool(before.role) and ((token.reach < OWN and before.reach >= token.reach) or not token.role or (token.role == WRITE and token.follows))


def is_one_more(token: Token, before: Token) -> bool:
    """Another of the same owner's, or another in a sentence that says nothing in between."""
    return token.follows or (not token.role and token.sentence == before.sentence and side(token) in ("", side(before)))


def siblings(tokens: list[Token]) -> dict[int, Counter]:
    """On which sides those of one list are, where it can be told: they go with each other."""
    sides: dict[int, Counter] = defaultdict(Counter)
    for token in tokens:
        if token.reach < OWN and (whose := side(token)):
            sides[token.scope][whose] += 1
    return sides


def side(token: Token) -> str:
    """On which side it is, by its owner, or else by the words before it in its sentence and by the address itself."""
    if is_prisoner(token):
        return SOLIDARITY
    if token.channels != (Channel.POST,) and PRISON.search(token.owner):
        return PROTEST
    spelled = "" if token.channels == (Channel.WEB,) else token.raw.replace("@", " ").replace(".", " ").replace("_", " ")
    for words in (token.owner, MATTER.split(token.lead)[0], spelled):
        other, ours = OTHER_SIDE.search(words), OUR_SIDE.search(words)
        if other and ours and words is not spelled and WHOSE.fullmatch(words[other.end() : ours.start()]):
            return SOLIDARITY
        if other and not (ours and ours.start() < other.start() and token.channels != (Channel.POST,)):
            return PROTEST
        if ours:
            return SOLIDARITY
    return ""


def is_prisoner(token: Token) -> bool:
    """An envelope to somebody in prison, who is greeted whatever the sentence before was about."""
    held = token.channels == (Channel.POST,) and (PRISON.search(f"{token.owner} {token.raw}") or HELD.search(f"{token.owner} {token.raw}"))
    return bool(held and not OTHER_SIDE.search(token.owner))


def usual_letters(title: str, tokens: list[Token], waiting: bool) -> dict[str, str]:
    """What “write to …” asks for where nothing else tells, and what an address does of which nothing at all is said."""
    if TO_PRISONERS.search(title):
        return {WRITE: SOLIDARITY, "": SOLIDARITY}
    asked = {token.role for token in tokens if token.reach >= NAMED} & {*LETTERS, WRITE}
    titled = {cue.kind for cue in cues(title)} & set(LETTERS)
    return {WRITE: PROTEST, "": "" if asked else next(iter(titled)) if len(titled) == 1 else PROTEST if waiting or COMMAND.search(title) else ""}


def complete(tokens: list[Token]) -> None:
    """A copy of which nobody says what it copies, or which copies a letter that nobody is asked for: of the one kind asked for before it."""
    asked = {token.role for token in tokens} & set(LETTERS)
    before: set[str] = set()
    for token in tokens:
        if token.role == COPY and (token.copy_of is None or (token.copy_of in LETTERS and token.copy_of not in asked)):
            kinds = before if len(before) == 1 else asked
            token.copy_of = next(iter(kinds)) if len(kinds) == 1 else token.copy_of if token.copy_of in asked else None
        before |= {token.role} & set(LETTERS)
