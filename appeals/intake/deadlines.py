"""The last day on which writing helps, as the text says it."""

import re
from datetime import date

from appeals.intake.dates import days
from appeals.intake.segments import Segments

BEFORE = re.compile(
    r"(?i)(?:\b(?:before|by|until|till|up to|no later than|not later than|to arrive by|deadline(?: is| for \w+)?|closes? on"
    r"|closing(?: date)?|ends? on|expires? on|valid until|bis(?: zum)?|spätestens|avant le|jusqu'au|antes del?|hasta el|entro il)"
    r"|(?<!\w)(?:до|не позднее|не позже|срок|крайний срок|последний день))\b[\s:,–-]{0,4}(?:the |end of |date:? |is )?\s*$"
)
WRITING = re.compile(
    r"(?i)\b(?:send|sent|write|written|appeals?|letters?|protest\w*|messages?|act(?:ion)?s?|fax|e-?mails?|call|sign(?:atures)?|respond"
    r"|reply|deadline|deadlines?|petition|urgent|take action|schreib\w*|schick\w*|envoy\w*|écri\w*|escrib\w*|env[ií]\w*|closing)\b|"
    r"письм\w+|направ\w+|отправ\w+|пишите|протест\w*|обращени\w+|срок\w*|подпис\w+|звон\w+|присыл\w+|шлите"
)
PAST = re.compile(
    r"(?i)\b(?:was|were|had|has been|prolonged|extended|remanded|sentenced|detained|held|custody|imprison\w*|state of emergency|сроком"
    r"|арестован\w*|заключ\w+|под стражей|продл\w+)\b"
)
LABELLED = re.compile(r"(?i)^\W*(?:deadline|act by|write by|send by|closing date|valid until|срок|крайний срок|einsendeschluss|date limite|fecha límite)\b")


def deadline(text: str, segments: Segments, around: date) -> tuple[str, bool]:
    """ISO 8601 and whether its year stood there."""
    best: tuple[int, str, bool] | None = None
    for day in days(text):
        before = text[max(0, day.start - 40) : day.start]
        if not BEFORE.search(before):
            continue
        start, end = segments.sentence_span(segments.sentence(day.start))
        line, line_end = segments.line_span(day.start)
        sentence = text[max(start, day.start - 300) : min(end, day.end + 200)]
        labelled = bool(LABELLED.match(text[line:line_end]))
        score = 2 * labelled + bool(WRITING.search(sentence)) - bool(PAST.search(sentence) and not labelled)
        if score > 0 and (best is None or score > best[0]) and (iso := day.iso(around)):
            best = (score, iso, day.year is not None)
    return (best[1], best[2]) if best else ("", True)
