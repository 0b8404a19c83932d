"""Walks every internal link of the site, by whatever fetches a path, and keeps what a test wants to know of each answer."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

MOST = 3_000
"""Pages past which the walk is going round in circles."""


@dataclass
class Answer:
    status: int
    content_type: str
    body: bytes
    location: str = ""

    @property
    def is_html(self) -> bool:
        return self.content_type.startswith("text/html")


@dataclass
class Page(HTMLParser):
    """What a page says of itself and where it leads."""

    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
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


def crawl(site_url: str, fetch: Callable[[str], Answer]) -> tuple[dict[str, Answer], dict[str, str]]:
    """Every answer by its path, and for each path the page that led there."""
    answers: dict[str, Answer] = {}
    led = {"/": ""}
    waiting = deque(led)
    while waiting:
        path = waiting.popleft()
        answer = answers[path] = fetch(path)
        assert len(answers) <= MOST, f"more than {MOST} pages: the last was {path}"
        if not answer.is_html:
            continue
        page = read(answer)
        for link in page.links + page.resources:
            to = inside(site_url + path, link)
            if to and to not in led:
                led[to] = path
                waiting.append(to)
    return answers, led
