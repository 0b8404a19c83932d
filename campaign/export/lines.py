"""Every post and page as a line of JSON: what it says, links, shows, and how readers answered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Kind, Message, MessageState, OldAddress, Picture, Post, Status
from articles.text import render
from campaign.export.snapshot import chunks, snapshot
from campaign.export.tables import on_one_line
from campaign.export.visible import Visible, pictures_meant
from campaign.imports.addresses import joined, split
from campaign.imports.media import key_of, name_key
from campaign.imports.pictures import shown


def lines() -> Iterator[str]:
    with snapshot():
        messages = Prefetch("messages", Message.objects.exclude(state=MessageState.REJECTED).order_by("sent_at", "pk"))
        posts = Post.objects.select_related("picture", "appeal").prefetch_related("labels", messages, "origins")
        own = own_pictures()
        for chunk in chunks(posts):
            old = old_addresses(chunk)
            for post in chunk:
                yield on_one_line(line(post, old, own))


def line(post: Post, old: dict[str, list[str]], own: dict[str, Picture]) -> dict[str, Any]:
    visible = Visible.of(live_html(post))
    path = post.get_absolute_url()
    return {
        "title": post.title,
        "url": settings.SITE_URL + path if path else None,
        "published": moment(post.published_at),
        "labels": [label.name for label in post.labels.all()],
        "text": visible.text,
        "links": visible.links,
        "images": list(images(post, visible, own)),
        "comments": [
            {"text": message.text, "author": message.name or message.organisation, "published": moment(message.sent_at)} for message in post.messages.all()
        ],
        "status": "scheduled" if post.status == Status.PUBLISHED and post.published_at > timezone.now() else post.status,
        "kind": "page" if post.kind == Kind.PAGE else "post",
        "old_urls": list(dict.fromkeys([*(origin.url for origin in post.origins.all() if origin.url), *old[path]])),
    }


def live_html(post: Post) -> str:
    """The body as it was while its appeal was open: what is stored for a closed one has lost its mail links."""
    closed = post.kind == Kind.APPEAL and not post.appeal.sends()
    return render(post.body, patient=True).html if closed else post.body_html


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def images(post: Post, visible: Visible, own: dict[str, Picture]) -> Iterator[dict[str, str]]:
    """The picture at its head, those it shows, and those it can only link to."""
    were = {}
    for origin in post.origins.all():
        for address, _alt in shown(origin.html):
            key = key_of(address)
            keys = (key, name_key(split(key).path.rpartition("/")[2]), joined(origin.url, key))
            were |= {key: address for key in keys if key not in were}
    if post.picture:
        yield {"src": post.picture.url, "alt": post.picture.alt, "original": original(post.picture, were)}
    for src, alt in visible.images:
        picture = own.get(file_of(src))
        yield {"src": src, "alt": alt, "original": original(picture, were) if picture else ""}
    for src, alt in pictures_meant(post.body):
        if src.startswith(settings.MEDIA_URL):
            continue
        yield {"src": src, "alt": alt, "original": were.get(src, src)}


def original(picture: Picture, were: dict[str, str]) -> str:
    """The address that this post showed it under: one picture may have had many."""
    name = name_key(split(picture.original).path.rpartition("/")[2])
    return were.get(picture.original) or were.get(name) or picture.original


def file_of(src: str) -> str:
    """A stored picture's digest: all its widths are named for their own content, so each is looked up by its name."""
    return src.rpartition("/")[2].partition("?")[0]


def own_pictures() -> dict[str, Picture]:
    """Stored pictures by the name of every file they have."""
    found: dict[str, Picture] = {}
    for picture in Picture.objects.only("file", "original", "renditions"):
        names = [picture.file.name, *(one[kind] for one in picture.renditions for kind in ("webp", "jpeg"))]
        found |= {file_of(name): picture for name in names}
    return found


def old_addresses(posts: Iterable[Post]) -> dict[str, list[str]]:
    """Every address that leads to these posts now, by theirs."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in OldAddress.objects.filter(target__in={post.get_absolute_url() for post in posts} - {""}).order_by("path", "query"):
        found[row.target].append(str(row))
    return found
