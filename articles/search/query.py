"""What a reader typed, read as words and phrases: anything can be typed, nothing is an error."""

import re
from dataclasses import dataclass
from itertools import islice

from articles.memo import per_revision
from articles.models import Label
from articles.search.folding import words

LONGEST = 200
"""Letters of a question that are read."""
MOST_WORDS = 12
SHORTEST_BEGINNING = 3
"""Letters from which a word also finds those that begin with it: "a" alone would find everything."""
MOST_LABELS = 40
QUOTES = re.compile("[“”„«»‟＂]")


@dataclass(frozen=True)
class Term:
    """Words that must stand together in this order; one word outside quotation marks is also a beginning."""

    words: tuple[str, ...]
    quoted: bool = False

    @property
    def begins(self) -> bool:
        return not self.quoted and len(self.words[0]) >= SHORTEST_BEGINNING

    def is_in(self, text: list[str]) -> bool:
        if self.begins:
            return any(word.startswith(self.words[0]) for word in text)
        length = len(self.words)
        return any(tuple(text[at : at + length]) == self.words for at in range(len(text) - length + 1))

    def labels(self) -> list[str]:
        """Tags of the labels whose names hold it: a post is found by its labels' names as they are now."""
        return list(islice((tag for tag, name in labels() if self.is_in(name)), MOST_LABELS))


@dataclass(frozen=True)
class Query:
    """All terms must be found. `cut`: more was typed than is looked for."""

    text: str
    terms: tuple[Term, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)


def parse(typed: str) -> Query:
    text = typed[:LONGEST].replace("\0", "").strip()
    terms, count = [], 0
    for at, part in enumerate(QUOTES.sub('"', text).split('"')):
        found = words(part)
        taken, count = found[: MOST_WORDS - count], count + len(found)
        if at % 2 and taken:
            terms.append(Term(tuple(taken), quoted=True))
        else:
            terms += [Term((word,)) for word in taken]
    return Query(text, tuple(dict.fromkeys(terms)), cut=len(typed) > LONGEST or count > MOST_WORDS)


@per_revision
def labels() -> list[tuple[str, list[str]]]:
    """Every label's tag, with its name in folded words."""
    return [(f"=label{pk}", words(name)) for pk, name in Label.objects.values_list("pk", "name")]
