"""What the readers make of an export: plain records that know no database and no format.

Times are aware, with the offset the export gives them; HTML is as it stood in the export.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

IDENTITY = 300


@dataclass
class Site:
    """The old site, as far as its export tells."""

    source: str
    """Its identity, the same in every export of it: blog id or base address."""
    kind: str
    title: str = ""
    base_url: str = ""
    zone: str = ""
    language: str = ""
    hosts: list[str] = field(default_factory=list)
    """Further names its address had: a network's, an earlier domain's."""


@dataclass
class Entry:
    """A post or a page."""

    source: str
    id: str
    kind: str = "post"
    """"post" or "page"."""
    status: str = "published"
    """"published", "draft" or "private"."""
    title: str = ""
    html: str = ""
    markup: str = "html"
    """"html", or "wordpress": HTML with automatic paragraphs, shortcodes and block comments."""
    excerpt: str = ""
    byline: str = ""
    published: datetime | None = None
    updated: str = ""
    """When it was last changed, in a spelling that sorts: of two copies of one entry the later counts."""
    local: str = ""
    """The date and time on the old site's clock, ISO 8601, where the export gives it beside or instead of `published`."""
    labels: list[str] = field(default_factory=list)
    language: str = ""
    url: str = ""
    slug: str = ""
    old_paths: list[str] = field(default_factory=list)
    """Further addresses it had: path and query, from the root of the old host."""
    picture: str = ""
    """Attachment id of the picture that stands at its head."""
    custom: str = ""
    """The post type, where it is neither post nor page."""
    post_format: str = ""
    footnotes: list[dict[str, str]] = field(default_factory=list)
    """Of the block editor: id and content, in order."""
    remarks: list[str] = field(default_factory=list)
    """What the report must say of this entry."""

    def digest(self) -> str:
        """SHA-256 of the entry as it stood in the export; comments are not part of it."""
        said = dict(vars(self))
        del said["remarks"]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


class Identities:
    """The entries of one file by their ids. Programs that are not the real exporter leave them out, or give all the same."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    def of(self, said: str, *about: str) -> str:
        """The id as the file says it; where another entry has it already, or there is none, one made of what tells this entry from others."""
        digest = hashlib.sha256("\n".join(about).encode()).hexdigest()[:16]
        identity = said[:IDENTITY] if said and self.seen.get(said[:IDENTITY], digest) == digest else f"{said[: IDENTITY - 17]}-{digest}"
        self.seen[identity] = digest
        return identity


@dataclass
class Comment:
    """A reader's words on a post. Whatever else the export knows of the reader (e-mail, address) never gets here."""

    source: str
    id: str
    post: str
    author: str = ""
    html: str = ""
    plain: bool = False
    """Newlines are line breaks."""
    published: datetime | None = None
    local: str = ""
    parent: str = ""
    held: bool = False


@dataclass
class Attachment:
    """A file of the old site's library."""

    source: str
    id: str
    url: str
    parent: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""
    link: str = ""


@dataclass
class Term:
    """A label as the old site described it, or an author: what had an archive of its own there."""

    source: str
    name: str
    slug: str
    taxonomy: str
    number: str = ""
    description: str = ""
    parent: str = ""


@dataclass
class Block:
    """A piece of content that several posts include."""

    source: str
    id: str
    html: str


@dataclass
class LeftOut:
    """Something that does not come over, and why; `which` names it where a person may look for it."""

    why: str
    which: str = ""


Record = Site | Entry | Comment | Attachment | Term | Block | LeftOut
