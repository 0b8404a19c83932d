"""What a file is, told by what stands in it, never by its name."""

import re
from enum import StrEnum

HEAD = 64 * 1024
"""Bytes that tell."""


class What(StrEnum):
    BLOGGER = "a Blogger backup"
    TAKEOUT = "a Blogger export from Google Takeout"
    BLOGGER_FEED = "a saved feed of a Blogger site"
    WORDPRESS = "a WordPress export"
    ZIP = "a zip archive"
    GZIP = "a gzip file"
    TAR = "a tar archive"
    PICTURE = "a picture"
    RSS = "a plain RSS feed"
    ATOM = "an Atom feed of another kind"
    GHOST = "a Ghost export"
    BLOGGER_API = "an answer of Blogger's API"
    WEB_PAGE = "a web page"
    EMPTY = "empty"
    OTHER = "no export"


BLOGGER_KINDS = (What.BLOGGER, What.TAKEOUT, What.BLOGGER_FEED)
MAGIC = {b"PK\x03\x04": What.ZIP, b"PK\x05\x06": What.ZIP, b"\x1f\x8b": What.GZIP}
PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|....ftypavi[fs]", re.DOTALL)
ROOT = re.compile(r"<(?:[\w-]+:)?(rss|feed|html|RDF)[\s>]", re.IGNORECASE)
GHOST = re.compile(r'\A\s*\{\s*"(?:db|meta|data)"\s*:')
BLOGGER_API = re.compile(r'"kind"\s*:\s*"blogger#')


def sniff(head: bytes) -> What:
    """What these first bytes (HEAD of them) are the beginning of."""
    for magic, what in MAGIC.items():
        if head.startswith(magic):
            return what
    if PICTURES.match(head):
        return What.PICTURE
    if head[257:262] == b"ustar":
        return What.TAR
    words = decoded(head)
    if not words.strip("\ufeff\0 \t\r\n"):
        return What.EMPTY
    if words.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return What.GHOST if GHOST.match(words) else What.BLOGGER_API if BLOGGER_API.search(words) else What.OTHER
    root = ROOT.search(words)
    if not root:
        return What.OTHER
    return {"rss": rss, "feed": feed, "html": web_page, "rdf": rss}[root[1].lower()](words[root.start() :])


def decoded(head: bytes) -> str:
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return head.decode(encoding, "replace")


def rss(words: str) -> What:
    return What.WORDPRESS if "wordpress.org/export/" in words or ":wxr_version>" in words else What.RSS


def feed(words: str) -> What:
    """The prefix `blogger` proves nothing: the public feed declares it too, with the address of 2008."""
    if "schemas.google.com/blogger/2018" in words:
        return What.TAKEOUT
    if "schemas.google.com/g/2005#kind" in words or re.search(r"tag:blogger\.com,1999:blog-\d+\.archive", words):
        return What.BLOGGER
    return What.BLOGGER_FEED if "tag:blogger.com,1999:" in words else What.ATOM


def web_page(words: str) -> What:
    """A warning or an error page may stand before the export it spoiled."""
    later = re.search(r"<(rss|feed)[\s>]", words)
    return {"rss": rss, "feed": feed}[later[1]](words[later.start() :]) if later else What.WEB_PAGE
