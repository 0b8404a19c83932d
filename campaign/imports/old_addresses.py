"""Every address a post, a label or an archive had, as rows that answer 301."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from articles.models import OldAddress
from campaign.imports.entries import Entry
from campaign.imports.places import NUMBERED

PATH, QUERY = 500, 200


def of_entry(entry: Entry, target: str) -> list[OldAddress]:
    """Its permalink, its earlier ones, and the number WordPress knew it by."""
    rows = [row(address, target) for address in [entry.url, *entry.old_paths] if address]
    return [one for one in rows if one and (one.path, one.query) != (target, "")]


def row(address: str, target: str) -> OldAddress | None:
    """None for what cannot be told from the home page, or is longer than an address can be kept."""
    parts = urlsplit(address)
    path = unquote(parts.path) or "/"
    query = next((f"{name}={value}" for name, value in parse_qsl(parts.query) if name in NUMBERED), "")
    if (path == "/" and not query) or len(path) > PATH or len(query) > QUERY or len(target) > PATH:
        return None
    return OldAddress(path=path if path.startswith("/") else f"/{path}", query=query, target=target)


def keep(rows: Iterable[OldAddress], new: Iterable[str]) -> int:
    """Write these rows; an address that leads somewhere already goes on leading there, and what is a page's own leads nowhere."""
    OldAddress.objects.filter(path__in=list(new), query="").delete()
    rows = {(one.path, one.query): one for one in reversed(list(rows))}
    before = OldAddress.objects.count()
    OldAddress.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return OldAddress.objects.count() - before
