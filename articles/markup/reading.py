"""The tree of an HTML file read as blocks of marked words: what was said, without how it was laid out."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from articles.markup.allowed import ALLOWED
from articles.markup.cleaning import sanitise
from articles.markup.soup import BLOCKS, FRAMES, NUMBER, Node
from articles.markup.spans import SEEN, Href, Mark, Piece, apart, joined, settled

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MARKS = {"b": "strong", "i": "em", "s": "del", "tt": "code", "samp": "code", "var": "em", "dfn": "em"}
MARKS |= {tag: tag for tag in ("strong", "em", "del", "ins", "code", "sub", "sup", "mark", "small", "kbd", "cite", "q", "abbr", "time")}

# Word processors and old editors write emphasis as style.
STYLES = (
    ("strong", re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    ("em", re.compile(r"font-style:\s*(?:italic|oblique)", re.IGNORECASE)),
    ("del", re.compile(r"text-decoration[\w-]*:[^;]*line-through", re.IGNORECASE)),
)
UNSTYLED = {"strong": re.compile(r"font-weight:\s*(?:normal|[1-4]00)", re.IGNORECASE), "em": re.compile(r"font-style:\s*normal", re.IGNORECASE)}

PATH = r"[\w\-./?#@$&+,;=%~:()!*']*"
ORDINARY = re.compile(rf"https?://(?![\w.-]*xn--)(?:[\w-]+\.)+[A-Za-z][\w-]*(?::\d{{1,4}})?(?:[/?#]{PATH})?|mailto:[\w.+-]+@[\w.-]+|/{PATH}|#[\w-]+", re.ASCII)
SCRIPT = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data|livescript|mocha)[\x00-\x20]*:", re.IGNORECASE)
FILE_ON_DISK = re.compile(r"^file:[^#]*#(?=_)", re.IGNORECASE)
PLACEHOLDER = re.compile(r"data:|.*(?:blank|spacer|placeholder|transparent|lazy)[^/]*\.(?:gif|png|svg)$", re.IGNORECASE)
LAZY = ("data-lazy-src", "data-src", "data-original", "data-orig-src", "data-litespeed-src", "data-orig-file", "data-large-file")

BUTTONS = ("wp-block-file__button",)
"""Links that are drawn apart from the words before them."""
SIGN = "↗"
"""What a link without words is known by where its address has words elsewhere."""


@dataclass(slots=True)
class Block:
    """An element of what is written: words of its own (p, h2, pre), or other blocks."""

    tag: str
    blocks: list["Block"] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


class Flow:
    """Blocks as they come, and the paragraph that is being said."""

    def __init__(self, *, letters: bool = False) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.letters = letters
        self.said = 0

    def say(self, words: str = "", marks: tuple[Mark, ...] = (), kind: str = "words", target: str = "") -> None:
        if kind == "break" and self.letters:
            kind, words = "words", "\n"
        self.pieces.append(Piece(words, marks, kind, target))
        self.said += kind == "picture" or bool(SEEN.search(words))

    def close(self) -> None:
        """The paragraph ends; two line breaks within it ended one too."""
        if self.letters:
            if self.pieces and not self.pieces[-1].words.endswith("\n"):
                self.say("\n")
            return
        if not self.pieces:
            return
        paragraph: list[Piece] = []
        breaks = 0
        for piece in [*self.pieces, *(Piece(kind="break"),) * 2]:
            breaks = breaks + 1 if piece.kind == "break" else breaks if piece.blank else 0
            paragraph.append(piece)
            if breaks == 2:
                self.add(Block("p", pieces=settled(paragraph)))
                paragraph = []
        self.pieces = []

    def add(self, block: Block) -> None:
        if self.letters:
            self.close_letters()
        if block.pieces or block.blocks or block.tag == "hr":
            self.blocks.append(block)

    def close_letters(self) -> None:
        """What has been read of a <pre> is one, without line ends after it and without a <code> around all of it."""
        pieces, self.pieces = self.pieces, []
        if all(("code", "") in piece.marks for piece in pieces if not piece.blank):
            pieces = [without(piece, "code") for piece in pieces]
        while pieces and pieces[-1].kind == "words" and not pieces[-1].words.strip("\n"):
            pieces.pop()
        if pieces and pieces[-1].kind == "words":
            pieces[-1] = pieces[-1]._replace(words=pieces[-1].words.rstrip("\n"))
        if any(piece.shows for piece in pieces):
            self.blocks.append(Block("pre", pieces=list(joined(apart(pieces)))))


class Words:
    """Reads what stands within a line; its heir `structure.Reader` knows what to do with blocks."""

    def __init__(self, root: Node, link: Callable[[str], str] | None, picture: Callable[[str, str], str] | None) -> None:
        self.link, self.picture = link or (lambda href: href), picture or (lambda src, alt: src)
        self.root = root
        links = [node for node in root.everything() if node.tag == "a"]
        self.jumped_to = {address(node)[1:] for node in links if address(node).startswith("#")}
        self.worded = {key for node in links if says(node) for key in (address(node), node.get(NUMBER))}

    def block(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        raise NotImplementedError

    def blocks(self, node: Node, marks: tuple[Mark, ...]) -> list[Block]:
        flow = Flow()
        self.walk(node, flow, marks)
        flow.close()
        return flow.blocks

    def walk(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        self.place(node, flow, marks)
        for child in node.children:
            if isinstance(child, str):
                flow.say(child, marks)
            elif child.tag in BLOCKS:
                flow.close()
                self.block(child, flow, marks)
                flow.close()
            elif child.tag in FRAMES:
                self.frame(child, flow, marks)
            else:
                self.inline(child, flow, marks)

    def place(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        """Where a footnote's link leads; it stands before a link, not within it."""
        marks = tuple(mark for mark in marks if mark[0] != "a")
        for name in ("id", "name"):
            place = node.get(name)
            if place in self.jumped_to and ALLOWED.value("a", "id", place):
                flow.say(marks=marks, kind="place", target=place)
                return

    def inline(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        match node.tag:
            case "br":
                flow.say(marks=marks, kind="break")
            case "img":
                self.image(node, flow, marks)
            case "a" | "area":
                self.anchor(node, flow, marks)
            case "param" | "source" | "track":
                pass
            case _:
                self.walk(node, flow, self.marked(node, marks))

    def marked(self, node: Node, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        style, tag = node.get("style"), MARKS.get(node.tag)
        wanted = [tag] if tag and not (tag in UNSTYLED and UNSTYLED[tag].search(style)) else []
        wanted += [name for name, pattern in STYLES if pattern.search(style) and node.tag in ("span", "a", "em", "strong", "b", "i")]
        for name in wanted:
            value = {"abbr": node.get("title"), "time": node.get("datetime")}.get(name, "")
            if name not in dict(marks):
                marks = (*marks, (name, value))
        if node.get("dir").lower() == "rtl" and "span" not in dict(marks):
            marks = (*marks, ("span", "dir=rtl"))
        return marks

    def anchor(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        href = address(node)
        if not href or SCRIPT.match(href):
            self.walk(node, flow, self.marked(node, marks))
            return
        marks = tuple(mark for mark in marks if mark[0] != "a")  # a table may set a link within a link
        worded, href = href in self.worded, self.link(href)
        inner = (*self.marked(node, marks), ("a", Href(href))) if stays(href) else marks
        before = flow.said
        if node.has_class(*BUTTONS):
            flow.say(" ", marks)
        self.walk(node, flow, inner)
        if flow.said == before and (says(node) or node.get(NUMBER) not in self.worded):  # its picture was left out, or nobody could see it, but somebody set it
            flow.say(" ", marks)
            flow.say(node.get("alt") or node.get("title") or (SIGN if worded and not says(node) else href), inner)
            flow.say(" ", marks)
        if not stays(href):
            flow.say(f" ({href})", marks)

    def image(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        if is_pixel(node):
            return
        alt = " ".join((node.get("alt") or node.get("title")).split())
        source = source_of(node)
        if shown := source and self.picture(source, alt):
            flow.say(alt, marks, "picture", shown)
        elif alt or source:  # a browser shows the words alone
            flow.say(f" {alt} ", marks)

    def frame(self, node: Node, flow: Flow, marks: tuple[Mark, ...]) -> None:
        """A film, a map, a form of another site: a link to it in a paragraph of its own, and the words for those who cannot see it."""
        sources = [one.get("data") or source_of(one) for one in node.everything() if one.tag in FRAMES | {"source", "track"}]
        sources += [one.get("value") for one in node.everything() if one.tag == "param" and one.get("name").lower() in ("movie", "src")]
        flow.close()
        for source in dict.fromkeys(filter(None, sources)):
            if not SCRIPT.match(source):
                href = self.link(source)
                flow.say(href, (*(mark for mark in marks if mark[0] != "a"), ("a", Href(href))) if stays(href) else marks)
                flow.close()
        for one in node.everything():
            one.tag = "span" if one.tag in FRAMES else one.tag
        self.walk(node, flow, marks)
        flow.close()


def without(piece: Piece, tag: str) -> Piece:
    return piece._replace(marks=tuple(mark for mark in piece.marks if mark[0] != tag))


def address(node: Node) -> str:
    """Where it leads. A word processor's footnote names the file on its editor's disk: only the place in it is meant."""
    return FILE_ON_DISK.sub("#", re.sub(r"[\t\n\r]", "", node.get("href")))


def says(node: Node) -> bool:
    return any(one.tag == "img" or any(isinstance(child, str) and SEEN.search(child) for child in one.children) for one in node.everything())


def is_pixel(node: Node) -> bool:
    """A counter, and no picture."""
    return {node.get("width"), node.get("height")} <= {"0", "1"}


def source_of(node: Node) -> str:
    """Where the picture is: what a script would have put there, where the page holds a blank."""
    source = re.sub(r"[\t\n\r]", "", node.get("src"))
    if source and not PLACEHOLDER.match(source):
        return source
    largest = [one.split()[0] for one in node.get("srcset").split(", ") if one.strip()][-1:]
    return next(filter(None, (*map(node.get, LAZY), *largest)), source)


@lru_cache(maxsize=1000)
def stays(href: str) -> bool:
    """Whether the sanitiser lets this address be a link; asked of itself unless it plainly does."""
    return bool(ORDINARY.fullmatch(href)) or " href=" in sanitise(f'<a href="{html.escape(href)}">a</a>')
