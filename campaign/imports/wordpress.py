"""WordPress's WXR, 1.0 to 1.2 and its dialects. Names count, not namespaces; serialised PHP is never read."""

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from campaign.imports.addresses import split
from campaign.imports.dates import gmt, iso, local, rfc822
from campaign.imports.entries import Attachment, Block, Entry, Identities, LeftOut, Record, Site, Term
from campaign.imports.places import host
from campaign.imports.wordpress_comments import comments
from campaign.imports.words import one_line
from campaign.imports.xml_reader import Node

STATUSES = {"publish": "published", "future": "scheduled", "private": "private", "pending": "private", "draft": "draft"}
UNPUBLISHED = ("draft", "pending", "auto-draft")
MACHINERY = frozenset({
    "acf-field", "acf-field-group", "amp_validated_url", "attachment", "bp-email", "custom_css", "customize_changeset", "elementor_library", "et_pb_layout",
    "feedback", "flamingo_contact", "flamingo_inbound", "jp_mem_plan", "jp_pay_order", "jp_pay_product", "mc4wp-form", "nav_menu_item", "ninja_forms",
    "oembed_cache", "patterns_ai_data", "revision", "scheduled-action", "shop_coupon", "shop_order", "shop_order_refund", "user_request", "vc_grid_item",
    "wp_block", "wp_font_face", "wp_font_family", "wp_global_styles", "wp_navigation", "wp_template", "wp_template_part", "wpcf7_contact_form", "wpforms",
})  # fmt: skip
"""Post types that hold a site's machinery, or people's private data, and never were a page for readers."""
NOT_LABELS = frozenset({
    "action-group", "amp_validation_error", "author", "elementor_library_type", "language", "link_category", "nav_menu", "post_translations",
    "product_type", "product_visibility", "term_language", "term_translations", "wp_pattern_category", "wp_template_part_area", "wp_theme",
    "yst_prominent_words",
})  # fmt: skip

MENUS = "Menus, templates and other machinery of the old site ({type})"
TRASH = "Posts in the trash"
EMPTY_DRAFT = "Drafts that WordPress began by itself and nobody wrote"

PENDING = "was waiting for review; it comes in as private"
CUSTOM = "is of the old site's own type “{type}”; it comes in as a post"
UNDATED = "has no date in the export; it is dated by its last change, or by the export's own date"
PASSWORD = "was protected with a password; it comes in as private"


