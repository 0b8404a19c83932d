"""HTML to the Markdown that an editor would gladly edit: for an import, and for what is pasted."""

from collections.abc import Callable

from articles.markup.cleaning import LAST_WORD
from articles.markup.plain import plain
from articles.markup.rendering import tidy
from articles.markup.soup import parse
from articles.markup.structure import Reader
from articles.markup.writing import Writer


def to_markdown(html: str, *, link: Callable[[str], str] | None = None, picture: Callable[[str, str], str] | None = None) -> str:
    """Every visible word in its order, every link, picture and embedded address; what Markdown cannot say, as HTML.

    `link` is given each address that is linked or embedded, and `picture` each picture's address and alt text;
    they answer with the address to write. A picture for which the answer is empty is left out.
    """
    return str(Writer(Reader(parse(tidy(html)), link, picture).read()))


def to_text(html: str) -> str:
    """The same words as plain text, for what is kept without markup (a comment): blank lines between blocks, addresses in brackets."""
    return plain(LAST_WORD.clean(Writer(Reader(parse(tidy(html)), None, None).read()).as_html()))
