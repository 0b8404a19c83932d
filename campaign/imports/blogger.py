"""Blogger's Atom: the classic backup, Google Takeout's feed of every generation, and a saved public feed."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from campaign.imports.addresses import split
from campaign.imports.dates import iso
from campaign.imports.entries import Comment, Entry, Identities, LeftOut, Record, Site
from campaign.imports.words import one_line
from campaign.imports.xml_reader import Node

BLOG = re.compile(r"blog-?(\d+)")
POST = re.compile(r"\.(?:post|page)-(.+)$")
LAST_NUMBER = re.compile(r"(\d+)/?(?:\?.*)?$")
KIND = "http://schemas.google.com/g/2005#kind"
SETTINGS = {"BLOG_NAME": "title", "BLOG_TIME_ZONE": "zone", "BLOG_LOCALE": "language"}
STATUSES = {"": "published", "LIVE": "published", "SCHEDULED": "scheduled", "DRAFT": "draft"}
NOT_LABELS = ("http://schemas.google.com/",)

TEMPLATE = "The old site's template and settings"
TRASHED = "Posts in the trash"
UNKNOWN = "had the status “{status}”; it comes in as a draft"
SPAM = "Comments marked as spam"


class BloggerReader:
    """Turns the entries of one feed into records. What the feed says of the blog comes before them."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        self.settings = settings or {}
        self.source = ""
        self.sites: dict[str, Site] = {}
        self.identities = Identities()
        self.title = self.base_url = self.language = ""

    def records(self, nodes: Iterator[Node]) -> Iterator[Record]:
        for node in nodes:
            if node.name == "entry":
                yield from self.entry(node)
            elif node.name == "id":
                self.source = source_of(node.own_text()) or f"blogger:{node.own_text().strip()}"
            elif node.name == "title":
                self.title = one_line(node.own_text())
            elif node.name == "link" and is_page(node):
                self.base_url = node.attributes.get("href", "")
        yield from self.sites.values()

    def site(self, source: str) -> Site:
        """The blog an entry belongs to: Takeout's Comments feeds hold entries of many."""
        if source not in self.sites:
            site = self.sites[source] = Site(source, "blogger")
            if source == self.source:
                site.title, site.base_url = self.settings.get("blog_name") or self.title, self.base_url
                site.zone, site.language = self.settings.get("blog_time_zone", ""), language(self.settings.get("blog_locale", ""))
                site.base_url = site.base_url or blogspot(self.settings)
                site.hosts = [f"{name}.blogspot.com"] if (name := self.settings.get("blog_subdomain")) else []
        return self.sites[source]

    def entry(self, node: Node) -> Iterator[Record]:
        identity = node.text("id").strip()
        site = self.site(source_of(identity) or self.source or "blogger")
        kind = kind_of(node)
        if kind == "settings":
            self.setting(site, identity, node)
        if kind in ("post", "page"):
            yield from self.post(node, site, kind)
        elif kind == "comment":
            yield from self.comment(node, site)
        else:
            yield LeftOut(TEMPLATE)

    def setting(self, site: Site, identity: str, node: Node) -> None:
        name = identity.rpartition(".")[2]
        if name == "BLOG_SUBDOMAIN":
            site.hosts = [f"{node.text('content').strip()}.blogspot.com"]
        if name in SETTINGS and (value := node.text("content").strip()):
            setattr(site, SETTINGS[name], language(value) if name == "BLOG_LOCALE" else value)

    def post(self, node: Node, site: Site, kind: str) -> Iterator[Record]:
        status = node.text("blogger:status").strip().upper()
        title = title_of(node)
        if status in ("SOFT_TRASHED", "TRASHED") or node.text("blogger:trashed").strip():
            yield LeftOut(TRASHED, title)
            return
        url = address(node, site.base_url)
        yield Entry(
            source=site.source,
            id=self.identities.of(number(node.text("id")), url, title, node.text("published")),
            kind=kind,
            status="draft" if is_draft(node) else STATUSES.get(status, "draft"),
            title=title,
            html=content_of(node),
            byline=", ".join(one_line(author.text("name")) for author in node.all("author")),
            published=iso(node.text("published")) or iso(node.text("blogger:created")) or iso(node.text("updated")),
            updated=node.text("updated").strip(),
            labels=labels_of(node),
            url=url,
            slug=unquote(split(url).path).rpartition("/")[2].removesuffix(".html"),
            remarks=[] if status in STATUSES else [UNKNOWN.format(status=status)],
        )

    def comment(self, node: Node, site: Site) -> Iterator[Record]:
        status = node.text("blogger:status").strip().upper()
        html = content_of(node)
        author = node.first("author")
        name = one_line(author.text("name")) if author else ""
        if status in ("SPAM_COMMENT", "GHOSTED_COMMENT", "SPAM", "GHOSTED"):
            yield LeftOut(SPAM, name)
        elif status in ("SOFT_TRASHED", "TRASHED"):
            yield LeftOut(TRASHED, name)
        else:
            yield Comment(
                source=site.source,
                id=number(node.text("id")),
                post=parent_post(node),
                author=name,
                html=html,
                plain="<br" not in html.lower() and "<p" not in html.lower(),
                published=iso(node.text("published")) or iso(node.text("blogger:created")),
                parent=parent_comment(node),
                held=status not in ("", "LIVE"),
            )


