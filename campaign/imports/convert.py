"""One entry's content to what a post stores: Markdown, safe HTML, plain text; its comments to plain text.

Asks nothing but the spool, so that it may run in another process.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.html import escape

from articles.from_html import to_markdown
from articles.markup.cleaning import sanitise
from articles.markup.plain import plain
from campaign.imports.addresses import joined
from campaign.imports.blocks import has_blocks, unblock
from campaign.imports.dropped import dropped
from campaign.imports.entries import Attachment, Comment, Entry
from campaign.imports.media import key_of
from campaign.imports.parts import render_in_parts
from campaign.imports.places import Places
from campaign.imports.shortcodes import figure, resolve
from campaign.imports.spool import Spool
from campaign.imports.wpautop import autop

if TYPE_CHECKING:
    from campaign.imports.standing import Standing

TITLE = 300
TITLE_WORDS = 80
"""Characters of the text that name a post without a title."""
LINE = re.compile(r"[ \t]*(?:<br\s*/?>)?[ \t]*\n", re.IGNORECASE)
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:)[^/?#\s]", re.IGNORECASE)
NO_HEAD = "the picture at its head, number {number}, is not in the export"
NO_TITLE = "has no title; it goes by its first words"
LONG_TITLE = "has a title of more than 300 letters; the whole of it stands above the text"
IN_PARTS = "is too long, or nested too deeply, to be rendered at once: it was rendered in parts, and must be divided before it can be edited"


@dataclass
class Converted:
    """What a post and its messages are made of."""

    title: str = ""
    standfirst: str = ""
    markdown: str = ""
    html: str = ""
    text: str = ""
    picture: int | None = None
    """The Picture at its head."""
    pictures: list[list[str]] = field(default_factory=list)
    """Each picture's address in the text (none for the one at the head), and the one it had, where that is another."""
    elsewhere: list[str] = field(default_factory=list)
    """Addresses of pictures that are not at hand."""
    dropped: Counter[str] = field(default_factory=Counter)
    """What did not come along, by its kind."""
    comments: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Converter:
    """Built once in each process."""

    def __init__(self, spool: "Spool | Standing", places: "Places | Standing | None" = None) -> None:
        self.spool = spool
        self.sites = spool.sites()
        self.places = places or Places(spool.db, self.sites)

    def convert(self, entry: Entry) -> Converted:
        library = EntryLibrary(self.spool, entry)
        title, above, remarks = titled(entry.title)
        made = Converted(remarks=remarks, dropped=dropped(entry.html))
        head = self.head(entry, library, made)
        made.markdown = to_markdown(
            above + head + self.markup(entry, library),
            link=lambda href: self.places.find(entry.source, self.whole(entry, href)) or href,
            picture=lambda address, alt: self.picture(entry, address, made),
        )
        rendered, whole = render_in_parts(made.markdown)
        made.html, made.text, made.standfirst = rendered.html, rendered.text, standfirst(entry, library)
        made.title = title or first_words(rendered.text) or entry.slug or entry.id
        made.remarks += [*library.remarks, *([] if whole else [IN_PARTS])]
        return made

    def head(self, entry: Entry, library: "EntryLibrary", made: Converted) -> str:
        """The picture at the head of a post becomes its Picture; where the file is not at hand, this links to it."""
        if not entry.picture:
            return ""
        attachment = library.attachment(entry.picture)
        if attachment is None:
            library.remarks.append(NO_HEAD.format(number=entry.picture))
            return ""
        known = self.spool.picture(key_of(attachment.url))
        if known is None:
            return figure(attachment)
        made.picture = known[1]
        made.pictures.append(["", key_of(attachment.url)])
        return ""

    def picture(self, entry: Entry, address: str, made: Converted) -> str:
        """Where a picture is shown from; one that is not at hand stays where it was, and becomes a link."""
        known = self.spool.picture(key_of(address))
        if not known and address.startswith("data:"):
            return ""  # it cannot be read, and the report says so already
        shown = known[0] if known else address if ABSOLUTE.match(address) else joined(self.base(entry), address)
        made.elsewhere += [] if known else [shown]
        made.pictures += [] if shown == address else [[shown, key_of(address)]]
        return shown

    def base(self, entry: Entry) -> str:
        return entry.url or self.sites[entry.source].base_url

    def whole(self, entry: Entry, href: str) -> str:
        """A link that begins with a folder or a file is one from where the entry stood."""
        return joined(self.base(entry), href) if RELATIVE.match(href) else href

    def markup(self, entry: Entry, library: "EntryLibrary") -> str:
        if entry.markup != "wordpress":
            return entry.html
        return unblock(entry.html, library) if has_blocks(entry.html) else autop(resolve(entry.html, library))


class EntryLibrary:
    """What one entry's shortcodes and blocks may ask for."""

    def __init__(self, spool: "Spool | Standing", entry: Entry) -> None:
        self.spool, self.entry, self.footnotes = spool, entry, entry.footnotes
        self.remarks: list[str] = []

    def attachment(self, identity: str) -> Attachment | None:
        return self.spool.attachment(self.entry.source, identity)

    def attached(self) -> list[Attachment]:
        return self.spool.attachments_of(self.entry.source, self.entry.id)

    def block(self, identity: str) -> str:
        return self.spool.block(self.entry.source, identity)


def titled(title: str) -> tuple[str, str, list[str]]:
    """A title that fits, the markup that must stand above the text, and what to say."""
    if not title:
        return "", "", [NO_TITLE]
    if len(title) <= TITLE:
        return title, "", []
    return shortened(title, TITLE), f"<p><strong>{escape(title)}</strong></p>", [LONG_TITLE]


def standfirst(entry: Entry, library: EntryLibrary) -> str:
    return plain(sanitise(autop(resolve(entry.excerpt, library)))) if entry.excerpt.strip() else ""


def first_words(words: str) -> str:
    line = " ".join(words[: 4 * TITLE_WORDS].split())
    return shortened(line, TITLE_WORDS)


def shortened(line: str, length: int) -> str:
    """At a word's end."""
    if len(line) <= length:
        return line
    return f"{line[: length - 1].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"


def comment_text(comment: Comment) -> str:
    """A reader's words as plain text: lines and paragraphs stay, addresses that no word shows stand below."""
    html = comment.html.replace("\r\n", "\n").replace("\r", "\n")
    if comment.plain:
        html = LINE.sub("<br>\n", html)
    return plain(sanitise(html), below=True).strip()
