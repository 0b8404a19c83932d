"""Days and hours in words, for texts and feeds; templates have the same as filters."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Event, Update
from articles.templatetags.articles import clock, zone


def day(moment: datetime) -> str:
    """17 December 2011, on the clock the moment itself carries."""
    return date_format(moment, "j F Y")


def when(event: Event) -> str:
    """17 December 2011, 12.00–14.00 GMT, on the clocks of the event's own zone."""
    starts, ends = event.local_starts, event.local_ends
    if ends is None:
        return f"{day(starts)}, {clock(starts)} {zone(starts)}"
    if ends.date() == starts.date():
        return f"{day(starts)}, {clock(starts)}–{clock(ends)} {zone(starts)}"
    return f"{day(starts)}, {clock(starts)} – {day(ends)}, {clock(ends)} {zone(ends)}"


def at(update: Update) -> str:
    """17 December 2011, 09.30 GMT (15.30 in Zhanaozen)."""
    here, there = timezone.localtime(update.at), update.at_place
    words = f"{day(here)}, {clock(here)} {zone(here)}"
    if there is None:
        return f"{words}, {update.place}" if update.place else words
    time = clock(there) if there.date() == here.date() else f"{day(there)}, {clock(there)}"
    return _("%(here)s (%(there)s in %(place)s)") % {"here": words, "there": time, "place": update.place or update.place_zone}
