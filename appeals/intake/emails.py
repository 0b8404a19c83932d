"""E-mail addresses and web addresses in a text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from appeals.intake.tokens import Token
from appeals.values import Channel, cleaned

EMAIL = re.compile(r"(?<![\w.+%@/-])(?:mailto:)?([\w+%][\w.+%'-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})", re.IGNORECASE)
HIDDEN = re.compile(r"\[email(?: |\u00a0)?protected\]", re.IGNORECASE)
BROKEN = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w.-]{0,63}")
HANDLE = re.compile(r"(?<![\w@./=-])@[A-Za-z_]\w{2,29}\b(?![\w.-]*@|\.\w)")
WEB = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"“”«»\[\]{}|]{2,500}", re.IGNORECASE)
BARE = re.compile(
    r"(?<![\w@./:-])[a-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){0,3}\.(?:org|com|net|info|int|kz|ru|uk|de|eu|fr|es|tr"
    r"|ie)(?:/[^\s<>\"“”«»\[\]{}|]{0,300})?(?![\w@.-]*@)",
    re.IGNORECASE,
)
TRAILING = ".,;:!?'’)*_-–"
MOST = 500
"""Names and broken addresses that are told of; a text with more is no appeal, and reading it must end."""


def emails(text: str) -> Iterator[Token]:
    taken = []
    for found in EMAIL.finditer(text):
        raw = found[1].rstrip(".-_'")
        start = found.start(1)
        taken.append((start, start + len(raw)))
        value, reason = normal(Channel.EMAIL, raw)
        yield Token(found.start(), start + len(raw), raw, (Channel.EMAIL,), value, reason)
    for found in HIDDEN.finditer(text):
        yield Token(found.start(), found.end(), found[0], (Channel.EMAIL,), "", _("the page it was copied from hides this address"))
    starts = {start for start, _end in taken}
    for found in islice(BROKEN.finditer(text), MOST):
        if not any(start in starts for start in range(found.start(), found.start() + 8)):
            yield Token(found.start(), found.end(), found[0], (Channel.EMAIL,), "", _("this is not a whole e-mail address"))


def handles(text: str) -> Iterator[Token]:
    for found in islice(HANDLE.finditer(text), MOST):
        yield Token(found.start(), found.end(), found[0], (Channel.WEB,), "", _("it is a name on a social network, and no address"))


def links(text: str) -> Iterator[Token]:
    for pattern in (WEB, BARE):
        for found in pattern.finditer(text):
            raw = trimmed(found[0])
            if pattern is WEB or "/" in raw or raw.islower():
                value, reason = normal(Channel.WEB, raw if "://" in raw else f"http://{raw}")
                yield Token(found.start(), found.start() + len(raw), raw, (Channel.WEB,), value, reason)


def trimmed(raw: str) -> str:
    """Without the punctuation of the sentence; a bracket that the address opened itself stays."""
    while raw and raw[-1] in TRAILING and not (raw[-1] == ")" and raw.count("(") >= raw.count(")")):
        raw = raw[:-1]
    return raw


@lru_cache(maxsize=2000)
def normal(channel: str, raw: str) -> tuple[str, str]:
    """The ledger's spelling, or why there is none."""
    try:
        return cleaned(channel, raw), ""
    except ValidationError as refused:
        return "", " ".join(refused.messages)
