"""Growth: the same pages of archives of several sizes, in one process, with the page cache off and the frame warm."""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.db import connection

from articles.memo import memo
from campaign.bench import archive
from campaign.bench.databases import own_databases, use
from campaign.bench.pages import Site, Took, addresses, measured
from campaign.frame import frame

ROUNDS, EACH = 5, 10
"""The archives take turns, so that whatever else the machine does falls on both: 5 times 10 answers of every page."""
WARM = 3
RATIO = 1.5
SEARCH_MS = 150
LABEL, DEEP, SEARCHES = "label", "label, deep", ("search", "search, newest first")


@dataclass
class Archive:
    database: str
    size: int
    short: bool = False
    """Of a sentence each, and without a search."""
    filled: float = 0
    """Seconds."""
    framed: float = 0
    """Milliseconds."""


@dataclass(frozen=True)
class Line:
    """A page's medians in milliseconds, and the ratio it is held against; search is held against a time in the largest archive."""

    page: str
    medians: list[float]
    """The smallest archive first."""
    cpu: float
    limit: float

    @property
    def ratio(self) -> float:
        """Of the slowest archive to the smallest one: growth is what costs, and a small archive may be slow for reasons of its own."""
        return max(self.medians) / self.medians[0]

    @property
    def kept(self) -> bool:
        return (self.medians[-1] if self.page in SEARCHES else self.ratio) <= self.limit

    def __str__(self) -> str:
        limit = f"{self.limit:.0f} ms" if self.page in SEARCHES else f"{self.limit} ×"
        medians = " ".join(f"{median:9.2f}" for median in self.medians).rjust(29)
        return f"{self.page:22} {medians} {self.cpu:8.2f} {self.ratio:7.2f} {limit:>8}  {'PASS' if self.kept else 'FAIL'}"


def growth(sizes: list[int], short: bool = False) -> Iterator[str | Line]:
    """What is to be printed, line by line; the smallest archive comes first."""
    with own_databases(len(sizes)) as databases:
        archives = [Archive(name, size, short) for name, size in zip(databases, sizes, strict=True)]
        for each in archives:
            fill(each)
            yield f"{each.size:,} posts: filled in {each.filled:.0f} s; the frame takes {each.framed:.0f} ms to build"
        took: dict[str, dict[int, list[Took]]] = defaultdict(lambda: defaultdict(list))
        for _ in range(ROUNDS):
            for each in archives:
                for page, answers in turn(each).items():
                    took[page][each.size] += answers
        yield f"{connection.vendor + ', ms':22} {' '.join(f'{size:9,}' for size in sizes)} {'CPU':>8} {'ratio':>7} {'at most':>8}"
        yield from lines(took, sizes)


def fill(each: Archive) -> None:
    use(each.database)
    begun = time.perf_counter()
    archive.fill(each.size, each.short)
    settle()
    each.filled = time.perf_counter() - begun
    frame()
    memo.forget()
    each.framed = measured(frame).wall


def settle() -> None:
    """What autovacuum would have done to a table of this size by the next minute: without its figures PostgreSQL guesses."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # of a million posts it takes longer than any page may
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")


def turn(each: Archive) -> dict[str, list[Took]]:
    use(each.database)
    site, took = Site(), {}
    for page, address in addresses(each.size).items():
        if each.short and page in SEARCHES:
            continue
        for _ in range(WARM):
            site.get(address)
        took[page] = [measured(lambda address=address: site.get(address)) for _ in range(EACH)]
    return took


def lines(took: dict[str, dict[int, list[Took]]], sizes: list[int]) -> Iterator[Line]:
    """A deep page of a label, which small archives do not have, is held against the first page of the largest."""
    for page, answers in took.items():
        compared = [took[LABEL][sizes[-1]], answers[sizes[-1]]] if page == DEEP else [answers[size] for size in sizes]
        medians = [median(each.wall for each in one) for one in compared]
        yield Line(page, medians, median(each.cpu for each in compared[-1]), SEARCH_MS if page in SEARCHES else RATIO)