class WordPressReader:
    """Turns the elements of one channel into records. Authors, terms and the site stand before the items."""

    def __init__(self) -> None:
        self.site = Site("", "wordpress")
        self.link = ""
        self.authors: dict[str, str] = {}
        self.identities = Identities()
        self.exported: datetime | None = None

    def records(self, nodes: Iterator[Node]) -> Iterator[Record]:
        for node in nodes:
            if node.name == "item":
                self.site.source = self.site.source or source_of(self.link)
                yield from self.item(node)
            else:
                yield from self.head(node)
        self.site.source = self.site.source or source_of(self.link)
        yield self.site

    def head(self, node: Node) -> Iterator[Record]:
        words = node.own_text().strip()
        if node.name == "title":
            self.site.title = one_line(words)
        elif node.name == "link":
            self.link = words
            self.site.base_url = self.site.base_url or words
        elif node.name == "pubDate":
            self.exported = rfc822(words) or iso(words)
        elif node.name == "language":
            self.site.language = words[:12]
        elif node.name == "wp:base_blog_url" and words:
            self.site.base_url, self.site.source = words, source_of(words)
        elif node.name == "wp:author":
            login, name = node.text("wp:author_login").strip(), display_name(node)
            self.authors[login] = name
            yield Term(self.site.source or source_of(self.link), name, login, "author", number=node.text("wp:author_id").strip())
        elif node.name in ("wp:category", "wp:tag", "wp:term"):
            yield self.term(node)

    def term(self, node: Node) -> Term:
        taxonomy = node.text("wp:term_taxonomy").strip() or {"wp:category": "category", "wp:tag": "post_tag"}.get(node.name, "")
        return Term(
            source=self.site.source or source_of(self.link),
            name=one_line(node.text("wp:cat_name", "wp:tag_name", "wp:term_name")),
            slug=unquote(node.text("wp:category_nicename", "wp:tag_slug", "wp:term_slug").strip()),
            taxonomy=taxonomy,
            number=node.text("wp:term_id").strip(),
            description=node.text("wp:category_description", "wp:tag_description", "wp:term_description").strip(),
            parent=unquote(node.text("wp:category_parent", "wp:term_parent").strip()),
        )

    def item(self, node: Node) -> Iterator[Record]:
        kind, status = node.text("wp:post_type").strip() or "post", node.text("wp:status").strip() or "publish"
        title = one_line(node.text("title"))
        if kind == "attachment":
            yield self.attachment(node, title)
            yield from comments(node, self.site.source, node.text("wp:post_id").strip())
        elif kind == "wp_block":
            yield Block(self.site.source, node.text("wp:post_id").strip(), node.text("content:encoded"))
        elif kind in MACHINERY or (kind not in ("post", "page", "draft") and status == "publish" and "post_type=" in node.text("link")):
            yield LeftOut(MENUS.format(type=kind))
        elif status in ("trash", "post-trashed") or node.text("wp:post_name").endswith("__trashed"):
            yield LeftOut(TRASH, title)
        elif status == "auto-draft" and not node.text("content:encoded").strip():
            yield LeftOut(EMPTY_DRAFT, title)
        else:
            entry = self.entry(node, kind, status, title)
            yield entry
            yield from self.terms_of(node)
            yield from comments(node, self.site.source, entry.id)

    def entry(self, node: Node, kind: str, status: str, title: str) -> Entry:
        meta, address = meta_of(node), node.text("link").strip()
        self.remember_host(node)
        entry = Entry(
            source=self.site.source,
            id=self.identities.of(identity(node), address, title, node.text("wp:post_date"), node.text("pubDate")),
            kind="page" if kind == "page" else "post",
            title=title,
            html=node.text("content:encoded"),
            markup="wordpress",
            excerpt=node.text("excerpt:encoded"),
            byline=self.byline(node),
            published=gmt(node.text("wp:post_date_gmt")) or self.feed_date(node),
            updated=node.text("wp:post_modified_gmt", "wp:post_modified").strip(),
            local=local(node.text("wp:post_date")),
            url=address,
            slug=unquote(node.text("wp:post_name").strip()),
            old_paths=self.old_paths(node, kind, address),
            picture=meta.get("_thumbnail_id", ""),
            footnotes=footnotes(meta.get("footnotes", "")),
            custom="" if kind in ("post", "page", "draft") else kind,
        )
        if entry.custom:
            entry.remarks.append(CUSTOM.format(type=kind))
        self.judge(entry, node, "draft" if kind == "draft" else status)
        self.date(entry, node)
        self.file(entry, node)
        return entry

    def feed_date(self, node: Node) -> datetime | None:
        """Of RSS, where WordPress's own moment in UTC is missing."""
        said = node.text("pubDate", "dc:date", "published")
        return rfc822(said) or iso(said)

    def date(self, entry: Entry, node: Node) -> None:
        """What readers saw must not become a draft for want of a date: it gets the nearest that the export knows, and that is said.

        A draft without a moment in UTC was to be dated when it came out: its local date is only when somebody saved it.
        """
        if node.text("wp:status").strip() in UNPUBLISHED and node.first("wp:post_date") and not gmt(node.text("wp:post_date_gmt")):
            entry.published, entry.local = None, ""
        if entry.status in ("published", "private") and not (entry.published or entry.local):
            entry.published = gmt(node.text("wp:post_modified_gmt")) or self.exported
            entry.remarks += [UNDATED] if entry.published else []

    def remember_host(self, node: Node) -> None:
        """A post's guid is its first address by number: its host, should the site have moved since, is ours too."""
        guid = split(node.text("guid").strip())
        name = host(guid.netloc)
        if guid.query == f"p={node.text('wp:post_id').strip()}" and name and name not in self.site.hosts:
            self.site.hosts.append(name)

    def judge(self, entry: Entry, node: Node, status: str) -> None:
        """Its status here; what was not public there never becomes public."""
        entry.status = STATUSES.get(status, "draft")
        if status == "pending":
            entry.remarks.append(PENDING)
        if node.text("wp:post_password") and entry.status in ("published", "scheduled"):
            entry.status = "private"
            entry.remarks.append(PASSWORD)
        if status not in STATUSES:
            entry.remarks.append(f"had the status “{status}”; it comes in as a draft")

    def file(self, entry: Entry, node: Node) -> None:
        """Labels, format and language, which WordPress keeps in one list. WXR 1.0 names each category twice."""
        for category in node.all("category"):
            domain, name = category.attributes.get("domain", "category"), one_line(category.own_text())
            if domain == "language":
                entry.language = category.attributes.get("nicename", "")[:12]
            elif domain == "post_format":
                entry.post_format = name
            if name and domain not in NOT_LABELS and name not in entry.labels:
                entry.labels.append(name)

    def terms_of(self, node: Node) -> Iterator[Term]:
        """Labels as the items name them: parts of a split export, and the oldest ones, have no list of terms."""
        for category in node.all("category"):
            domain, slug = category.attributes.get("domain", ""), unquote(category.attributes.get("nicename", ""))
            if domain and slug and domain not in NOT_LABELS:
                yield Term(self.site.source, one_line(category.own_text()), slug, "post_tag" if domain == "tag" else domain)

    def byline(self, node: Node) -> str:
        """The display names, of co-authors where a plugin lists them, else of the author."""
        several = [one_line(category.own_text()) for category in node.all("category") if category.attributes.get("domain") == "author"]
        names = several or [creator.own_text().strip() for creator in node.all("dc:creator")]
        return ", ".join(dict.fromkeys(self.authors.get(name) or name for name in names if name))

    def old_paths(self, node: Node, kind: str, address: str) -> list[str]:
        """Besides its link: by number, and by the names it had before."""
        number, root = node.text("wp:post_id").strip(), split(self.site.base_url).path.rstrip("/")
        paths = [f"{root}/?{'page_id' if kind == 'page' else 'p'}={number}"] if number else []
        slug, path = node.text("wp:post_name").strip(), split(address).path
        if slug and path.rstrip("/").endswith(f"/{slug}"):
            stem, end = path.rstrip("/").removesuffix(slug), "/" if path.endswith("/") else ""
            paths += [f"{stem}{earlier}{end}" for earlier in earlier_slugs(node)]
        return paths

    def attachment(self, node: Node, title: str) -> Attachment:
        meta = meta_of(node)
        return Attachment(
            source=self.site.source,
            id=node.text("wp:post_id").strip(),
            url=node.text("wp:attachment_url").strip() or node.text("guid").strip(),
            parent=parent_of(node),
            title=title,
            alt=one_line(meta.get("_wp_attachment_image_alt", "")),
            caption=node.text("excerpt:encoded").strip(),
            description=node.text("content:encoded").strip(),
            link=node.text("link").strip(),
        )


