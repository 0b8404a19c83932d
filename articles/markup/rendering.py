"""Markdown to safe HTML and plain text: `articles.text` calls it, in this process or in a child of it."""

import json
import re
import resource
import sys
import threading
from dataclasses import astuple, dataclass

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor

from articles.markup.cleaning import sanitise
from articles.markup.plain import plain

# Control characters and noncharacters say nothing; `cleaning` uses some of the latter itself.
DEBRIS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
# python-markdown's own pattern with a space asked for: "#FreeVadim" at the start of a line is no heading.
HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\n]|$)(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)")
# A short text can ask for a long one: many references to one long address.
MOST_MARKUP = 1_000_000
MOST_MEMORY = 512 * 1024 * 1024  # of a child
LINE_END = re.compile("\r\n?|[\v\f\u2028]")
SURROGATE = re.compile("[\ud800-\udfff]")


kept = threading.local()


@dataclass(frozen=True)
class Rendered:
    html: str
    text: str


class Unrenderable(ValueError):
    """Built so that it cannot be rendered: nested deeper than Python's stack."""


def tidy(text: str) -> str:
    """One kind of line end, no control characters, no half characters."""
    if SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return DEBRIS.sub("", LINE_END.sub("\n", text).replace("\u2029", "\n\n"))


def convert(source: str, *, live: bool = True) -> Rendered:
    """Render tidy Markdown."""
    markup = marked_up(source)
    if len(markup) > MOST_MARKUP + 10 * len(source):
        raise Unrenderable
    html = sanitise(markup, live=live).strip()
    return Rendered(html, plain(html))


def marked_up(source: str) -> str:
    """Markdown's own HTML, which nothing has made safe yet. One instance serves a thread; one that failed midway serves no more."""
    md, kept.markdown = getattr(kept, "markdown", None) or markdown(), None
    try:
        markup = md.reset().convert(source)
    except (RecursionError, ValueError) as error:
        raise Unrenderable from error
    kept.markdown = md
    return markup


class Spaces(Preprocessor):
    """Tabs to spaces, blank lines blank: python-markdown's own step, moved behind the fenced blocks so that code keeps its tabs."""

    def run(self, lines: list[str]) -> list[str]:
        return [line.expandtabs(self.md.tab_length) if line.strip(" \t") else "" for line in lines] + ["", ""]


def markdown() -> Markdown:
    """A new one: it keeps state, and is not safe to share between threads."""
    extensions = [TableExtension(), FencedCodeExtension(), SaneListExtension(), FootnoteExtension(BACKLINK_TITLE="{}")]
    md = Markdown(extensions=extensions)
    md.preprocessors.deregister("normalize_whitespace")
    md.preprocessors.register(Spaces(md), "spaces", 22)
    md.parser.blockprocessors["hashheader"].RE = HEADING
    return md


if __name__ == "__main__":
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.load(sys.stdin)
    json.dump(astuple(convert(asked["source"], live=asked["live"])), sys.stdout)
