"""The words that tell what an address is for: of protest, of solidarity, a copy, a contact. English and Russian in full,
other languages in the usual headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.intake.wordlists import alternatives

WRITE, DONATE, LEAVE, READ = "write", "donate", "leave", "read"
"""Roles of no address: still to be decided by the words around, money, lists of subscribers, pages to read."""

KINDS = ("copy", "solidarity", "protest", "contact", DONATE, LEAVE, WRITE, READ)
"""Of two that begin at one place the earlier kind counts."""
PATTERN = re.compile(
    r"(?<!\w)(?=\w)(?:" + "|".join(f"(?P<{kind}>{alternatives(kind)})" for kind in KINDS) + ")",  # tried at the beginning of words alone, for speed
    re.MULTILINE,
)
POINTER = re.compile(
    r"\b(?:to|at|via|on|through|by|for|with)\b|[:–—]|\b(?:по|на|в|к|во|для)\b|\b(?:до|за|через|an|unter|bei|à|au|aux|a|al|en|às?|aos?|para|alla|alle|ai|agli|presso)\b",
    re.IGNORECASE,
)
NOT_A_CUE = re.compile(rf"(?<!\w)(?=\w)(?:{alternatives('no_cues')})", re.MULTILINE)


@dataclass(frozen=True)
class Cue:
    start: int
    end: int
    kind: str
    words: str


def cues(text: str) -> Iterator[Cue]:
    """All words of a role, in order; what only looks like one is left out."""
    small = lowered(text)
    decoys = [found.span() for found in NOT_A_CUE.finditer(small)]
    first = 0
    for found in PATTERN.finditer(small):
        while first < len(decoys) and decoys[first][1] <= found.start():
            first += 1
        inside = first < len(decoys) and decoys[first][0] < found.end()
        if found.lastgroup and not inside:
            yield Cue(found.start(), found.end(), found.lastgroup, found[0])


def lowered(text: str) -> str:
    """In small letters, each at its place: a few would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
