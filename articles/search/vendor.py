from types import ModuleType

from django.db import NotSupportedError, connection

from articles.search import postgresql, sqlite


def vendor() -> ModuleType:
    """The module that speaks to the database in use."""
    known = {"sqlite": sqlite, "postgresql": postgresql}
    if connection.vendor not in known:
        raise NotSupportedError(f"Search is written for SQLite and PostgreSQL; DATABASE_URL names {connection.vendor}.")
    return known[connection.vendor]
