"""The page cache: a WSGI wrapper that answers what every reader gets alike before Django is asked.

Every public page is the same for everyone, so a page is rendered once a revision, kept plain and gzipped in the process, and
answered from there until the revision token moves (articles.memo). Nodes share nothing but the counter in the database.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import Error
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import translation

from articles.memo import Token, memo
from campaign import oldaddresses

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Key = tuple[str, str, str, str]

WAIT = 20
"""Seconds a request waits for another that renders the same page, before it renders for itself."""
KNOWN = 10_000
"""Entries of the small tables of things seen (hosts, codings, paths); past it they start afresh."""


@dataclass(frozen=True)
class Stored:
    """One page: both codings of its body, with the headers of each ready to send."""

    status: str
    headers: dict[str, list[tuple[str, str]]]
    bodies: dict[str, bytes]
    etags: dict[str, str]

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 2_000


class Store:
    """Pages of one token, the least recently used out first, never more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self.token: Token | None = None
        self.pages: OrderedDict[Key, Stored] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key, token: Token) -> Stored | None:
        if token != self.token:
            self.start(token)
        with self.lock:
            page = self.pages.get(key)
            if page:
                self.pages.move_to_end(key)
            return page

    def start(self, token: Token) -> None:
        with self.lock:
            if token != self.token:
                self.pages.clear()
                self.size = 0
            self.token = token

    def put(self, key: Key, token: Token, page: Stored) -> None:
        """Keeps a page rendered under this token; if another has begun since, it is let go."""
        with self.lock:
            if token != self.token or page.size > self.limit:
                return
            old = self.pages.pop(key, None)
            self.size += page.size - (old.size if old else 0)
            self.pages[key] = page
            while self.size > self.limit:
                self.size -= self.pages.popitem(last=False)[1].size


