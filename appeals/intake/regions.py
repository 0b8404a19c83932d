"""Which country a number or an address belongs to, from the words around it."""

import re
from bisect import bisect_left
from functools import cache, cached_property

from phonenumbers import SUPPORTED_REGIONS

from appeals.intake.wordlists import lines

BRITISH = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b"
DOMAIN = r"(?:@|://)[\w.-]{1,80}\.(?P<tld>[a-z]{2})\b(?![.\w])"
NOT_COUNTRIES = {"CO", "IO", "ME", "TV", "CC", "FM", "TO"}
"""Domains that people everywhere have."""
CAPITALS = re.compile(r"\b[A-ZА-ЯЁİÖ]{4,}\b")


@cache
def places() -> dict[str, str]:
    """Country → its names and those of its towns, each a regular expression."""
    return dict(line.split(" ", 1) for line in lines("places"))


@cache
def pattern() -> re.Pattern:
    names = "|".join(f"(?P<{code}>(?:{words})\\b)" for code, words in places().items())
    return re.compile(rf"(?<!\w)(?=[A-ZА-ЯЁІКҚİÖΑΘ][\w.])(?:(?P<postcode>{BRITISH})|{names})|{DOMAIN}")


class Regions:
    """Countries that a text names, and where."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[tuple[int, str]] = []
        for match in pattern().finditer(CAPITALS.sub(spelled, text)):
            code = "GB" if match["postcode"] or match["tld"] == "uk" else (match["tld"] or match.lastgroup or "").upper()
            if code in SUPPORTED_REGIONS and not (match["tld"] and code in NOT_COUNTRIES):
                self.found.append((match.start(), code))
        self.places = [place for place, _code in self.found]

    def near(self, at: int) -> list[str]:
        """The countries of the same line, then those named nearest to this place, then all others of the text."""
        n = bisect_left(self.places, at)
        window = self.found[max(0, n - 12) : n + 12]
        first, last = self.text.rfind("\n", 0, at), self.text.find("\n", at)
        ordered = sorted((not first < place < (last if last >= 0 else len(self.text)), abs(place - at), code) for place, code in window)
        return list(dict.fromkeys([*(code for _elsewhere, _distance, code in ordered), *self.everywhere()]))

    def beside(self, start: int, end: int) -> list[str]:
        """The countries named between two places, the last first."""
        return list(dict.fromkeys(code for _place, code in reversed(self.found[bisect_left(self.places, start) : bisect_left(self.places, end)])))

    @cached_property
    def spoken(self) -> set[str]:
        return {code for _place, code in self.found}

    def everywhere(self) -> list[str]:
        if not hasattr(self, "all"):
            self.all = list(dict.fromkeys(code for _place, code in self.found))
        return self.all


def spelled(found: re.Match) -> str:
    """A name in capitals as the list has it, letter for letter."""
    words = found[0][0] + found[0][1:].lower()
    return words if len(words) == len(found[0]) else found[0]
