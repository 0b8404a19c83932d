"""Databases of the bench's own, beside the one in use, and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from articles.memo import memo


@contextmanager
def own_databases(number: int) -> Iterator[list[str]]:
    """The names of so many new databases, migrated; when all is done, or has failed, they are removed."""
    real = connection.settings_dict["NAME"]
    made: list[str] = []
    try:
        for _ in range(number):
            connection.settings_dict["TEST"]["NAME"] = name_of(len(made))
            made.append(connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False))
            use(real)
        yield made
    finally:
        for name in made:
            use(name)
            connection.creation.destroy_test_db(real, verbosity=0)


def name_of(number: int) -> str:
    return str(Path(settings.VAR_DIR) / f"bench-{number}.sqlite3") if connection.vendor == "sqlite" else f"bench_campaign_{number}"


def use(name: str) -> None:
    """From now on everything in this process asks that database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    memo.forget()
