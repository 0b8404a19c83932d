"""What becomes of markup that may not stay as it is: the filter between bleach's linker and its serialiser."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote

from bleach.html5lib_shim import Filter

from articles.markup.allowed import ALLOWED

Token = dict[str, Any]

GROUPS = ("address", "article", "aside", "center", "dir", "fieldset", "footer", "form", "header", "hgroup", "legend", "main", "menu", "nav", "section")
RENAMED = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code"} | dict.fromkeys(GROUPS, "div")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EMBEDS = frozenset({"audio", "embed", "iframe", "source", "video"})
SILENT = frozenset({"script", "style"})
CODE = frozenset({"pre", "code", "kbd"})
TURNED = frozenset({"h1", *RENAMED, *EMBEDS, *SILENT})
"""Elements that pass bleach only to be turned into others here, or to be dropped with what they hold."""

CONTACTS = ("mailto:", "tel:", "sms:")
ELSEWHERE = ("http://", "https://", "//")
OPENS = ("StartTag", "EmptyTag")
HREF, SRC, ALT, REL, NEW = (None, "href"), (None, "src"), (None, "alt"), (None, "rel"), (None, "new")


class Shape(Filter):
    """Headings from h2 on, old names to today's, pictures and frames of other hosts to links, contacts of a closed appeal to text."""

    def __init__(self, source: Any, *, live: bool, rel: str) -> None:
        super().__init__(source)
        self.live, self.rel = live, rel
        self.in_code = 0

    def __iter__(self) -> Iterator[Token]:
        tokens = iter(list(named(super().__iter__())))
        for token in tokens:
            self.in_code += {"StartTag": 1, "EndTag": -1}.get(token["type"], 0) if token.get("name") in CODE else 0
            if token["type"] not in OPENS:
                yield token
            elif token["name"] == "a":
                yield from self.link(token, until_end(tokens, "a"))
            elif token["name"] == "img":
                yield from self.picture(token)
            elif token["name"] in EMBEDS:
                yield from (*self.to(token["data"].get(SRC, "")), said(" "))
            else:
                yield token

    def link(self, start: Token, inside: Iterable[Token]) -> Iterator[Token]:
        """A link with what stands in it. A picture of another host in it becomes words, and is linked after it."""
        href, held, after = start["data"].get(HREF, ""), [], []
        for token in inside:
            source = token["data"].get(SRC, "") if token["type"] in OPENS and token["name"] in EMBEDS | {"img"} else None
            if source is None or is_ours(token):
                held.append(lazy(token) if source else token)
            else:
                held.append(said(alt_text(token)))
                after += [said(" ("), *self.to(source, file_name(source)), said(")")] if source and source != href else []
        if starts(href, CONTACTS) and not self.live:
            yield from held
            yield said(missing(href, held))
        else:
            linked = start["data"] and not (self.in_code and NEW in start["data"])  # the linker forgets a <pre> when a <code> in it ends
            start["data"] = {key: value for key, value in start["data"].items() if key not in (REL, NEW)} | self.relation(href)
            yield from (start, *held, {"type": "EndTag", "name": "a", "data": {}}) if linked else held
        yield from after

    def picture(self, token: Token) -> Iterator[Token]:
        yield from [lazy(token)] if is_ours(token) else self.to(token["data"].get(SRC, ""), alt_text(token))

    def to(self, href: str, words: str = "") -> Iterator[Token]:
        """A link of our own making; without an address that may stand, its words alone."""
        if href:
            yield {"type": "StartTag", "name": "a", "data": {HREF: href} | self.relation(href)}
        yield said(words or href)
        if href:
            yield {"type": "EndTag", "name": "a", "data": {}}

    def relation(self, href: str) -> dict:
        return {REL: self.rel} if starts(href, ELSEWHERE) else {}


def named(tokens: Iterable[Token]) -> Iterator[Token]:
    """Elements by the names they keep; scripts and styles go with what they hold, spans that say nothing without it."""
    tokens = list(tokens)
    used = {token["name"] for token in tokens if token["type"] == "StartTag" and token["name"] in HEADINGS}
    names = RENAMED | {name: HEADINGS[min(rank, 5)] for rank, name in enumerate(sorted(used), start=1)}
    silent, spans = 0, []
    for token in tokens:
        name, kind = token.get("name"), token["type"]
        if name in SILENT:
            silent += {"StartTag": 1, "EndTag": -1}.get(kind, 0)
            continue
        if name == "span" and kind == "StartTag":
            spans.append(bool(token["data"]))
        if silent or (name in EMBEDS and kind == "EndTag") or (name == "span" and not (spans[-1] if kind == "StartTag" else spans.pop())):
            continue
        if name in names:
            token["name"] = names[name]
            token["data"] = {key: value for key, value in (token.get("data") or {}).items() if ALLOWED.value(token["name"], key[1], value)}
        yield token


def until_end(tokens: Iterator[Token], name: str) -> Iterator[Token]:
    for token in tokens:
        if token["type"] == "EndTag" and token["name"] == name:
            return
        yield token


def starts(href: str, schemes: tuple[str, ...]) -> bool:
    """As a browser reads it: white space and control characters in an address count for nothing."""
    return re.sub(r"[\x00-\x20]", "", href).lower().startswith(schemes)


def said(words: str) -> Token:
    return {"type": "Characters", "data": words}


def is_ours(token: Token) -> bool:
    return token["name"] == "img" and ALLOWED.value("img", "src", token["data"].get(SRC, "")) is not None


def lazy(token: Token) -> Token:
    token["data"] = {ALT: ""} | token["data"] | {(None, "loading"): "lazy"}
    return token


def alt_text(token: Token) -> str:
    source = token["data"].get(SRC, "")
    return token["data"].get(ALT, "").strip() or file_name(source) or source


def file_name(address: str) -> str:
    return unquote(posixpath.basename(address.partition("?")[0].partition("#")[0]))


def missing(href: str, held: list[Token]) -> str:
    """The addresses of a contact's link that its words do not show, in brackets."""
    words = "".join(token["data"] for token in held if token["type"] in ("Characters", "SpaceCharacters")).casefold()
    path, _, query = href.partition(":")[2].replace("\ufdd0", "&").partition("?")
    copies = parse_qs(query)
    addresses = [unquote(one).strip() for one in (*path.split(","), *copies.get("to", ()), *copies.get("cc", ()), *copies.get("bcc", ()))]
    unseen = [address for address in addresses if address and address.casefold() not in words]
    return f" ({', '.join(unseen)})" if unseen else ""
