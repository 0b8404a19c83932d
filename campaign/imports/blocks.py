"""WordPress's block editor: HTML between block comments, some of it in the comments themselves."""

import json
import re
from html import escape
from typing import Any

from campaign.imports.shortcodes import Library, resolve
from campaign.imports.words import Finder
from campaign.imports.wpautop import autop

COMMENT = re.compile(r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s")
COMMENT_END = re.compile("-->")
CLASSIC = ("freeform", "shortcode")
QUIET = frozenset({
    "archives", "avatar", "calendar", "categories", "comments", "home-link", "latest-comments", "latest-posts", "loginout", "more", "navigation",
    "nextpage", "page-list", "post-title", "query", "query-pagination", "read-more", "search", "site-logo", "site-tagline", "site-title", "spacer",
    "tag-cloud", "template-part",
})  # fmt: skip
"""Blocks that hold no words of the post: the site made them anew for each reader."""
COVERS = ("cover", "cover-image")
DEEP = 10

UNRESOLVED = "The block “{name}” holds nothing in the export; what it showed is not there."
NO_BLOCK = "The reusable block {number} is not in the export."


class BlockLibrary(Library):
    footnotes: list[dict[str, str]]

    def block(self, identity: str) -> str: ...


def has_blocks(content: str) -> bool:
    return "<!-- wp:" in content


def unblock(content: str, library: BlockLibrary, depth: int = 0) -> str:
    """The HTML of a post of blocks. What stands between them is the classic editor's and gets its paragraphs."""
    out: list[str] = []
    stack: list[str] = []
    ends, position = Finder(content), 0
    while (match := COMMENT.search(content, position)) and (end := ends.next(COMMENT_END, match.end())):
        out.append(between(content[position : match.start()], stack, library))
        position, name = end.end(), match["name"].removeprefix("core/").removeprefix("core-embed/")
        given = content[match.end() : end.start()].strip()
        if match["close"]:
            leave(stack, name)
        elif given.endswith("/"):
            out.append(alone(name, attributes(given[:-1]), library, depth))
        else:
            stack.append(name)
            out.append(background(attributes(given), content[position:]) if name in COVERS else "")
    return "".join([*out, between(content[position:], stack, library)])


def between(html: str, stack: list[str], library: BlockLibrary) -> str:
    if not html.strip():
        return html
    if not stack or stack[-1] in CLASSIC:
        return autop(resolve(html, library))
    return html if stack[-1] in ("code", "html", "preformatted", "verse") else resolve(html, library)


def leave(stack: list[str], name: str) -> None:
    if name in stack:
        while stack.pop() != name:
            pass


def alone(name: str, given: dict[str, Any], library: BlockLibrary, depth: int) -> str:
    """A block whose content is in its comment, or that another post holds."""
    if name == "block":
        return included(str(given.get("ref", "")), library, depth)
    if name == "footnotes":
        return notes(library.footnotes)
    links = [given[key] for key in ("url", "feedURL", "href") if isinstance(given.get(key), str)]
    words = next((given[key] for key in ("label", "title", "text", "content") if isinstance(given.get(key), str)), "")
    if links:
        return "".join(f'<p><a href="{escape(link)}">{words or escape(link)}</a></p>' for link in links)
    if name in QUIET:
        return ""
    if words:
        return f"<p>{words}</p>"
    library.remarks.append(UNRESOLVED.format(name=name))
    return ""


def included(number: str, library: BlockLibrary, depth: int) -> str:
    html = library.block(number) if depth < DEEP else ""
    if not html:
        library.remarks.append(NO_BLOCK.format(number=number))
        return ""
    return unblock(html, library, depth + 1) if has_blocks(html) else autop(resolve(html, library))


def notes(footnotes: list[dict[str, str]]) -> str:
    """The footnotes as a list. Each begins with the way back to its mark."""
    items = [f'<li><a href="#{escape(note["id"])}-link" id="{escape(note["id"])}">↑</a> {note["content"]}</li>' for note in footnotes]
    return f"<ol>{''.join(items)}</ol>" if items else ""


def background(given: dict[str, Any], following: str) -> str:
    """A cover's picture stands in its style alone."""
    url = given.get("url")
    if not isinstance(url, str) or given.get("backgroundType") == "video":
        return ""
    inside = following.partition("<!-- /wp:cover")[0]
    return "" if re.search(r"<img\b", inside) else f'<p><img src="{escape(url)}" alt="{escape(str(given.get("alt", "")))}"></p>'


def attributes(words: str) -> dict[str, Any]:
    try:
        given = json.loads(words.strip() or "{}")
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}
