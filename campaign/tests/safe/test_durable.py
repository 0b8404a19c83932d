"""What makes an acknowledged write last: the databases' settings, read back from a live connection, and the order in which a picture is kept."""

import io
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import ConnectionHandler, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from PIL import Image

from articles.models import Picture


@pytest.fixture
def live(settings, tmp_path) -> Iterator[BaseDatabaseWrapper]:
    """A connection as the site makes it: to a file, where the tests' own database is in memory."""
    own = {**connections.settings["default"], **({"NAME": tmp_path / "site.sqlite3"} if connection.vendor == "sqlite" else {})}
    made = ConnectionHandler({"default": own})["default"]
    yield made
    made.close()


def told(live: BaseDatabaseWrapper, question: str) -> list[Any]:
    with live.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_writes_to_the_disk_waits_its_turn_and_lets_readers_read(live):
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    assert {name: told(live, f"PRAGMA {name}") for name in names} == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 20_000, "foreign_keys": 1}
    with live.cursor() as cursor:
        cursor.execute("CREATE TABLE one (id integer)")
    live.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)  # takes the lock for writing at once, not halfway
    with closing(sqlite3.connect(live.settings_dict["NAME"], timeout=0)) as other:
        assert other.execute("SELECT count(*) FROM one").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    live.rollback()
    live.set_autocommit(True)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_gives_up_on_what_takes_too_long_and_writes_to_the_disk(live):
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "synchronous_commit", "fsync")
    assert [told(live, f"SHOW {name}") for name in names] == ["10s", "3s", "30s", "on", "on"]


def test_connections_are_kept_checked_and_no_request_is_one_transaction():
    kept = connection.settings_dict
    assert (kept["CONN_MAX_AGE"], kept["CONN_HEALTH_CHECKS"], kept["ATOMIC_REQUESTS"]) == (600, True, False)


@pytest.mark.django_db
def test_a_reader_s_page_writes_nothing(demo):
    said: list[str] = []

    def note(execute: Any, sql: str, *others: Any) -> Any:
        said.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        for path in ("/", "/appeals/", "/appeals/open-the-zhanaozen-files/messages/", "/labels/", "/search/?q=oil", "/feed/", "/none/"):
            Client().get(path)
    assert len(said) > 10
    assert [sql for sql in said if not sql.lstrip().startswith(("SELECT", "WITH"))] == []


def png() -> ContentFile:
    stream = io.BytesIO()
    Image.new("RGB", (700, 20), "red").save(stream, "PNG")
    return ContentFile(stream.getvalue(), name="a.png")


@pytest.mark.django_db
def test_a_picture_is_on_the_disk_under_its_name_before_its_row_is_saved(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    steps: list[tuple[str, str]] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(number: int) -> None:
        steps.append(("fsync", Path(os.readlink(f"/proc/self/fd/{number}")).name))
        fsync(number)

    def note_replace(path: Path, target: Path) -> Path:
        steps.append(("rename", target.name))
        return replace(path, target)

    def note_insert(execute: Any, sql: str, *others: Any) -> Any:
        if sql.startswith("INSERT"):
            steps.append(("insert", ""))
        return execute(sql, *others)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    with connection.execute_wrapper(note_insert):
        picture = Picture.objects.create(file=png())
    names = [path.name for path in (tmp_path / "pictures").iterdir()]
    assert Path(picture.file.name).name in names
    assert len(names) > 2
    assert sorted(steps[:-1:3]) == sorted(("fsync", name) for name in names)
    assert [step for start in range(0, len(steps) - 1, 3) for step in steps[start + 1 : start + 3]] == [
        step for _kind, name in steps[:-1:3] for step in (("rename", name), ("fsync", "pictures"))
    ]
    assert steps[-1] == ("insert", "")
