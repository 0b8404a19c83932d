"""Walks every internal link of the site, by whatever fetches a path, and keeps what a test wants to know of each answer."""

import gzip
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

from campaign.tests.site import Site

MOST = 3_000
"""Pages past which the walk is going round in circles."""


@dataclass
class Answer:
    status: int
    content_type: str
    body: bytes
    transferred: int
    """Bytes of the body as it came, packed or not."""

    @property
    def is_html(self) -> bool:
        return self.content_type.startswith("text/html")


@dataclass
class Page(HTMLParser):
    """What a page says of itself and where it leads."""

    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    shapes: set[str] = field(default_factory=set)
    """Its elements, classes and directions: pages of the same shapes look alike."""
    h1: int = 0
    lang: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.in_title = tag == "title" and not self.title
        self.h1 += tag == "h1"
        if tag == "html":
            self.lang = values.get("lang", "")
        self.shapes |= {tag, *(f".{name}" for name in values.get("class", "").split()), values.get("dir", "")}
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("script", "img") and "src" in values:
            self.resources.append(values["src"])
        elif tag == "link" and values.get("rel") in ("stylesheet", "icon", "manifest", "preload"):
            self.resources.append(values["href"])
        elif "href" in values and values.get("rel") not in ("canonical", "preconnect"):
            self.links.append(values["href"])

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data


def ask(client: Client, path: str) -> Answer:
    """By Django's test client."""
    response = client.get(path)
    body = response.getvalue()
    return Answer(response.status_code, response["Content-Type"], body, len(body))


def fetch(site: Site, path: str) -> Answer:
    """Over the wire, as a browser does."""
    with site.get(path, **{"Accept-Encoding": "gzip"}) as response:
        raw = response.read()
        body = gzip.decompress(raw) if response.headers.get("Content-Encoding") == "gzip" else raw
        return Answer(response.status, response.headers["Content-Type"], body, len(raw))


def read(answer: Answer) -> Page:
    page = Page()
    page.feed(answer.body.decode())
    page.close()
    return page


def inside(address: str, link: str) -> str:
    """The path (with its query) of a link that stays on the site of the page at that address; empty for all others."""
    here, full = urlsplit(address), urlsplit(urldefrag(urljoin(address, link)).url)
    if full[:2] != here[:2]:
        return ""
    return full.path + (f"?{full.query}" if full.query else "")


@dataclass
class Walk:
    """Every answer and every page by its path, and for each path the page that led there first."""

    answers: dict[str, Answer] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    led: dict[str, str] = field(default_factory=dict)


def crawl(site_url: str, get: Callable[[str], Answer]) -> Walk:
    walk = Walk(led={"/": ""})
    waiting = deque(walk.led)
    while waiting:
        path = waiting.popleft()
        assert len(walk.answers) < MOST, f"more than {MOST} pages: the next is {path}, from {walk.led[path]}"
        answer = walk.answers[path] = get(path)
        if answer.is_html:
            page = walk.pages[path] = read(answer)
            found = [inside(site_url + path, link) for link in page.links]
            new = [to for to in dict.fromkeys(found) if to and to not in walk.led]
            walk.led.update(dict.fromkeys(new, path))
            waiting.extend(new)
    return walk
