"""Every post and page as a line of JSON: what it says, links, shows, and how readers answered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Kind, Message, MessageState, OldAddress, Origin, Picture, Post, Status
from articles.text import render
from campaign.export.snapshot import chunks, snapshot
from campaign.export.tables import on_one_line
from campaign.export.visible import Visible, pictures_meant
from campaign.imports.media import key_of
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
    had = [(src, address) for origin in post.origins.all() for src, address in with_data(origin)]
    if post.picture:
        yield {"src": post.picture.url, "alt": post.picture.alt, "original": taken(had, "") or post.picture.original}
    for src, alt in visible.images:
        picture = own.get(file_of(src))
        yield {"src": src, "alt": alt, "original": taken(had, src) or (picture.original if picture else "")}
    for src, alt in pictures_meant(post.body):
        if not src.startswith(settings.MEDIA_URL):
            yield {"src": src, "alt": alt, "original": taken(had, src) or src}


def taken(had: list[tuple[str, str]], src: str) -> str:
    """The address of the next picture that is shown from here: one file may have come under many addresses."""
    found = next((pair for pair in had if pair[0] == src), None)
    if found:
        had.remove(found)
    return found[1] if found else ""


def with_data(origin: Origin) -> list[tuple[str, str]]:
    """Its pictures; a data: URI, which is kept as its digest, stands in the HTML."""
    if not any(address.startswith("data:") for _src, address in origin.pictures):
        return origin.pictures
    whole = {key_of(address): address for address, _alt in shown(origin.html)}
    return [(src, whole.get(address, address)) for src, address in origin.pictures]


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
