"""Words out of markup, for fields that hold none: titles, labels, names."""

import html
import re

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|big|bdi|bdo|br|cite|code|del|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
BREAK = re.compile(r"<br[^<>]*>", re.IGNORECASE)

IMAGE = re.compile(r"<img\b(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def attributes(tag: str) -> dict[str, str]:
    """Of a start tag, as they are written."""
    return {name.lower(): next(filter(None, values), "") for name, *values in ATTRIBUTE.findall(tag)}


def one_line(markup: str) -> str:
    """A title or a name as one reads it: entities left over are resolved, inline tags dropped, one blank between words."""
    words = INLINE.sub("", BREAK.sub(" ", markup))
    return " ".join(ENTITY.sub(lambda match: html.unescape(match[0]), words).split())


def listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


class Finder:
    """Finds the next of a piece of text from ever later positions, and looks at no character twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[re.Pattern[str], re.Match[str] | None] = {}

    def next(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        match = self.found.get(pattern)
        if pattern not in self.found or (match and match.start() < position):
            match = self.found[pattern] = pattern.search(self.text, position)
        return match
