"""Where the old site's pages stood, spelled so that two ways of writing one address are equal."""

import re
import sqlite3
import unicodedata
from urllib.parse import SplitResult, parse_qsl, unquote

from campaign.imports.addresses import split
from campaign.imports.entries import Site

BLOGSPOT = re.compile(r"\.blogspot\.(?:[a-z]{2,3}\.)?[a-z]{2,3}$")
BLOGGER_POST = re.compile(r"/\d{4}/\d{2}/[^/]+\.html|/p/[^/]+\.html")
DEAD_FRAGMENT = re.compile(r"|c?\d+|comments?|comment-\d+|comment-form|respond|more(?:-\d+)?|links")
GUESS = 39
"""Letters of the names that Blogger made of titles."""
NUMBERED = ("p", "page_id", "attachment_id")


def host(netloc: str) -> str:
    """Without user, port and "www."; blogspot's country domains are one."""
    name = netloc.rpartition("@")[2].partition(":")[0].lower().rstrip(".").removeprefix("www.")
    return BLOGSPOT.sub(".blogspot.com", name)


def path_and_number(parts: SplitResult) -> str:
    """What tells a page from the others of its site: path, and the number where WordPress is asked by one."""
    path = unquote(parts.path).rstrip("/").removesuffix("/index.php").removesuffix("/amp") or "/"
    numbers = [f"{name}={value}" for name, value in parse_qsl(parts.query) if name in NUMBERED]
    return f"{path}?{numbers[0]}" if numbers else path


class Places:
    """Where pages of the old sites stand now; kept in the spool, so that any process may ask."""

    def __init__(self, db: sqlite3.Connection, sites: dict[str, Site]) -> None:
        self.db = db
        self.groups: dict[str, str] = {}
        """Host → the group of sites that share it: a network's blogs differ by path alone."""
        self.group_of: dict[str, str] = {}
        for source, site in sites.items():
            names = [name for name in (host(split(site.base_url).netloc), *site.hosts) if name]
            group = next((self.groups[name] for name in names if name in self.groups), source)
            self.groups.update(dict.fromkeys(names, group))
            self.group_of[source] = group
        self.nameless = {source for source in sites if self.group_of[source] not in self.groups.values()}

    def add(self, source: str, addresses: list[str], url: str) -> None:
        """These old addresses are at `url` now; the first who claims one has it."""
        keys = [path_and_number(split(address)) for address in addresses if address]
        rows = [(f"{self.group_of[source]} {key}", url) for key in keys if key != "/"]
        self.db.executemany("INSERT INTO place VALUES (?, ?) ON CONFLICT DO NOTHING", rows)

    def find(self, source: str, href: str) -> str | None:
        """The new address of what a link of this site's meant; None where it is none of ours."""
        parts = split(href.strip())
        group = self.group(source, parts)
        if group is None:
            return None
        row = self.db.execute("SELECT url FROM place WHERE address = ?", (f"{group} {path_and_number(parts)}",)).fetchone()
        if row is None:
            return None
        fragment = "" if DEAD_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
        return f"{row[0]}#{fragment}" if fragment else row[0]

    def group(self, source: str, parts: SplitResult) -> str | None:
        if parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc:
            unnamed = source in self.nameless and BLOGGER_POST.fullmatch(parts.path)
            return self.group_of[source] if unnamed else self.groups.get(host(parts.netloc))
        return self.group_of[source] if parts.path.startswith("/") or (parts.query and not parts.path) else None


def guessed(title: str, year_month: str) -> str:
    """The address that Blogger would have made of a title, for exports that tell none: only a guess."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    name = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if word not in ("a", "an", "the") and len(name) + len(word) < GUESS:
            name += f"-{word}" if name else word
    return f"/{year_month}/{name or 'blog-post'}.html"
