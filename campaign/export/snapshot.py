"""Reading a large site bit by bit, as it stood at one moment, without keeping anybody from writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db.models import QuerySet

CHUNK = 200
_open: ContextVar[bool] = ContextVar("a snapshot is open", default=False)


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database; inside another, the same. Django's own transactions would take SQLite's one lock for writing."""
    if connection.in_atomic_block or _open.get():
        yield
        return
    token = _open.set(True)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            take_your_time()
            yield
        finally:
            _open.reset(token)
            cursor.execute("ROLLBACK")


def take_your_time() -> None:
    """Until this transaction ends, PostgreSQL's time limits do not hold: no reader waits for it, but perhaps a slow disk or pipe."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")


def chunks(rows: QuerySet) -> Iterator[list[Any]]:
    """All rows by their keys, CHUNK at a time: no cursor stays open, and no statement takes longer in a large site."""
    last, rows = 0, rows.order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
