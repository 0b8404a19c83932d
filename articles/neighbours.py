"""What lies next to a post: before and after it in time, in each of its labels, and the posts that share most labels."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import pieces
from articles.archives import Place, beyond
from articles.models import Label, Labelling, Post
from articles.prepared import filled, prepared, stand_ins, with_slots

NEAR = 20
"""Posts looked at on each side within a label: enough to find the related, and the same cost for any archive."""
RELATED = 5

OLDER, NEWER = "older", "newer"
Walk = tuple[int, str]
"""A label's id (0 for the whole archive) and a direction."""
FAMILY: Walk = (0, "family")
"""Where the walks hold the other languages of the post."""


@dataclass
class Beside:
    """The links to a post's older and newer neighbour, in one label or in the whole archive; empty where there is none."""

    label: Label | None = None
    older: SafeString | str = ""
    newer: SafeString | str = ""


@dataclass
class Neighbours:
    everywhere: Beside = field(default_factory=Beside)
    by_label: list[Beside] = field(default_factory=list)
    related: list[SafeString] = field(default_factory=list)
    """Headlines."""
    translations: list[Post] = field(default_factory=list)


def of(post: Post) -> Neighbours:
    """Three queries at most: the ids on both sides in every label at once, what is printed of them where it is not kept yet, and
    the other languages of the post where it has any. Wants `post.labels` prefetched."""
    labels = list(post.labels.all())
    walks = near(post, labels)
    languages = walks.pop(FAMILY, [])
    walks = {walk: [pk for pk in ids if pk not in languages] for walk, ids in walks.items()}
    related = most_shared(walks)
    next_to = {walk: ids[0] for walk, ids in walks.items() if ids}
    printed = pieces.of_ids(
        {
            pieces.OLDER: [pk for walk, pk in next_to.items() if walk == (0, OLDER)],
            pieces.NEWER: [pk for walk, pk in next_to.items() if walk == (0, NEWER)],
            pieces.LINK: [pk for walk, pk in next_to.items() if walk[0]],
            pieces.HEADLINE: related,
        }
    )

    def beside(label_id: int, older: str, newer: str, label: Label | None = None) -> Beside:
        return Beside(label, *(printed[piece].get(next_to.get((label_id, side)), "") for side, piece in ((OLDER, older), (NEWER, newer))))

    threads = [beside(label.pk, pieces.LINK, pieces.LINK, label) for label in labels]
    return Neighbours(
        everywhere=beside(0, pieces.OLDER, pieces.NEWER),
        by_label=[thread for thread in threads if thread.older or thread.newer],
        related=[printed[pieces.HEADLINE][pk] for pk in related if pk in printed[pieces.HEADLINE]],
        translations=translations(post) if languages else [],
    )


def translations(post: Post) -> list[Post]:
    """The same words in other languages, for a page that shows nothing else of what lies near. One query."""
    original, translated = family_ids(post)
    return others_of_family(original=original, translated=translated, pk=post.pk, now=timezone.now())


@prepared
def others_of_family(original: int, translated: int, pk: int, now: datetime) -> QuerySet:
    others = Post.objects.public(now).filter(of_family(original, translated)).exclude(pk=pk)
    return others.defer("body", "body_html", "body_text").order_by("language")


def family_ids(post: Post) -> tuple[int, int]:
    """The post that the others of its family are translations of, and the one that it is a translation of itself (0: none)."""
    return post.translation_of_id or post.pk, post.translation_of_id or 0


def of_family(original: int, translated: int) -> Q:
    """The original and every translation of it."""
    return Q(translation_of=original) | Q(pk=translated)


def near(post: Post, labels: list[Label]) -> dict[Walk, list[int]]:
    """Ids beside the post, nearest first, for the whole archive and for each label, and those of its translations. One query."""
    original, translated = family_ids(post)
    values = {"now": timezone.now(), "moment": post.published_at, "pk": post.pk, "original": original, "translated": translated}
    statement, params = walking(len(labels))
    with connection.cursor() as cursor:
        cursor.execute(statement, filled(params, values | {f"label_{number}": label.pk for number, label in enumerate(labels)}))
        rows = cursor.fetchall()
    walks: dict[Walk, list[int]] = {}
    for label_id, side, pk in rows:
        walks.setdefault((label_id, side), []).append(pk)
    return walks


@cache
def walking(labels: int) -> tuple[str, list[Any]]:
    """The statement that walks from a post with so many labels, and its parameters with slots for what differs between posts.

    One statement (the ORM's union() cannot hold limited queries on SQLite), put together once: twice the labels in queries
    would be written down for every page otherwise.
    """
    types = {"now": datetime, "moment": datetime, "pk": int, "original": int, "translated": int, **{f"label_{number}": int for number in range(labels)}}
    standing_in = stand_ins(types)
    compiled = [walk.query.sql_with_params() for walk in walks_from(standing_in, labels)]
    statement = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _params) in enumerate(compiled))
    return statement, with_slots((param for _sql, params in compiled for param in params), standing_in)


def walks_from(post: dict[str, Any], labels: int) -> Iterator[QuerySet]:
    """Each a short walk of an index. A post is no neighbour of its own translations, so in a label a few more are asked for."""
    public = Post.objects.public(post["now"])
    family = of_family(post["original"], post["translated"])
    others = public.filter(family).exclude(pk=post["pk"])
    yield others.order_by("pk").values_list(Value(FAMILY[0]), Value(FAMILY[1]), "pk")[:NEAR]
    place = Place(post["moment"], post["pk"])
    for side, way, sign in ((OLDER, "lt", "-"), (NEWER, "gt", "")):
        rows = beyond(public.listed().exclude(family), "pk", way, place).order_by(f"{sign}published_at", f"{sign}pk")
        yield rows.values_list(Value(0), Value(side), "pk")[:1]
        for number in range(labels):
            labelled = Labelling.objects.public(post["now"]).filter(label=post[f"label_{number}"])
            rows = beyond(labelled, "post_id", way, place).order_by(f"{sign}published_at", f"{sign}post_id")
            yield rows.values_list("label_id", Value(side), "post_id")[:NEAR]


def most_shared(walks: dict[Walk, list[int]]) -> list[int]:
    """Ids of the posts that share most labels with this one, the nearest of them first; never by date alone."""
    shared: Counter[int] = Counter()
    for (label_id, _side), ids in walks.items():
        if label_id:
            shared.update(ids)
    return [pk for pk, _number in shared.most_common(RELATED)]
