"""What an import must bring, worked out from the export by a reader of its own: a whole tree in memory, html5lib, no line of the importer's."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

ATOM, APP, THR = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/app#}", "{http://purl.org/syndication/thread/1.0}"
BLOGGER = "{http://schemas.google.com/blogger/2018}"
CONTENT, DC = "{http://purl.org/rss/1.0/modules/content/}encoded", "{http://purl.org/dc/elements/1.1/}creator"
BLOCK_NAMES = ("address article aside blockquote br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav "
             "ol p pre section summary table tbody td tfoot th thead tr ul")  # fmt: skip
BLOCKS = set(BLOCK_NAMES.split())
SILENT = {"script", "style", "template"}


@dataclass
class Expected:
    """One post or page as its old readers knew it."""

    identity: str
    title: str
    page: bool
    status: str
    published: datetime | None
    day: str
    labels: set[str]
    byline: str
    html: str
    comments: Counter = field(default_factory=Counter)

    @property
    def words(self) -> list[str]:
        return words(self.html)


def words(html: str) -> list[str]:
    """Visible words in their order; an element inside a word does not divide it, a block or a break does."""
    return re.findall(r"\w+", "".join(pieces(html5lib.parseFragment(html, namespaceHTMLElements=False))))


def pieces(node: Element) -> list[str]:
    silent = not isinstance(node.tag, str) or node.tag in SILENT
    edge = [" "] if node.tag in BLOCKS else []
    inside = [] if silent else [node.text or "", *(piece for child in node for piece in pieces(child))]
    return [*edge, *inside, *edge, node.tail or ""]


def addresses(html: str, tag: str, attribute: str) -> Counter:
    """How often each address is linked, or shown."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return Counter(node.get(attribute).strip() for node in tree.iter(tag) if node.get(attribute, "").strip())


def of_blogger(path: Path) -> list[Expected]:
    """A well-formed feed, classic or from Takeout."""
    root = ElementTree.parse(path).getroot()
    found: dict[str, Expected] = {}
    for entry in root.iter(f"{ATOM}entry"):
        kind, status = blogger_kind(entry), entry.findtext(f"{BLOGGER}status") or "LIVE"
        if kind in ("post", "page") and status != "SOFT_TRASHED" and not entry.findtext(f"{BLOGGER}trashed"):
            draft = status == "DRAFT" or entry.findtext(f"{APP}control/{APP}draft") == "yes"
            post = blogger_post(entry, kind, "draft" if draft else "published")
            found[post.identity] = post
    for entry in root.iter(f"{ATOM}entry"):
        if blogger_kind(entry) == "comment" and (entry.findtext(f"{BLOGGER}status") or "LIVE") == "LIVE":
            reply = entry.find(f"{THR}in-reply-to")
            post = (reply.get("ref") if reply is not None else entry.findtext(f"{BLOGGER}parent")).rpartition("-")[2]
            if post in found:
                text = (entry.findtext(f"{ATOM}content") or "").replace("\n", "<br>")
                moment = datetime.fromisoformat(entry.findtext(f"{ATOM}published")).astimezone(UTC)
                found[post].comments[entry.findtext(f"{ATOM}author/{ATOM}name"), " ".join(words(text)), moment, "published"] += 1
    return list(found.values())


def blogger_kind(entry: Element) -> str:
    kinds = [category.get("term").rpartition("#")[2] for category in entry.iter(f"{ATOM}category") if category.get("scheme", "").endswith("#kind")]
    return kinds[0] if kinds else (entry.findtext(f"{BLOGGER}type") or "").lower()


def blogger_post(entry: Element, kind: str, status: str) -> Expected:
    published = datetime.fromisoformat(entry.findtext(f"{ATOM}published"))
    schemes = ("http://www.blogger.com/atom/ns#", "tag:blogger.com")
    return Expected(
        identity=entry.findtext(f"{ATOM}id").rpartition("-")[2],
        title=entry.findtext(f"{ATOM}title") or "",
        page=kind == "page",
        status=status,
        published=published.astimezone(UTC),
        day="" if status == "draft" else published.date().isoformat(),
        labels={category.get("term") for category in entry.iter(f"{ATOM}category") if category.get("scheme", "").startswith(schemes) and category.get("term")},
        byline=entry.findtext(f"{ATOM}author/{ATOM}name") or "",
        html=entry.findtext(f"{ATOM}content") or "",
    )


def of_wordpress(path: Path) -> list[Expected]:
    """A well-formed WXR 1.2 without shortcodes."""
    root = ElementTree.parse(path).getroot()
    wp = "{http://wordpress.org/export/1.2/}"
    authors = {author.findtext(f"{wp}author_login"): author.findtext(f"{wp}author_display_name") for author in root.iter(f"{wp}author")}
    items = [item for item in root.iter("item") if item.findtext(f"{wp}post_type") in ("post", "page") and item.findtext(f"{wp}status") != "trash"]
    return [wordpress_post(item, wp, authors) for item in items]


STATUSES = {"publish": "published", "private": "private", "pending": "private", "draft": "draft"}


def wordpress_post(item: Element, wp: str, authors: dict[str, str]) -> Expected:
    status = STATUSES[item.findtext(f"{wp}status")]
    if item.findtext(f"{wp}post_password") and status == "published":
        status = "private"
    gmt = item.findtext(f"{wp}post_date_gmt")
    post = Expected(
        identity=item.findtext(f"{wp}post_id"),
        title=" ".join("".join(pieces(html5lib.parseFragment(item.findtext("title") or "", namespaceHTMLElements=False))).split()),
        page=item.findtext(f"{wp}post_type") == "page",
        status=status,
        published=None if gmt.startswith("0000") else datetime.fromisoformat(gmt).replace(tzinfo=UTC),
        day="" if status == "draft" else item.findtext(f"{wp}post_date")[:10],
        labels={category.text for category in item.iter("category") if category.get("domain") in ("category", "post_tag") and category.text},
        byline=authors.get(item.findtext(DC), item.findtext(DC)),
        html=re.sub(r"<!--.*?-->", "", item.findtext(CONTENT) or "", flags=re.DOTALL),
    )
    for comment in item.iter(f"{wp}comment"):
        state = {"1": "published", "0": "waiting"}.get(comment.findtext(f"{wp}comment_approved"))
        if state and comment.findtext(f"{wp}comment_type") in ("", "comment", None):
            moment = datetime.fromisoformat(comment.findtext(f"{wp}comment_date_gmt")).replace(tzinfo=UTC)
            said = " ".join(words(comment.findtext(f"{wp}comment_content").replace("\n", "<br>")))
            post.comments[comment.findtext(f"{wp}comment_author"), said, moment, state] += 1
    return post
