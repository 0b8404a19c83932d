"""Whether the page being rendered is for the mirror, where nothing is asked of a server and no day is today."""

from contextvars import ContextVar
from datetime import datetime

made_at: ContextVar[datetime | None] = ContextVar("mirror made at", default=None)
"""When the mirror being written was begun; None for the live site."""
