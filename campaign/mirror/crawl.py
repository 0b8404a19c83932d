"""Ask our own site for every public page, following the links from the home page, and turn addresses into files."""

import posixpath
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import Resolver404, resolve

from articles import mirroring
from campaign.middleware import CSP
from campaign.mirror import search
from campaign.pagecache import call

STARTS = ("/", "/mirror/", search.PAGE)
"""Where the crawl begins; whatever these do not lead to, no reader could reach either."""
LINK = re.compile(rb' (href|src|action)="(/[^"]*)"')
SRCSET = re.compile(rb' srcset="(/[^"]*)"')
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


class Crawl:
    """Walks the site once. `names` knows the file of every address seen so far."""

    def __init__(self) -> None:
        self.application = WSGIHandler()
        self.site = urlsplit(settings.SITE_URL)
        self.names: dict[str, str | None] = {}
        self.queue: deque[str] = deque()

    def files(self, made_at: datetime) -> Iterator[File]:
        """Every page, text, feed, calendar and card, and the static files and pictures they use."""
        for start in STARTS:
            self.name_of(start)
        while self.queue:
            asked = mirroring.made_at.set(made_at)
            try:
                file = self.file_of(self.queue.popleft())
            finally:
                mirroring.made_at.reset(asked)
            yield file

    def file_of(self, path: str) -> File:
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            return File(self.names[path], stored_file(path))
        if path == search.INDEX:
            return File(self.names[path], search.index())
        if path == search.PAGE:
            return File(self.names[path], self.rewrite(path, search.page()))
        status, content_type, body = self.ask(path)
        if status != 200:
            raise MirrorError(f"{path} answers {status}, though a page links it. The mirror was not changed; mend the link and try again.")
        return File(self.names[path], self.rewrite(path, body) if content_type.startswith("text/html") else body)

    def ask(self, path: str) -> tuple[int, str, bytes]:
        status, headers, body = call(self.application, self.environ(path))
        return int(status.split()[0]), dict(headers).get("Content-Type", ""), body

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
            known = is_public(path) or path == search.INDEX or path.startswith((settings.STATIC_URL, settings.MEDIA_URL))
            self.names[path] = file_name(path, "xml" if path.endswith("/feed/") else "html") if known else None
            if known:
                self.queue.append(path)
        return self.names[path]

    def rewrite(self, path: str, page: bytes) -> bytes:
        """Links made relative to this page, or led to the live site; the policy put where no header will carry it."""
        here = posixpath.dirname(self.names[path])

        def moved(address: str) -> str:
            parts = urlsplit(unescape(address))
            name = None if parts.query else self.name_of(unquote(parts.path))
            if name is None:
                return f"{settings.SITE_URL}{address}"
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            return escape(f"{posixpath.relpath(name, here or '.')}{fragment}")

        page = LINK.sub(lambda match: b' %s="%s"' % (match[1], moved(match[2].decode()).encode()), page)
        page = SRCSET.sub(lambda match: b' srcset="%s"' % srcset(match[1].decode(), moved).encode(), page)
        return HEAD.sub(lambda match: match[0] + f'<meta http-equiv="Content-Security-Policy" content="{META_CSP}">'.encode(), page, count=1)


def srcset(value: str, moved) -> str:
    pairs = (part.split() for part in value.split(","))
    return ", ".join(" ".join([moved(address), *width]) for address, *width in pairs)


def stored_file(path: str) -> bytes:
    root, prefix = (settings.STATIC_ROOT, settings.STATIC_URL) if path.startswith(settings.STATIC_URL) else (settings.MEDIA_ROOT, settings.MEDIA_URL)
    try:
        return (root / path.removeprefix(prefix)).read_bytes()
    except OSError as error:
        raise MirrorError(f"{path} is used by a page but is not on the disk. Run `manage.py collectstatic`, or put the picture back.") from error
