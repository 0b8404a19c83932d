"""Where somebody signs: what stands below is the sender's own."""

import re
from collections.abc import Iterator

from appeals.intake.cues import cues
from appeals.intake.segments import Paragraph, Segments
from appeals.intake.wordlists import alternatives

SIGNED = re.compile(rf"^[ \t]*(?:{alternatives('signed')})[,.!]*\s*$", re.IGNORECASE | re.MULTILINE)
NAME_LINE = re.compile(r"^[ ]*(?:[A-ZÀ-ÞА-ЯЁ][\w.'’-]+ ){1,3}[A-ZÀ-ÞА-ЯЁ][\w'’-]+[ ]*$")
LONG = 60
"""Characters of a line: one of a card is shorter, one of running text longer."""


def signed(text: str, segments: Segments) -> Iterator[int]:
    """Closing words of a letter, and the name that a text ends with."""
    yield from (found.start() for found in SIGNED.finditer(text))
    yield from last_card(segments.paragraphs)


def last_card(paragraphs: list[Paragraph]) -> Iterator[int]:
    """A text that ends with somebody's name and what stands below it is signed."""
    last = paragraphs[-1] if len(paragraphs) > 1 else None
    if last and len(paragraphs) > 3 and paragraphs[-2].is_prose and is_card(last.lines):
        yield last.start - 1
    place = last.start if last else 0
    for n, line in enumerate(last.lines if last else []):
        before = last.lines[n - 1].rstrip() if last and n else ""
        if last and len(before) > LONG and before.endswith((".", "!")) and is_card(last.lines[n:]):
            yield place - 1
        place += len(line) + 1


def is_card(lines: list[str]) -> bool:
    """A name, and below it short lines that ask for nothing."""
    short = 1 < len(lines) < 7 and all(len(line) < LONG * 2 for line in lines[1:])
    return short and bool(NAME_LINE.match(lines[0])) and not any(True for _cue in cues("\n".join(lines)[:200]))
