"""The one allow-list of markup: bleach asks it first, nh3 asks it last."""

import re
from dataclasses import dataclass, field

OWN_PICTURES = "/media/"

PROTOCOLS = frozenset({
    "about", "applewebdata", "bitcoin", "callto", "ed2k", "facetime", "feed", "ftp", "ftps", "geo", "gopher", "http", "https", "irc", "ircs", "itms",
    "magnet", "mailto", "mms", "news", "nntp", "rtmp", "rtsp", "sftp", "sip", "sips", "skype", "sms", "spotify", "tel", "tg", "viber", "webcal",
    "whatsapp", "xmpp",
})  # fmt: skip
"""None of them runs anything in a page; old archives link to all of them."""

# What Markdown says, and the few things it cannot say.
MARKDOWN = "p br hr h2 h3 h4 h5 h6 strong em a img ul ol li blockquote pre code table thead tbody tr th td"
BEYOND = "sub sup del ins mark small kbd abbr cite q time caption tfoot dl dt dd figure figcaption details summary div span bdi"

EVERYWHERE = frozenset({"lang", "dir"})
ATTRIBUTES = {
    "a": {"href", "rel", "id"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "abbr": {"title"},
    "time": {"datetime"},
    "sup": {"id"},
    "li": {"id"},
    "p": {"id"},
}

COUNT = r"[1-9]\d{0,2}"
VALUES = {
    "lang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}",
    "dir": r"ltr|rtl|auto",
    "rel": r"noopener|nofollow noopener",
    # Footnotes alone may be jumped to, by names that no part of a page has: nothing typed can pose as the page's own.
    "id": r"_?(?:fn|fnref|ftn|ftnref|edn|ednref|footnote|endnote|sdfootnote|sdendnote|note|ref|cite)[\w:.-]{0,40}\d[\w:.-]{0,20}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-link)?",
    "href": r"(?!\s*(?i:feed):(?!https?:|//))[\s\S]*",  # old browsers ran what stood behind it
    "src": re.escape(OWN_PICTURES) + r"(?!\S*(?:\.\.|%2[eE]))[^\s\\\"'<>`]+",
    "width": r"[1-9]\d{0,4}",
    "height": r"[1-9]\d{0,4}",
    "loading": "lazy",
    "start": r"-?\d{1,6}",
    "colspan": COUNT,
    "rowspan": COUNT,
    "scope": r"(?:row|col)(?:group)?",
    "datetime": r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?|\d\d:\d\d(?::\d\d)?",
}


@dataclass(frozen=True)
class AllowList:
    tags: frozenset[str] = frozenset(f"{MARKDOWN} {BEYOND}".split())
    protocols: frozenset[str] = PROTOCOLS
    attributes: dict[str, frozenset[str]] = field(default_factory=lambda: {tag: frozenset(names) for tag, names in ATTRIBUTES.items()} | {"*": EVERYWHERE})
    values: dict[str, re.Pattern[str]] = field(default_factory=lambda: {name: re.compile(pattern, re.ASCII) for name, pattern in VALUES.items()})

    def value(self, tag: str, name: str, value: str) -> str | None:
        """The value, when this element may carry it. (An href's protocol is judged by the cleaners themselves.)"""
        if name not in EVERYWHERE and name not in self.attributes.get(tag, ()):
            return None
        pattern = self.values.get(name)
        return value if pattern is None or pattern.fullmatch(value) else None


ALLOWED = AllowList()
