"""What is made from what editors wrote, and kept beside it."""

from collections.abc import Iterator

from django.db import models

from appeals.models import Appeal
from articles import search
from articles.models import Label, Labelling, Post, Update
from articles.models.renditions import with_renditions
from articles.search.indexing import READ
from campaign.export.snapshot import chunks
from campaign.imports.parts import render_in_parts

RENDERED: dict[type[models.Model], tuple[str, str]] = {Label: ("description", "description_html"), Update: ("text", "text_html")}
COPIED = ("status", "published_at", "published_on")
Key = tuple[type[models.Model], int]


def stale_html() -> Iterator[tuple[Key, str]]:
    """About 4 ms for each post: the one check that takes its time."""
    closed = closed_appeals()
    for chunk in chunks(Post.objects.only("title", "body", "body_html", "body_text")):
        for post in chunk:
            if made_of(post, closed) != {"body_html": post.body_html, "body_text": post.body_text}:
                yield (Post, post.pk), f"post {post.pk}, “{post.title}”"
    for model, (source, target) in RENDERED.items():
        for row in (row for chunk in chunks(model._base_manager.all()) for row in chunk):
            if render_in_parts(getattr(row, source))[0].html != getattr(row, target):
                yield (model, row.pk), f"{model._meta.verbose_name} {row.pk}"


def closed_appeals() -> set[int]:
    return set(Appeal.objects.order_by().filter(closed_at__isnull=False).values_list("pk", flat=True))


def made_of(post: Post, closed: set[int]) -> dict[str, str]:
    rendered = render_in_parts(post.body, live=post.pk not in closed)[0]
    return {"body_html": with_renditions(rendered.html), "body_text": rendered.text}


def render(keys: list[Key]) -> None:
    closed = closed_appeals()
    for model, pk in keys:
        row = model._base_manager.get(pk=pk)
        if model is Post:
            Post.objects.filter(pk=pk).update(**made_of(row, closed))
        else:
            source, target = RENDERED[model]
            model.objects.filter(pk=pk).update(**{target: render_in_parts(getattr(row, source))[0].html})
    sync([pk for model, pk in keys if model is Post])


def stale_labellings() -> Iterator[tuple[int, str]]:
    fields = [name for copied in COPIED for name in (copied, f"post__{copied}")]
    for chunk in chunks(Labelling.objects.select_related("post").only("label_id", *fields)):
        for row in chunk:
            if any(getattr(row, name) != getattr(row.post, name) for name in COPIED):
                yield row.post_id, f"post {row.post_id} under label {row.label_id}"


def stale_search() -> Iterator[tuple[int, str]]:
    for chunk in chunks(Post.objects.only(*READ)):
        yield from ((pk, f"post {pk}") for pk in search.out_of_step(chunk))


def sync(ids: list[int]) -> None:
    Post.objects.sync(ids)


def strays() -> Iterator[tuple[int, str]]:
    yield from ((order, f"row {order}") for order in search.strays())


def forget(orders: list[int]) -> None:
    search.forget(orders)
