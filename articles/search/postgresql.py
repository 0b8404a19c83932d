"""The table `articles_search` in PostgreSQL: a tsvector under a GIN index, with Post.search_order as its key."""

from collections.abc import Sequence
from itertools import count

from articles.search.query import Query, Term
from articles.search.rows import Match, Row, run

DELETE = "DELETE FROM articles_search WHERE search_order = %s"
INSERT = "INSERT INTO articles_search (search_order, kind, year, words) VALUES (%s, %s, %s, %s::tsvector)"
SAME = "SELECT 1 FROM articles_search WHERE search_order = %s AND kind = %s AND year = %s AND words = %s::tsvector"
STRAY = "SELECT search_order FROM articles_search WHERE search_order NOT IN (SELECT search_order FROM articles_post WHERE search_order IS NOT NULL)"
WEIGHTS = "{0.1, 0.2, 0.4, 1}"
"""Of body (D), byline (C), standfirst and labels (B), title (A)."""
BY_LENGTH = 1
"""Divides a rank by the logarithm of the text's length, or the longest text would always win."""
LAST_POSITION = 16_383
"""The last place in a text that a tsvector can tell from the next."""
NEWEST = """
    SELECT search_order, kind, year, ts_rank(%s, words, %s::tsquery, %s)
    FROM (SELECT * FROM articles_search WHERE words @@ %s::tsquery AND search_order < %s ORDER BY search_order DESC LIMIT %s) AS newest
    ORDER BY search_order DESC"""


def values(row: Row) -> Sequence:
    return row.order, row.kind, row.year, vector(row)


def vector(row: Row) -> str:
    """A tsvector as text: words arrive folded and apart, and no parser of PostgreSQL's is to cut them otherwise than SQLite would.

    Fields stand apart by one position, so that no phrase runs from one into the next.
    """
    places: dict[str, list[str]] = {tag: [] for tag in row.facets} | {tag: [f"{LAST_POSITION}B"] for tag in row.labels}
    position = count(1)
    for words, weight in ((row.title, "A"), (row.standfirst, "B"), (row.byline, "C"), (row.body, "D")):
        for word in words:
            places.setdefault(word, []).append(f"{min(next(position), LAST_POSITION)}{weight}")
        next(position)
    return " ".join(f"'{word}':{','.join(found)}" if found else f"'{word}'" for word, found in places.items())


class Asked:
    """A question, ready to be put: one statement finds the newest matches and weighs them alone."""

    broad: Sequence[str] = ()

    def __init__(self, query: Query, tags: Sequence[str], ranked: bool = True) -> None:
        self.words = " & ".join(f"({' | '.join(self.alternatives(term))})" for term in query.terms)
        self.expression = " & ".join([*(f"'{tag}'" for tag in tags), self.words])

    def alternatives(self, term: Term) -> list[str]:
        standing = f"'{term.words[0]}':*" if term.begins else " <-> ".join(f"'{word}'" for word in term.words)
        return [f"({standing})", *(f"'{tag}'" for tag in term.labels())]

    def matches(self, below: int, limit: int) -> list[Match]:
        """The newest of those that stand before `below`, newest first."""
        return [Match(*row) for row in run(NEWEST, [WEIGHTS, self.words, BY_LENGTH, self.expression, below, limit])]
