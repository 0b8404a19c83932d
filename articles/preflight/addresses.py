"""Checks of how addresses are written; whose they are is the appeals' matter."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.preflight.findings import Finding, Severity, around
from articles.preflight.reading import Block, Reading
from articles.preflight.registry import check
from articles.preflight.spotting import EMAIL, WEB, spots

JOINED = re.compile(
    r"(?i)^(to|at|via|or|and|by|from|contact|write|mail|email|на|по|или)(?=(?:info|office|press|contact|solidar\w*|protest\w*|mail|editor|campaign|union|secretary)\b)"
)
NEXT_SENTENCE = re.compile(r"\.[a-z]{2,6}\.[A-Z][a-z]+$")
RUNS_ON = re.compile(r"[,;](?:and|or|see|the|please|also|и|или)\b", re.IGNORECASE)
WITHOUT_SCHEME = re.compile(r"\w(?=www\.\w)")
SIGN_BEFORE = re.compile(r"\w[:;,]$")
SIGN_AFTER = re.compile(r"[,;:]\w")
ENDS_BADLY = re.compile(r"(?:[.,;:!?'’”»*]|%(?:2C|3B|E2%80%9D|E2%80%99))$", re.IGNORECASE)


@check
def glued(reading: Reading) -> Iterator[Finding]:
    """An address that runs into the word or sign beside it: "tosolidarity@example.org"."""
    for block in reading.blocks:
        last = -1
        for start, end, severity in sorted({*glued_links(block), *glued_words(block)}):
            if start < last:
                continue
            last = end
            yield Finding(
                "glued", severity, around(block.text, start, end),
                _("An address runs into what stands beside it. Whoever copies it copies that too, and the letter goes nowhere."),
                _("Put a space between them, and see that the link leads to the address alone."), block.field,
            )  # fmt: skip


def glued_links(block: Block) -> Iterator[tuple[int, int, Severity]]:
    """Links that show an address, and what touches them."""
    for link in block.links:
        shown = link.text.strip()
        if not (EMAIL.search(shown) or WEB.match(shown) or shown.lower().startswith("www.")):
            continue
        before, after = block.text[: link.start][-1:], block.text[link.end : link.end + 1]
        if before.isalnum() or after.isalnum() or after == "@":
            yield max(0, link.start - 1), link.end + 1, Severity.ERROR
        elif SIGN_BEFORE.search(block.text[max(0, link.start - 2) : link.start]) or SIGN_AFTER.match(block.text[link.end : link.end + 2]):
            yield max(0, link.start - 2), link.end + 2, Severity.WARNING
        elif ENDS_BADLY.search(link.href) and link.href.rstrip("/").endswith(shown[-1:]):
            yield link.start, link.end, Severity.WARNING


def glued_words(block: Block) -> Iterator[tuple[int, int, Severity]]:
    """Addresses within whose own first part a word has run, linked or not."""
    for found in EMAIL.finditer(block.text):
        if JOINED.match(found[0]) or NEXT_SENTENCE.search(found[0]):
            yield found.start(), found.end(), Severity.ERROR
    for found in WEB.finditer(block.text):
        if block.text[: found.start()][-1:].isalnum():
            yield found.start() - 1, found.start() + min(60, len(found[0])), Severity.ERROR
        elif on := RUNS_ON.search(found[0][:200]):
            yield found.start(), found.start() + on.end(), Severity.WARNING
    for found in WITHOUT_SCHEME.finditer(block.text):
        if "://" not in block.text[max(0, found.start() - 12) : found.start() + 1]:
            yield found.start(), found.end() + 12, Severity.ERROR


@check
def without_country_code(reading: Reading) -> Iterator[Finding]:
    for block in reading.blocks:
        if block.letter:
            continue
        end_of_last = -10
        for spot in spots(block):
            if spot.kind != "phone":
                continue
            abroad = spot.value.startswith(("+", "00"))
            follows = spot.start - end_of_last <= 6  # "+7 7172 97 60 00, 97 60 01"
            if not abroad and not follows:
                yield Finding(
                    "no-country-code", Severity.WARNING, around(block.text, spot.start, spot.end),
                    _("Without its country code nobody abroad can ring this number."), _("Write it with a plus and the code: +44 20, +7 7292 …"), block.field,
                )  # fmt: skip
            end_of_last = spot.end if abroad or follows else end_of_last
