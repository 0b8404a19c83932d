"""How much a word of a role weighs: whether it points at addresses, or only speaks of the matter; and of whom it speaks."""

import re

from appeals.intake.cues import DONATE, LEAVE, POINTER, READ, WRITE, Cue, cues
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.segments import Segments
from appeals.intake.tokens import MASK, Token
from appeals.intake.wordlists import alternatives

ROLES = (PROTEST, SOLIDARITY)
US = re.compile(r"\b(?:[Uu]s|[Mm]e|нам|мне|uns|nous|nosotros)\b")
SOFT = re.compile(r"(?i)condemn|demand|urg|insist|concern|outrage|pressur|objection|требу|осужд|возмущ|forder|exig|réclam")
"""Words of protest that are about the matter and name no letter."""
ASKING = re.compile(alternatives("asking"), re.IGNORECASE)
"""Words by which readers are asked to do something."""


CELL_END = re.compile(r"\s{0,3}[;|]")
TO_PRISONERS = re.compile(r"(?i)(?:\bwrite|\bletters?|\bcards?|пиши\w*|письм\w+|листи?)\b.{0,40}(?:prison|jail|заключ|узник|в'язн)")


class Strength:
    def __init__(self, text: str, segments: Segments) -> None:
        self.text, self.segments = text, segments

    def is_strong(self, cue: Cue, sentence: int, paragraph: int, following: Cue | Token | None) -> bool:
        """Whether it points at addresses, or only speaks of the matter."""
        _start, end = self.segments.sentence_span(sentence)
        if isinstance(following, Token):
            end = min(end, following.start)
        if cue.kind == WRITE:
            return True
        if cue.kind == READ:
            return isinstance(following, Token) and following.start - cue.end < 40
        if SOFT.match(cue.words):
            return False
        if self.is_heading(cue, paragraph) or self.is_cell(cue):
            return True
        if isinstance(following, Token) and (following.start - cue.end < 4 or self.introduces(paragraph, following)):
            return True
        ahead = self.text[cue.end : min(end, cue.end + 90)]
        if cue.kind == CONTACT and (cue.start == self.segments.line_span(cue.start)[0] or re.match(r"\s*[:–—]", ahead)):
            return True
        close = isinstance(following, Token) and following.start - cue.end < 70
        if close and cue.kind in ROLES and self.is_asked(cue, sentence) and self.text[following.start - 1] in "(<":
            return True
        if close and cue.kind == COPY:
            return True
        return bool(POINTER.search(ahead)) and (cue.kind in (COPY, DONATE, LEAVE, CONTACT) or self.is_asked(cue, sentence) or close)

    def is_heading(self, cue: Cue, paragraph: int) -> bool:
        """Whether it stands in a line of its own, above a list."""
        start, end = self.segments.line_span(cue.start)
        line = self.text[start:end].strip(" *_•-–<>=")
        if len(line) > 90 or line.endswith((".", "!")) or self.in_prose(paragraph, line):
            return False
        words = len(line.split())
        return line.endswith((":", "：")) or (line == line.upper() and words < 9) or (words <= 4 and self.heads_a_list(end))

    def is_cell(self, cue: Cue) -> bool:
        """Whether it stands alone at the beginning of a row of a table."""
        start, end = self.segments.line_span(cue.start)
        return not self.text[start : cue.start].strip(" |") and bool(CELL_END.match(self.text, cue.end, end))

    def introduces(self, paragraph: int, following: Token) -> bool:
        """“Two lines are enough:”, and the address in the next paragraph."""
        here = self.segments.paragraphs[paragraph]
        return here.text.rstrip().endswith(":") and following.start >= here.end and self.segments.paragraph(following.start) == paragraph + 1

    def heads_a_list(self, at: int) -> bool:
        """Whether an address comes soon below, before any running text."""
        number = self.segments.paragraph(at)
        below = self.segments.paragraphs[number : number + 3]
        return any(MASK in self.text[max(at, one.start) : one.end] for one in below if not one.is_prose)

    def in_prose(self, paragraph: int, line: str) -> bool:
        """A short line in the middle of wrapped running text is no heading."""
        lines = self.segments.paragraphs[paragraph].lines if self.segments.paragraphs else []
        return not line.endswith(":") and len(lines) > 1 and self.segments.paragraphs[paragraph].is_prose

    def is_asked(self, cue: Cue, sentence: int) -> bool:
        start, end = self.segments.sentence_span(sentence)
        return bool(ASKING.search(self.text, max(start, cue.start - 160), min(end, cue.end + 90)))

    def whom(self, cue: Cue, sentence: int, following: Cue | Token | None) -> str:
        """“Please write to …”: of which letter, by the other words of the sentence; or that no word of it tells."""
        start, end = self.segments.sentence_span(sentence)
        if US.search(self.text[cue.end : min(end, cue.end + 24)]):
            return CONTACT
        end = min(end, cue.end + 300)
        token = self.text.find(MASK, cue.end, end)
        if not self.segments.paragraphs[self.segments.paragraph(cue.start)].is_prose:
            end = min(end, self.segments.line_span(max(token, cue.end))[1])
        around = [one.kind for one in cues(self.text[max(start, cue.start - 200) : min(end, token + 90 if token >= 0 else end)])]
        return next((role for role in (SOLIDARITY, PROTEST, CONTACT, DONATE) if role in around), WRITE)
