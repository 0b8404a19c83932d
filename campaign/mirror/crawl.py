"""Ask our own site for every public page, following the links from the home page, and turn addresses into files."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from io import BytesIO
from multiprocessing import get_context
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import Resolver404, resolve

from articles import mirroring
from campaign.middleware import CSP
from campaign.mirror import search
from campaign.pagecache import call

STARTS = ("/", "/mirror/", search.PAGE)
"""Where the crawl begins; whatever these do not lead to, no reader could reach either."""
LINK = re.compile(rb' (href|src|action)="(/[^"]*)"')
SRCSET = re.compile(rb' srcset="(/[^"]*)"')
STORED = re.compile(rf"(?:{settings.STATIC_URL}|{settings.MEDIA_URL})(?:(?!\.)[\w.-]+/)*(?!\.)[\w.-]+", re.ASCII)
"""Addresses of files on our disk: a link that somebody typed must not climb out of their folders, where the keys are."""
SAID = (200, 404, 410)
"""Answers that a link in somebody's text may lead to: what was withdrawn since, or never was, must not keep the next mirror from being made."""
CHUNK = 32
"""Pages that one process renders one after another: what they share it renders once."""
META_CSP = CSP.replace("; frame-ancestors 'none'", "")
HEAD = re.compile(rb"<head>", re.IGNORECASE)


class MirrorError(Exception):
    """The mirror cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class File:
    """One file of the mirror: its name, relative to the root, and its content."""

    name: str
    content: bytes


def file_name(path: str, content_type: str) -> str:
    """/2012/08/ → 2012/08/index.html; /feed/ → feed/index.xml; everything else keeps its name."""
    name = unquote(path).lstrip("/")
    if name and not name.endswith("/"):
        return name
    return f"{name}index.xml" if "xml" in content_type else f"{name}index.html"


def is_public(path: str) -> bool:
    """Whether a page at this path is the same for every reader, and so may be mirrored."""
    try:
        return hasattr(resolve(path).func, "params")
    except Resolver404:
        return False


def relative(name: str, here: list[str]) -> str:
    """The way to a file from a folder, both from the mirror's root: `posixpath.relpath` in a tenth of its time, which a mirror takes half a million times."""
    parts, shared = name.split("/"), 0
    for ours, theirs in zip(here, parts, strict=False):
        if ours != theirs:
            break
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *parts[shared:]])


Target = tuple[str | None, str]
"""Where a link leads: a file, or None for the live site, and the place in it."""

Found = tuple[File, list[str]]
"""A file, and the addresses that its page was the first of its walker's to name."""


