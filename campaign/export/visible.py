"""What a reader sees of a body: its words, its links, its pictures."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Self

from articles.markup.plain import BLOCKS
from articles.markup.rendering import Unrenderable, marked_up

DIVIDES = BLOCKS | {"br", "td", "th", "thead", "tbody"}
SPACES = re.compile(r"[ \t\r\f]+")
LINES = re.compile(r" ?\n[ \n]*")


class Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.images: list[tuple[str, str]] = []

    @classmethod
    def of(cls, markup: str) -> Self:
        visible = cls()
        visible.feed(markup)
        visible.close()
        return visible

    @property
    def text(self) -> str:
        return LINES.sub("\n", SPACES.sub(" ", "".join(self.words))).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in DIVIDES:
            self.words.append("\n")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "img" and given.get("src"):
            self.images.append((given["src"], given.get("alt") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in DIVIDES:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def pictures_meant(body: str) -> Iterator[tuple[str, str]]:
    """Every picture that a Markdown text means to show, those of other hosts too, of which readers get a link alone."""
    if "![" not in body and "<img" not in body.lower():
        return
    try:
        yield from Visible.of(marked_up(body)).images
    except Unrenderable:
        return
