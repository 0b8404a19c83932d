"""What the table `articles_search` holds of a post, and the number it stands under."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

ID_BITS = 31
LAST_ID = (1 << ID_BITS) - 1
LAST_SECOND = (1 << (63 - ID_BITS)) - 1
"""In the year 2106; posts after it, or before 1834, sort by their ids."""


@dataclass(frozen=True)
class Row:
    """What is searched of one post, in folded words. Tags are words that no text can hold: "=report", "=2011", "=label17"."""

    order: int
    kind: str
    year: int
    labels: list[str]
    title: list[str]
    standfirst: list[str]
    byline: list[str]
    body: list[str]

    @property
    def facets(self) -> tuple[str, str]:
        return f"={self.kind}", f"={self.year}"


class Match(NamedTuple):
    """A row that was found; the greater `rank`, the better it fits."""

    order: int
    kind: str
    year: int
    rank: float


def order_at(moment: datetime, pk: int = LAST_ID) -> int:
    """Post.search_order: seconds since 1970 and the id in one number, so that it sorts as published_at and "newest matches" needs no join."""
    seconds = max(-LAST_SECOND, min(int(moment.timestamp() // 1), LAST_SECOND))
    return seconds << ID_BITS | pk


def id_of(order: int) -> int:
    return order & LAST_ID


def run(statement: str, params: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def run_many(statement: str, rows: list[tuple]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
