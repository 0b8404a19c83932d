"""One post with all that its page prints, by queries that are put into SQL once: this is what a reader waits for."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model, QuerySet
from django.utils import timezone

from articles.models import Event, Kind, Label, Message, Post, Update
from articles.prepared import prepared


@prepared
def articles_of_day(day: date, slug: str, now: datetime) -> QuerySet:
    return Post.objects.public(now).exclude(kind__in=[Kind.APPEAL, Kind.PAGE]).with_one_of_each().filter(published_on=day, slug=slug)


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
    """The public article at this address, as `for_page()` fetches it; None where there is none. Five queries."""
    found = articles_of_day(day=day, slug=slug, now=timezone.now())
    return attach(found[0]) if found else None


def attach(post: Post) -> Post:
    """What `for_page()` prefetches, for one post."""
    post._prefetched_objects_cache = {
        "labels": rows_of(Label, labels_of(post=post.pk)),
        "updates": rows_of(Update, belonging(updates_of(post=post.pk), post)),
        "events": rows_of(Event, belonging(events_of(post=post.pk), post)),
    }
    post.shown_messages = belonging(messages_of(post=post.pk), post)
    return post


def belonging(rows: list[Model], post: Post) -> list[Model]:
    for row in rows:
        row.post = post
    return rows


def rows_of(model: type[Model], found: Iterable[Model]) -> QuerySet:
    """A queryset that has been asked already."""
    rows = model._default_manager.all()
    rows._result_cache = list(found)
    return rows
