"""A post as the checks read it: blocks of text with their links, made once from the HTML that readers get."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from articles.markup.plain import BLOCKS
from articles.models.posts import Post

CUTS = BLOCKS | {"td", "th"}
SPACES = re.compile(r"[ \t\n\r\f\u00a0]+")
LETTER_BEGINS = re.compile(r"(?i)(?:model|sample|draft) letter|(?:dear|to whom it may concern|уважаем|құрметті)\b")
LETTER_ENDS = re.compile(r"(?i)(?:yours|sincerely|signed|with (?:regards|respect)|in solidarity|с уважением|құрметпен)\b")


@dataclass(frozen=True)
class Link:
    """A link within a block: where its words stand, and where it leads."""

    start: int
    end: int
    href: str
    text: str


@dataclass
class Block:
    """A paragraph, heading, item, cell: its text, with a line end for each break; `letter` where it is part of a letter to copy."""

    tag: str
    text: str
    links: list[Link] = field(default_factory=list)
    field: str = "body"
    letter: bool = False


class Run:
    """What the checks of one run share, worked out once by the name of it."""

    def __init__(self) -> None:
        self.kept: dict[Any, Any] = {}

    def keep(self, key: Any, make: Any) -> Any:
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]


class Reading:
    """One post and its text."""

    def __init__(self, post: Post, run: Run) -> None:
        self.post = post
        self.run = run

    @cached_property
    def parsed(self) -> "Parser":
        return parse(self.post.body_html)

    @cached_property
    def body(self) -> list[Block]:
        return list(with_letters(self.parsed.blocks))

    @cached_property
    def blocks(self) -> list[Block]:
        """Every text of the post: standfirst, body, updates, then what is said in its records."""
        standfirst = [Block("p", line.strip(), field="standfirst") for line in self.post.standfirst.splitlines() if line.strip()]
        said = [Block(tag, text, field=field, letter=tag == "pre") for field, tag, text in self.post.said() if text.strip()]
        return [*standfirst, *self.body, *self.updates, *said]

    @cached_property
    def everywhere(self) -> list[Block]:
        return [Block("h1", self.post.title, field="title"), *self.blocks]

    @cached_property
    def updates(self) -> list[Block]:
        return [Block(block.tag, block.text, block.links, "updates") for update in self.post.updates.all() for block in parse(update.text_html).blocks]

    @property
    def images(self) -> list[tuple[str, str]]:
        """Source and alternative text of every picture of the body."""
        return self.parsed.images


class Parser(HTMLParser):
    """Blocks of what `text.render` wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.images: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.pieces: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.open: tuple[int, int, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in CUTS:
            self.cut()
            if tag != "hr":
                self.tags.append(tag)
        elif tag == "br":
            self.say("\n")
        elif tag == "img":
            self.images.append((given.get("src") or "", given.get("alt") or ""))
        elif tag == "a":
            self.open = (self.length, len(self.pieces), given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.open:
            start, piece, href = self.open
            self.links.append(Link(start, self.length, href, "".join(self.pieces[piece:])))
            self.open = None
        elif tag in CUTS:
            self.cut()
            if tag in self.tags:
                while self.tags.pop() != tag:
                    pass

    def handle_data(self, data: str) -> None:
        self.say(SPACES.sub(" ", data) if "pre" not in self.tags else data)

    def say(self, words: str) -> None:
        if words == " " and self.pieces and self.pieces[-1].endswith("\n"):
            return
        if self.pieces and self.pieces[-1].endswith("\n") and words != "\n":
            words = words.lstrip(" ")
        self.pieces.append(words)
        self.length += len(words)

    def cut(self) -> None:
        text = "".join(self.pieces)
        if text.strip():
            tag = next((tag for tag in reversed(self.tags) if tag != "p"), "p")
            self.blocks.append(Block(tag, text, self.links))
        self.pieces, self.links, self.length, self.open = [], [], 0, None


def parse(html: str) -> Parser:
    parser = Parser()
    parser.feed(html)
    parser.close()
    parser.cut()
    return parser


def with_letters(blocks: list[Block]) -> Iterator[Block]:
    """Marks what is a letter to copy, from its salutation to the signature below its close; there, a gap is meant for the sender."""
    inside = closing = False
    for block in blocks:
        text = block.text.strip()
        if LETTER_BEGINS.match(text):
            inside, closing = True, False
        block.letter = inside or block.tag in ("pre", "blockquote")
        inside = inside and not closing
        closing = inside and bool(LETTER_ENDS.match(text))
        yield block
