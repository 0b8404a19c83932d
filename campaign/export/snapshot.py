"""Reading a large site bit by bit, as it stood at one moment, without keeping anybody from writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet

CHUNK = 200


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database. Django's own transactions would take SQLite's one lock for writing."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def chunks(rows: QuerySet) -> Iterator[list[Any]]:
    """All rows by their keys, CHUNK at a time: no cursor stays open, and no statement takes longer in a large site."""
    last, rows = 0, rows.order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
