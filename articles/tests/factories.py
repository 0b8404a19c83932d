"""Rows with boring defaults: a test names only what it is about. Every slug, name and title is its own."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from articles.models import Article, Event, Kind, Label, Life, Message, MessageState, OldAddress, Page, Post, Status, Update

numbers = count(1)
NOON = datetime(2012, 8, 29, 12, tzinfo=UTC)
"""When a post of these factories was published, unless the test says otherwise."""


def make_article(labels: tuple[Label | str, ...] = (), **overrides: Any) -> Article:
    """A public report. `labels` takes labels or their names."""
    return labelled(Article(**post_fields(Kind.REPORT, overrides)), labels)


make_post = make_article


def make_obituary(life: dict[str, Any] | None = None, **overrides: Any) -> Article:
    post = make_article(kind=Kind.OBITUARY, **overrides)
    Life.objects.create(post=post, **{"name": "Aigul Example", "what_they_did": "Miner", "died": "2012-06-05", "place": "Karaganda", "age": 51, **(life or {})})
    return post


def make_page(**overrides: Any) -> Page:
    page = Page(**post_fields(Kind.PAGE, overrides))
    page.save()
    return page


def post_fields(kind: Kind, overrides: dict[str, Any]) -> dict[str, Any]:
    number = next(numbers)
    return {
        "kind": kind,
        "title": f"Strike at shaft {number}",
        "slug": f"strike-{number}",
        "standfirst": "The morning shift stayed above ground.",
        "body": f"Nobody went down shaft {number} today.",
        "status": Status.PUBLISHED,
        "published_at": NOON,
        **overrides,
    }


def labelled(post: Post, labels: tuple[Label | str, ...]) -> Any:
    post.save()
    if labels:
        post.set_labels([label if isinstance(label, Label) else label_named(label) for label in labels])
    return post


def label_named(name: str) -> Label:
    return Label.objects.filter(name=name).first() or make_label(name=name)


def make_label(**overrides: Any) -> Label:
    return Label.objects.create(**{"name": f"Label {next(numbers)}", "description": "What these posts have in common.", **overrides})


def make_update(post: Post | None = None, **overrides: Any) -> Update:
    post = post or make_article()
    return Update.objects.create(**{"post": post, "at": post.published_at + timedelta(hours=next(numbers)), "text": "The pit is quiet.", **overrides})


def make_event(post: Post | None = None, **overrides: Any) -> Event:
    """A picket, tomorrow."""
    starts = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    return Event.objects.create(**{"post": post or make_article(), "title": "Picket", "starts": starts, "place": "1 Example Square, London", **overrides})


def make_message(post: Post | None = None, **overrides: Any) -> Message:
    """Published words of solidarity."""
    words = {"name": "Robin Example", "organisation": "Dockers' branch 7", "place": "Dublin", "text": "We stand with you.", "state": MessageState.PUBLISHED}
    return Message.objects.create(**{"post": post or make_article(), "sent_at": NOON, **words, **overrides})


def make_old_address(path: str, target: str, query: str = "") -> OldAddress:
    return OldAddress.objects.create(path=path, query=query, target=target)


def make_hidden_articles(**overrides: Any) -> list[Article]:
    """One article in each state that readers must not see: draft, private, withdrawn, scheduled."""
    states = [{"status": status, "title": f"Hidden {status}"} for status in (Status.DRAFT, Status.PRIVATE, Status.WITHDRAWN)]
    scheduled = {"title": "Hidden scheduled", "published_at": datetime.now(UTC) + timedelta(days=3)}
    return [make_article(**{**overrides, **state}) for state in (*states, scheduled)]
