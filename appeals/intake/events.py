"""Pickets, meetings and days of action that the text announces: when, and where."""

import re
from datetime import date

from appeals.intake.dates import clock, days
from appeals.intake.records import FoundEvent
from appeals.intake.segments import Segments

WHAT = re.compile(
    r"(?i)\b(?:pickets?|picketing|demonstrat(?:ion|e|ing)s?|demo|rall(?:y|ies)|vigils?|protests?(?! letters?| messages?| e-?mails?)"
    r"|meetings?|march(?:es)?|gather(?:ing)?|assembl[ey]|lobby|day of action|days of action|public event|film showing|conference|hearing|"
    r"kundgebung|mahnwache|demonstration|manifestation|rassemblement|concentración|manifestación|mitin|presidio)\b|пикет\w*|митинг\w*"
    r"|демонстраци\w+|акци[яию]\b|собрани\w+|встреч\w+|марш\w*|день действий"
)
PLACE = re.compile(
    r"(?i)(?:\b(?:venue|where|place|location|assemble|meet|ort|lieu|lugar)\b\s*:\s*|\b(?:место|адрес|где)\b\s*:\s*|\b(?:outside"
    r"|in front of|opposite|vor der|vor dem|devant|frente a)\s+|(?<!\d)(?<!am)(?<!pm)\bat (?!\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|a\.m|p\.m"
    r"|noon|hrs|h\b|,|on\b))(?!noon|midday|least|the end|this|that|once|all|present|risk)|\b(?:у здания|перед|напротив|около|возле|у)\s+)"
    r"(?P<place>[^\n;!?]{4,180}?)(?=(?<!ул)(?<!пр)(?<!пл)(?<!д)(?<!St)\.\s|\.$|;|\n|$|!| (?:on|at (?=\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m|noon|h"
    r"|o.clock|,|\.|$)|noon|midday)"
    r"|from|to demand|to protest|against|in protest|in solidarity) |,? ?\(| (?:в"
    r"|с) \d| to (?:demand|protest|call|show))",
    re.MULTILINE,
)
AFTER_TIME = re.compile(r"^[\s,:.\-–—]*(?P<place>(?:the )?[A-ZА-ЯЁ][^\n;!?]{5,140}?)(?=\.\s|\.$|;|\n|$|!)")
PAST = re.compile(
    r"(?i)\b(?:was|were|took|had|gathered|marched|attacked|arrested|killed|began|started|has been|have been|said|told|attended"
    r"|participated|rejected|signed|founded|celebrates?|marks?|is|are|прошел|прошёл|прошла|прошли|состоял\w+|был[аои]?|вышли|собрались"
    r"|арестован\w*|задержан\w*|погибл\w*)\b"
)
COMING = re.compile(
    r"(?i)\b(?:will|join|come|please|invite|call(?:s|ing)? for|organis|organiz|planned|planning|to be held|take part|assemble|meet|bring"
    r"|see you|будет|состоится|пройд[её]т|приходите|приглашаем|присоединяйтесь|призываем|findet|aura lieu|tendrá lugar)\b"
)
HEADED = re.compile(
    r"(?i)^\W*(?:pickets?|protests?|demonstrations?|rall(?:y|ies)|vigils?|meetings?|events?|public meeting|day of action|пикет\w*"
    r"|митинг\w*|акци\w+|собрание)\b[^.\n]{0,60}[:,–—-]"
)
OUTSIDE = re.compile(r"(?i)\b(?:outside|in front of|opposite|venue|embass\w+|square|consulate)\b|посольств|площад|у здания|место")
MOST = 30


def events(text: str, segments: Segments, around: date) -> list[FoundEvent]:
    found: dict[tuple[str, str], FoundEvent] = {}
    for paragraph in segments.paragraphs:
        if len(found) >= MOST:
            break
        if not WHAT.search(paragraph.text):
            continue
        named = len(list(days(paragraph.text)))
        whole = named == 1 and not paragraph.is_prose and len(paragraph.text) < 500
        units = [paragraph.text] if whole else paragraph.lines if 1 < named == len(paragraph.lines) else pieces(paragraph, segments)
        heading = ""
        for unit in units:
            event = announced(unit, around, heading)
            heading = unit if HEADED.match(unit) else heading
            if event:
                found.setdefault((event.starts, event.place.casefold()), event)
    return list(found.values())


def pieces(paragraph, segments: Segments) -> list[str]:
    """Lines of a list, sentences of running text."""
    if not paragraph.is_prose:
        return paragraph.lines
    first, last = segments.sentence(paragraph.start), segments.sentence(paragraph.end - 1)
    return [segments.text[max(paragraph.start, start) : min(paragraph.end, end)] for start, end in map(segments.sentence_span, range(first, last + 1))]


def announced(unit: str, around: date, heading: str) -> FoundEvent | None:
    if len(unit) > 900 or not (WHAT.search(unit) or heading):
        return None
    coming = COMING.search(unit)
    for day in days(unit):
        time = clock(unit[day.end : day.end + 60]) or clock(unit[max(0, day.start - 40) : day.start])
        place = where(unit, day.start, day.end)
        listed = HEADED.match(unit) or heading
        if PAST.search(re.sub(r"(?i)\b(?:is|are) (?:being )?(?:organi[sz]\w+|held|called|planned|holding|calling|invited)", "", unit)) and not re.search(
            r"(?i)\bwill\b|\bjoin\b|состоится|пройд[её]т|\bplease\b", unit
        ):
            continue
        if not ((place and (time or day.weekday is not None or listed or (coming and OUTSIDE.search(unit)))) or (time and (coming or listed))):
            continue
        starts = day.iso(around)
        if starts:
            return FoundEvent(f"{starts}T{time}" if time else starts, place, " ".join(unit.split()))
    return None


def where(unit: str, start: int, end: int) -> str:
    """The place after its preposition or label, else what stands behind day and time."""
    best = [found["place"] for found in PLACE.finditer(unit) if re.search(r"[A-ZА-ЯЁ\d]", found["place"])]
    if best:
        return tidy(max(best[:3], key=lambda words: bool(re.search(r"(?i)embass|square|street|hall|посольств|площад|ул\.", words))))
    rest = unit[end : end + 240]
    time = re.match(
        r"[\s,]*(?:at|from|в|um|à|,|-|–)?\s*(?:\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?m\.?|noon|hrs|h|часов|uhr)?|noon"
        r"|midday)(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?m\.?)?)?",
        rest,
        re.IGNORECASE,
    )
    found = AFTER_TIME.match(rest[time.end() if time else 0 :])
    return tidy(found["place"]) if found else ""


def tidy(words: str) -> str:
    return re.sub(r"^[Tt]he ", "", " ".join(words.split()).strip(" ,;:.–—-"))
