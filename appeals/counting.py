"""How many letters supporters say they have sent, by day; worked out once a revision, drawn as a small graph and said as a table."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from appeals.models import Press
from articles.memo import per_revision

DAYS = 60
"""The graph shows at most the last so many days on which letters may have been sent."""
BAR, GAP, HEIGHT = 8, 2, 60


@dataclass(frozen=True)
class Day:
    """One day's letters and its bar, in units of the drawing."""

    day: date
    number: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True)
class Sent:
    """All letters reported sent on an appeal's page."""

    total: int
    days: list[Day]

    @property
    def width(self) -> int:
        return len(self.days) * (BAR + GAP)

    @property
    def table(self) -> list[Day]:
        """The days that have letters, newest first."""
        return [day for day in reversed(self.days) if day.number]

    @property
    def height(self) -> int:
        return HEIGHT


@per_revision
def sent(appeal_id: int) -> Sent:
    """One query."""
    rows = Press.objects.filter(appeal=appeal_id).values_list("day").annotate(number=Count("pk")).order_by("day")
    by_day = dict(rows)
    if not by_day:
        return Sent(0, [])
    last = max(by_day)
    first = max(min(by_day), last - timedelta(days=DAYS - 1))
    most = max(by_day.values())
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    bars = [Day(day, by_day.get(day, 0), x * (BAR + GAP), round(HEIGHT * by_day.get(day, 0) / most)) for x, day in enumerate(days)]
    return Sent(sum(by_day.values()), bars)
