"""Links that open a letter in the supporter's own program: mailto, webmail, sms, tel, share.

The server only measures and encodes; it never sends a letter and never learns who did.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category
from urllib.parse import quote

import idna
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

LIMIT = 1900
"""Characters, encoded: Windows hands a mail program at most 2,048 of a link, and some programs take a few for themselves."""
GMAIL_LIMIT = 1600
OUTLOOK_LIMIT = 1900
GMAIL = "https://mail.google.com/mail/"
OUTLOOK = "https://outlook.office.com/mail/deeplink/compose"


class LinkKind(StrEnum):
    FULL = "full"
    SHORT = "short"
    GROUPS = "groups"


@dataclass(frozen=True)
class MailLink:
    """One link and whom it writes to; `whole_letter` is false where the reader has to paste the letter."""

    url: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    whole_letter: bool


@dataclass(frozen=True)
class MailLinks:
    """What can be offered for one letter. `length` is that of the full link, encoded, in characters."""

    kind: LinkKind
    links: tuple[MailLink, ...]
    length: int
    gmail: str = ""
    outlook: str = ""

    @property
    def over(self) -> int:
        """By how many characters the full link is too long."""
        return max(0, self.length - LIMIT)

    @property
    def url(self) -> str:
        """The one link, or the first of the groups."""
        return self.links[0].url


def mail_links(to: Sequence[str], cc: Sequence[str], subject: str, body: str) -> MailLinks:
    """The full link while it fits; else one with addresses, subject and a line; else several, each to as many as fit."""
    full = mailto(to, cc, subject, body)
    short = mailto(to, cc, subject, paste_line())
    if len(full) <= LIMIT:
        kind, links = LinkKind.FULL, (MailLink(full, tuple(to), tuple(cc), whole_letter=True),)
    elif len(short) <= LIMIT:
        kind, links = LinkKind.SHORT, (MailLink(short, tuple(to), tuple(cc), whole_letter=False),)
    else:
        kind, links = LinkKind.GROUPS, grouped(to, cc, subject, body)
    return MailLinks(kind, links, len(full), gmail=gmail(to, cc, subject, body), outlook=outlook(to, cc, subject, body))


def mailto(to: Iterable[str], cc: Iterable[str] = (), subject: str = "", body: str = "") -> str:
    """RFC 6068: addresses in the path joined by literal commas, every other character that could be read two ways percent-encoded."""
    fields = {"cc": addresses(cc), "subject": encode(one_line(subject)), "body": encode_body(body)}
    query = "&".join(f"{name}={value}" for name, value in fields.items() if value)
    return f"mailto:{addresses(to)}" + (f"?{query}" if query else "")


def gmail(to: Iterable[str], cc: Iterable[str], subject: str, body: str) -> str:
    """A compose link, or nothing where it would be too long."""
    return web_link(GMAIL, GMAIL_LIMIT, view="cm", fs="1", to=addresses(to), cc=addresses(cc), su=encode(one_line(subject)), body=encode_body(body))


def outlook(to: Iterable[str], cc: Iterable[str], subject: str, body: str) -> str:
    return web_link(OUTLOOK, OUTLOOK_LIMIT, to=addresses(to), cc=addresses(cc), subject=encode(one_line(subject)), body=encode_body(body))


def web_link(base: str, limit: int, **encoded: str) -> str:
    link = f"{base}?" + "&".join(f"{name}={value}" for name, value in encoded.items() if value)
    return link if len(link) <= limit else ""


def tel(number: str) -> str:
    """RFC 3966, for a number in E.164."""
    return f"tel:{quote(number, safe='+')}"


def sms(number: str, body: str = "") -> str:
    """RFC 5724, for a number in E.164."""
    return f"sms:{quote(number, safe='+')}" + (f"?body={encode_body(body)}" if body else "")


def share_links(url: str, title: str) -> dict[str, str]:
    """Plain links that hand on a page's title and address and nothing else: no parameter says where a reader came from."""
    words = encode(f"{one_line(title)} {url}")
    return {
        "email": mailto([], subject=title, body=f"{one_line(title)}\n{url}"),
        "whatsapp": f"https://wa.me/?text={words}",
        "telegram": f"https://t.me/share/url?url={encode(url)}&text={encode(one_line(title))}",
    }


def addresses(values: Iterable[str]) -> str:
    return ",".join(encode_address(value) for value in values)


def encode_address(value: str) -> str:
    """The local part percent-encoded as UTF-8, the domain in IDNA (RFC 6068, 2): old programs know no other spelling of it."""
    local, at, domain = value.rpartition("@")
    return f"{encode(local)}{at}{encode(ascii_domain(domain))}"


def ascii_domain(domain: str) -> str:
    """IDNA 2008 with its mapping of case and width; what is no domain name stays as it is."""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain


def encode(text: str) -> str:
    """Percent-encoded UTF-8; a space is %20, since mail programs print "+" as it stands."""
    return quote(text, safe="")


def encode_body(text: str) -> str:
    """Line ends as %0D%0A (RFC 6068, 5)."""
    return encode(normalize_newlines(text).replace("\0", "").replace("\n", "\r\n"))


def one_line(text: str) -> str:
    """A header's value: what would end the header becomes a space. Save refuses it already; nothing that leaves depends on that."""
    return "".join(" " if category(character) in ("Cc", "Zl", "Zp") else character for character in text).strip()


def paste_line() -> str:
    return _("[Paste the letter here]")


def grouped(to: Sequence[str], cc: Sequence[str], subject: str, body: str) -> tuple[MailLink, ...]:
    """As few links as the addresses need. The copies go with every one if they leave room for half of it, else they are dealt out too."""
    subject, text, whole = words_that_leave_room(subject, body)
    spare = LIMIT - len(mailto(["@"], ["@"], subject, text))
    if len(addresses(cc)) <= spare // 2:
        packs = [(pack, cc) for pack in packed(to, spare - len(addresses(cc)))]
    else:
        packs = [(pack, []) for pack in packed(to, spare)] + [([], pack) for pack in packed(cc, spare)]
    return tuple(MailLink(mailto(to, cc, subject, text), tuple(to), tuple(cc), whole) for to, cc in packs)


def words_that_leave_room(subject: str, body: str) -> tuple[str, str, bool]:
    """The fullest subject and text (and whether that is the whole letter) that leave half a link to the addresses."""
    for words, text, whole in ((subject, body, True), (subject, paste_line(), False), (subject, "", False)):
        if len(mailto([], [], words, text)) <= LIMIT // 2:
            return words, text, whole
    return "", "", False


def packed(values: Sequence[str], room: int) -> list[list[str]]:
    """The values in their order, in runs whose encoded length, commas included, stays within `room`."""
    runs: list[list[str]] = []
    left = 0
    for value in values:
        needs = len(encode_address(value)) + 1
        if not runs or needs > left:
            runs.append([])
            left = room + 1
        runs[-1].append(value)
        left -= needs
    return runs
