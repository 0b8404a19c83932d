"""A list of old addresses that the user has made: two columns of CSV, the old address and where it leads now."""

import csv
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles.models import Kind, Label, OldAddress, Post, Revision
from campaign.imports.addresses import split
from campaign.imports.old_addresses import PATH, QUERY
from campaign.imports.problems import ExportRefused
from campaign.imports.report import Report
from campaign.oldspellings import is_read

Redirect = tuple[str, str, str]
"""Path and query of the old address; the new one as it was written."""

NOWHERE = "Old addresses of your list that lead to no page of this site"
LIVE = "Old addresses of your list at which a page of this site stands"


def read(path: Path) -> list[Redirect]:
    """The whole list; ExportRefused where a line cannot be read, before anything is written."""
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, ValueError, csv.Error) as error:
        raise ExportRefused(_("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": getattr(error, "strerror", None) or error}) from error
    found = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    if found and not is_address(found[0][1][0]):
        found = found[1:]  # the heads of the columns
    return [redirect(path, number, row) for number, row in found]


def redirect(path: Path, number: int, row: list[str]) -> Redirect:
    old = old_address(row[0]) if len(row) == 2 and all(map(is_address, row)) else None
    if old is None:
        said = _("%(file)s, line %(line)d: write an old address, a comma, and where it leads now. An address may have one parameter: /index.php?id=7.")
        raise ExportRefused(said % {"file": path, "line": number})
    return *old, row[1]


def is_address(words: str) -> bool:
    return words.startswith(("/", "http://", "https://"))


def old_address(address: str) -> tuple[str, str] | None:
    """None for one that no row can hold: too long, or with parameters of which nothing says which one tells."""
    parts = split(address)
    given = parse_qsl(parts.query, keep_blank_values=True)
    path, query = unquote(parts.path) or "/", "=".join(given[0]) if given else ""
    return None if len(given) > 1 or len(path) > PATH or len(query) > QUERY else (path, query)


def add(redirects: list[Redirect], report: Report) -> None:
    """The user's word counts more than what an import worked out; a page that is here keeps its address."""
    with Revision.one_bump():
        for path, query, new in redirects:
            target = target_of(new)
            if target is None or (not query and answers(path)):
                report.leave_out(NOWHERE if target is None else LIVE, [f"{path}?{query}" if query else path])
                continue
            if not report.dry_run:
                OldAddress.objects.moved(f"{path}?{query}" if query else path, target)
            report.came["old addresses of your list"] += 1


def target_of(address: str) -> str | None:
    """Where this leads on this site: an old address leads on."""
    parts = split(address)
    if parts.netloc and parts.netloc != split(settings.SITE_URL).netloc:
        return None
    path = unquote(parts.path) or "/"
    moved = OldAddress.objects.filter(path=path, query=parts.query).values_list("target", flat=True).first()
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return moved or (f"{path}{fragment}" if answers(path) else None)


def answers(path: str) -> bool:
    """Whether readers find something at this path."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    slug = match.kwargs.get("slug")
    if slug is None:
        return True
    if path.startswith("/labels/"):
        return Label.objects.filter(slug=slug).exists()
    if path.startswith("/appeals/"):
        return Post.objects.public().filter(kind=Kind.APPEAL, slug=slug).exists()
    return is_read(path)
