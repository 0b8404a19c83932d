"""Pictures on the disk: those that the records name, and those that bodies show though no record is left."""

import hashlib
import re
from collections.abc import Iterator

from django.conf import settings

from articles.models import Picture, Post
from articles.pictures import FOLDER
from campaign.export.folder import files_of
from campaign.export.snapshot import chunks

NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{24}})-\d{{1,5}}\.(?:webp|jpg|png)", re.ASCII)


def damaged() -> Iterator[tuple[str, str]]:
    """Every file is read: it is named for its content."""
    seen: set[str] = set()
    for where, name in wanted():
        if name not in seen:
            seen.add(name)
            if fault := fault_of(name):
                yield name, f"{name}, of {where}, {fault}"


def wanted() -> Iterator[tuple[str, str]]:
    for picture in (picture for chunk in chunks(Picture.objects.all()) for picture in chunk):
        yield from ((f"picture {picture.pk}", name) for name in files_of(picture))
    shown = re.compile(rf"{re.escape(settings.MEDIA_URL)}({NAME.pattern})", re.ASCII)
    for post in (post for chunk in chunks(Post.objects.only("body_html")) for post in chunk):
        yield from ((f"post {post.pk}", found[1]) for found in shown.finditer(post.body_html))


def fault_of(name: str) -> str:
    """Empty where it is as it should be."""
    named = NAME.fullmatch(name)
    try:
        content = (settings.MEDIA_ROOT / name).read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if named and hashlib.sha256(content).hexdigest().startswith(named[1]) else "is not what was stored under this name"
