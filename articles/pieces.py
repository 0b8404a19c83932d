"""Pieces of pages about one post each – a card in a list, a line of headlines, a link – rendered once a revision, printed on thousands of pages."""

from collections.abc import Iterable
from itertools import chain

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.memo import memo
from articles.models import Post

CARD, HEADLINE, LINK = "includes/post_card.html", "includes/headline.html", "includes/post_link.html"
OLDER, NEWER = "includes/older.html", "includes/newer.html"

Pieces = dict[int, SafeString]


def of_ids(wanted: dict[str, Iterable[int]]) -> dict[str, Pieces]:
    """For each kind of piece those of these posts. The public ones that lack one are fetched at once: a query, and one for the labels on cards."""
    found = {piece: {pk: kept for pk in ids if (kept := memo.kept((piece, pk))) is not None} for piece, ids in wanted.items()}
    missing = {piece: [pk for pk in ids if pk not in found[piece]] for piece, ids in wanted.items()}
    if ids := set(chain(*missing.values())):
        posts = Post.objects.public().order_by()
        fetched = (posts.for_listing() if missing.get(CARD) else posts.for_headlines()).in_bulk(ids)
        for piece, ids in missing.items():
            found[piece] |= of_posts(piece, [fetched[pk] for pk in ids if pk in fetched])
    return found


def of_posts(piece: str, posts: Iterable[Post]) -> Pieces:
    """The pieces of posts that are at hand, as `for_listing()` fetched them."""
    return {post.pk: memo.fragment((piece, post.pk), lambda post=post: render_to_string(piece, {"post": post})) for post in posts}
