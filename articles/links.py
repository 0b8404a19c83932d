"""Addresses in full: what leaves the site (feeds, texts, calendars, sitemaps) must say where it came from."""

import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils import translation

from articles.markup.allowed import PROTOCOLS
from articles.models import Post

# The elements of stored HTML, which nh3 wrote: every value stands in double quotes, and no text holds a bare "<".
ELEMENT = re.compile(r'<[a-z][a-z0-9]*(?:\s+[^\s=">]+(?:="[^"]*")?)+\s*/?>')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0]")
SRCSET = re.compile(r'(\ssrcset=")([^"]*)(?=")')
LINK = re.compile(r'(\s(?:href|src|cite)=")([^"]*)(?=")')


def may_lead(address: str) -> bool:
    """Whether a page may link this typed address: read as a browser reads it, to whom white space and control characters count for nothing."""
    scheme = SCHEME.match(UNSEEN.sub("", address))
    return scheme is None or scheme[0].lower() in PROTOCOLS


def host() -> str:
    """The site's name on the network: the authority in the ids of feed entries and events."""
    return urlsplit(settings.SITE_URL).hostname


def absolute(path: str) -> str:
    """A path of this site as a whole address; a whole address stays as it is."""
    return urljoin(f"{settings.SITE_URL}/", path)


def interface_of(language: str) -> str:
    """The interface language that pages in this language belong to: its own if that is switched on, else the site's first."""
    codes = [code for code, _name in settings.LANGUAGES]
    primary = language.lower().partition("-")[0]
    exact = [code for code in codes if code.lower() == language.lower()]
    return next(iter(exact or [code for code in codes if code.partition("-")[0] == primary]), settings.LANGUAGE_CODE)


def canonical_path(post: Post) -> str:
    """The post's one address, in the interface of its own language."""
    with translation.override(interface_of(post.language)):
        return post.get_absolute_url()


def canonical(post: Post) -> str:
    return absolute(canonical_path(post))


def in_full(html: str, page: str, *, anchors: bool = True) -> str:
    """Stored HTML as it stands on this page, with every relative address made whole; `anchors=False` leaves "#note" as it is."""

    def whole(link: re.Match[str]) -> str:
        return link[1] + (link[2] if link[2].startswith("#") and not anchors else joined(page, link[2]))

    return ELEMENT.sub(lambda element: SRCSET.sub(lambda found: sources(page, found), LINK.sub(whole, element[0])), html)


def sources(page: str, found: re.Match[str]) -> str:
    """A srcset of ours: addresses and widths, parted by commas."""
    return found[1] + ", ".join(joined(page, one) for one in found[2].split(", "))


def joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:  # an old text may hold "http://[", which is no address: it stays the words it was
        return address
