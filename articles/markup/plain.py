"""Safe HTML to plain text, nothing lost: what report.txt, search and exports print."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "caption", "tr", "dl", "dt", "dd"}) | {
    "figure", "figcaption", "details", "summary", "div", "hr",
}  # fmt: skip
ROWS = frozenset({"li", "tr", "dt", "dd"})
SPACES = re.compile(r"[ \t\n\r\f]+")


def plain(markup: str, *, below: bool = False) -> str:
    """The visible text of what `sanitise` wrote: a blank line between blocks, none between items, rows and terms.

    An address that the words of its link do not show stands in brackets behind them or, with `below`, under all of the text.
    """
    words = Words(below=below)
    words.feed(markup)
    words.close()
    words.end_block()
    said = "".join(f"{gap}{text}" for gap, text in words.blocks).strip("\n")
    return "\n\n".join(filter(None, [said, "\n".join(dict.fromkeys(words.below or ()))]))


class Words(HTMLParser):
    def __init__(self, *, below: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.below: list[str] | None = [] if below else None
        self.blocks: list[tuple[str, str]] = []  # what stands between it and the one before, its text
        self.line: list[str] = []
        self.within: list[list[str]] = []  # per open quote and item: its mark, and what stands below the mark
        self.numbers: list[int | None] = []
        self.links: list[tuple[str, list[str]]] = []
        self.pre = 0
        self.row = self.rows = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS:
            self.end_block()
        if tag in ("ul", "ol"):
            self.numbers.append(int(given.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            mark = self.next_mark()
            self.within.append([mark, " " * len(mark)])
        elif tag == "blockquote":
            self.within.append(["> ", "> "])
        elif tag == "a":
            self.links.append((given.get("href") or "", []))
        elif tag in ("td", "th") and any(map(str.strip, self.line)):
            self.line = ["".join(self.line).strip(), " | "]
        elif tag == "br":
            self.line.append("\n")
        elif tag in ("hr", "img"):
            self.line.append("* * *" if tag == "hr" else f"[{given['alt']}]" if given.get("alt") else "")
        self.pre += tag == "pre"
        self.row = self.row or tag in ROWS

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self.say_address(unseen(*self.links.pop()))
        if tag in BLOCKS:
            self.end_block()
        if tag in ("ul", "ol") and self.numbers:
            self.numbers.pop()
        if tag in ("li", "blockquote") and self.within:
            self.within.pop()
        if tag in ("ul", "ol", "table", "dl") and not self.numbers:
            self.rows = False
        self.pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
        data = data if self.pre else SPACES.sub(" ", data)
        self.line.append(data)
        for _href, words in self.links:
            words.append(data)

    def say_address(self, address: str) -> None:
        if self.below is None:
            self.line.append(address and f" ({address})")
        elif address:
            self.below.append(address)

    def next_mark(self) -> str:
        if not self.numbers or self.numbers[-1] is None:
            return "- "
        self.numbers[-1] += 1
        return f"{self.numbers[-1] - 1}. "

    def end_block(self) -> None:
        """What has been read since the last block's end becomes a block, if it holds a word."""
        text, self.line = "".join(self.line), []
        if not self.pre:
            text = "\n".join(line.strip(" ") for line in text.split("\n"))
        if not text.strip():
            return
        lines = text.strip("\n").split("\n")
        prefix = "".join(mark for mark, _below in self.within)
        for frame in self.within:
            frame[0] = frame[1]
        below = "".join(mark for mark, _below in self.within)
        whole = "\n".join([prefix + lines[0], *(below + line if line else below.rstrip() for line in lines[1:])])
        self.blocks.append(("\n" if self.row and self.rows else "\n\n", whole))
        self.rows, self.row = self.rows or self.row, False


def unseen(href: str, words: list[str]) -> str:
    """The address behind words that do not show it."""
    address = re.sub(r"^(?:mailto|tel|sms):", "", href, flags=re.IGNORECASE)
    said = bare("".join(words))
    return "" if not address or address.startswith("#") or said in (bare(address), bare(unquote(address))) else address


def bare(address: str) -> str:
    return re.sub(r"^(?:https?:)?//", "", address.strip(), flags=re.IGNORECASE).rstrip("/").casefold()
