"""An export that is not well-formed but can be made so: written anew, with a count of every kind of repair.

In this order: what stands before and after the document, an encoding that lies, forbidden characters and references to them,
bare `&` and HTML entities, `<` that opens nothing, CDATA inside CDATA.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO
from xml.sax.saxutils import escape

from campaign.imports.xml_reader import PIECE, NotWellFormed

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
START = re.compile(r"<\?xml\s|<rss[\s>]|<feed[\s>]|<!DOCTYPE\s")
PROLOG = re.compile(r"<\?xml\s[^>]*\?>")
ENCODING = re.compile(rb"""<\?xml\s[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")
SPECIAL = re.compile(r"[<&]|\]\]>")
TAG = re.compile(r"""<(/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>""")
BARE_AMPERSAND = re.compile(r"&(?!#[0-9]+;|#[xX][0-9a-fA-F]+;|(?:amp|lt|gt|quot|apos);)")
REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
CDATA, CDATA_END = "<![CDATA[", "]]>"
LOOK_AHEAD = 4096
"""Characters that tell what a `]]>`, a `<` or an `&` is."""

BEFORE = "text before the document was dropped"
AFTER = "text after the document was dropped"
BYTES = "bytes that are not in the file's encoding were read as Windows-1252"
CHARACTERS = "characters that XML forbids were dropped"
ENTITIES = "HTML entities were replaced by their characters"
BARE = "bare “&” or “<” were escaped"
NESTED = "ends of CDATA sections inside others were escaped"


def repaired(stream: BinaryIO, repairs: Counter) -> Iterator[bytes]:
    """The document in UTF-8, piece by piece; `repairs` counts what was done. NotWellFormed where nothing can be done."""
    yield b"<?xml version='1.0' encoding='UTF-8'?>"
    scanner = Scanner(repairs)
    for words in characters(stream, repairs):
        yield scanner.feed(words).encode()
    yield scanner.feed("", final=True).encode()


def characters(stream: BinaryIO, repairs: Counter) -> Iterator[str]:
    """Decoded text from the document's start on, without forbidden characters."""
    head = stream.read(PIECE)
    declared = ENCODING.search(head)
    decoder = forgiving(declared[1].decode() if declared else "utf-8", head, repairs)
    words = decoder.decode(head)
    start = START.search(words)
    if not start:
        raise NotWellFormed("no element found", 1, False)
    if start.start():
        repairs[BEFORE] += 1
    words = PROLOG.sub("", words[start.start() :], count=1)
    while words:
        clean, count = FORBIDDEN.subn("", words)
        repairs[CHARACTERS] += count
        yield clean
        piece = stream.read(PIECE)
        words = decoder.decode(piece, final=not piece)


def forgiving(encoding: str, head: bytes, repairs: Counter) -> codecs.IncrementalDecoder:
    """A decoder that reads what is not in this encoding as Windows-1252, byte by byte."""

    def as_windows(error: UnicodeDecodeError) -> tuple[str, int]:
        repairs[BYTES] += error.end - error.start
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error("import-as-windows", as_windows)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return codecs.getincrementaldecoder(encoding)("import-as-windows")
    except LookupError:
        return codecs.getincrementaldecoder("utf-8")("import-as-windows")


class Scanner:
    """Walks over the text token by token and lets through only what is well-formed."""

    def __init__(self, repairs: Counter) -> None:
        self.repairs = repairs
        self.buffer, self.position = "", 0
        self.in_section = self.ended = False
        self.element = self.root = ""

    def feed(self, words: str, final: bool = False) -> str:
        """What can be said for certain after these words; the rest waits for the next."""
        self.buffer, self.position = self.buffer[self.position :] + words, 0
        certain = len(self.buffer) - (0 if final else LOOK_AHEAD)
        out: list[str] = []
        while self.position < certain and not self.ended:
            piece = self.section(certain) if self.in_section else self.outside(certain)
            if piece is None:
                break
            out.append(piece)
        if self.ended:
            if self.buffer[self.position :].strip():
                self.repairs[AFTER] = 1
            self.position = len(self.buffer)
        return "".join(out)

    def take(self, end: int) -> str:
        piece, self.position = self.buffer[self.position : end], end
        return piece

    def section(self, certain: int) -> str:
        """Up to the section's real end: one that the end of its element follows, or another section."""
        end = self.buffer.find(CDATA_END, self.position, certain + len(CDATA_END) - 1)
        if end < 0 or end >= certain:
            return self.take(certain)
        after = self.buffer[end + 3 : end + LOOK_AHEAD].lstrip()
        if not after or after.startswith((f"</{self.element}", CDATA)):
            self.in_section = False
            return self.take(end + 3)
        self.repairs[NESTED] += 1
        return self.take(end) + self.instead(3, "]]]]><![CDATA[>")

    def instead(self, length: int, words: str) -> str:
        self.position += length
        return words

    def outside(self, certain: int) -> str | None:
        """The text up to the next token, or that token; None where its end is not there yet."""
        match = SPECIAL.search(self.buffer, self.position, certain + 2)
        if not match or match.start() >= certain:
            return self.take(certain)
        if match.start() > self.position:
            return self.take(match.start())
        if match[0] == CDATA_END:
            self.repairs[NESTED] += 1
            return self.instead(3, "]]&gt;")
        return self.reference() if match[0] == "&" else self.angle()

    def reference(self) -> str:
        match = REFERENCE.match(self.buffer, self.position)
        if not match:
            self.repairs[BARE] += 1
            return self.instead(1, "&amp;")
        decimal, hexadecimal, name = match.groups()
        length = len(match[0])
        if name:
            return self.instead(length, match[0] if name in XML_ENTITIES else self.entity(name))
        if allowed(int(decimal or int(hexadecimal, 16))):
            return self.instead(length, match[0])
        self.repairs[CHARACTERS] += 1
        return self.instead(length, "")

    def entity(self, name: str) -> str:
        known = html5.get(f"{name};")
        self.repairs[ENTITIES if known else BARE] += 1
        return escape(known) if known else f"&amp;{name};"

    def angle(self) -> str | None:
        if self.buffer.startswith(CDATA, self.position):
            self.in_section = True
            return self.instead(len(CDATA), CDATA)
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if self.buffer.startswith(opening, self.position):
                end = self.buffer.find(closing, self.position)
                return self.take(end + len(closing)) if end >= 0 else None
        match = TAG.match(self.buffer, self.position)
        if match:
            return self.tag(match)
        if self.buffer.startswith("<!", self.position):
            return self.instead(2, "<!")  # a DOCTYPE stays, so that the reader refuses it
        self.repairs[BARE] += 1
        return self.instead(1, "&lt;")

    def tag(self, match: re.Match) -> str:
        closes, name, attributes, empty = match.groups()
        self.element = name
        self.root = self.root or name
        self.ended = bool(closes) and name == self.root
        self.position = match.end()
        return f"<{closes}{name}{BARE_AMPERSAND.sub(self.ampersand, attributes)}{empty}>"

    def ampersand(self, _match: re.Match) -> str:
        self.repairs[BARE] += 1
        return "&amp;"


def allowed(code: int) -> bool:
    """Whether XML 1.0 allows the character (section 2.2)."""
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
