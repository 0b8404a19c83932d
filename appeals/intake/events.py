"""Pickets, meetings and days of action that the text announces: when, and where."""

import re
from datetime import date, timedelta

from appeals.intake.dates import DATE, TIME, Day, clock, days
from appeals.intake.emails import EMAIL
from appeals.intake.places import listed_place, tidy, where
from appeals.intake.records import FoundEvent
from appeals.intake.segments import Paragraph, Segments
from appeals.intake.wordlists import alternatives

WHAT = re.compile(rf"(?<!\w)(?:{alternatives('events')})(?!\w)", re.IGNORECASE)
PAST = re.compile(
    r"(?i)\b(?:was|were|took|had|gathered|marched|attacked|arrested|killed|began|started|has been|have been|said|told|attended"
    r"|participated|rejected|signed|founded|celebrates?|marks?|is|are|прошел|прошёл|прошла|прошли|состоял\w+|был[аои]?|вышли|собрались"
    r"|арестован\w*|задержан\w*|погибл\w*)\b"
)
PLANNED = re.compile(r"(?i)\b(?:is|are) (?:being )?(?:organi[sz]\w+|held|called|planned|holding|calling|invited)")
SURELY = re.compile(r"(?i)\bwill\b|\bjoin\b|состоится|пройд[её]т|\bplease\b|svolger\w+|si terrà|findet|aura lieu|tendrá lugar")
COMING = re.compile(
    r"(?i)\b(?:will|join|come|please|invite|call(?:s|ing)? for|organis|organiz|planned|planning|to be held|take part|assemble|meet|bring"
    r"|see you|будет|состоится|пройд[её]т|приходите|приглашаем|присоединяйтесь|призываем"
    r"|findet|aura lieu|tendrá lugar|svolger\w+|si terrà|отбудется|відбудеться)\b"
)
HEADED = re.compile(
    r"(?i)^\W*(?:(?:mass|national|public|emergency|solidarity|weekly|protest) )?(?:pickets?|protests?|demonstrations?|rall(?:y|ies)|vigils?"
    r"|meetings?|events?|public meeting|day of action|kundgebung|rassemblement|manifestation"
    r"|concentración"
    r"|concentração|presidio|пикет\w*|митинг\w*|акци\w+|собрание|(?:общий )?сбор)\b[^.\n]{0,60}[:,–—-]?"
)
OUTSIDE = re.compile(r"(?i)\b(?:outside|in front of|opposite|venue|embass\w+|square|consulate)\b|посольств|площад|у здания|место")
NEXT_DAY = re.compile(r"(?i)(?<!\w)(?:tomorrow|завтра|amanhã|mañana|demain|domani|yarın|ертең)(?!\w)(?![\s,]{1,3}\w{0,12}[\s,]{0,2}\d{1,2}(?!\d|[:.]|h))")
MOST = 30
LONGEST = 900
"""Characters of a sentence or a line that announces an event."""


def events(text: str, segments: Segments, around: date, title: str = "") -> list[FoundEvent]:
    found: dict[tuple[str, str], FoundEvent] = {}
    named = heading_day(title) if WHAT.search(title) else None
    above = False
    for paragraph in segments.paragraphs:
        if len(found) >= MOST:
            break
        named = heading_day(paragraph.text) or named if announces(paragraph) else named
        announced_above, above = above, announces(paragraph)
        poster = posted(paragraph, around) if (announced_above or WHAT.search(title)) and not WHAT.search(DATE.sub(" ", paragraph.text)) else []
        for event in poster or of_paragraph(paragraph, segments, around, named):
            if not any(same(event, known) for known in found.values()):
                found[event.starts, event.place.casefold()] = event
    timed = {event.starts[:10] for event in found.values() if event.timed}
    return [event for event in found.values() if event.timed or event.starts not in timed]


def announces(paragraph: Paragraph) -> bool:
    """A heading over a list: it has the day, and the list has the hours."""
    return len(paragraph.lines) < 3 and len(paragraph.text) < 200 and WHAT.search(paragraph.text) is not None


def heading_day(heading: str) -> Day | None:
    named = list(days(heading[:300]))
    return named[0] if len(named) == 1 and not clock(heading[:300]) else None


def same(one: FoundEvent, other: FoundEvent) -> bool:
    return one.starts == other.starts and (one.place.casefold() in other.place.casefold() or other.place.casefold() in one.place.casefold())


