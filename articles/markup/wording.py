"""Pieces (see `spans`) as Markdown within a line, and as HTML."""

import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from articles.markup import escaping
from articles.markup.spans import Piece

# An address that may stand in angle brackets as its own link.
ITSELF = re.compile(r"(?:https?://)[\w\-.~:/?#@$&+,=%]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
Run = list[tuple[int, Piece]]


class Wording:
    """The pieces of one paragraph."""

    def __init__(self, pieces: list[Piece], *, line_break: str = "  \n") -> None:
        self.pieces, self.line_break = pieces, line_break

    def __str__(self) -> str:
        return "\n".join(map(escaping.line_start, self.line().split("\n")))

    def line(self) -> str:
        return self.written(list(enumerate(self.pieces)), 0)

    def written(self, run: Run, depth: int) -> str:
        said = ""
        for mark, group in groupby(run, key=lambda item: item[1].marks[depth : depth + 1]):
            within = list(group)
            part = self.marked(*mark[0], within, depth + 1) if mark else "".join(map(self.plain, within))
            if said.endswith("!") and part.startswith("["):
                said = f"{said[:-1]}\\!"
            said += part
        return said

    def plain(self, item: tuple[int, Piece]) -> str:
        piece = item[1]
        match piece.kind:
            case "break":
                return self.line_break
            case "picture":
                return picture(piece)
            case "place":
                return f"<a{escaping.attribute('id', piece.target)}></a>"
            case _:
                return escaping.words(piece.words, in_link=any(tag == "a" for tag, _value in piece.marks))

    def marked(self, tag: str, value: str, run: Run, depth: int) -> str:
        alone = run[0][1].words if len(run) == 1 and run[0][1].kind == "words" and len(run[0][1].marks) == depth else None
        if tag == "code" and alone and (span := escaping.code(alone)):
            return span
        if tag == "a" and alone and ITSELF.fullmatch(alone) and str(value) in (alone, f"mailto:{alone}"):
            return f"<{alone}>"
        inner = self.written(run, depth)
        if tag in ("strong", "em") and not any(piece.kind == "words" for _number, piece in run):
            return inner
        if tag == "a" and not inner.startswith("^") and (address := escaping.destination(value)):
            return f"[{inner}]({address})"
        if tag == "strong":
            return f"**{inner}**"
        if tag == "em" and not self.touches(run, lambda piece, char: char.isalnum() or char == "_"):
            return f"_{inner}_"
        if tag == "em" and alone and depth == 1 and not self.touches(run, lambda piece, char: piece.marks):
            return f"*{inner}*"
        return f"<{tag}{''.join(escaping.attribute(*one) for one in attributes(tag, value))}>{inner}</{tag}>"

    def touches(self, run: Run, test: Callable[[Piece, str], object]) -> bool:
        """Whether this is so of the piece and the character before or after."""
        first, last = run[0][0], run[-1][0]
        before, after = self.pieces[first - 1 : first], self.pieces[last + 1 : last + 2]
        return any(test(piece, char) for piece in before for char in piece.words[-1:]) or any(test(piece, char) for piece in after for char in piece.words[:1])


def picture(piece: Piece) -> str:
    address = escaping.destination(piece.target)
    if address and not re.search(r"[\\`*_<>&\[\]!\n]", piece.words):
        return f"![{piece.words}]({address})"
    return f"<img{escaping.attribute('src', piece.target)}{escaping.attribute('alt', piece.words)}>"


def attributes(tag: str, value: str) -> Iterator[tuple[str, str]]:
    name = {"a": "href", "abbr": "title", "time": "datetime"}.get(tag)
    if name and value:
        yield name, value
    elif value:  # of a span: "dir=rtl lang=ar"
        yield from (one.split("=") for one in value.split())


def as_html(pieces: list[Piece], *, letters: bool = False) -> str:
    """The same as HTML, for a block that Markdown cannot say. `letters`: of a <pre>."""

    def written(run: list[Piece], depth: int) -> str:
        return "".join(
            element(*mark[0], written(list(group), depth + 1)) if mark else "".join(map(plain, group))
            for mark, group in groupby(run, key=lambda piece: piece.marks[depth : depth + 1])
        )

    def element(tag: str, value: str, inner: str) -> str:
        given = "".join(f' {name}="{html.escape(one)}"' for name, one in attributes(tag, value))
        return f"<{tag}{given}>{inner}</{tag}>"

    def plain(piece: Piece) -> str:
        match piece.kind:
            case "break":
                return "<br>"
            case "picture":
                return f'<img src="{html.escape(piece.target)}" alt="{html.escape(piece.words)}">'
            case "place":
                return f'<a id="{html.escape(piece.target)}"></a>'
            case _:
                return escaping.raw(piece.words, letters=letters)

    return written(pieces, 0)
