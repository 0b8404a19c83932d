"""The old site's clock: which moment an entry was published at, and which day its readers saw."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from campaign.imports.entries import Comment, Entry, Site


class Clock:
    """One site's. Where the export gives a local time alone, the offset is that of the nearest entry that gives both."""

    def __init__(self, site: Site, zone: str = "") -> None:
        self.known = next((name for name in (zone, site.zone) if name in available_timezones()), "")
        self.zone = ZoneInfo(self.known or settings.TIME_ZONE)
        self.offsets: list[tuple[datetime, timedelta]] = []

    def learn(self, entry: Entry) -> None:
        if entry.published and entry.local:
            local = datetime.fromisoformat(entry.local)
            self.offsets.append((local, local - entry.published.astimezone(UTC).replace(tzinfo=None)))

    def settle(self) -> None:
        """Keep of what was learnt only where the offset changes."""
        kept: list[tuple[datetime, timedelta]] = []
        for index, (local, offset) in enumerate(learnt := sorted(self.offsets)):
            ends = index + 1 == len(learnt) or learnt[index + 1][1] != offset
            if not kept or kept[-1][1] != offset or ends:
                kept.append((local, offset))
        self.offsets = kept

    def moment(self, dated: Entry | Comment) -> datetime | None:
        """In UTC."""
        if dated.published:
            return dated.published.astimezone(UTC)
        if not dated.local:
            return None
        local = datetime.fromisoformat(dated.local)
        if self.known or not self.offsets:
            return local.replace(tzinfo=self.zone).astimezone(UTC)
        return (local - self.offset_near(local)).replace(tzinfo=UTC)

    def offset_near(self, local: datetime) -> timedelta:
        index = bisect_left(self.offsets, (local, timedelta.min))
        near = self.offsets[max(0, index - 1) : index + 1]
        return min(near, key=lambda learnt: abs(learnt[0] - local))[1]

    def day(self, entry: Entry) -> date | None:
        """On the old site's own clock: as it stood there, else by the offset its date carries, else in its zone."""
        if entry.local:
            return datetime.fromisoformat(entry.local).date()
        if entry.published is None:
            return None
        if entry.published.utcoffset():
            return entry.published.date()
        return entry.published.astimezone(self.zone).date()
