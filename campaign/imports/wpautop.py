"""Paragraphs of WordPress's classic editor: a blank line is a paragraph, a newline a line break, except where markup says otherwise."""

import re
from collections.abc import Iterator
from functools import cache

from campaign.imports.words import Finder, listed

BLOCKS = listed(
    "address area article aside blockquote caption center col colgroup dd details dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main map menu nav ol p section summary table tbody td tfoot th thead tr ul"
)
VOID = listed("area br col embed hr img input link meta param source track wbr")
NO_TEXT = listed("col colgroup dl map menu ol table tbody tfoot thead tr ul")
"""Blocks whose own text is only the space between their parts."""
ONE_PARAGRAPH = listed("address caption dt figcaption h1 h2 h3 h4 h5 h6 legend p summary")
LIGHT = listed("dd figure li td th")
"""Blocks that need no paragraph when they hold but one."""
KEPT = listed("audio noscript object pre script select style svg textarea video")
"""Elements whose newlines are no one's paragraphs."""
TOKEN = re.compile(r"""<!--|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?:"[^"]*"|'[^']*'|[^'"<>])*>""")
COMMENT_END = re.compile("-->")
END_TAG = re.compile(r"\s*</([a-zA-Z][a-zA-Z0-9:-]*)\s*>")
EMPTY_FORMATTING = re.compile(r"</?(?:a|b|big|del|em|font|i|ins|mark|s|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[ \t\r\f\v\xa0]*(?:\n[ \t\r\f\v\xa0]*)+")
BREAK = re.compile(r"[ \t]*(?:<br\s*/?>)?[ \t]*\n", re.IGNORECASE)


def autop(html: str) -> str:
    """Content as the classic editor stored it, with its paragraphs and line breaks as elements."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(Paragraphs().run(html))


class Paragraphs:
    """Walks over the markup; text and inline elements between two block tags are a run, and a run is cut into paragraphs."""

    def __init__(self) -> None:
        self.within: list[str] = []
        self.pending: list[str] = []
        self.inline: list[str] = []
        """Inline elements open at this point, as their start tags."""

    def run(self, html: str) -> Iterator[str]:
        ends = Finder(html)
        position = 0
        while match := TOKEN.search(html, position):
            self.pending.append(html[position : match.start()])
            name = (match["name"] or "").lower()
            closing = COMMENT_END if not name else end_of(name) if name in KEPT and not match["end"] else None
            end = ends.next(closing, match.end()) if closing else None
            position = end.end() if end else match.end()
            yield from self.token(name, html[match.start() : position], bool(match["end"]), whole=bool(end))
        self.pending.append(html[position:])
        yield from self.flush()

    def token(self, name: str, markup: str, ends: bool, whole: bool) -> Iterator[str]:
        if whole and name == "pre":
            yield from self.flush()
            yield markup
        elif whole:
            self.pending.append(markup.replace("\n", "\x00") if name else "")
        elif name in BLOCKS:
            yield from self.flush()
            self.enter_or_leave(name, ends)
            yield markup
        else:
            self.pending.append(markup.replace("\n", "\x00") if name else "&lt;!--")

    def enter_or_leave(self, name: str, ends: bool) -> None:
        if ends and name in self.within:
            while self.within.pop() != name:
                pass
        elif not ends and name not in VOID:
            self.within.append(name)

    def flush(self) -> Iterator[str]:
        run, self.pending = "".join(self.pending), []
        container = self.within[-1] if self.within else ""
        if container in NO_TEXT or not run.strip():
            yield run.replace("\x00", "\n")
            return
        if not EMPTY_FORMATTING.sub("", run).strip():
            self.balance(run)
            return
        parts = [part for part in BLANK_LINE.split(run.strip("\n\t ")) if part.strip()]
        whole = [BREAK.sub("<br>\n", part.strip("\n")).replace("\x00", "\n") for part in map(self.balance, parts) if part]
        yield self.wrapped(whole, container)

    def wrapped(self, parts: list[str], container: str) -> str:
        if container == "p":
            return "</p>\n<p>".join(parts)
        if container in ONE_PARAGRAPH:
            return "<br>\n<br>\n".join(parts)
        if container in LIGHT and len(parts) == 1:
            return parts[0]
        return "\n".join(f"<p>{part}</p>" for part in parts)

    def balance(self, part: str) -> str:
        """The part with inline elements that go on over its end closed there, and those still open from before opened again.

        What would be opened at an edge only to be closed at once is left out there: an empty link is more than nothing.
        """
        before = list(self.inline)
        while before and (end := END_TAG.match(part)) and end[1].lower() == tag_name(before[-1]):
            before.pop()
            self.inline.pop()
            part = part[end.end() :]
        for match in TOKEN.finditer(part):
            self.open_or_close(match)
        after = list(self.inline)
        while len(after) > len(before) and part.rstrip().endswith(after[-1]):
            part = part.rstrip().removesuffix(after.pop())
        return "".join(before) + part + "".join(f"</{tag_name(tag)}>" for tag in reversed(after))

    def open_or_close(self, match: re.Match) -> None:
        name = (match["name"] or "").lower()
        if not name or name in VOID or match[0].endswith("/>"):
            return
        if not match["end"]:
            self.inline.append(match[0])
        elif any(tag_name(tag) == name for tag in self.inline):
            while tag_name(self.inline.pop()) != name:
                pass


@cache
def end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s*>", re.IGNORECASE)


def tag_name(tag: str) -> str:
    return re.match(r"<([a-zA-Z0-9:-]+)", tag)[1].lower()
