"""What is left of a text for the body of a post: its own words, without what the records print already."""

import re

from appeals.intake.cues import cues
from appeals.intake.demands import ASKS, BULLET, tidy
from appeals.intake.segments import Paragraph, Segments
from appeals.intake.tokens import Token

RULE = re.compile(r"^\W+$")


def body(segments: Segments, tokens: list[Token], demands: list[str], floor: int) -> str:
    """Paragraphs below the head; sentences with a placed address and lists of demands stand in the records."""
    taken = [token for token in tokens if token.withheld or (token.value and not token.gone)]
    spans = [segments.sentence_span(segments.sentence(token.start)) for token in taken]
    full = {segments.paragraph(token.start) for token in taken}
    kept = [words(paragraph, spans if n in full else [], set(demands)) for n, paragraph in enumerate(segments.paragraphs) if paragraph.end > floor]
    return "\n\n".join(paragraph for paragraph in kept if paragraph and not RULE.match(paragraph))


def words(paragraph: Paragraph, spans: list[tuple[int, int]], demands: set[str]) -> str:
    if spans and not paragraph.is_prose:
        return ""
    if not spans and not paragraph.is_prose and paragraph.text.rstrip().endswith(":") and any(cue.kind != "read" for cue in cues(paragraph.text)):
        return ""
    text, last = "", paragraph.start
    for start, end in spans:
        if paragraph.start <= start < paragraph.end or (start < paragraph.end and end > last):
            text += paragraph.text[last - paragraph.start : max(0, start - paragraph.start)]
            last = min(max(last, end), paragraph.end)
    text += paragraph.text[last - paragraph.start :]
    lines = [line.strip() for line in text.split("\n")]
    kept = [line for line in lines if tidy(BULLET.sub("", line)) not in demands]
    lines = kept if len(kept) == len(lines) else [line for line in kept if not ASKS.search(line[-300:])]
    return "\n".join(line for line in lines if line)
