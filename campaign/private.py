"""Who may read what the site writes: its own user alone, but for static files and pictures, which the web server hands out."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

LISTING = 0o066
"""Reading and writing by others; going through stays theirs, for nginx goes through to static/ and media/."""


def keep_private() -> None:
    """Before the database is opened: SQLite makes its file for all to read, and the two beside it as it finds that one."""
    take_away(settings.VAR_DIR, LISTING)
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        file = Path(connection.settings_dict["NAME"])
        file.touch(mode=0o600)
        for path in (file, *file.parent.glob(f"{file.name}-*")):
            take_away(path, 0o077)


def take_away(path: Path, rights: int) -> None:
    with suppress(PermissionError):  # it is another user's, who has seen to it
        path.chmod(path.stat().st_mode & ~rights)
