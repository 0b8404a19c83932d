"""Keeping the search rows in step with the posts: no triggers (SQLite drops them silently when a migration rebuilds a table)."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from articles.models import Kind, Labelling, Post, Status
from articles.search.folding import words
from articles.search.rows import Row, order_at, run, run_many
from articles.search.vendor import vendor

BATCH = 500
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
    labels = labels_of(posts)
    forget([post.search_order for post in posts if post.search_order is not None])
    orders = [order_of(post) for post in posts]
    both = list(zip(orders, posts, strict=True))
    run_many("UPDATE articles_post SET search_order = %s WHERE id = %s", [(order, post.pk) for order, post in both if order != post.search_order])
    run_many(vendor().INSERT, [vendor().values(row_of(post, order, labels[post.pk])) for order, post in both if order is not None])


def labels_of(posts: list[Post]) -> dict[int, list[str]]:
    """Labels are indexed as tags, by id: a renamed label is found by its new name without a single post being touched."""
    labels = defaultdict(list)
    for post_id, label_id in Labelling.objects.filter(post__in=posts).values_list("post_id", "label_id"):
        labels[post_id].append(f"=label{label_id}")
    return labels


def order_of(post: Post) -> int | None:
    return order_at(post.published_at, post.pk) if searchable(post) else None


def out_of_step(posts: list[Post]) -> list[int]:
    """The ids of those that the index holds otherwise than they are; one statement each."""
    labels = labels_of(posts)
    return [post.pk for post in posts if post.search_order != order_of(post) or not held(post, labels[post.pk])]


def held(post: Post, labels: list[str]) -> bool:
    return post.search_order is None or bool(run(vendor().SAME, vendor().values(row_of(post, post.search_order, labels))))


def strays() -> list[int]:
    """Orders of rows of the index that are no post's."""
    return [order for (order,) in run(vendor().STRAY, ())]


def forget(orders: Iterable[int]) -> None:
    """Take the rows of posts that go away out of the index."""
    run_many(vendor().DELETE, [(order,) for order in orders])


def searchable(post: Post) -> bool:
    """Scheduled posts too: a search leaves out what is not due, so none has to be added when its hour comes."""
    return post.status == Status.PUBLISHED and post.published_at is not None and post.kind != Kind.PAGE


def row_of(post: Post, order: int, labels: list[str]) -> Row:
    return Row(
        order=order,
        kind=post.kind,
        year=post.published_on.year,
        labels=labels,
        title=words(post.title),
        standfirst=words(post.standfirst),
        byline=words(post.byline),
        body=words(post.body_text[:INDEXED]),
    )
