"""The table `articles_search` in SQLite: FTS5, with Post.search_order as its rowid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.search.query import Query, Term
from articles.search.rows import Match, Row, run

DELETE = "DELETE FROM articles_search WHERE rowid = %s"
INSERT = "INSERT INTO articles_search (rowid, facets, labels, title, standfirst, byline, body) VALUES (%s, %s, %s, %s, %s, %s, %s)"
SAME = "SELECT 1 FROM articles_search WHERE rowid = %s AND facets = %s AND labels = %s AND title = %s AND standfirst = %s AND byline = %s AND body = %s"
STRAY = "SELECT rowid FROM articles_search WHERE rowid NOT IN (SELECT search_order FROM articles_post WHERE search_order IS NOT NULL)"
FIELDS = {"title": 10, "labels": 5, "standfirst": 4, "byline": 2}
"""What a word counts for where it stands; in the text alone, 1."""
FORMS = 400
"""Forms of all words of a question together; past them, bounded cost comes first."""
RANKED = 64
"""Forms that bm25 may weigh: it counts every post of each. Past them, posts that are level stand by date."""
BEGINNINGS = """
    WITH RECURSIVE
    asked(beginning, beyond) AS (VALUES {asked}),
    found(beginning, beyond, word, number) AS (
        SELECT beginning, beyond, (SELECT term FROM articles_search_words WHERE term >= beginning LIMIT 1), 1 FROM asked
        UNION ALL
        SELECT beginning, beyond, (SELECT term FROM articles_search_words WHERE term >= word || x'01' LIMIT 1), number + 1
        FROM found WHERE word < beyond AND number < {most}
    )
    SELECT beginning, word FROM found WHERE word < beyond"""
"""The words there are that begin so, each found by one step into the index, however often it stands there."""


def values(row: Row) -> Sequence:
    return row.order, *(" ".join(words) for words in (row.facets, row.labels, row.title, row.standfirst, row.byline, row.body))


class Asked:
    """A question, ready to be put: one statement finds the forms of its words, one the newest matches.

    FTS5 has prefix queries of its own; they gather every place of every form before they give the first (140 ms for 100,000 posts, not 1).
    `broad` names the words that begin more others than are looked for.
    """

    def __init__(self, query: Query, tags: Sequence[str], ranked: bool = True) -> None:
        self.most = FORMS // max(1, len(query.terms))
        self.forms = self.beginnings(term.words[0] for term in query.terms if term.begins)
        self.broad = [word for word, forms in self.forms.items() if len(forms) >= self.most]
        self.sides = [self.side(term) for term in query.terms]
        either = (" OR ".join(f'"{words}"' for words in side.forms) for side in self.sides)
        self.expression = " AND ".join([*(f'"{tag}"' for tag in tags), *(f"({side})" for side in either)])
        self.ranked = ranked and sum(len(side.forms) for side in self.sides) <= RANKED

    def beginnings(self, words: Iterable[str]) -> dict[str, list[str]]:
        """Each word with those that begin with it."""
        forms = {word: [word] for word in words}
        if forms:
            statement = BEGINNINGS.format(asked=", ".join(["(%s, %s)"] * len(forms)), most=self.most)
            for beginning, form in run(statement, [limit for word in forms for limit in (word, word + "\U0010ffff")]):
                if form != beginning:
                    forms[beginning].append(form)
        return forms

    def side(self, term: Term) -> "Side":
        words = " ".join(term.words)
        return Side(words, [*(self.forms[words] if term.begins else [words]), *term.labels()])

    def matches(self, below: int, limit: int) -> list[Match]:
        """The newest of those that stand before `below`, newest first."""
        bm25 = "-bm25(articles_search)" if self.ranked else "0"
        where = "articles_search MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
        statement = f"SELECT rowid, facets, {bm25}, {', '.join(FIELDS)} FROM articles_search WHERE {where}"
        found = []
        for order, facets, weight, *fields in run(statement, [self.expression, below, limit]):
            kind, year = facets.split()
            found.append(Match(order, kind[1:], int(year[1:]), self.worth(fields) + weight / (1 + weight)))
        return found

    def worth(self, fields: Sequence[str]) -> int:
        """Where each term stands comes first, what bm25 adds is less than 1: by itself it sets a rare form above the word that was asked for."""
        return sum(side.worth(fields) for side in self.sides)


@dataclass(frozen=True)
class Side:
    """What may stand for a term: its words, other words that begin with it, tags of labels."""

    words: str
    forms: list[str]

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.forms)

    def worth(self, fields: Sequence[str]) -> int:
        for weight, field in zip(FIELDS.values(), fields, strict=True):
            if (self.words in field or field.startswith("=")) and self.stands(field):
                return weight
        return 1

    def stands(self, field: str) -> bool:
        """Not asked of a field that has neither the letters of the term nor tags: most have not, and a thousand matches are weighed."""
        return not self.known.isdisjoint(field.split()) or (" " in self.words and f" {self.words} " in f" {field} ")
