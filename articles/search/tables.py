"""The table `articles_search` in the words of each database. Its key is Post.search_order: "newest matches" needs no join."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from django.db import NotSupportedError

POSITIONS = 16_383
"""The last place in a text that PostgreSQL can tell from another."""


@dataclass(frozen=True)
class Row:
    """What is searched of one post, in folded words. Tags are words no text can hold: "=report", "=2011", "=label17"."""

    order: int
    facets: list[str]
    labels: list[str]
    title: list[str]
    standfirst: list[str]
    byline: list[str]
    body: list[str]


class Sqlite:
    DELETE = "DELETE FROM articles_search WHERE rowid = %s"
    INSERT = "INSERT INTO articles_search (rowid, facets, labels, title, standfirst, byline, body) VALUES (%s, %s, %s, %s, %s, %s, %s)"

    @staticmethod
    def values(row: Row) -> Sequence:
        return row.order, *(" ".join(words) for words in (row.facets, row.labels, row.title, row.standfirst, row.byline, row.body))


class Postgresql:
    DELETE = "DELETE FROM articles_search WHERE search_order = %s"
    INSERT = "INSERT INTO articles_search (search_order, kind, year, words) VALUES (%s, %s, %s, %s::tsvector)"

    @classmethod
    def values(cls, row: Row) -> Sequence:
        kind, year = (tag[1:] for tag in row.facets)
        return row.order, kind, int(year), cls.vector(row)

    @staticmethod
    def vector(row: Row) -> str:
        """A tsvector as text. Fields stand apart by one place, so that no phrase runs from one into the next."""
        places: dict[str, list[str]] = {tag: [] for tag in row.facets} | {tag: [f"{POSITIONS}B"] for tag in row.labels}
        place = count(1)
        for words, weight in ((row.title, "A"), (row.standfirst, "B"), (row.byline, "C"), (row.body, "D")):
            for word in words:
                places.setdefault(word, []).append(f"{min(next(place), POSITIONS)}{weight}")
            next(place)
        return " ".join(f"'{word}':{','.join(found)}" if found else f"'{word}'" for word, found in places.items())


VENDORS = {"sqlite": Sqlite, "postgresql": Postgresql}


def of(vendor: str) -> type[Sqlite] | type[Postgresql]:
    if vendor not in VENDORS:
        raise NotSupportedError(f"Search is written for SQLite and PostgreSQL; DATABASE_URL names {vendor}.")
    return VENDORS[vendor]
