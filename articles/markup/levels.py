"""How deep an HTML5 parser's open elements would stand, so that no file takes it deeper than a limit.

A parser's time grows with the square of the depth, and its output with the number of unclosed <b> and <i>, which it
opens again in every paragraph that follows. This follows its rules closely enough to count, in one pass over the tags.
"""

from collections import Counter

DEEPEST = 60
"""Elements inside each other; past it tags go, and what stands in them stays."""
MOST_FORMATS = 24
MOST_REOPENED = 200_000
"""Unclosed formats at one time, and how often they may be opened again in one file. Past either they end."""

FORMATS = frozenset({"b", "code", "em", "i", "s", "small", "strong", "tt"})
UNCOUNTED = frozenset({"a", "area", "br", "embed", "hr", "iframe", "img", "input", "param", "source", "track"})  # hold nothing, or end the one before
CLOSE_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
    "section", "summary", "table", "ul",
})  # fmt: skip
SCOPES = frozenset({"button", "caption", "marquee", "object", "table", "td", "th"})
# An element that ends the one of its kind before it, and where the search for that stops.
ENDS = {
    "li": ({"li"}, {"ul", "ol", "table"}), "dt": ({"dt", "dd"}, {"dl", "table"}), "dd": ({"dt", "dd"}, {"dl", "table"}),
    "tr": ({"tr", "caption"}, {"table", "tbody", "thead", "tfoot"}), "td": ({"td", "th"}, {"tr", "table"}), "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"tbody", "thead", "tfoot", "caption"}, {"table"}), "thead": ({"tbody", "thead", "tfoot", "caption"}, {"table"}),
    "tfoot": ({"tbody", "thead", "tfoot", "caption"}, {"table"}), "caption": ({"caption"}, {"table"}), "option": ({"option"}, {"select"}),
}  # fmt: skip
PARTS = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})


class Levels:
    def __init__(self) -> None:
        self.stack: list[str] = []
        self.formats: list[str] = []
        self.skipped: Counter[str] = Counter()
        self.reopened = 0

    def tag(self, name: str, closes: bool, rest: str) -> str:
        """This tag as it may be written: itself, with what has to end before it, or without itself."""
        tag = f"<{'/' if closes else ''}{name} {rest}"
        if name in UNCOUNTED:
            return tag
        if name in PARTS - {"table"} and "table" not in self.stack:
            return ""  # as the parser, which heeds no part of a table outside one
        if closes and self.skipped[name]:
            self.skipped[name] -= 1
            return "<p>" if name in CLOSE_PARAGRAPH else ""
        if name in FORMATS:
            return self.format(name, closes, tag)
        if closes:
            self.end({name}, SCOPES - {name} if name not in PARTS else {"table"} - {name})
            return tag
        return self.start(name, tag)

    def start(self, name: str, tag: str) -> str:
        if name in CLOSE_PARAGRAPH:
            self.end({"p"}, SCOPES)
            self.reopened += len(self.formats)
        if name in ENDS:
            self.end(*ENDS[name])
        if len(self.stack) >= DEEPEST:
            self.skipped[name] += 1
            return "<p>" if name in CLOSE_PARAGRAPH else ""
        self.stack.append(name)
        if self.reopened > MOST_REOPENED:
            tag = "".join(f"</{name}>" for name in reversed(self.formats)) + tag
            self.formats = []
        return tag

    def end(self, names: set[str], stops: set[str] | frozenset[str]) -> None:
        """The last open element of these names ends, and all within it, unless one of `stops` stands between."""
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth] in names:
                del self.stack[depth:]
                return
            if self.stack[depth] in stops:
                return

    def format(self, name: str, closes: bool, tag: str) -> str:
        if closes:
            if name in self.formats:
                self.formats.remove(name)
            return tag
        if len(self.formats) >= MOST_FORMATS or self.reopened > MOST_REOPENED:
            self.skipped[name] += 1
            return ""
        self.formats.append(name)
        return tag
