"""Pieces of pages about one post each – a card in a list, a line of headlines, a link – rendered once a revision, printed on thousands of pages."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.memo import memo
from articles.models import Post
from articles.prepared import MANY, prepared

CARD, HEADLINE, LINK = "includes/post_card.html", "includes/headline.html", "includes/post_link.html"
FOUND = "includes/found_card.html"
"""A card with room for the snippet of a search."""
ROOM = "<!-- snippet -->"
"""No text of a post can hold it: there "<" is escaped."""
OLDER, NEWER = "includes/older.html", "includes/newer.html"

Pieces = dict[int, SafeString]


def of_ids(wanted: dict[str, Iterable[int]]) -> dict[str, Pieces]:
    """For each kind of piece those of these posts. The public ones that lack one are fetched at once: a query, and one for the labels on cards."""
    found = {piece: {pk: kept for pk in ids if (kept := memo.kept((piece, pk))) is not None} for piece, ids in wanted.items()}
    missing = {piece: [pk for pk in ids if pk not in found[piece]] for piece, ids in wanted.items()}
    if ids := list(dict.fromkeys(chain(*missing.values()))):
        fetched = {post.pk: post for post in (for_cards(ids) if missing.get(CARD) or missing.get(FOUND) else for_lines(ids))}
        for piece, ids in missing.items():
            found[piece] |= of_posts(piece, [fetched[pk] for pk in ids if pk in fetched])
    return found


def for_cards(ids: list[int]) -> Iterable[Post]:
    return of_few(few_cards, ids)


def for_lines(ids: list[int]) -> Iterable[Post]:
    return of_few(few_lines, ids)


def of_few(few: prepared, ids: list[int]) -> Iterable[Post]:
    now = timezone.now()
    return few(now=now, ids=ids) if len(ids) <= MANY else few.build(now, ids)


@prepared
def few_cards(now: datetime, ids: list[int]) -> QuerySet:
    return Post.objects.public(now).for_listing().order_by().filter(pk__in=ids)


@prepared
def few_lines(now: datetime, ids: list[int]) -> QuerySet:
    return Post.objects.public(now).for_headlines().order_by().filter(pk__in=ids)


def of_posts(piece: str, posts: Iterable[Post]) -> Pieces:
    """The pieces of posts that are at hand, as `for_listing()` fetched them."""
    return {post.pk: memo.fragment((piece, post.pk), lambda post=post: render_to_string(piece, {"post": post})) for post in posts}


def with_snippet(card: SafeString, snippet: SafeString) -> SafeString:
    return mark_safe(card.replace(ROOM, snippet))
