"""Addresses of Blogger and WordPress that follow a rule: no row need be kept for them."""

import re
from collections.abc import Iterable, Iterator

from django.urls import Resolver404, resolve

from articles.models import Kind, Post

END = r"/?\Z"
ARCHIVE_PAGE = re.compile(r"/(?:[\w-]+/)*(\d{4})_(\d{2})_(\d{2})_archive\.html\Z", re.ASCII)
FEED_OF_LABEL = re.compile(r"/feeds/posts/(?:default|summary|full)/-/([^/]+)" + END)
FEED = re.compile(
    r"/(?:feeds/(?:posts|comments|\d+/comments)/(?:default|summary|full)|atom\.xml|rss\.xml|index\.(?:rdf|xml)|comments/feed(?:/\w+)?|feed/(?:atom|rss2?|rdf)|feed)"
    + END
)
ARCHIVES = re.compile(r"/archives?(?:/.*)?\Z")
UPDATED = re.compile(r"(\d{4})-(\d{2})-\d{2}T")
TURNED_PAGE = re.compile(r"/page/\d+" + END)
TAIL = re.compile(r"/(?:amp|feed(?:/\w+)?|trackback|embed|comment-page-\d+|\d{1,2})" + END)
RESIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated)(?=\.\w{2,5}\Z)")
INDEX = re.compile(r"\A((?:/[\w-]+)*)/index\.php(?=/)")


def other_spellings(path: str) -> Iterator[str]:
    """What else the old site answered with the same page, the nearest first."""
    seen = {path}
    for spelling in (path, TAIL.sub("/", path), TURNED_PAGE.sub("/", path), RESIZED.sub("", path), INDEX.sub(r"\1", path), path.replace("+", " ")):
        for one in (spelling, spelling.rstrip("/"), f"{spelling.rstrip('/')}/"):
            if one and one not in seen:
                seen.add(one)
                yield one


def label_of_feed(path: str) -> str:
    """Where the label stood whose feed this was; empty for what is none."""
    match = FEED_OF_LABEL.fullmatch(path)
    return f"/search/label/{match[1]}" if match else ""


def home(path: str, others: Iterable[str]) -> str | None:
    """Where this address leads that no row knows: to the post it hangs in, or by the rules of archives and feeds."""
    return next((one for one in others if is_read(one)), None) or by_rule(path)


def by_rule(path: str) -> str | None:
    if match := ARCHIVE_PAGE.fullmatch(path):
        year, month, day = match.groups()
        return real(f"/{year}/{month}/" if day == "01" else f"/{year}/{month}/{day}/")
    if FEED.fullmatch(path):
        return "/feed/"
    if TURNED_PAGE.search(path):
        return real(TURNED_PAGE.sub("/", path)) or "/archive/"
    return "/archive/" if ARCHIVES.fullmatch(path) else None


def by_place(updated: str) -> str | None:
    """Blogger's older posts, from a moment on: `/search?updated-max=2012-06-07T12:00:00Z`."""
    match = UPDATED.match(updated)
    return real(f"/{match[1]}/{match[2]}/") if match else None


def real(path: str) -> str | None:
    """A date archive's address, unless there is no such date."""
    try:
        return path if resolve(path).url_name in ("year", "month", "day") else None
    except Resolver404:
        return None


def is_read(path: str) -> bool:
    """Whether this is the address of an article or a page that readers may see."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    public = Post.objects.public()
    if match.url_name == "article":
        return public.filter(published_on=match.kwargs["day"], slug=match.kwargs["slug"]).exclude(kind__in=(Kind.APPEAL, Kind.PAGE)).exists()
    return match.url_name == "page" and public.filter(kind=Kind.PAGE, slug=match.kwargs["slug"]).exists()
