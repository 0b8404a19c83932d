"""The whole site as a folder: a Markdown file for every post, the pictures, and a JSON file for every other table.

A JSON file is one list, a row a line, so that it is read and compared line by line however long it is.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models import Kind, Picture, Post
from articles.pictures import FOLDER
from campaign.export import tables
from campaign.export.snapshot import chunks, snapshot

FORMAT = 1
ABOUT = "export.json"


class ExportError(Exception):
    """The export cannot be written, or not read back; the message says why and what to do."""


def write(target: Path) -> Counter[str]:
    """Whole or not at all: written beside, then named. Counts what was written."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ExportError(f"{target} is there already and is not empty. Name a new folder.")
    aside = target.with_name(f".{target.name}-{os.getpid()}")
    before = os.umask(0o077)
    try:
        aside.mkdir(parents=True)
        with snapshot():
            counts = write_into(aside)
        aside.replace(target)
    except OSError as error:
        raise ExportError(f"The export could not be written: {error.strerror or error}. Nothing is left of it.") from error
    finally:
        os.umask(before)
        shutil.rmtree(aside, ignore_errors=True)
    return counts


def write_into(root: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for post in (post for chunk in chunks(Post.objects.prefetch_related("labels")) for post in chunk):
        file = root / file_name(post)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_markdown(post).encode())
        counts["posts and pages"] += 1
    for name, model in tables.tables().items():
        counts[name] = write_table(root / f"{name}.json", model)
    (root / FOLDER).mkdir()
    for file in picture_files():
        shutil.copyfile(settings.MEDIA_ROOT / file, root / file)
        counts["picture files"] += 1
    about = {"format": FORMAT, "made": timezone.now().isoformat(), "site": settings.SITE_URL, "counts": counts}
    (root / ABOUT).write_text(tables.on_one_line(about) + "\n", encoding="utf-8")
    return counts


def file_name(post: Post) -> str:
    """Articles by year, day and slug; what has no address yet by its number."""
    if post.kind in (Kind.APPEAL, Kind.PAGE):
        return f"{post.kind}s/{post.slug}.md"
    if post.published_on is None:
        return f"articles/undated/{post.pk}-{post.slug}.md"
    return f"articles/{post.published_on:%Y}/{post.published_on}-{post.slug}.md"


def as_markdown(post: Post) -> str:
    """A head whose values are JSON, which every reader of YAML reads too, then the body to the letter."""
    head = tables.values(post, tables.fields_of(Post)) | {"labels": [label.name for label in post.labels.all()]}
    lines = [f"{name}: {tables.on_one_line(value)}" for name, value in head.items()]
    return "\n".join(["---", *lines, "---", post.body])


def write_table(path: Path, model: type[models.Model]) -> int:
    fields, count = tables.fields_of(model), 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in (row for chunk in chunks(model._base_manager.all()) for row in chunk):
            file.write(("[\n" if not count else ",\n") + tables.on_one_line(tables.values(row, fields)))
            count += 1
        file.write("\n]\n" if count else "[]\n")
    return count


def picture_files() -> Iterator[str]:
    """Every file of every picture, once: two pictures of equal content share theirs."""
    seen: set[str] = set()
    for picture in (picture for chunk in chunks(Picture.objects.all()) for picture in chunk):
        for name in files_of(picture):
            if name not in seen:
                seen.add(name)
                yield name


def files_of(picture: Picture) -> list[str]:
    return [picture.file.name, *(one[kind] for one in picture.renditions for kind in ("webp", "jpeg"))]