def source_of(url: str) -> str:
    """ "wordpress:news.example.org/blog": the same whether the site answers with or without TLS."""
    parts = split(url.strip() if "//" in url else f"//{url.strip()}")
    return f"wordpress:{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"


def display_name(author: Node) -> str:
    full = " ".join(filter(None, (author.text("wp:author_first_name").strip(), author.text("wp:author_last_name").strip())))
    return one_line(author.text("wp:author_display_name") or full or author.text("wp:author_login"))


def identity(node: Node) -> str:
    number = node.text("wp:post_id").strip()
    return (number if number != "0" else "") or node.text("guid").strip() or node.text("link").strip()


def meta_of(node: Node) -> dict[str, str]:
    """Single values; of keys that repeat, the last. Serialised PHP stays the text it is."""
    return {meta.text("wp:meta_key").strip(): meta.text("wp:meta_value").strip() for meta in node.all("wp:postmeta")}


def footnotes(said: str) -> list[dict[str, str]]:
    """The block editor's notes, which stand beside the text as JSON."""
    try:
        notes = json.loads(said or "[]")
    except ValueError:
        return []
    known = notes if isinstance(notes, list) else []
    return [{"id": str(note["id"]), "content": str(note["content"])} for note in known if isinstance(note, dict) and {"id", "content"} <= note.keys()]


def parent_of(node: Node) -> str:
    parent = node.text("wp:post_parent").strip()
    return "" if parent == "0" else parent


def earlier_slugs(node: Node) -> list[str]:
    """Names the post had before; WordPress went on answering to them."""
    metas = [meta for meta in node.all("wp:postmeta") if meta.text("wp:meta_key").strip() == "_wp_old_slug"]
    return [slug for meta in metas if (slug := meta.text("wp:meta_value").strip())]
