"""Archives: keyset pages of posts, grouped by month. A deep page costs what the first costs, and an old link stays true."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import pieces
from articles.models import Labelling, Post
from articles.public import WHOLE

PAGE_SIZE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BEGINNING = datetime.min.replace(tzinfo=UTC)
CURSOR = re.compile(r"(-?[0-9]{1,17})-([0-9]{1,18})", re.ASCII)
PARAMS = ("before", "after", "from")


class Place(NamedTuple):
    """Where a post stands in an archive: what orders it, and the day that names its month."""

    published_at: datetime
    pk: int
    published_on: date | None = None

    def __str__(self) -> str:
        """As a cursor in an address: `<microseconds>-<id>`."""
        return f"{(self.published_at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"

    @property
    def month(self) -> date:
        return self.published_on.replace(day=1)


def parse_cursor(words: str) -> Place:
    """Reads a cursor from an address; Http404 where it is none."""
    match = CURSOR.fullmatch(words)
    try:
        return Place(EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))
    except (TypeError, OverflowError) as error:
        raise Http404(_("This page of the archive is not there.")) from error


@dataclass(frozen=True)
class Neighbour:
    """The link to the page before or after: its address and what one finds there ("July 2011 and before")."""

    url: str
    label: str


@dataclass(frozen=True)
class Entry:
    """A post's card or headline, as its list prints it."""

    pk: int
    published_on: date
    html: SafeString


@dataclass(frozen=True)
class Month:
    """Entries of one month; `count` is None where the page cuts the month in two."""

    month: date
    entries: list[Any]
    count: int | None


@dataclass(frozen=True)
class Page:
    """One page of an archive."""

    entries: list[Entry]
    months: list[Month]
    older: Neighbour | None = None
    newer: Neighbour | None = None
    oldest_first: bool = False


def page_of(rows: QuerySet, params: Mapping[str, str], *, size: int = PAGE_SIZE, newest_only: bool = False, piece: str = pieces.CARD) -> Page:
    """The page that `?before=`, `?after=` and `?from=oldest` ask for, from public rows of Post or Labelling.

    Four queries at most, whatever the archive holds: the places, whether something lies behind them and, of posts not listed
    since the last change, the posts and their labels.
    In the mirror, where no pages are turned, it is the whole archive, or its first page where `newest_only` says that others hold the rest.
    """
    key = "post_id" if rows.model is Labelling else "pk"
    if WHOLE in params:
        return assemble(list(places(rows, key, False, None)[: size if newest_only else None]), None, None, False, piece)
    oldest_first = params.get("from") == "oldest"
    upward = "after" in params or (oldest_first and "before" not in params)
    cursor = parse_cursor(params["after"] if "after" in params else params["before"]) if params.keys() & {"before", "after"} else None
    found = list(places(rows, key, upward, cursor)[: size + 1])
    behind = places(rows, key, not upward, cursor, inclusive=True)[:1] if cursor else []
    shown, ahead = found[:size], found[size:]
    older, newer = (behind, ahead) if upward else (ahead, behind)
    shown = shown if upward == oldest_first else shown[::-1]
    return assemble(shown, first(older), first(newer), oldest_first, piece)


def places(rows: QuerySet, key: str, upward: bool, cursor: Place | None, inclusive: bool = False) -> QuerySet:
    """Places of the archive from the cursor on, in that direction."""
    if cursor:
        rows = beyond(rows, key, "gt" if upward else "lt", cursor, inclusive)
    order = ("published_at", key) if upward else ("-published_at", f"-{key}")
    return rows.order_by(*order).values_list("published_at", key, "published_on")


def beyond(rows: QuerySet, key: str, side: str, place: Place, inclusive: bool = False) -> QuerySet:
    """Rows after ("gt") or before ("lt") a place. An index walks the outer bound; the inner condition settles posts of one moment.

    Before a place the bound has to be a BETWEEN: of two upper bounds SQLite would walk from the other, `public()`'s now, all the way down.
    """
    level = {f"{key}__{side}{'e' if inclusive else ''}": place.pk}
    outer = Q(published_at__gte=place.published_at) if side == "gt" else Q(published_at__range=(BEGINNING, place.published_at))
    return rows.filter(outer & (Q(**{f"published_at__{side}": place.published_at}) | Q(**level)))


def first(rows: Iterable[tuple]) -> Place | None:
    return next((Place(*row) for row in rows), None)


def assemble(rows: list[tuple], older: Place | None, newer: Place | None, oldest_first: bool, piece: str) -> Page:
    """The entries of these places, in this order, with both neighbours named."""
    shown = [Place(*row) for row in rows]
    if not shown:
        return Page([], [], oldest_first=oldest_first)
    printed = pieces.of_ids({piece: [place.pk for place in shown]})[piece]
    oldest, newest = (shown[0], shown[-1]) if oldest_first else (shown[-1], shown[0])
    reading = "&from=oldest" if oldest_first else ""
    cut = {place.month for place in (older, newer) if place}
    entries = [Entry(place.pk, place.published_on, printed[place.pk]) for place in shown if place.pk in printed]
    return Page(
        entries=entries,
        months=by_month(entries, cut),
        older=Neighbour(f"?before={oldest}{reading}", month_and(older, _("%(month)s and before"))) if older else None,
        newer=Neighbour(f"?after={newest}{reading}", month_and(newer, _("%(month)s and after"))) if newer else None,
        oldest_first=oldest_first,
    )


def by_month(entries: Iterable[Entry | Post], cut: set[date] = frozenset()) -> list[Month]:
    """Entries, or posts, under their months; a month of `cut` goes on elsewhere, so its count stays unsaid."""
    grouped = [(month, list(group)) for month, group in groupby(entries, key=lambda entry: entry.published_on.replace(day=1))]
    return [Month(month, group, None if month in cut else len(group)) for month, group in grouped]


def month_and(place: Place, words: str) -> str:
    return words % {"month": date_format(place.published_on, "F Y")}
