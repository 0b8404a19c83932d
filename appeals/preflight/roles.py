"""What a text asks of the addresses in it: protest, solidarity, a copy; by the words before them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.preflight.reading import Block
from articles.preflight.spotting import Spot, spots

LOOSE = (
    r"\b(?:in|organi[sz]\w+|campaigns? of|acts? of|international) solidarity(?! (?:messages?|letters?|greetings))\b",
    r"\bsolidarity (?:with|campaigns?|movement|actions?|fund)\b",
)
"""Solidarity that is no letter to anybody."""
SOLIDARITY = (r"\bsolidarity\b", r"\b(?:messages?|letters?|words|greetings|sms)(?: \w+)? of support\b", r"\bсолидарност\w*", r"\bынтымақ\w*")
PROTEST = (r"\bprotests?\b", r"\bcomplain\w*", r"\bпротест\w*", r"\bтребовани\w*", r"\bнаразылық\w*")
COPY = (r"\bcop(?:y|ies|ied)\b", r"\bcc\b", r"\bкопи[июя]\w*", r"\bкөшірме\w*")
SAID = re.compile(
    "(?i)" + "|".join(f"(?P<{role}>{'|'.join(words)})" for role, words in {"loose": LOOSE, "solidarity": SOLIDARITY, "protest": PROTEST, "copy": COPY}.items())
)
SENTENCE_ENDS = re.compile(r"[.!?](?=\s)")
LEADS_THERE = re.compile(r"(?i)\b(?:to|at|via|по|на|в)\b|:")
REACH = 3
"""Blocks below the one where a role was said in which it still holds."""


@dataclass(frozen=True)
class Asked:
    """An address and what the text asks of it. `near`: said in the same breath, with no sentence's end between."""

    spot: Spot
    block: Block
    role: str
    copy: bool
    near: bool


def asked(blocks: Iterable[Block]) -> Iterator[Asked]:
    """Every address of a text with the role that the words before it give, "" where they give none."""
    role, copy, distance, between = "", False, 0, ""
    for block in blocks:
        distance += 1
        last = 0
        for start, mark in marks(block):
            between += block.text[last:start] if len(between) < 2000 else ""
            last = start
            if isinstance(mark, Spot):
                known = role if distance <= REACH and LEADS_THERE.search(between) else ""
                yield Asked(mark, block, known, copy, not SENTENCE_ENDS.search(between))
            elif mark == "copy":
                copy = True
            else:
                role, copy, distance, between = mark, False, 0, ""
        between += block.text[last:] + " " if len(between) < 2000 else ""


def marks(block: Block) -> list[tuple[int, Spot | str]]:
    """The addresses and the words that give roles, as they come; loose talk of solidarity ends what was asked before."""
    said = [(found.start(), "" if found.lastgroup == "loose" else found.lastgroup) for found in SAID.finditer(block.text)]
    return sorted([*said, *((spot.start, spot) for spot in spots(block))], key=lambda mark: mark[0])
