"""HTML of any age and make to a small tree, in linear time: a scanner that levels it, nh3's HTML5 parser, and the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from articles.markup.entities import LOOSE, STRICT, TRAVELS, as_characters, travel
from articles.markup.levels import Levels

VOID = frozenset({"area", "br", "embed", "hr", "img", "param", "source", "track"})
BLOCKS = frozenset({
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
FRAMES = frozenset({"audio", "embed", "iframe", "object", "video"})
INLINE = frozenset({
    "a", "abbr", "b", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "time", "tt", "var", "area", "param", "source", "track",
})  # fmt: skip
GROUPS = frozenset({
    "address", "article", "aside", "button", "center", "dialog", "dir", "fieldset", "footer", "form", "header", "hgroup", "legend", "main",
    "marquee", "menu", "nav", "optgroup", "option", "search", "section", "select",
})  # fmt: skip
"""Blocks that say no more than <div>, and become one once the parser has read them by their own rules."""
KNOWN = BLOCKS | INLINE | FRAMES | GROUPS
RENAMED = {"listing": "pre", "acronym": "abbr", "image": "img", "strike": "s", "noscript": "span", "bdi": "span"}

# Elements whose content is no markup: dropped, kept as words, kept to the letter.
RAW = {"script": None, "style": None, "title": None, "template": None, "iframe": "iframe", "noembed": None, "noframes": None}
RAW |= {"textarea": "div", "xmp": "pre", "plaintext": "pre"}

OPENING = re.compile(r"<!--|<(/?)([a-zA-Z][^\s/>]*)")
VALUE = r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))"""
ATTRIBUTE = re.compile(rf"([^\s/>][^\s/>=]*+)({VALUE}?+)")
REST = re.compile(rf"(?:[\s/]+|[^\s/>][^\s/>=]*+{VALUE}?+)*+>")
# nh3 judges addresses by these names. Here every one is wanted to the letter; `text` judges what may stay.
HIDDEN = "data-at-"
NUMBER = "data-number"
"""Of each link as it was written: a parser makes several of one that goes on over other elements' ends."""
ADDRESSES = frozenset({"href", "src", "data", "srcset", "poster"})
KEPT = {"class", "style", "id", "name", "dir", "lang", "alt", "title", "width", "height", "start", "value", "colspan", "rowspan", "datetime", "hidden"}

PARSER = nh3.Cleaner(tags=set(KNOWN), attributes={"*": KEPT}, generic_attribute_prefixes={"data-"}, clean_content_tags=set(), link_rel=None)


FLATTENED = 120
"""Where no file that `levels` has seen should come; what does is flattened, so that nothing here can run out of stack."""
KEPT_DEEP = FRAMES | VOID | {"a"}


@dataclass(slots=True)
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()

    def has_class(self, *names: str) -> bool:
        return not set(names).isdisjoint(self.get("class").split())

    def everything(self) -> Iterator["Node"]:
        """This element and all within it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]


def parse(markup: str) -> Node:
    tree = Tree()
    tree.feed(PARSER.clean("".join(levelled(markup))))
    tree.close()
    return tree.root


class Tree(HTMLParser):
    """Reads what nh3 wrote: every element closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node("div" if tag in GROUPS else tag, {name.removeprefix(HIDDEN): as_characters(value or "") for name, value in reversed(attrs)})
        if len(self.open) < FLATTENED or (tag in KEPT_DEEP and len(self.open) < 2 * FLATTENED):
            self.open[-1].children.append(node)
        else:  # its words go on in the element it stands in
            node = self.open[-1]
            node.children.append(" " if tag in BLOCKS | GROUPS else "")
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(as_characters(data))


def levelled(markup: str) -> Iterator[str]:
    """The same HTML of known elements only, none too deep, its addresses out of the parser's sight."""
    levels, end, number = Levels(), 0, 0
    while tag := OPENING.search(markup, end):
        yield LOOSE.sub(travel, markup[end : tag.start()])
        if tag[0] == "<!--":
            closing = re.compile("--!?>").search(markup, tag.start() + 2)
            end = closing.end() if closing else len(markup)
            continue
        rest = REST.match(markup, tag.end())
        if not rest:  # the file ends within this tag
            return
        end = rest.end()
        name = tag[2].lower()
        if name in RAW and not tag[1]:
            closing = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE).search(markup, end)
            words = markup[end : closing.start() if closing else len(markup)]
            end = closing.end() if closing else len(markup)
            yield raw(name, rest[0], words)
            continue
        name = RENAMED.get(name, name)
        if name in KNOWN:
            number += 1
            counted = f'{NUMBER}="{number}" ' if name == "a" else ""
            yield levels.tag(name, bool(tag[1]), counted + ATTRIBUTE.sub(hidden, rest[0]))
    yield LOOSE.sub(travel, markup[end:])


def raw(name: str, attributes: str, words: str) -> str:
    kept = RAW[name]
    if kept is None:
        return ""
    if kept == "iframe":
        return f"<iframe {ATTRIBUTE.sub(hidden, attributes)}</iframe>"
    words = LOOSE.sub(travel, words) if name == "textarea" else words.replace("&", TRAVELS["&"])
    return f"<{kept}>{words.replace('<', TRAVELS['<'])}</{kept}>"


def hidden(attribute: re.Match[str]) -> str:
    whole = STRICT.sub(travel, attribute[0])
    return f"{HIDDEN}{whole}" if attribute[1].lower() in ADDRESSES else whole