def of_paragraph(paragraph: Paragraph, segments: Segments, around: date, named: Day | None) -> list[FoundEvent]:
    if not WHAT.search(paragraph.text) and named is None:
        return []
    lines = paragraph.lines if not paragraph.is_prose or (len(paragraph.lines) > 1 and all(map(is_listed, paragraph.lines))) else []
    listed = [event for line in lines if (event := on_a_line(line, around, named, len(lines)))]
    if len(listed) > 1 or (listed and named):
        return listed
    if not WHAT.search(paragraph.text):
        return []
    known = len(list(days(paragraph.text)))
    whole = known == 1 and not paragraph.is_prose and len(paragraph.text) < 500
    units = [paragraph.text] if whole else paragraph.lines if 1 < known == len(paragraph.lines) else pieces(paragraph, segments)
    found, heading = [], ""
    for unit in units:
        event = announced(unit, around, heading)
        heading = unit if HEADED.match(unit) else heading
        found += [event] if event else []
    return found


def posted(paragraph: Paragraph, around: date) -> list[FoundEvent]:
    """A title that calls, and below it lines with the day, the hour and the place, as on a poster."""
    named = list(days(paragraph.text))
    if paragraph.is_prose or len(named) != 1 or not 1 < len(paragraph.lines) < 8:
        return []
    dated = next(n for n, line in enumerate(paragraph.lines) if next(days(line), None))
    timed = next((n for n, line in enumerate(paragraph.lines) if clock(DATE.sub(" ", line))), None)
    if timed is None or abs(timed - dated) > 1:
        return []
    place = ", ".join(tidy(line) for line in paragraph.lines[max(dated, timed) + 1 :] if not re.search(r"@|https?:|\d{3}[ -]?\d{4}", line))
    starts = named[0].iso(around)
    return [FoundEvent(f"{starts}T{clock(DATE.sub(' ', paragraph.lines[timed]))}", place, " ".join(paragraph.text.split()))] if place and starts else []


def is_listed(line: str) -> bool:
    """Whether a long line is one of a list: its day and hour stand at its beginning."""
    day = next(days(line[:60]), None)
    return day is not None and clock(line[:80]) != "" and not re.search(r"[a-zа-я]{2} [a-zа-я]{2}", line[: day.start])


def on_a_line(line: str, around: date, named: Day | None, lines: int) -> FoundEvent | None:
    """“BERLIN – 16:00, Sample Square. Contact: …”: an hour and a place on each line of a list; the day there too, or in the heading."""
    day = next(days(line), named)
    time = clock(EMAIL.sub(" ", line))
    if day is None or not time or len(line) > 300 or (lines == 1 and named is None) or PAST.search(line):
        return None
    place, starts = listed_place(line), day.iso(around)
    return FoundEvent(f"{starts}T{time}", place, " ".join(line.split())) if place and starts else None


def pieces(paragraph: Paragraph, segments: Segments) -> list[str]:
    """Lines of a list, sentences of running text."""
    if not paragraph.is_prose:
        return paragraph.lines
    first, last = segments.sentence(paragraph.start), segments.sentence(paragraph.end - 1)
    return [segments.text[max(paragraph.start, start) : min(paragraph.end, end)] for start, end in map(segments.sentence_span, range(first, last + 1))]


def announced(unit: str, around: date, heading: str) -> FoundEvent | None:
    if len(unit) > LONGEST or not (WHAT.search(unit) or heading) or (PAST.search(PLANNED.sub("", unit)) and not SURELY.search(unit)):
        return None
    coming, listed = COMING.search(unit), HEADED.match(unit) or heading
    for day in [*days(unit), *next_day(unit, around)]:
        time = clock(unit[day.end : day.end + 60]) or clock(unit[max(0, day.start - 40) : day.start])
        place = where(unit, day.start, day.end)
        sure = time or day.weekday is not None or listed or (coming and OUTSIDE.search(unit))
        if not ((place and sure) or (time and (coming or listed))):
            continue
        starts = day.iso(around)
        if starts:
            return FoundEvent(f"{starts}T{time}" if time else starts, place, " ".join(unit.split()))
    return None


def next_day(unit: str, around: date) -> list[Day]:
    """“Tomorrow”, counted from the day on which the text was written."""
    found = NEXT_DAY.search(unit)
    day = around + timedelta(days=1)
    return [Day(found.start(), found.end(), day.day, day.month, day.year, day.weekday())] if found and TIME.search(unit) else []
