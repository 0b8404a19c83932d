"""Where the words of a search stand in a text, and how readers are shown it."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.folding import fold_aligned
from articles.search.query import Query, Term

LENGTH = 220
"""Letters of an excerpt, give or take a word."""
LEAD_IN = 60
LOOKED_AT = 20
"""Found places among which the best stretch is chosen."""
OWN_ADDRESS = re.compile(r" \(/[^\s()]*\)")
"""Where a link of ours leads, as plain texts say it behind the link's words."""
QUOTED = re.compile(r"(?m)^(?:> ?)+")
"""How plain texts mark a quotation, on each of its lines."""
LETTER = r"[^\W_]"


def pattern(query: Query) -> re.Pattern:
    """One group for each term, so that a match tells which was found."""
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(f'({of_term(term)})' for term in query.terms)})")


def of_term(term: Term) -> str:
    if term.begins:
        return rf"{re.escape(term.words[0])}{LETTER}*"
    return r"[\W_]+".join(map(re.escape, term.words)) + rf"(?!{LETTER})"


def excerpt(text: str, found: re.Pattern) -> SafeString:
    """The stretch of a text that holds most of the words, every piece of it escaped, with each word in <mark>; its beginning where none is there."""
    text = QUOTED.sub("", OWN_ADDRESS.sub("", unicodedata.normalize("NFC", text)))
    folded = fold_aligned(text)
    begins, ends = stretch(text, best_start(folded, found))
    pieces, at = [], begins
    for match in found.finditer(folded, begins, ends):
        pieces += [escape(text[at : match.start()]), "<mark>", escape(text[match.start() : match.end()]), "</mark>"]
        at = match.end()
    pieces.append(escape(text[at:ends]))
    lead, tail = "… " if begins else "", " …" if ends < len(text) else ""
    return mark_safe(f"{lead}{' '.join(''.join(pieces).split())}{tail}")


def best_start(folded: str, found: re.Pattern) -> int:
    """Where to begin so that most different terms are shown, the earliest of such places."""
    if found.groups == 1:
        first = found.search(folded)
        return first.start() if first else 0
    places = [(match.start(), match.lastindex) for match, _ in zip(found.finditer(folded), range(LOOKED_AT), strict=False)]

    def worth(place: tuple[int, int | None]) -> int:
        return len({term for at, term in places if place[0] <= at < place[0] + LENGTH - LEAD_IN})

    return max(places, key=worth, default=(0, 0))[0]


def stretch(text: str, start: int) -> tuple[int, int]:
    """Begin and end of an excerpt round this place, at spaces where there are any near."""
    begins = max(0, start - LEAD_IN)
    if begins:
        begins = text.find(" ", begins, start) + 1 or begins
    ends = begins + LENGTH
    if ends < len(text):
        ends = max(text.rfind(" ", start, ends), start) if " " in text[start:ends] else ends
    return begins, min(ends, len(text))
