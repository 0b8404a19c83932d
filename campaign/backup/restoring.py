"""A backup read back into an empty site, on either database: the whole of it or nothing."""

import gzip
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, models, transaction

from articles.models import Post, Revision
from articles.pictures import SERVED, folder
from campaign.backup import schema
from campaign.backup.archive import PIECE, BackupError, check, members
from campaign.backup.taking import ABOUT, FORMAT, MEDIA, ROWS
from campaign.export.snapshot import chunks, take_your_time
from campaign.export.tables import row_of
from campaign.private import keep_private

FILLED = frozenset(
    {"articles.Revision", "auth.Group", "auth.Group_permissions", "auth.Permission", "campaign.SiteProfile", "contenttypes.ContentType"},
)
"""Tables that the migrations themselves put rows into."""
FILE = re.compile(rf"{MEDIA}/((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)", re.ASCII)
CHUNK = re.compile(rf"{ROWS}/([a-z_]+\.[A-Za-z_]+)/[0-9]{{6,}}\.jsonl\.gz", re.ASCII)


@dataclass
class Restored:
    counts: Counter[str] = field(default_factory=Counter)
    same_key: bool = True
    """Whether this site has the SECRET_KEY of the one that the backup is of."""


@contextmanager
def at_hand(name: str) -> Iterator[Path]:
    """The backup as a file that can be read twice; from standard input (`-`) or a pipe it is laid down under VAR_DIR first."""
    path = Path(name)
    if name != "-" and (path.is_file() or not path.exists()):
        yield path
        return
    with tempfile.NamedTemporaryFile(dir=settings.VAR_DIR, prefix=".restore-") as spool:
        with sys.stdin.buffer if name == "-" else path.open("rb") as stream:
            shutil.copyfileobj(stream, spool, PIECE)
        spool.flush()
        yield Path(spool.name)


def restore(path: Path) -> Restored:
    """Every byte is read and compared before anything is written."""
    check(path)
    with path.open("rb") as file:
        about = about_of(file)
        keep_private()
        refuse_full_site()
        nodes = [tuple(node) for node in about["migrations"]]
        schema.migrate_to(nodes)
        restored = Restored(same_key=about["key"] == schema.fingerprint())
        file.seek(0)
        with transaction.atomic(), tempfile.TemporaryDirectory(dir=folder(), prefix=".restore-") as aside:
            take_your_time()
            load(file, schema.tables(nodes), Path(aside), restored.counts)
            move_in(Path(aside))
    call_command("migrate", interactive=False, verbosity=0)
    index()
    return restored


def about_of(file: IO[bytes]) -> dict[str, Any]:
    name, content = next(members(file), ("", None))
    about = json.loads(content.read()) if name == ABOUT else {}
    if about.get("format") != FORMAT:
        raise BackupError("This backup was written by another version of this program, in a format that this one does not read. Nothing was restored.")
    return about


def refuse_full_site() -> None:
    nodes = schema.applied()
    full = [label for label, model in schema.tables(nodes).items() if label not in FILLED and model._base_manager.exists()] if nodes else []
    if full:
        raise BackupError(f"This site is not empty: it has rows in {', '.join(full)}. Restore into a new one (another VAR_DIR or DATABASE_URL).")


def load(file: IO[bytes], tables: dict[str, type[models.Model]], aside: Path, counts: Counter[str]) -> None:
    for label in FILLED & tables.keys():
        tables[label]._base_manager.all().delete()
    for name, content in members(file):
        if chunk := CHUNK.fullmatch(name):
            counts[chunk[1]] += load_rows(name, content, tables.get(chunk[1]))
        elif media := FILE.fullmatch(name):
            target = aside / media[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                shutil.copyfileobj(content, written, PIECE)
            target.chmod(SERVED)
            counts["files"] += 1
        elif name != ABOUT:
            raise BackupError(f"{name} has no place in a backup. Nothing was restored.")
    finish(list(tables.values()))


def load_rows(name: str, content: IO[bytes], model: type[models.Model] | None) -> int:
    if model is None:
        raise BackupError(f"{name} is of a table that the backup's own migrations do not make. Nothing was restored.")
    fields, count = model._meta.local_concrete_fields, 0
    try:
        with gzip.open(content) as lines:
            for line in lines:
                row_of(model, json.loads(line), fields).save_base(raw=True, force_insert=True)
                count += 1
    except (EOFError, ValueError, TypeError, AttributeError, KeyError, ValidationError, DataError, IntegrityError) as error:
        raise BackupError(f"{name}, row {count + 1}, does not fit this database: {error}. Nothing was restored.") from error
    return count


def finish(loaded: list[type[models.Model]]) -> None:
    """PostgreSQL counts on from the highest numbers that came; then every row must find those that it names."""
    try:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
                cursor.execute(statement)
        connection.check_constraints()
    except IntegrityError as error:
        raise BackupError(f"The rows of this backup do not fit each other: {error}. Nothing was restored.") from error


def move_in(aside: Path) -> None:
    """On the disk, whole and under their names, before any row that names them is."""
    os.sync()
    for path in aside.rglob("*"):
        if path.is_file():
            name = path.relative_to(aside)
            path.replace(folder(str(name.parent)) / name.name)
    os.sync()


def index() -> None:
    """What no backup holds, because each database has its own: the search rows."""
    with Revision.one_bump():
        take_your_time()
        for chunk in chunks(Post.objects.only("pk")):
            Post.objects.sync([post.pk for post in chunk])
