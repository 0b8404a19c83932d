"""Keeping the search rows in step with the posts: no triggers (SQLite drops them silently when a migration rebuilds a table)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from articles.models import Kind, Labelling, Post, Status
from articles.search import tables
from articles.search.folding import words

BATCH = 500
ID_BITS = 31
LAST_SECOND = (1 << (63 - ID_BITS)) - 1
"""The year 2106; before 1834 and after, posts sort by their ids."""
INDEXED = 200_000
"""Letters of a body that are searched: a tsvector holds no more than 1 MB."""
READ = ("kind", "title", "standfirst", "byline", "body_text", "status", "published_at", "published_on", "search_order")


def index(ids: Iterable[int]) -> None:
    """Bring the search rows of these posts in step: five statements for every 500 of them."""
    ids = list(ids)
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            index_batch(list(Post.objects.filter(pk__in=ids[start : start + BATCH]).only(*READ).order_by("pk")))


def index_batch(posts: list[Post]) -> None:
    table = tables.of(connection.vendor)
    labels = defaultdict(list)
    for post_id, label_id in Labelling.objects.filter(post__in=posts).values_list("post_id", "label_id"):
        labels[post_id].append(f"=label{label_id}")
    forget([post.search_order for post in posts if post.search_order is not None])
    orders = {post: order_of(post) for post in posts}
    moved = [(order, post.pk) for post, order in orders.items() if order != post.search_order]
    rows = [table.values(row_of(post, order, labels[post.pk])) for post, order in orders.items() if order is not None]
    many("UPDATE articles_post SET search_order = %s WHERE id = %s", moved)
    many(table.INSERT, rows)


def forget(orders: Iterable[int]) -> None:
    """Take the rows of posts that go away out of the index."""
    many(tables.of(connection.vendor).DELETE, [(order,) for order in orders])


def many(statement: str, rows: list[tuple]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def order_of(post: Post) -> int | None:
    """Post.search_order: seconds since 1970 and the id in one number, that sorts as published_at; None for what search never shows."""
    if post.status != Status.PUBLISHED or post.published_at is None or post.kind == Kind.PAGE:
        return None
    return order_at(post.published_at, post.pk)


def order_at(moment: datetime, pk: int) -> int:
    seconds = max(-LAST_SECOND, min(int(moment.timestamp() // 1), LAST_SECOND))
    return seconds << ID_BITS | pk


def id_of(order: int) -> int:
    return order & ((1 << ID_BITS) - 1)


def row_of(post: Post, order: int, labels: list[str]) -> tables.Row:
    """Labels stand in it as tags, by id: a renamed label is found by its new name without touching a single post."""
    return tables.Row(
        order=order,
        facets=[f"={post.kind}", f"={post.published_on.year}"],
        labels=labels,
        title=words(post.title),
        standfirst=words(post.standfirst),
        byline=words(post.byline),
        body=words(post.body_text[:INDEXED]),
    )
