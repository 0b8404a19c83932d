"""Addresses in running text: e-mail, web and telephone, where they stand and how they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from articles.preflight.reading import Block

# Each begins where a word begins or at a fixed sign, and is bounded: no text makes them slow.
EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[A-Za-z0-9\u00a1-\uffff-]{1,63}(?:\.[A-Za-z0-9\u00a1-\uffff-]{1,63}){1,6}")
WEB = re.compile(r"https?://[^\s<>\"“”]{1,1000}", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w+./-])\+?\(?\d(?:[ \u00a0().-]{0,2}\d){6,14}(?!\w)")
DATE_OR_TIME = re.compile(r"\(?\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d\d\b")
RUSSIAN = re.compile(r"8[ (-]{1,2}[3-9]\d\d")
NO_PHONE = re.compile(r"(?i)(?:isbn|issn|iban|account|a/c|sort code|reg(?:istered|istration)?|charity|no\.|№|article|ст\.|счёт|счет)\W*(?:\w+\W+){0,2}$")
PHONE_WORD = re.compile(
    r"(?i)\b(?:tel|telephone|phone|call|ring|fax|mob|mobile|cell|sms|text|whatsapp|тел|телефон|факс|моб|звоните)\b[^\d\n]{0,30}$"
)  # fmt: skip
TRAILING = ".,;:!?'’”)»]*_"


@dataclass(frozen=True)
class Spot:
    """An address in a block. `written` is what readers see, `value` what it leads to."""

    kind: str
    value: str
    written: str
    start: int
    end: int
    linked: bool = False


def spots(block: Block) -> list[Spot]:
    """E-mail addresses and telephone numbers, in their order: those linked, and those that merely stand there."""
    linked = [spot for link in block.links for spot in of_link(link.href, link.text, link.start, link.end)]
    taken = {place for spot in linked for place in range(spot.start, spot.end)}
    bare = [spot for spot in unlinked(block.text) if taken.isdisjoint(range(spot.start, spot.end))]
    return sorted([*linked, *bare], key=lambda spot: spot.start)


def of_link(href: str, text: str, start: int, end: int) -> Iterator[Spot]:
    scheme, _, rest = href.partition(":")
    if scheme.lower() == "mailto":
        for value in unquote(rest.partition("?")[0]).split(","):
            yield Spot("email", value.strip(), text, start, end, linked=True)
    elif scheme.lower() in ("tel", "sms"):
        yield Spot("phone", unquote(rest.partition("?")[0]), text, start, end, linked=True)


def unlinked(text: str) -> Iterator[Spot]:
    for found in EMAIL.finditer(text):
        value = found[0].rstrip(TRAILING + "-")
        yield Spot("email", value, value, found.start(), found.start() + len(value))
    for found in phones(text):
        yield Spot("phone", found[0], found[0], found.start(), found.end())


def phones(text: str) -> Iterator[re.Match[str]]:
    """What is written like a telephone number and is no date, sum or account."""
    for found in PHONE.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if DATE_OR_TIME.match(found[0]) or NO_PHONE.search(before):
            continue
        digits = sum(map(str.isdigit, found[0]))
        begins_with_trunk = (found[0].lstrip("(").startswith("0") and digits >= 9) or (RUSSIAN.match(found[0]) and digits == 11)
        if found[0].startswith(("+", "00")) or PHONE_WORD.search(before) or begins_with_trunk:
            yield found
