"""What a page or a text says to a reader, and whom it offers to write to: read back from the answer, not from our own records."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

BLOCKS = frozenset({
    "address", "article", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "header",
    "li", "main", "ol", "p", "section", "summary", "table", "td", "textarea", "th", "tr", "ul",
})  # fmt: skip
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-\u2010-\u2015\u00a0]+(?=\d)")


@dataclass
class Readable:
    """`words`: the text, its spaces single. `days`: what <time> says in numbers. `offered`: every address that can be written to, as it is written to."""

    words: str = ""
    days: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)

    def says(self, words: str) -> bool:
        return single_spaced(words) in self.words

    def holds_number(self, digits: str) -> bool:
        """A telephone number, however it is grouped."""
        return digits in BETWEEN_DIGITS.sub("", self.words)


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def of_text(text: str, *fields: str) -> Readable:
    """Plain text; `fields` are the names before a colon of the lines that address a letter."""
    offered = {address for name in fields for line in re.findall(rf"^{re.escape(name)}: (.*)$", text, re.MULTILINE) for address in line.split(", ")}
    return Readable(single_spaced(text), offered=offered)


def of_html(html: str) -> Readable:
    """The page's <main>, or the whole of what has none: head and foot of the site are nobody's appeal."""
    inner = re.search(r"<main\b.*</main>", html, re.DOTALL)
    reader = Reader()
    reader.feed(inner[0] if inner else html)
    reader.close()
    return Readable(single_spaced("".join(reader.said)), reader.days, reader.offered)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.days: set[str] = set()
        self.offered: set[str] = set()
        self.box = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS:
            self.said.append(" ")
        if tag == "time" and given.get("datetime"):
            self.days.add(given["datetime"][:10])
        if tag == "a" and given.get("href"):
            self.offered |= offered_by(given["href"])
        self.box = tag == "textarea"

    def handle_endtag(self, tag: str) -> None:
        self.box = False
        if tag in BLOCKS:
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        if self.box:
            self.offered |= {address for address in re.split(r"[\s,;]+", data) if address}


def offered_by(href: str) -> set[str]:
    """Whom a link writes to: a mailto's addresses, a number, those of a webmail link; of any other, the link itself."""
    parts = urlsplit(href)
    fields = dict(parse_qsl(parts.query))
    if parts.scheme == "mailto":
        listed = [unquote(address) for address in parts.path.split(",")] + fields.get("cc", "").split(",")
    elif parts.scheme in ("tel", "sms"):
        listed = [unquote(parts.path)]
    else:
        listed = [href, *fields.get("to", "").split(","), *fields.get("cc", "").split(",")]
    return {address for address in listed if address}
