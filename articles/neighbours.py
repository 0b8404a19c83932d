"""What lies next to a post: before and after it in time, in each of its labels, and the posts that share most labels."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet, Value

from articles.archives import Place, beyond
from articles.models import Label, Labelling, Post

NEAR = 20
"""Posts looked at on each side within a label: enough to find the related, and the same cost for any archive."""
RELATED = 5

Walk = tuple[int, str]
"""A label's id (0 for the whole archive) and a direction, "older" or "newer"."""
FAMILY: Walk = (0, "family")
"""Where the walks hold the other languages of the post."""


@dataclass
class Beside:
    """A post's older and newer neighbour, in one label or in the whole archive."""

    label: Label | None = None
    older: Post | None = None
    newer: Post | None = None


@dataclass
class Neighbours:
    everywhere: Beside = field(default_factory=Beside)
    by_label: list[Beside] = field(default_factory=list)
    related: list[Post] = field(default_factory=list)
    translations: list[Post] = field(default_factory=list)


def of(post: Post) -> Neighbours:
    """Two queries: the ids on both sides in every label at once, and the posts themselves. Wants `post.labels` prefetched."""
    labels = list(post.labels.all())
    walks = near(post, labels)
    languages = walks.pop(FAMILY, [])
    walks = {walk: [pk for pk in ids if pk not in languages] for walk, ids in walks.items()}
    related = most_shared(walks)
    wanted = {*(pk for ids in walks.values() for pk in ids[:1]), *related, *languages}
    found = Post.objects.public().for_headlines().in_bulk(wanted)

    def beside(label: Label | None) -> Beside:
        older, newer = (next((found[pk] for pk in walks.get((label.pk if label else 0, side), [])[:1] if pk in found), None) for side in ("older", "newer"))
        return Beside(label, older, newer)

    return Neighbours(
        everywhere=beside(None),
        by_label=[side for side in map(beside, labels) if side.older or side.newer],
        related=[found[pk] for pk in related if pk in found],
        translations=[found[pk] for pk in languages if pk in found],
    )


def translations(post: Post) -> list[Post]:
    """The same words in other languages, for a page that shows nothing else of what lies near. One query."""
    return list(Post.objects.public().filter(family(post)).exclude(pk=post.pk).defer("body", "body_html", "body_text").order_by("language"))


def family(post: Post) -> Q:
    """The original and every translation of it."""
    return Q(translation_of=post.translation_of_id or post.pk) | Q(pk=post.translation_of_id or 0)


def near(post: Post, labels: list[Label]) -> dict[Walk, list[int]]:
    """Ids beside the post, nearest first, for the whole archive and for each label, and those of its translations.

    One statement, each part a short walk of an index; a post is no neighbour of its own translations, so a few more are asked for.
    """
    others = Post.objects.public().filter(family(post)).exclude(pk=post.pk)
    parts = [others.order_by("pk").values_list(Value(0), Value(FAMILY[1]), "pk")[:NEAR]]
    place = Place(post.published_at, post.pk)
    for side, way, sign in (("older", "lt", "-"), ("newer", "gt", "")):
        rows = beyond(Post.objects.public().listed(), "pk", way, place).order_by(f"{sign}published_at", f"{sign}pk")
        parts.append(rows.values_list(Value(0), Value(side), "pk")[:NEAR])
        for label in labels:
            rows = beyond(Labelling.objects.public().filter(label=label), "post_id", way, place).order_by(f"{sign}published_at", f"{sign}post_id")
            parts.append(rows.values_list("label_id", Value(side), "post_id")[:NEAR])
    walks: dict[Walk, list[int]] = {}
    for label_id, side, pk in union_all(parts):
        walks.setdefault((label_id, side), []).append(pk)
    return walks


def union_all(parts: list[QuerySet]) -> list[tuple]:
    """Rows of several limited queries in one statement (the ORM's union() cannot hold limited queries on SQLite)."""
    compiled = [part.query.sql_with_params() for part in parts]
    statement = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _params) in enumerate(compiled))
    with connection.cursor() as cursor:
        cursor.execute(statement, [param for _sql, params in compiled for param in params])
        return cursor.fetchall()


def most_shared(walks: dict[Walk, list[int]]) -> list[int]:
    """Ids of the posts that share most labels with this one, the nearest of them first; never by date alone."""
    shared: Counter[int] = Counter()
    for (label_id, _side), ids in walks.items():
        if label_id:
            shared.update(ids)
    return [pk for pk, _number in shared.most_common(RELATED)]
