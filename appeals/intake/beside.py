"""Roles that stand beside an address: in brackets behind it, or later in its sentence."""

import re

from appeals.intake.cues import cues
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.segments import Segments
from appeals.intake.tokens import Token

ROLES = (PROTEST, SOLIDARITY)
SAYS_WHAT = re.compile(r"(?i)^\W*(?:(?:are|is|were)\b|(?:the|these|this)(?: \w+){0,2} (?:addresses|address|numbers?|above)?\b.{0,30}\b(?:are|is)\b)")
FOR_MORE = re.compile(r"(?i)\s*(?:\([^()\n]{0,60}\))?\s*for (?:more |further |any )?(?:information|info|details|questions|enquiries|interviews)\b")


class Beside:
    def __init__(self, text: str, segments: Segments, tokens: list[Token]) -> None:
        self.text, self.segments, self.tokens = text, segments, tokens
        self.places = {id(one): n for n, one in enumerate(tokens)}

    def behind(self, token: Token) -> str:
        """“x@example.org (for messages of support)”, “x@example.org – protests”."""
        _start, line_end = self.segments.line_span(token.end)
        following = next((other.start for other in self.near(token) if other.start >= token.end), line_end)
        ahead = self.text[token.end : min(line_end, following, token.end + 60)]
        if FOR_MORE.match(self.text, token.end, line_end):
            return CONTACT
        match = re.match(r"\s*(?:[(\[]([^()\[\]]*)[)\]]|[-–—,:]\s+(?:for )?([^.;]*))", ahead)
        if not match:
            return ""
        bracket = match[1] is not None
        words = match[1] or match[2] or ""
        kinds = [cue for cue in cues(words) if cue.kind in (*ROLES, COPY, CONTACT)]
        if (
            kinds
            and (bracket or len(words.split()) < 7)
            and (bracket or following >= line_end)
            and not re.search(r"\bto\b|\b(?:with|and)\b|:", words if not bracket else "")
        ):
            return kinds[0].kind
        return ""

    def below(self, token: Token, paragraph: int) -> str:
        """“x@example.org, y@example.org / are the addresses to protest to”: the paragraph after a bare list says what it is for."""
        here, after = (self.segments.paragraphs[n] if n < len(self.segments.paragraphs) else None for n in (paragraph, paragraph + 1))
        if here is None or after is None or here.is_prose or not SAYS_WHAT.match(after.text):
            return ""
        kinds = [cue.kind for cue in cues(after.text[:200]) if cue.kind in (*ROLES, COPY, CONTACT)]
        return kinds[0] if kinds else ""

    def ahead(self, token: Token, sentence: int) -> str:
        """“Use the form at … to protest”: the cue stands behind, in a sentence that has none before."""
        _start, end = self.segments.sentence_span(sentence)
        paragraph = self.segments.paragraphs[self.segments.paragraph(token.start)]
        end = min(end, paragraph.end if paragraph.is_prose or len(paragraph.lines) == 1 else self.segments.line_span(token.start)[1])
        following = next((other.start for other in self.near(token) if other.start >= token.end), end)
        kinds = [cue.kind for cue in cues(self.text[token.end : min(end, following, token.end + 120)]) if cue.kind in ROLES]
        return kinds[0] if kinds and following >= end else ""

    def near(self, token: Token) -> list[Token]:
        n = self.places[id(token)]
        return self.tokens[n + 1 : n + 3]
