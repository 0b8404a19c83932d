"""Events as an iCalendar file (RFC 5545): moments in UTC, so that no reader's calendar has to know our zones."""

import re
from collections.abc import Iterable
from datetime import UTC

from icalendar import Calendar
from icalendar import Event as Component

from articles import site
from articles.links import canonical, host
from articles.models import Event
from articles.moments import when

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(events: Iterable[Event]) -> bytes:
    """The events, each with its post fetched, as a file that any calendar takes; the same bytes until one of them changes.

    It has no METHOD: that would make it an invitation, which needs an organiser's mailbox (RFC 5546, 3.2.1).
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{host()}//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", said(site.profile().name))
    for event in events:
        calendar.add_component(component(event))
    return calendar.to_ical()


def component(event: Event) -> Component:
    """One VEVENT. A change comes under the same UID with a higher SEQUENCE. Who calls it stands in CONTACT, as text:
    ORGANIZER is an address, for group scheduling alone (RFC 5545, 3.8.4.3)."""
    entry = Component()
    entry.add("uid", f"event-{event.pk}@{host()}")
    entry.add("dtstamp", event.changed_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0))  # to the second it would say when an editor was online
    entry.add("dtstart", event.starts.astimezone(UTC))
    if event.ends:
        entry.add("dtend", event.ends.astimezone(UTC))
    entry.add("summary", said(event.title or event.post.title))
    entry.add("description", said(f"{event.post.title}\n{when(event)}\n{canonical(event.post)}"))
    entry.add("location", said(event.place))
    entry.add("url", canonical(event.post))
    if contact := ", ".join(filter(None, (event.organiser, event.contact))):
        entry.add("contact", said(contact))
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("sequence", event.sequence)
    return entry


def said(text: str) -> str:
    return CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
