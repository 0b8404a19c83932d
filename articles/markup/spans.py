"""Words with their marks (emphasis, links, …): what stands between the tree of an HTML file and the Markdown that says the same."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

Mark = tuple[str, str]
"""An inline element and what matters of its attributes: ("strong", ""), ("a", its address), ("abbr", its title) …"""


class Href(str):
    """The address of one link, equal to no other link's: two links beside each other stay two, though they lead to one place."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


SPACES = re.compile(r"\s{2,}|[ \t\n\r\f]")
SEEN = re.compile("[^\\s\u200b\u2060\ufeff\u00ad]")
"""Neither white space nor of no width."""


class Piece(NamedTuple):
    """Words, or one thing that stands among words: a line break, a picture, the place that a footnote points to."""

    words: str = ""
    marks: tuple[Mark, ...] = ()
    kind: str = "words"  # or "break", "picture" (words: its alt text), "place"
    target: str = ""

    @property
    def blank(self) -> bool:
        return self.kind == "break" or (self.kind == "words" and not self.words.strip())

    @property
    def shows(self) -> bool:
        return self.kind in ("picture", "place") or bool(SEEN.search(self.words))


def settled(pieces: Iterable[Piece]) -> list[Piece]:
    """As a browser shows them: single spaces, none at the ends of a line and none just inside a mark."""
    kept: list[Piece] = []
    for piece in (part for whole in joined(pieces) for part in parted(whole)):
        if piece.kind == "break" and kept and kept[-1].blank:
            kept.pop()
        if not piece.blank or (kept and not kept[-1].blank):
            kept.append(piece)
    while kept and kept[-1].blank:
        kept.pop()
    return list(joined(with_shared_marks(list(apart(kept))))) if any(piece.shows for piece in kept) else []


def apart(pieces: list[Piece]) -> Iterator[Piece]:
    """A space between a picture and what it touches: it may be shown as a link, whose words would run into that."""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else piece
        if piece is not before and "picture" in (piece.kind, before.kind) and solid(before) and solid(piece):
            yield Piece(" ")
        yield piece


def solid(piece: Piece) -> bool:
    return piece.kind == "picture" or (piece.kind == "words" and not piece.blank)


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Words with the same marks that follow each other become one piece."""
    for (kind, marks), group in groupby(pieces, key=itemgetter(2, 1)):
        if kind == "words":
            yield Piece("".join(piece.words for piece in group), marks)
        else:
            yield from group


def parted(piece: Piece) -> Iterator[Piece]:
    """White space before, words, white space after. A non-breaking space stays one where it stands alone within words."""
    if piece.kind != "words":
        yield piece
        return
    if piece.words[:1].isspace():
        yield Piece(" ", piece.marks)
    if words := piece.words.strip():
        yield Piece(SPACES.sub(" ", words), piece.marks)
        if piece.words[-1:].isspace():
            yield Piece(" ", piece.marks)


def with_shared_marks(pieces: list[Piece]) -> Iterator[Piece]:
    """White space and breaks carry the marks that the words on both sides share, and no others."""
    for number, piece in enumerate(pieces):
        if piece.blank:  # it never stands first or last, nor beside another
            one, other = pieces[number - 1].marks, pieces[number + 1].marks
            same = next((count for count, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
            piece = piece._replace(marks=one[:same])
        yield piece
