"""What a reader of some HTML sees, worked out by a parser that is not ours: for tests that compare two of them."""

from typing import NamedTuple

import html5lib

APART = frozenset({
    "address", "article", "aside", "audio", "blockquote", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "embed", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "img", "li", "main", "nav", "ol", "option", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video",
})  # fmt: skip
UNSEEN = frozenset({"head", "script", "style", "template", "title"})
INVISIBLE = "\u200b\u2060\ufeff\u00ad"


class Seen(NamedTuple):
    words: list[str]
    links: list[str]
    pictures: list[str]


def seen(markup: str) -> Seen:
    words: list[str] = []
    links: list[str] = []
    pictures: list[str] = []

    def read(element) -> None:
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            return
        space = " " if element.tag in APART else ""
        words.extend((space, element.text or ""))
        links.extend(filter(None, [element.get("href")]))
        pictures.extend(filter(None, [element.get("src")] if element.tag == "img" else []))
        for child in element:
            read(child)
            words.append(child.tail or "")
        words.append(space)

    read(html5lib.parse(f"<!doctype html>{markup}", namespaceHTMLElements=False))
    return Seen([word for word in "".join(words).split() if word.strip(INVISIBLE)], links, pictures)
