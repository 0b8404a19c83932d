"""What is worked out once and kept until readers' pages change: no count is ever made in a request."""

import threading
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.conf import settings
from django.db import Error, close_old_connections
from django.db.models import Subquery
from django.utils import timezone, translation

from articles import mirroring
from articles.models import Event, Post, Revision

FRAGMENTS = 8_000_000
"""Characters of pieces of pages kept at most, with what it costs to keep each."""
KEEPING = 300

unkept: ContextVar[bool] = ContextVar("a page that no reader gets", default=False)
"""True while a draft is shown: its pieces change without a new token, and are nobody else's."""

P = ParamSpec("P")
T = TypeVar("T")


class Token(NamedTuple):
    """Changes exactly when some public page may: an edit, a scheduled post falling due, an event passing, a new hour (so a new day)."""

    counter: int
    newest_due: Any
    newest_event: Any
    hour: str


def read_token() -> Token:
    """One query."""
    now = timezone.now()
    due = Post.objects.public(now).order_by("-published_at").values("published_at")[:1]
    begun = Event.objects.filter(starts__lte=now).order_by("-starts").values("starts")[:1]
    over = Event.objects.filter(over_at__lte=now).order_by("-over_at").values("over_at")[:1]
    row = Revision.objects.filter(pk=1).values_list("counter", Subquery(due), Subquery(begun), Subquery(over)).get()
    return Token(row[0], row[1], (row[2], row[3]), f"{timezone.localtime(now):%Y-%m-%d %H}")


class Memo:
    """The values of one token, shared by the threads of a process."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reading = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.token: Token | None = None
        self.read_at = float("-inf")
        self.values: dict[Hashable, Any] = {}
        self.fragments: dict[Hashable, str] = {}
        self.size = 0

    def current_token(self) -> Token:
        """The token, read at most every half second and by one thread at a time; a new one lets go of all that was kept.

        With the database gone the last one known stands, so that what is kept goes on being read; a database's Error if there is none.
        """
        if time.monotonic() - self.read_at > settings.REVISION_MAX_AGE and self.reading.acquire(blocking=self.token is None):
            try:
                self.read()
            finally:
                self.reading.release()
        return self.token

    def read(self) -> None:
        try:
            token = read_token()
        except Error:
            close_old_connections()
            if self.token is None:
                raise
        else:
            with self.lock:
                if token != self.token:
                    self.token, self.values, self.fragments, self.size = token, {}, {}, 0
        self.read_at = time.monotonic()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        self.current_token()
        values = self.values
        if key not in values:
            with self.lock:
                if key not in values:
                    values[key] = make()
        return values[key]

    def kept(self, key: Hashable) -> str | None:
        """A piece that is there already."""
        self.current_token()
        return self.fragments.get((here(), key))

    def fragment(self, key: Hashable, make: Callable[[], str]) -> str:
        """A piece of a page. Full, the store starts afresh: whoever walks a large archive must not fill the memory."""
        if unkept.get():
            return make()
        self.current_token()
        fragments, key = self.fragments, (here(), key)
        kept = fragments.get(key)
        if kept is None:
            kept = make()
            self.size += len(kept) + KEEPING
            if self.size > FRAGMENTS:
                fragments.clear()
                self.size = len(kept) + KEEPING
            fragments[key] = kept
        return kept


memo = Memo()


def here() -> tuple[str, bool]:
    """What else a kept value depends on: the interface language, and whether it is for the mirror."""
    return translation.get_language(), mirroring.made_at.get() is None


def per_revision(make: Callable[P, T]) -> Callable[P, T]:
    """Decorates a function of hashable arguments: its answer is kept until the token changes, one per interface language (and one for the mirror)."""

    @wraps(make)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (make.__module__, make.__qualname__, here(), args, tuple(sorted(kwargs.items())))
        return memo.get(key, lambda: make(*args, **kwargs))

    return kept
