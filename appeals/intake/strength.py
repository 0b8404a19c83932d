"""How much a word of a role weighs: whether it points at addresses, or only speaks of the matter; and of whom it speaks."""

import re

from appeals.intake.cues import DONATE, LEAVE, POINTER, READ, WRITE, Cue, cues
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.segments import Segments
from appeals.intake.sides import OTHER_SIDE, OUR_SIDE, PRISON
from appeals.intake.tokens import MASK, Token
from appeals.intake.wordlists import alternatives

ROLES = (PROTEST, SOLIDARITY)
US = re.compile(r"(?i)\b(?:us|me|нам|мне|uns|nous|nosotros)\b")
SOFT = re.compile(r"(?i)condemn|demand|urg|insist|concern|outrage|pressur|objection|требу|осужд|возмущ|forder|exig|réclam")
"""Words of protest that are about the matter and name no letter."""
ASKING = re.compile(alternatives("asking"), re.IGNORECASE)
"""Words by which readers are asked to do something."""


TO_PRISONERS = re.compile(r"(?i)(?:\bwrite|\bletters?|\bcards?|пиши\w*|письм\w+|листи?)\b.{0,40}(?:prison|jail|заключ|узник|в'язн)")


class Strength:
    def __init__(self, text: str, segments: Segments, floor: int = 0) -> None:
        self.text, self.segments = text, segments
        self.usual = SOLIDARITY if TO_PRISONERS.search(text, 0, floor) else PROTEST
        """What “write to …” asks for where no word tells."""

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
        if self.is_heading(cue, paragraph):
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

    def whom(self, cue: Cue, sentence: int) -> tuple[str, bool]:
        """“Please write to …”: of which letter, by whom it goes to and by the other words of the sentence."""
        start, end = self.segments.sentence_span(sentence)
        ahead = self.text[cue.end : min(end, cue.end + 90)]
        if US.search(ahead[:24]):
            return CONTACT, True
        around = [one.kind for one in cues(self.text[max(start, cue.start - 200) : min(end, cue.end + 300)])]
        for role in (SOLIDARITY, PROTEST, CONTACT, DONATE):
            if role in around:
                return role, True
        if OTHER_SIDE.search(ahead):
            return PROTEST, True
        block = self.text[cue.start : cue.end + 260]
        if ahead.rstrip().endswith(":") and OTHER_SIDE.search(block):
            return PROTEST, not PRISON.search(block)
        behind = self.text[max(start, self.segments.line_span(cue.start)[0]) : cue.start]
        ours = OUR_SIDE.search(ahead) or (OUR_SIDE.search(behind) and not OTHER_SIDE.search(behind))
        return (SOLIDARITY, False) if ours or PRISON.search(block) else (self.usual, False)