class Crawl:
    """Walks the site once. `names` knows the file of every address seen so far, `targets` that of every link as it is written."""

    def __init__(self) -> None:
        self.application = WSGIHandler()
        self.site = urlsplit(settings.SITE_URL)
        self.names: dict[str, str | None] = {}
        self.targets: dict[str, Target] = {}
        self.new: list[str] = []

    def files(self, made_at: datetime, jobs: int = 1) -> Iterator[File]:
        """Every page, text, feed, calendar and card, and the static files and pictures they use; what one round of
        pages links to is asked for in the next, by so many processes."""
        for start in STARTS:
            self.name_of(start)
        seen, wanted = set(self.new), self.new
        with walkers(self, made_at, jobs) as walk:
            while wanted:
                linked: list[str] = []
                for file, named in walk(wanted):
                    linked += named
                    yield file
                wanted = sorted(set(linked) - seen)  # neighbours in time print the same pieces
                seen.update(wanted)

    def visit(self, path: str, made_at: datetime) -> Found:
        self.new = []
        self.name_of(path)
        self.new = []
        asked = mirroring.made_at.set(made_at)
        try:
            return self.file_of(path), self.new
        finally:
            mirroring.made_at.reset(asked)

    def file_of(self, path: str) -> File:
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            return File(self.names[path], stored_file(path))
        if path == search.INDEX:
            return File(self.names[path], search.index())
        if path == search.PAGE:
            return File(self.names[path], self.rewrite(path, search.page()))
        status, content_type, body = self.ask(path)
        if status not in SAID:
            raise MirrorError(f"{path} answers {status}, though a page links it. The mirror was not changed; see the log, and try again.")
        return File(self.names[path], self.rewrite(path, body) if content_type.startswith("text/html") else body)

    def ask(self, path: str, follow: bool = True) -> tuple[int, str, bytes]:
        """What a reader gets who follows a link: of what has moved, the page where it is now."""
        status, headers, body = call(self.application, self.environ(path))
        named = dict(headers)
        if follow and "Location" in named:
            return self.ask(unquote(urlsplit(named["Location"]).path), follow=False)
        return int(status.split()[0]), named.get("Content-Type", ""), body

    def environ(self, path: str) -> dict:
        """A request as our own server would hand it on."""
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "HTTP_HOST": self.site.netloc,
            "SERVER_NAME": self.site.hostname,
            "SERVER_PORT": str(self.site.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": BytesIO(),
        }

    def name_of(self, path: str) -> str | None:
        """The file an address lives in, put on the queue the first time; None for what only the live site can answer."""
        if path not in self.names:
            known = is_public(path) or path == search.INDEX or STORED.fullmatch(path)
            self.names[path] = file_name(path, "xml" if path.endswith("/feed/") else "html") if known else None
            if known:
                self.new.append(path)
        return self.names[path]

    def target_of(self, address: str) -> Target:
        parts = urlsplit(unescape(address))
        name = None if parts.query else self.name_of(unquote(parts.path))
        return name, f"#{parts.fragment}" if parts.fragment else ""

    def rewrite(self, path: str, page: bytes) -> bytes:
        """Links made relative to this page, or led to the live site; the policy put where no header will carry it."""
        here = self.names[path].split("/")[:-1]

        def moved(address: str) -> str:
            if address not in self.targets:
                self.targets[address] = self.target_of(address)
            name, fragment = self.targets[address]
            return f"{settings.SITE_URL}{address}" if name is None else escape(f"{relative(name, here)}{fragment}")

        page = LINK.sub(lambda match: b' %s="%s"' % (match[1], moved(match[2].decode()).encode()), page)
        page = SRCSET.sub(lambda match: b' srcset="%s"' % srcset(match[1].decode(), moved).encode(), page)
        return HEAD.sub(lambda match: match[0] + f'<meta http-equiv="Content-Security-Policy" content="{META_CSP}">'.encode(), page, count=1)


@contextmanager
def walkers(crawl: Crawl, made_at: datetime, jobs: int) -> Iterator[Callable[[list[str]], Iterable[Found]]]:
    """What visits many addresses: this process, or so many copies of it. A copy opens a connection of its own to the database."""
    if jobs == 1:
        yield lambda paths: (crawl.visit(path, made_at) for path in paths)
        return
    connections.close_all()
    with get_context("fork").Pool(jobs, initializer=walker.set, initargs=[(crawl, made_at)]) as pool:
        yield lambda paths: pool.imap_unordered(visited, paths, chunksize=CHUNK)


walker: ContextVar[tuple[Crawl, datetime]] = ContextVar("walker")
"""In a copy of the process: what it walks with."""


def visited(path: str) -> Found:
    crawl, made_at = walker.get()
    return crawl.visit(path, made_at)


def srcset(value: str, moved) -> str:
    pairs = (part.split() for part in value.split(","))
    return ", ".join(" ".join([moved(address), *width]) for address, *width in pairs)


def stored_file(path: str) -> bytes:
    root, prefix = (settings.STATIC_ROOT, settings.STATIC_URL) if path.startswith(settings.STATIC_URL) else (settings.MEDIA_ROOT, settings.MEDIA_URL)
    try:
        return (root / path.removeprefix(prefix)).read_bytes()
    except OSError as error:
        raise MirrorError(f"{path} is used by a page but is not on the disk. Run `manage.py collectstatic`, or put the picture back.") from error