class PageCache:
    """Wraps the WSGI application. What it may not keep, it hands through untouched."""

    def __init__(self, application: Callable, limit: int | None = None) -> None:
        self.application = application
        self.store = Store(settings.PAGE_CACHE_BYTES if limit is None else limit)
        self.rendering: dict[Key, threading.Event] = {}
        self.hosts: dict[str, bool] = {}
        self.codings: dict[str, str] = {}
        self.declared: dict[str, tuple[str, ...] | None] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self.key(environ) if environ["REQUEST_METHOD"] in ("GET", "HEAD") else None
        token = current_token() if key else None
        if token is None:
            return self.through(environ, start_response)
        page = self.store.get(key, token)
        if page is None:
            return self.render_once(key, token, environ, start_response)
        return self.answer(page, environ, start_response)

    def through(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """As Django answers, without the body that a HEAD has no use for: gunicorn would write a line of log for each."""
        answer = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return answer
        if hasattr(answer, "close"):
            answer.close()
        return []

    def key(self, environ: Environ) -> Key | None:
        """What makes a page another page; None for what is never kept."""
        host = environ.get("HTTP_HOST", "")
        if not remembered(self.hosts, host, host_allowed):
            return None
        path = environ["PATH_INFO"]
        declared = remembered(self.declared, path, declared_params)
        if declared is None:
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            query = reduced(path, query, declared)
            if query is None:
                return None
        return scheme(environ), host, path, query

    def render_once(self, key: Key, token: Token, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Renders, or waits for whoever renders this page already."""
        done = threading.Event()
        other = self.rendering.setdefault(key, done)
        if other is not done:
            other.wait(WAIT)
            page = self.store.get(key, token)
            return self.answer(page, environ, start_response) if page else self.application(environ, start_response)
        try:
            return self.render(key, token, environ, start_response)
        finally:
            del self.rendering[key]
            done.set()

    def render(self, key: Key, token: Token, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Asks Django for the plain page, whole, whatever the request wanted of it; keeps it if every reader may have it."""
        asked = {**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": key[3]}
        for name in ("HTTP_ACCEPT_ENCODING", "HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE"):
            asked.pop(name, None)
        status, headers, body = call(self.application, asked)
        if not may_keep(status, headers):
            start_response(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        page = stored(status, headers, body)
        self.store.put(key, token, page)
        return self.answer(page, environ, start_response)

    def answer(self, page: Stored, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        coding = remembered(self.codings, environ.get("HTTP_ACCEPT_ENCODING", ""), preferred_coding)
        fresh = ("X-Accel-Expires", f"@{int(time.time())}")
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted and matches(wanted, page.etags[coding]):
            kept = [header for header in page.headers[coding] if header[0] not in ("Content-Length", "Content-Type", "Content-Encoding")]
            start_response("304 Not Modified", [*kept, fresh])
            return []
        start_response(page.status, [*page.headers[coding], fresh])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.bodies[coding]]


def current_token() -> Token | None:
    """None where the database has never answered: then Django says so to the reader."""
    try:
        return memo.current_token()
    except Error:
        return None


def remembered(table: dict, key: str, find: Callable[[str], Any]) -> Any:
    try:
        return table[key]
    except KeyError:
        if len(table) > KNOWN:
            table.clear()
        value = table[key] = find(key)
        return value


def host_allowed(host: str) -> bool:
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def declared_params(path: str) -> tuple[str, ...] | None:
    """The query parameters the view at this path declares; None where no public view answers."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    codes = dict(settings.LANGUAGES)
    try:
        with translation.override(first if first in codes else settings.LANGUAGE_CODE):
            return getattr(resolve(path.encode("latin-1").decode()).func, "params", None)
    except (Resolver404, UnicodeDecodeError):
        return None


def reduced(path: str, query: str, declared: tuple[str, ...]) -> str | None:
    """The query with its declared parameters alone, in one order; None where an old address may know the others."""
    try:
        given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return None
    if oldaddresses.known_params(path) & (given.keys() - set(declared)):
        return None
    return urlencode([(name, given[name]) for name in declared if name in given])


def scheme(environ: Environ) -> str:
    header = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    if header and header[0] in environ:
        return "https" if environ[header[0]].split(",")[0].strip() == header[1] else "http"
    return environ["wsgi.url_scheme"]


def preferred_coding(accept: str) -> str:
    """ "gzip" where the client takes it (RFC 9110, 12.5.3), else "identity"."""
    for part in accept.lower().split(","):
        name, _, params = part.partition(";")
        if name.strip() in ("gzip", "*"):
            _, _, q = params.partition("q=")
            return "identity" if q and not any(digit in "123456789" for digit in q) else "gzip"
    return "identity"


def matches(wanted: str, etag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2): a list, compared weakly."""
    return wanted.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in wanted.split(","))


def call(application: Callable, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
    answered: list = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        answered[:] = [status, headers]
        return lambda data: None

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return answered[0], answered[1], body


def may_keep(status: str, headers: list[tuple[str, str]]) -> bool:
    """A whole page that its view calls public, without a cookie and the same for everyone."""
    named = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200") and "public" in named.get("cache-control", "") and "set-cookie" not in named and "cookie" not in named.get("vary", "").lower()
    )


def stored(status: str, headers: list[tuple[str, str]], body: bytes) -> Stored:
    digest = hashlib.sha256(body).hexdigest()[:24]
    bodies = {"identity": body, "gzip": gzip.compress(body, 9, mtime=0)}
    etags = {"identity": f'"{digest}"', "gzip": f'"{digest}-gzip"'}
    common = [(name, value) for name, value in headers if name.lower() not in ("content-length", "content-encoding", "etag", "vary")]
    made = {coding: [*common, ("Content-Length", str(len(bodies[coding]))), ("ETag", etags[coding]), ("Vary", "Accept-Encoding")] for coding in bodies}
    made["gzip"].append(("Content-Encoding", "gzip"))
    return Stored(status, made, bodies, etags)
