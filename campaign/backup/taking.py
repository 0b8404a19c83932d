"""Taking a backup while the site goes on: one moment of the database, then the pictures.

A picture's files are on the disk before its row is, under names made from their content, and nothing takes them away: all that the rows
of that moment name is there afterwards.
"""

import gzip
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.utils import timezone

from articles.pictures import settle
from campaign.backup import schema
from campaign.backup.archive import BackupError, Writer
from campaign.export.snapshot import chunks, snapshot
from campaign.export.tables import on_one_line, plain

FORMAT = 1
ABOUT, ROWS, MEDIA = "backup.json", "rows", "media"


def to_file(path: Path) -> Counter[str]:
    """Whole or not at all, and its owner's alone."""
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            made = take(stream)
        settle(aside, path)
    except OSError as error:
        raise BackupError(f"{path} could not be written: {error.strerror or error}. Nothing is left of it.") from error
    finally:
        aside.unlink(missing_ok=True)
    return made


def to_output() -> Counter[str]:
    if sys.stdout.isatty():
        raise BackupError("A backup is not for reading. Send it on: manage.py backup - | age -r … > FILE")
    try:
        made = take(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise BackupError(f"The backup was cut short: {error.strerror or error}. What was written of it restores nothing.") from error
    return made


def take(stream: IO[bytes]) -> Counter[str]:
    """Counts what was written: rows of each table, and files."""
    counts: Counter[str] = Counter()
    with Writer(stream) as writer:
        try:
            with snapshot():
                write_rows(writer, counts)
        except DatabaseError as error:
            raise BackupError(f"The database does not answer: {error}") from error
        for name, path in media_files():
            with path.open("rb") as file:
                writer.add(f"{MEDIA}/{name}", file, os.fstat(file.fileno()).st_size)
            counts["files"] += 1
    return counts


def write_rows(writer: Writer, counts: Counter[str]) -> None:
    nodes = schema.applied()
    if not nodes:
        raise BackupError("The database has no tables yet: there is nothing to take a backup of.")
    about = {"format": FORMAT, "made": timezone.now().isoformat(), "site": settings.SITE_URL, "database": connection.vendor}
    add(writer, ABOUT, json.dumps(about | {"migrations": nodes, "key": schema.fingerprint()}, indent=1).encode())
    for label, model in schema.tables(nodes).items():
        fields = model._meta.local_concrete_fields
        for number, chunk in enumerate(chunks(model._base_manager.only(*(field.name for field in fields)))):
            lines = "".join(f"{line(row, fields)}\n" for row in chunk)
            add(writer, f"{ROWS}/{label}/{number:06}.jsonl.gz", gzip.compress(lines.encode(), 6, mtime=0))
            counts[label] += len(chunk)


def line(row: models.Model, fields: list[models.Field]) -> str:
    return on_one_line({field.name: plain(field, row) for field in fields})


def add(writer: Writer, name: str, content: bytes) -> None:
    writer.add(name, io.BytesIO(content), len(content))


def media_files() -> Iterator[tuple[str, Path]]:
    """Every file under MEDIA_ROOT by its name there; what an upload has under way (its name begins with a dot) is none yet."""
    for folder, folders, files in os.walk(settings.MEDIA_ROOT):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path.relative_to(settings.MEDIA_ROOT).as_posix(), path
