"""What search engines should know of: every public post at its own address, and the archives they hang in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.urls import reverse

from articles import counts
from articles.links import absolute, canonical
from articles.models import Page, Post

MOST = 5_000
"""Posts in one file. The protocol allows 50,000 addresses, but no request should take the time to write them: past this
there is an index, and a file for each month."""
LISTS = ("home", "archive", "labels", "appeals", "events")


@dataclass(frozen=True)
class Url:
    location: str
    lastmod: date | datetime | None = None


def fits_one_file() -> bool:
    return sum(year.count for year in counts.tree()) <= MOST


def months() -> list[date]:
    """The months that have posts, newest first."""
    return [month.month for year in counts.tree() for month in year.months]


def posts(begins: date | None = None, ends: date | None = None) -> list[Url]:
    """Reports and appeals, all or those of some days: one query."""
    listed = Post.objects.public().listed().newest_first()
    return urls_of(listed.filter(published_on__range=(begins, ends)) if begins else listed)


def urls_of(posts: QuerySet) -> list[Url]:
    rows = posts.only("kind", "slug", "language", "published_on", "published_at", "revised_at").annotate(updated_at=Max("updates__at"))
    return [Url(canonical(post), max(filter(None, (post.published_at, post.revised_at, post.updated_at)))) for post in rows]


def everything_else() -> list[Url]:
    """Pages such as About, and the archives by date, kind and label: one query with the counts warm."""
    newest: dict[str | int | date, date] = {}
    for day, *_ in counts.totals().days:  # oldest first
        newest |= dict.fromkeys(("all", day.year, day.replace(day=1)), day)
    return [
        *(Url(absolute(reverse(name)), newest.get("all")) for name in LISTS),
        *urls_of(Page.objects.public().order_by("slug")),
        *(Url(absolute(kind.url), kind.last) for kind in counts.kinds()),
        *(Url(absolute(year.url), newest[year.year]) for year in counts.tree()),
        *(Url(absolute(month.url), newest[month.month]) for year in counts.tree() for month in year.months),
        *(Url(absolute(label.url), label.last) for label in counts.labels()),
    ]
