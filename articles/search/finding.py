"""Finding: the newest matches of a question, counted, ordered, and as posts with their snippets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from articles import pieces
from articles.models import Post
from articles.prepared import prepared
from articles.search.marking import excerpt, pattern
from articles.search.query import Query
from articles.search.rows import Match, id_of, order_at
from articles.search.vendor import vendor

MOST = 1000
"""Newest matches among which the best are found, and which are counted."""


@dataclass(frozen=True)
class Found:
    """The newest matches, newest first; whether there are more; the words that begin more others than were looked for."""

    matches: list[Match]
    more: bool
    broad: Sequence[str]

    @property
    def number(self) -> int:
        return len(self.matches)

    def newest(self) -> list[int]:
        return [match.order for match in self.matches]

    def best(self) -> list[int]:
        return [match.order for match in sorted(self.matches, key=lambda match: (-match.rank, -match.order))]

    def kinds(self) -> list[tuple[str, int]]:
        """Kinds with their counts, the most frequent first."""
        return Counter(match.kind for match in self.matches).most_common()

    def years(self) -> list[tuple[int, int]]:
        """Years with their counts, the latest first."""
        return sorted(Counter(match.year for match in self.matches).items(), reverse=True)


def find(query: Query, tags: Sequence[str] = ()) -> Found:
    """What is published and due, and bears these tags (`Row.facets`): two statements on SQLite, one on PostgreSQL."""
    asked = vendor().Asked(query, tags)
    matches = asked.matches(below=order_at(timezone.now()) + 1, limit=MOST + 1)
    return Found(matches[:MOST], len(matches) > MOST, asked.broad)


def older(query: Query, tags: Sequence[str], before: tuple[datetime, int], limit: int) -> list[int]:
    """Orders of the newest matches before this place: however far back, the cost is the same."""
    below = min(order_at(*before), order_at(timezone.now()) + 1)
    return [match.order for match in vendor().Asked(query, tags, ranked=False).matches(below, limit)]


def posts(orders: Iterable[int], query: Query) -> list[Post]:
    """The public posts of these places in this order, each with a `snippet`, its words round those that were looked for, and the `card` that shows it."""
    ids = [id_of(order) for order in orders]
    found, marks = {post.pk: post for post in texts(ids)}, pattern(query)
    in_order = [found[pk] for pk in ids if pk in found]
    for post in in_order:
        post.snippet = excerpt(post.body_text or post.standfirst, marks)
    cards = pieces.of_ids({pieces.FOUND: [post.pk for post in in_order if post.snippet], pieces.CARD: [post.pk for post in in_order if not post.snippet]})
    printed = cards[pieces.FOUND] | cards[pieces.CARD]
    shown = [post for post in in_order if post.pk in printed]  # one may be withdrawn between the two queries
    for post in shown:
        post.card = pieces.with_snippet(printed[post.pk], post.snippet)
    return shown


def texts(ids: list[int]) -> list[Post]:
    return texts_of(ids=ids, now=timezone.now()) if ids else []


@prepared
def texts_of(ids: list[int], now: datetime) -> QuerySet:
    return Post.objects.public(now).filter(pk__in=ids).only("title", "standfirst", "body_text", "published_at", "published_on").order_by()