def source_of(identity: str) -> str:
    """ "blogger:4871200346095518203": the same in every export of a blog."""
    match = BLOG.search(identity)
    return f"blogger:{match[1]}" if match else ""


def number(identity: str) -> str:
    """The entry's number: classic backups call a page "page-N", Takeout and comments' references "post-N"."""
    match = POST.search(identity.strip())
    return match[1] if match else identity.strip()


def kind_of(node: Node) -> str:
    """Of the entry itself: Takeout's author has a `blogger:type` too."""
    if said := node.text("blogger:type").strip().lower():
        return said
    kind = next((category.attributes.get("term", "") for category in node.all("category") if category.attributes.get("scheme") == KIND), "")
    return kind.rpartition("#")[2] or ("comment" if node.first("thr:in-reply-to") else "post")


def is_draft(node: Node) -> bool:
    return any(control.text("app:draft", "draft").strip().lower() == "yes" for control in node.all("app:control", "control"))


def title_of(node: Node) -> str:
    title = node.first("title")
    return one_line(title.markup() if title and title.attributes.get("type") == "xhtml" else title.own_text()) if title else ""


def content_of(node: Node) -> str:
    content = node.first("content") or node.first("summary")
    if content is None:
        return ""
    return content.markup() if content.attributes.get("type") == "xhtml" else content.own_text()


def labels_of(node: Node) -> list[str]:
    """Labels of both schemes: ".../atom/ns#" and, in Takeout, the blog's own id."""
    terms = [category.attributes.get("term", "") for category in node.all("category") if not category.attributes.get("scheme", "").startswith(NOT_LABELS)]
    return [label for label in map(one_line, terms) if label]


def address(node: Node, base: str) -> str:
    """Where the post stood; without a known host, its path alone; empty for most drafts."""
    link = next((link for link in node.all("link") if is_page(link)), None)
    if link is not None and link.attributes.get("href"):
        return link.attributes["href"]
    path = node.text("blogger:filename").strip()
    return base.rstrip("/") + quote(path, safe="/%") if path else ""


def is_page(link: Node) -> bool:
    return link.attributes.get("rel") == "alternate" and link.attributes.get("type", "text/html") == "text/html"


def parent_post(node: Node) -> str:
    reply = node.first("thr:in-reply-to")
    return number(node.text("blogger:parent")) or (number(reply.attributes.get("ref", "")) if reply else "")


def parent_comment(node: Node) -> str:
    """Takeout names the comment that is answered; the classic backup links to it as "related"."""
    if said := node.text("blogger:inReplyTo").strip():
        return number(said)
    related = next((link.attributes.get("href", "") for link in node.all("link") if link.attributes.get("rel") == "related"), "")
    match = LAST_NUMBER.search(related)
    return match[1] if match else ""


def blogspot(settings: dict[str, str]) -> str:
    """A blog on its own domain does not say which: then the user must."""
    name = settings.get("blog_subdomain", "")
    return f"https://{name}.blogspot.com" if name and "HOSTED" not in settings.get("blog_publishing_mode", "").upper() else ""


def language(locale: str) -> str:
    """A language tag of a locale: "en_GB" → "en-GB"."""
    return locale.strip().replace("_", "-")[:12]
