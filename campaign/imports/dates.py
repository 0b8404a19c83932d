"""Dates as exports write them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BEFORE_CHRIST = re.compile(r" -\d{4} \d")


def iso(words: str) -> datetime | None:
    """ISO 8601 with an offset, as Atom has it; without one it is UTC. None for what is no date."""
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def mysql(words: str) -> datetime | None:
    """WordPress's "2011-06-01 12:00:00", naive; None for "0000-00-00 00:00:00" and what is no date."""
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


def gmt(words: str) -> datetime | None:
    moment = mysql(words)
    return moment and moment.replace(tzinfo=UTC)


def local(words: str) -> str:
    """Of the old site's clock, ISO 8601; empty for what is no date."""
    moment = mysql(words)
    return moment.isoformat() if moment else ""


def rfc822(words: str) -> datetime | None:
    """RSS's pubDate. WordPress dates drafts in the year -0001, other programs at the beginning of Unix time: neither is one."""
    if BEFORE_CHRIST.search(words):  # the parser would take the year for a zone
        return None
    try:
        moment = parsedate_to_datetime(words.strip())
    except (TypeError, ValueError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment.year >= 1970 and moment.timestamp() > 0 else None
