"""One post with all that its page prints, by queries that are put into SQL once: this is what a reader waits for."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Event, Kind, Label, Message, Post, Update
from articles.prepared import prepared

Row = TypeVar("Row", bound=Model)


@prepared
def articles_of_day(day: date, slug: str, now: datetime) -> QuerySet:
    posts = Post.objects.public(now).exclude(kind__in=[Kind.APPEAL, Kind.PAGE]).select_related("life", "picture")
    return saying_what_it_has(posts.filter(published_on=day, slug=slug))


def saying_what_it_has(posts: QuerySet) -> QuerySet:
    """With `has_updates`, `has_events` and `has_messages`: most posts have none, and what is not there need not be asked for."""
    rows = {"updates": Update.objects.all(), "events": Event.objects.all(), "messages": Message.objects.public()}
    return posts.annotate(**{f"has_{name}": Exists(rows.filter(post=OuterRef("pk"))) for name, rows in rows.items()})


@prepared
def carried(post: int) -> QuerySet:
    return Post.objects.filter(pk=post).select_related("appeal")


@prepared
def labels_of(post: int) -> QuerySet:
    return Label.objects.filter(labellings__post=post)


@prepared
def updates_of(post: int) -> QuerySet:
    return Update.objects.filter(post=post)


@prepared
def events_of(post: int) -> QuerySet:
    return Event.objects.filter(post=post)


@prepared
def messages_of(post: int) -> QuerySet:
    return Message.objects.public().filter(post=post)


def article(day: date, slug: str) -> Post | None:
    """The public article at this address, as `for_page()` fetches it; None where there is none. Two queries, and one for each of what else it has."""
    found = articles_of_day(day=day, slug=slug, now=timezone.now())
    if not found:
        return None
    post = attach(found[0])
    if post.carries_id:
        (post.carries,) = carried(post=post.carries_id)
    return post


def attach(post: Post) -> Post:
    """What `for_page()` prefetches, for one post that says what it has."""
    post._prefetched_objects_cache = {
        "labels": rows_of(Label, labels_of(post=post.pk)),
        "updates": rows_of(Update, belonging(updates_of(post=post.pk), post) if post.has_updates else []),
        "events": rows_of(Event, belonging(events_of(post=post.pk), post) if post.has_events else []),
    }
    post.shown_messages = belonging(messages_of(post=post.pk), post) if post.has_messages else []
    return post


def belonging(rows: list[Row], post: Post) -> list[Row]:
    for row in rows:
        row.post = post
    return rows


def rows_of(model: type[Model], found: Iterable[Model]) -> QuerySet:
    """A queryset that has been asked already."""
    rows = model._default_manager.all()
    rows._result_cache = list(found)
    return rows
