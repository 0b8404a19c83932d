"""What a feed holds: the newest posts and updates, each as an entry that can be read whole without coming here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import site
from articles.links import absolute, canonical, host, in_full
from articles.memo import per_revision
from articles.models import Kind, Label, Labelling, Picture, Post, Update
from articles.templatetags.articles import clock, long_date

FEED_SIZE, UPDATES = 20, 500
"""Entries of a feed, and the newest updates among which it looks for its own: the same cost for any archive."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One post, or one update of a post. `updated` moves when the post is revised or updated; `id` never does."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    author: str
    labels: tuple[str, ...]
    language: str
    published: datetime
    updated: datetime
    picture: Picture | None = None
    shown_until: datetime | None = None
    """When something in it must not be shown any more."""


def newest(rows: QuerySet) -> list[Entry]:
    """Entries of the newest of these public rows of Post or Labelling, and of the updates of any of them: seven queries."""
    key = "post_id" if rows.model is Labelling else "pk"
    posts = rows.order_by("-published_at", f"-{key}").values_list("published_at", key)[:FEED_SIZE]
    latest = Update.objects.order_by("-at", "-pk")
    recent = Coalesce(Subquery(latest.values("at")[UPDATES : UPDATES + 1]), LONG_AGO)
    theirs = latest.filter(Exists(rows.filter(**{key: OuterRef("post")})), at__gte=recent)
    updates = theirs.values_list("at", "post", "pk")[:FEED_SIZE]
    places = sorted([*((*place, 0) for place in posts), *updates], reverse=True)[:FEED_SIZE]
    found = whole_posts({post for _at, post, _update in places})
    return [entry for _at, post, update in places if post in found for entry in entries_of(found[post], update)]


@per_revision
def of_site() -> list[Entry]:
    """The feed that most readers follow, made once a revision (8 ms)."""
    return newest(Post.objects.public().listed())


@per_revision
def of_appeals() -> list[Entry]:
    return newest(Post.objects.public().filter(kind=Kind.APPEAL))


def of_label(label: Label) -> list[Entry]:
    """Made each time: there may be hundreds of labels, and few of them are asked for."""
    return newest(Labelling.objects.public().filter(label=label))


def whole_posts(ids: Iterable[int]) -> dict[int, Post]:
    """By their ids alone: with `public()` in the same statement SQLite walks the whole archive instead (90 ms at 100,000 posts)."""
    posts = Post.objects.order_by().select_related("life", "picture", "appeal", "carries").defer("body", "body_text")
    found = posts.prefetch_related("labels", "updates", "events", "appeal__appeal_addresses").in_bulk(ids)
    return {pk: post for pk, post in found.items() if post.is_public()}


def entries_of(post: Post, update_pk: int) -> list[Entry]:
    """The post's entry, or that of one of its updates; none where the update has gone since it was looked up."""
    if not update_pk:
        return [post_entry(post)]
    return [update_entry(post, update) for update in post.updates.all() if update.pk == update_pk]


def post_entry(post: Post) -> Entry:
    url = canonical(post)
    moments = [post.published_at, post.revised_at, *(update.at for update in post.updates.all())]
    html = get_template("articles/feed_entry.html").render({"post": post, "kind": Kind(post.kind).label})
    return Entry(
        id=post_id(post),
        url=url,
        title=post.title,
        summary=post.standfirst,
        html=in_full(html, url),
        published=post.published_at,
        updated=max(filter(None, moments)),
        picture=post.picture,
        shown_until=post.appeal.shown_until if hasattr(post, "appeal") else None,
        **shared(post),
    )


def update_entry(post: Post, update: Update) -> Entry:
    page = canonical(post)
    at = timezone.localtime(update.at)
    html = get_template("articles/feed_update.html").render({"post": post, "update": update, "page": page})
    return Entry(
        id=f"{post_id(post)}/update/{update.pk}",
        url=f"{page}#{update.anchor}",
        title=_("Update, %(day)s, %(time)s: %(title)s") % {"day": long_date(at), "time": clock(at), "title": post.title},
        summary="",
        html=in_full(html, page),
        published=update.at,
        updated=update.at,
        **shared(post),
    )


def post_id(post: Post) -> str:
    """A tag URI (RFC 4151): it outlives a change of title, slug or path."""
    return f"tag:{host()},{post.published_on}:post/{post.pk}"


def shared(post: Post) -> dict[str, object]:
    labels = tuple(label.name for label in post.labels.all())
    return {"author": post.byline or site.profile().name, "labels": labels, "language": post.language}


def picture_url(entry: Entry) -> str | None:
    return absolute(entry.picture.url) if entry.picture else None
