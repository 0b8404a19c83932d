"""Every count readers see: posts by day, month and year, by kind, by label; worked out once a revision."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from django.db.models import CharField, Count, Max, Min
from django.db.models.functions import Cast, Substr
from django.urls import reverse

from articles.memo import per_revision
from articles.models import Kind, Label, Labelling, Post

TOGETHER_AMONG = 500
"""Newest posts of a label in which its companions are looked for: enough to tell, and the same cost for any archive."""


@dataclass(frozen=True)
class MonthCount:
    month: date
    count: int

    @property
    def url(self) -> str:
        return reverse("month", args=[self.month.year, self.month.month])


@dataclass(frozen=True)
class YearCount:
    year: int
    months: list[MonthCount]

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)

    @property
    def url(self) -> str:
        return reverse("year", args=[self.year])

    @property
    def calendar(self) -> list[MonthCount]:
        """All twelve months, those without posts too."""
        known = {month.month: month for month in self.months}
        return [known.get(begins, MonthCount(begins, 0)) for begins in (date(self.year, number, 1) for number in range(1, 13))]


@dataclass(frozen=True)
class LabelYear:
    slug: str
    year: int
    count: int

    @property
    def url(self) -> str:
        return reverse("label_year", args=[self.slug, self.year])


@dataclass
class LabelCount:
    name: str
    slug: str
    count: int = 0
    first: date | None = None
    last: date | None = None
    years: list[LabelYear] = field(default_factory=list)

    @cached_property
    def url(self) -> str:
        return reverse("label", args=[self.slug])


@dataclass(frozen=True)
class KindCount:
    kind: Kind
    slug: str
    count: int
    last: date

    @property
    def url(self) -> str:
        return reverse(self.slug)


class Day(NamedTuple):
    """A day that has public posts, and when the first and the last of them were published (by the clock of their own zone, that may be another day)."""

    day: date
    number: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Totals:
    """Days oldest first; for each kind the number of its posts and the day of the newest."""

    days: list[Day]
    kinds: dict[str, tuple[int, date]]


@per_revision
def totals() -> Totals:
    """One walk of one index."""
    days: dict[date, Day] = {}
    kinds: dict[str, tuple[int, date]] = {}
    rows = Post.objects.public().listed().order_by("published_on").values_list("published_on", "kind")
    for day, kind, number, first, last in rows.annotate(Count("pk"), Min("published_at"), Max("published_at")):
        so_far = days.get(day, Day(day, 0, first, last))
        days[day] = Day(day, so_far.number + number, min(so_far.first, first), max(so_far.last, last))
        kinds[kind] = (kinds.get(kind, (0, day))[0] + number, day)
    return Totals(list(days.values()), kinds)


def within(begins: date, ends: date) -> list[Day]:
    """The days from one to the other, both included, that have posts."""
    days = totals().days
    return days[bisect_left(days, begins, key=itemgetter(0)) : bisect_right(days, ends, key=itemgetter(0))]


def moments(begins: date, ends: date) -> tuple[datetime, datetime] | None:
    """From when to when the posts of these days were published: what lets an archive of them be one walk down one index. None without posts."""
    found = within(begins, ends)
    return (min(day.first for day in found), max(day.last for day in found)) if found else None


def beside(begins: date, ends: date) -> tuple[date | None, date | None]:
    """The last day with posts before these days, and the first after them."""
    days = totals().days
    before, after = bisect_left(days, begins, key=itemgetter(0)), bisect_right(days, ends, key=itemgetter(0))
    return days[before - 1].day if before else None, days[after].day if after < len(days) else None


@per_revision
def tree() -> list[YearCount]:
    """The archive tree, newest year and month first."""
    months: Counter[date] = Counter()
    for day in totals().days:
        months[day.day.replace(day=1)] += day.number
    years = dict.fromkeys(month.year for month in sorted(months, reverse=True))
    return [YearCount(year, [MonthCount(month, months[month]) for month in sorted(months, reverse=True) if month.year == year]) for year in years]


def of_year(year: int) -> YearCount | None:
    return next((count for count in tree() if count.year == year), None)


@per_revision
def kinds() -> list[KindCount]:
    """The kinds of articles that have any, in the order of the model."""
    from articles.urls import KIND_SLUGS

    known = totals().kinds
    return [KindCount(kind, slug, *known[kind]) for slug, kind in KIND_SLUGS.items() if kind in known]


@per_revision
def labels() -> list[LabelCount]:
    """Every label that public posts carry, the largest first, with its span and its years."""
    year = Substr(Cast("published_on", CharField()), 1, 4)
    rows = (
        Labelling.objects.public()
        .values("label__name", "label__slug", year=year)
        .annotate(number=Count("pk"), first=Min("published_on"), last=Max("published_on"))
    )
    found: dict[str, LabelCount] = {}
    for row in rows.order_by("label__name", "-year"):
        label = found.setdefault(row["label__slug"], LabelCount(row["label__name"], row["label__slug"]))
        label.count += row["number"]
        label.first = min(label.first or row["first"], row["first"])
        label.last = max(label.last or row["last"], row["last"])
        label.years.append(LabelYear(label.slug, int(row["year"]), row["number"]))
    return sorted(found.values(), key=lambda label: (-label.count, label.name))


def of_label(label: Label) -> LabelCount:
    return next((count for count in labels() if count.slug == label.slug), LabelCount(label.name, label.slug))


@per_revision
def together(label_id: int, most: int = 8) -> list[LabelCount]:
    """The labels most often on the same posts as this one."""
    newest = Labelling.objects.public().filter(label_id=label_id).order_by("-published_at", "-post_id").values_list("post_id", flat=True)[:TOGETHER_AMONG]
    others = Labelling.objects.filter(post__in=list(newest)).exclude(label_id=label_id)
    pairs = others.values("label__slug", "label__name").annotate(number=Count("pk")).order_by("-number", "label__name")[:most]
    return [LabelCount(pair["label__name"], pair["label__slug"], pair["number"]) for pair in pairs]
