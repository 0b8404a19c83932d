"""XML as a stream of finished elements. Hostile by assumption: no DOCTYPE, no depth, no boundless element.

Expat runs without namespaces, so that a prefix nobody declared stops nothing; known namespaces get our own short prefix,
whatever the file calls them.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

PIECE = 1024 * 1024
"""Bytes fed at a time: expat 2.5 rescans an unfinished token with every piece."""
DEPTH = 200
ELEMENT_CHARACTERS = 64 * 1024 * 1024
CUT_OFF = {expat.errors.codes[message] for message in (
    expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN, expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)}  # fmt: skip

FAMILIES = (
    (re.compile(r"https?://wordpress\.org/export/[^/]*/excerpt/?"), "excerpt"),
    (re.compile(r"https?://wordpress\.org/export/[^/]*/?"), "wp"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?"), "content"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?"), "dc"),
    (re.compile(r"http://www\.w3\.org/2005/Atom"), ""),
    (re.compile(r"http://purl\.org/atom/app#|http://www\.w3\.org/2007/app"), "app"),
    (re.compile(r"http://purl\.org/syndication/thread/1\.0"), "thr"),
    (re.compile(r"http://schemas\.google\.com/blogger/(2008|2018)"), "blogger"),
    (re.compile(r"http://www\.w3\.org/1999/xhtml"), ""),
)


class XmlRefused(ValueError):
    """XML that is not read at all, whatever repair might do: hostile or boundless."""


class NotWellFormed(ValueError):
    """XML that breaks off or breaks the rules, at `line`."""

    def __init__(self, message: str, line: int, cut_off: bool) -> None:
        super().__init__(message)
        self.line, self.cut_off = line, cut_off


class Node:
    """An element with its text and children, in order."""

    __slots__ = ("attributes", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.parts: list[str | Node] = []

    def all(self, *names: str) -> "Iterator[Node]":
        return (part for part in self.parts if not isinstance(part, str) and part.name in names)

    def first(self, *names: str) -> "Node | None":
        return next(self.all(*names), None)

    def own_text(self) -> str:
        return "".join(part for part in self.parts if isinstance(part, str))

    def text(self, *names: str) -> str:
        """The text of the first child of these names; empty where there is none."""
        child = self.first(*names)
        return child.own_text() if child else ""

    def markup(self) -> str:
        """What is inside, as markup: for Atom's type="xhtml" (RFC 4287, 3.1.1.3)."""
        return "".join(escape(part) if isinstance(part, str) else part.outer() for part in self.parts)

    def outer(self) -> str:
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items() if not name.startswith("xmlns"))
        return f"<{self.name}{attributes}>{self.markup()}</{self.name}>"


class Reader:
    """Feeds expat and hands over each element that ends on the level of the items: children of feed, of channel."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.open: list[Node] = []
        self.finished: list[Node] = []
        self.scopes: list[tuple[dict[str, str], dict[str, str]]] = [({}, {})]
        self.level = 2
        self.characters_read = 0
        self.undeclared: set[str] = set()
        self.root = ""

    def read(self, stream: BinaryIO) -> Iterator[Node]:
        for piece in iter(lambda: stream.read(PIECE), b""):
            yield from self.feed(piece)
        yield from self.feed(b"", final=True)

    def feed(self, piece: bytes, final: bool = False) -> Iterator[Node]:
        try:
            self.parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise NotWellFormed(expat.ErrorString(error.code), error.lineno, final and error.code in CUT_OFF) from error
        except (LookupError, ValueError) as error:
            if isinstance(error, XmlRefused):
                raise
            raise NotWellFormed("unknown encoding", 1, False) from error
        finished, self.finished = self.finished, []
        return iter(finished)

    def doctype(self, *_declaration: object) -> None:
        raise XmlRefused("it declares a DOCTYPE, which no export has and which can hide an attack")

    def start(self, raw: str, attributes: dict[str, str]) -> None:
        declared = {name.partition(":")[2]: uri for name, uri in attributes.items() if name == "xmlns" or name.startswith("xmlns:")}
        self.scopes.append(({**self.scopes[-1][0], **declared}, {}) if declared else self.scopes[-1])
        if not self.open:
            self.root = raw.rpartition(":")[2]
            self.level = 2 if self.root == "feed" else 3
        if len(self.open) >= DEPTH:
            raise XmlRefused(f"its elements are nested more than {DEPTH} deep")
        if len(self.open) == self.level - 1:
            self.characters_read = 0
        namespaces, names = self.scopes[-1]
        if raw not in names:
            names[raw] = self.known_name(raw, namespaces)
        self.open.append(Node(names[raw], attributes))

    def known_name(self, raw: str, namespaces: dict[str, str]) -> str:
        prefix, _, local = raw.rpartition(":")
        uri = namespaces.get(prefix)
        if uri is None:
            if prefix and prefix != "xml":
                self.undeclared.add(prefix)
            return raw
        family = next((short for pattern, short in FAMILIES if pattern.fullmatch(uri.strip())), prefix)
        return f"{family}:{local}" if family else local

    def end(self, _raw: str) -> None:
        self.scopes.pop()
        node = self.open.pop()
        if len(self.open) >= self.level:
            self.open[-1].parts.append(node)
        elif len(self.open) == self.level - 1:
            self.finished.append(node)

    def characters(self, words: str) -> None:
        if len(self.open) >= self.level:
            self.characters_read += len(words)
            if self.characters_read > ELEMENT_CHARACTERS:
                raise XmlRefused("one of its entries has more than 64 million characters")
            self.open[-1].parts.append(words)
