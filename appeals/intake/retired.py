"""Addresses that the text itself calls out of use."""

import re

from django.utils.translation import gettext as _

from appeals.intake.segments import Segments
from appeals.intake.tokens import Token
from appeals.intake.wordlists import alternatives

AFTER = re.compile(rf"^[\s,;:(\[–—-]{{0,4}}(?:[\w'’]+[\s,]+){{0,6}}?(?:{alternatives('gone_after')})\b", re.IGNORECASE)
LATER = re.compile(
    r"(?i)\b(?:please )?(?:don.t|do not) (?:call|use|text|phone|ring|write to)(?: (?:or|and) \w+)? (?:it|them|this|that)\b"
    r"|больше не (?:\w+)?(?:набира|звони|пиш)\w+"
    r"|,[^,.]{0,60},? (?:мёртв|мертв|dead|defunct)\b"
)
"""Said of the one address of a sentence, further on in it."""
NEXT_ONE = re.compile(r"(?i)(?:old (?:address|number)|formerly|used to be)$")
"""“… (not the old address x@example.org)”: said of the address that comes."""
BEFORE = re.compile(rf"(?:{alternatives('gone_before')})\s*$", re.IGNORECASE)
NOT_FOR = re.compile(r"(?i)\b(?:only|attachments?|before|until|on sundays|english|without|вложени\w*)\b")
PLURAL = re.compile(r"(?i)\b(?:addresses|numbers|mailboxes|these|both|are|адреса|номера|эти|оба)\b")


def mark_gone(text: str, segments: Segments, tokens: list[Token]) -> None:
    """Fills `gone` with the words that say so."""
    for n, token in enumerate(tokens):
        following = tokens[n + 1].start if n + 1 < len(tokens) else len(text)
        start, end = segments.sentence_span(segments.sentence(max(token.start, token.end - 1)))
        ahead = text[token.end : min(end, following, token.end + 110)]
        if "\n\n" in ahead:
            ahead = ahead[: ahead.index("\n\n")]
        found = AFTER.match(ahead)
        if found and NEXT_ONE.search(found[0]) and found.end() >= len(ahead.rstrip()) and token.end + len(ahead) == following:
            found = None
        alone = ahead == text[token.end : min(end, token.end + 110)] and not (n and tokens[n - 1].start >= start)
        if found or (alone and LATER.search(text[token.end : end])):
            spread_back(text, tokens, n, said(text, token.start, end))
            continue
        start, _end = segments.sentence_span(segments.sentence(token.start))
        begin = max(start, tokens[n - 1].end if n else 0, token.start - 110)
        before = text[begin : token.start]
        if BEFORE.search(before) and not NOT_FOR.search(before):
            token.gone = said(text, start, min(end, token.end + 60))
        elif (
            n
            and tokens[n - 1].gone
            and re.fullmatch(r"[\s,;/]*(?:and|or|и|или|nor)?\s*", before)
            and begin == tokens[n - 1].end
            and not AFTER.match(text[tokens[n - 1].end : tokens[n - 1].end + 60])
        ):
            token.gone = tokens[n - 1].gone


def spread_back(text: str, tokens: list[Token], n: int, words: str) -> None:
    """“a@… and b@… no longer work”: both."""
    tokens[n].gone = words
    if not PLURAL.search(text[tokens[n].end : tokens[n].end + 40]):
        return
    while n > 0 and re.fullmatch(r"[\s,;]*(?:and|or|и)?\s*", text[tokens[n - 1].end : tokens[n].start]):
        n -= 1
        tokens[n].gone = words


def said(text: str, start: int, end: int) -> str:
    words = " ".join(text[start : min(end, start + 220)].split())
    return _("the text itself says that it is out of use (“%(words)s”)") % {"words": words[-160:]}
