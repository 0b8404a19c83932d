"""Checks of dates: weekdays, the year of a dateline, the day of the headline."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.preflight.findings import Finding, Severity, around
from articles.preflight.reading import Block, Reading
from articles.preflight.registry import check

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan января", "february feb февраля", "march mar марта", "april apr апреля", "may мая", "june jun июня", "july jul июля",
         "august aug августа", "september sept sep сентября", "october oct октября", "november nov ноября", "december dec декабря"), 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon понедельник", "tuesday tue tues вторник", "wednesday wed среда среду", "thursday thu thur thurs четверг", "friday fri пятница пятницу",
         "saturday sat суббота субботу", "sunday sun воскресенье")
    )
    for name in names.split()
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
DAY = rf"(?:(?:the )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?,? (?P<m1>{MONTH})|(?P<m2>{MONTH})\.? (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b"
NUMBERS = r"(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>(?:19|20)\d\d)\b"
"""17.12.2011. With slashes nobody can say which is the month."""
DATE = re.compile(rf"(?i)\b{DAY}(?:,? (?P<y>(?:19|20)\d\d)\b)?")
WITH_WEEKDAY = re.compile(rf"(?i)\b(?P<w>{WEEKDAY})\b\.?,? (?:{DAY}(?:,? (?P<y>(?:19|20)\d\d)\b)?|{NUMBERS})")
LINE_OF_PLACE = re.compile(rf"(?i)^\s*[^\W\d][\w .’'()-]{{1,50}}, (?:{DAY},? (?P<y>(?:19|20)\d\d)\b|{NUMBERS})[^\n]{{0,25}}$", re.MULTILINE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SENTENCE = re.compile(r"[^.!?\n]+")
EVENT = re.compile(
    r"(?i)\b(?:picket|protest|rally|demonstration|march|vigil|meeting|day of action|lobby|gathering|пикет|митинг|акци[яию]|собрание|день действий)s?\b"
)
ANNOUNCED = re.compile(
    r"(?i)\b(?:will|join|come|assemble|gather at|meet at|take part|outside|starts?|begins|at \d{1,2}|from \d{1,2}|пройд[её]т|состоится|приходите|будет)\b"
)
NEAR = 7
"""Days: an event this close to the headline's date is the headline's."""
NEW_YEAR = 31
"""Days between a dateline and its publication across a new year that nobody wonders at."""


def day_of(found: re.Match[str], year: int) -> date | None:
    """The day that was written, in this year unless it names its own; None where there is no such day."""
    said = found.groupdict()
    try:
        if said.get("y3"):
            return date(int(said["y3"]), int(said["m3"]), int(said["d3"]))
        return date(int(said["y"] or year), MONTHS[(said["m1"] or said["m2"]).casefold()], int(said["d1"] or said["d2"]))
    except ValueError:
        return None


def nearest(found: re.Match[str], to: date) -> date | None:
    """The day that was written, in the year that brings it nearest to `to` unless it names its own."""
    days = [day for year in (to.year - 1, to.year, to.year + 1) if (day := day_of(found, year))]
    return min(days, key=lambda day: abs(day - to), default=None)


def published(reading: Reading) -> date:
    post = reading.post
    return post.published_on or (timezone.localdate(post.published_at) if post.published_at else timezone.localdate())


def years_named(reading: Reading) -> set[int]:
    """Every year that the text names, and that of the day it is about."""
    event_date = reading.post.event_date
    named = {int(year) for block in reading.everywhere for year in YEAR.findall(block.text)}
    return named | ({event_date.year} if event_date else set())


@check
def weekday(reading: Reading) -> Iterator[Finding]:
    """ "Friday 17 December" in a year in which that was a Saturday."""
    day, named = published(reading), years_named(reading)
    for block in reading.everywhere:
        for found in WITH_WEEKDAY.finditer(block.text):
            meant = nearest(found, day)
            if meant is None:
                yield no_such_day(block, found)
                continue
            own_year = bool(found["y"] or found["y3"])
            years = {meant.year} if own_year else {meant.year} | named
            if not any((other := day_of(found, year)) and other.weekday() == WEEKDAYS[found["w"].casefold()] for year in years):
                severity = Severity.ERROR if own_year or meant >= day else Severity.WARNING
                names = {"day": date_format(meant, "j F Y"), "weekday": date_format(meant, "l")}
                yield Finding(
                    "weekday", severity, around(block.text, *found.span()),
                    _("%(day)s is a %(weekday)s: readers would come on the wrong day.") % names, _("Correct the weekday or the date."), block.field,
                )  # fmt: skip


def no_such_day(block: Block, found: re.Match[str]) -> Finding:
    why, mend = _("There is no such day in the calendar."), _("Correct the date.")
    return Finding("weekday", Severity.ERROR, around(block.text, *found.span()), why, mend, block.field)


@check
def dateline_year(reading: Reading) -> Iterator[Finding]:
    """ "Moscow, 16 December 2010" over a text of 2011."""
    day = published(reading)
    lines = [(block, found) for block in reading.body if not block.letter for found in LINE_OF_PLACE.finditer(block.text)]
    for block, found in lines:
        written = day_of(found, day.year)
        if written and written.year != day.year and abs(written - day).days > NEW_YEAR:
            yield other_year(block.field, " ".join(found[0].split()), written.year, day.year)
    for found in YEAR.finditer(reading.post.dateline):
        if int(found[0]) != day.year:
            yield other_year("dateline", reading.post.dateline, int(found[0]), day.year)


def other_year(field: str, quote: str, year: int, published_in: int) -> Finding:
    why = _("The dateline says %(year)s, but the post is published in %(published)s.") % {"year": year, "published": published_in}
    mend = _("Correct the year; if the text is really that old, say so in the standfirst and set the day it is about.")
    return Finding("dateline-year", Severity.WARNING, quote, why, mend, field)


@check
def other_day_than_headline(reading: Reading) -> Iterator[Finding]:
    """A picket on the 16th under a headline that says the 17th."""
    title, day = reading.post.title, published(reading)
    headline = [said for found in DATE.finditer(title) if (said := nearest(found, day))]
    if len(headline) != 1 or not EVENT.search(title):
        return
    [said] = headline
    told = [one for one in announcements(reading, said) if abs(one[2] - said).days <= NEAR]
    if not told or any(one[2] == said for one in told):
        return
    field, quote, day_told = told[0]
    names = {"told": date_format(day_told, "j F"), "said": date_format(said, "j F")}
    yield Finding(
        "other-day", Severity.WARNING, quote, _("The headline says %(said)s, but this event is on %(told)s.") % names,
        _("Correct the one that is wrong, or say in the text how the two days belong together."), field,
    )  # fmt: skip


def announcements(reading: Reading, near: date) -> Iterator[tuple[str, str, date]]:
    """Field, words and day of every event that the post announces, in its records and in its text."""
    for event in reading.post.events.all():
        if not event.cancelled:
            yield "events", f"{event}, {date_format(event.local_starts, 'j F Y')}", event.local_starts.date()
    for block in reading.blocks:
        if block.field == "updates":
            continue
        for sentence in SENTENCE.finditer(block.text):
            if EVENT.search(sentence[0]) and ANNOUNCED.search(sentence[0]):
                for found in DATE.finditer(sentence[0]):
                    if told := nearest(found, near):
                        yield block.field, around(block.text, sentence.start() + found.start(), sentence.start() + found.end()), told
