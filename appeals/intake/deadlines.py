"""The last day on which writing helps, as the text says it."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from appeals.intake.dates import MONTH, MONTHS, Day, days, number_of
from appeals.intake.segments import Segments
from appeals.intake.wordlists import alternatives

BEFORE_WORDS = (
    r"\b(?:before|by|until|till|up to|no later than|not later than|to arrive by|deadline(?: is| for \w+)?|closes?(?: on)?|closing(?: date)?|ends?(?: on)?"
    r"|(?:no|not|sending)\b[^.\n]{0,40} after|nach dem|expires?(?: on)?|valid until|bis(?: spätestens)?(?: zum"
    r"| am)?|spätestens(?: am| bis)?|vor dem|avant le|jusqu'au|au plus tard le|antes del?|hasta el"
    r"|a más tardar el|entro(?: e non oltre)? il|entro|até(?: o dia| ao dia)?|antes de|son tarih:?|en geç)"
    r"|(?<!\w)(?:до|не позднее|не позже|срок|крайний срок|последний день|не пізніше|термін:?|мерзімі:?)"
)
BETWEEN = r"(?:the |end of |date:? |is |at |noon |midday |midnight |on |день |o dia |dia |\d\d?(?:[:.]\d\d)? ?[ap]m ){0,4}"
BEFORE = re.compile(rf"(?i)(?:{BEFORE_WORDS})\b[\s:,–-]{{0,4}}{BETWEEN}\s*$")
WRITING = re.compile(alternatives("writing"), re.IGNORECASE)
PAST = re.compile(
    r"(?i)\b(?:was|were|had|has been|prolonged|extended|remanded|sentenced|detained|held|custody|imprison\w*|state of emergency|сроком"
    r"|арестован\w*|заключ\w+|под стражей|продл\w+)\b"
)
LABELLED = re.compile(rf"^\W*(?:the )?(?:{alternatives('deadline_labels')})\b", re.IGNORECASE)
THE_NTH = re.compile(r"(?i)\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|january|february|march|april|may|june|july|august|september|october|november|december))")
NUMERIC = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{1,2})\.?(?![\d.:]|\s?(?:uhr|h\b|am\b|pm\b|%))", re.IGNORECASE)
MONTH_END = re.compile(rf"(?i)\bend of (?P<month>{MONTH})\b(?:,? (?P<year>20\d\d))?")
THAT_DAY = re.compile(r"(?i)\b(?:before|by) (?:that|this|the) (?:day|date|hearing)\b|\bantes de (?:esa|esta) fecha\b|\bдо этого (?:дня|срока)\b")
"""“Her appeal is heard on 10 November. Please write before that day.”"""
BESIDE = 250
MOST = 500
"""Days of a text that are looked at."""


def deadline(text: str, segments: Segments, around: date) -> tuple[str, bool]:
    """ISO 8601 and whether its year stood there."""
    best: tuple[int, str, bool] | None = None
    for day in islice(candidates(text, around), MOST):
        score = rated(text, segments, day)
        if score > 0 and (best is None or score > best[0]) and (iso := day.iso(around)):
            best = (score, iso, day.year is not None)
    return (best[1], best[2]) if best else ("", True)


def rated(text: str, segments: Segments, day: Day) -> int:
    """How surely a day is the last one for letters; 0 where nothing says so."""
    line, _line_end = segments.line_span(day.start)
    start, end = segments.sentence_span(segments.sentence(day.start))
    labelled = bool(LABELLED.match(text[line : line + 80]) or LABELLED.match(text[start : start + 80].lstrip())) and day.start - max(line, start) < 80
    labelled = labelled or (not text[line : day.start].strip() and bool(LABELLED.match(above(text, line))))
    pointed = not labelled and bool(THAT_DAY.search(text[day.end : day.end + BESIDE]))
    if not labelled and not pointed and not BEFORE.search(text[max(0, day.start - 60) : day.start]):
        return 0
    sentence = text[max(start, day.start - 300) : day.end + BESIDE if pointed else min(end, day.end + 200)]
    return 2 * labelled + bool(WRITING.search(sentence)) - bool(PAST.search(sentence) and not labelled)


def above(text: str, line: int) -> str:
    """The line of words above the one that begins here, if it is short."""
    words = text[max(0, line - 60) : line].rstrip().rpartition("\n")[2]
    return words if len(words) < 40 else ""


def candidates(text: str, around: date) -> Iterator[Day]:
    yield from days(text)
    for found in MONTH_END.finditer(text):
        month = number_of(MONTHS, found["month"]) or 1
        year = int(found["year"] or around.year + (month < around.month))
        yield Day(found.start(), found.end(), calendar.monthrange(year, month)[1], month, year, None)
    for found in NUMERIC.finditer(text):
        if 0 < int(found[2]) <= 12 and 0 < int(found[1]) <= 31:
            yield Day(found.start(), found.end(), int(found[1]), int(found[2]), None, None)
    for found in THE_NTH.finditer(text):
        if 0 < int(found[1]) <= 31 and BEFORE.search(text[max(0, found.start() - 60) : found.start()]):
            named = list(days(text, max(0, found.start() - BESIDE), found.start()))
            month = named[-1].month if named else around.month % 12 + 1 if int(found[1]) < around.day else around.month
            yield Day(found.start(), found.end(), int(found[1]), month, None, None)
