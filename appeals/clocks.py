"""What time it is where the telephone rings."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def office_hours(zone: str, at: datetime | None = None) -> str:
    """The office's clock against the site's, in words: "5 hours ahead of London". It depends on the day: summer time comes and goes apart."""
    at = at or timezone.now()
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    apart = at.astimezone(ZoneInfo(zone)).utcoffset() - here.utcoffset()
    names = {"time": in_words(abs(apart)), "city": city(settings.TIME_ZONE)}
    if not apart:
        return _("the same time as in %(city)s") % names
    return (_("%(time)s ahead of %(city)s") if apart > timedelta() else _("%(time)s behind %(city)s")) % names


def in_words(time: timedelta) -> str:
    hours, minutes = divmod(time // timedelta(minutes=1), 60)
    words = []
    if hours:
        words.append(ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours})
    if minutes:
        words.append(ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes})
    return " ".join(words)


def city(zone: str) -> str:
    """Europe/London → London."""
    return zone.rpartition("/")[2].replace("_", " ")
