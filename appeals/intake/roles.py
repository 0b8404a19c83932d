"""What each address is asked for, read from the words around it as a person reads: on from cue to cue, sentence by sentence,
and past the end of a paragraph only where the next one is a list and no running text."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from appeals.intake.beside import Beside
from appeals.intake.cues import DONATE, LEAVE, READ, WRITE, Cue, cues
from appeals.intake.names import LABEL_ONLY
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.segments import IT, Paragraph, Segments
from appeals.intake.signing import signed
from appeals.intake.strength import ROLES, Strength
from appeals.intake.tokens import CARRIED, MASK, NAMED, OWN, Token

CARD = 600
"""Characters below a signature that are still its own."""


@dataclass
class Scope:
    """What the text is asking for at the place that has been reached."""

    role: str = ""
    base: str | None = None
    """Of which letter, where the role is a copy."""
    sentence: int = -1
    paragraph: int = -1
    strong: bool = False
    end: int = 0
    used: int = 0
    also: tuple[str, str | None] | None = None


class Reader:
    """One walk over cues and addresses in their order."""

    def __init__(self, text: str, segments: Segments, tokens: list[Token], floor: int = 0, signatures: Iterable[int] = (), letterhead: int = 0) -> None:
        self.text, self.segments, self.tokens, self.floor = text, segments, tokens, floor
        self.letterhead = letterhead
        """Where the sender's own addresses end, above the letter that the text is."""
        self.strength, self.beside = Strength(text, segments), Beside(text, segments, tokens)
        self.cues = list(cues(text))
        self.scope = Scope()
        self.hint: Scope | None = None
        self.last = ""
        """The last role of a letter, which a copy belongs to."""
        self.placed: set[str] = set()
        self.previous: Token | None = None
        self.empty: list[str] = []
        self.asked: list[str] = []
        """Who is to be written to, as far as no address stands there."""
        self.signed = sorted([*signed(text, segments), *signatures])
        self.announced: Scope | None = None
        """“to the addresses below, with copies to …”: what the list below is for."""

    def read(self) -> None:
        found: list[Cue | Token] = sorted([*self.cues, *self.tokens], key=lambda one: (one.start, isinstance(one, Token)))
        for n, one in enumerate(found):
            if isinstance(one, Cue):
                self.meet(one, found[n + 1] if n + 1 < len(found) else None)
            else:
                self.place(one)
                self.previous = one
        self.leave(None)

    def meet(self, cue: Cue, following: Cue | Token | None) -> None:
        sentence, paragraph = self.segments.sentence(cue.start), self.segments.paragraph(cue.start)
        if self.explains_copy(cue, sentence):
            self.scope.base = cue.kind
            self.last = cue.kind
            return
        if cue.start < self.floor and cue.kind != COPY:
            return
        strong = self.strength.is_strong(cue, sentence, paragraph, following)
        role = cue.kind
        if cue.kind == WRITE:
            if self.scope.strong and self.scope.sentence == sentence and self.scope.role in (*ROLES, COPY, CONTACT, DONATE, LEAVE) and not self.scope.used:
                return
            role = self.strength.whom(cue, sentence, following)
        role = self.shared(cue, role, sentence)
        if not strong:
            if not (self.hint and self.hint.sentence == sentence and self.hint.role in ROLES and role not in ROLES):
                self.hint = Scope(role, None, sentence, paragraph, end=cue.end)
            return
        if self.scope.strong and self.scope.sentence == sentence and not self.scope.used and self.outranked(role):
            return
        unused = self.scope if self.scope.strong and self.scope.sentence == sentence and not self.scope.used and self.scope.role in (*ROLES, WRITE) else None
        base = self.base(cue, paragraph, unused) if role == COPY else None
        also = self.joined(cue, role, sentence)
        self.announced = unused if unused and role == COPY and BELOW.search(self.text, unused.end - 40, cue.start) else None
        self.leave(cue)
        self.scope = Scope(role, base, sentence, paragraph, True, cue.end, also=also)
        if role == cue.kind and role in ROLES:
            self.last = role

    def base(self, cue: Cue, paragraph: int, unused: Scope | None) -> str | None:
        """Of which letter a copy is asked: of the one just asked for; in a paragraph of its own of the protest, if there is any."""
        if BOTH.search(self.text, cue.start, cue.end + 40) and self.placed >= set(ROLES):
            return BOTH_LETTERS
        apart = self.previous is not None and (paragraph != self.segments.paragraph(self.previous.start) or self.opens_a_line(cue))
        return PROTEST if apart and PROTEST in self.placed else self.last or (unused and {WRITE: PROTEST}.get(unused.role, unused.role)) or None

    def shared(self, cue: Cue, role: str, sentence: int) -> str:
        """“Messages of support and donations to”: the messages are ours."""
        hint = self.hint
        beside = role == DONATE and hint and hint.sentence == sentence and hint.role in ROLES and AND_ALSO.fullmatch(self.text, hint.end, cue.start)
        return hint.role if hint and beside else role

    def joined(self, cue: Cue, role: str, sentence: int) -> tuple[str, str | None] | None:
        """“Send copies, and messages of solidarity, to x@example.org”: both go there."""
        before = self.scope
        pair = {before.role, role} == {COPY, SOLIDARITY} and before.strong and not before.used and before.sentence == sentence
        if not pair or not AND_ALSO.fullmatch(self.text, before.end, cue.start):
            return None
        return (COPY, before.base or PROTEST) if before.role == COPY else (SOLIDARITY, None)

    def opens_a_line(self, cue: Cue) -> bool:
        start, _end = self.segments.line_span(cue.start)
        if self.segments.paragraphs[self.segments.paragraph(cue.start)].is_prose and not ITEM.match(self.text, start):
            return False
        return cue.start - start < 24 and self.previous is not None and self.previous.end <= start

    def outranked(self, role: str) -> bool:
        """“Contact the embassy to protest”, “a copy to us at”: the first of two cues before one address rules."""
        if role == READ or (role == DONATE and self.scope.role in ROLES) or (role == CONTACT and self.scope.role == COPY):
            return True
        return self.scope.role in (DONATE, LEAVE) and role not in ROLES

    def explains_copy(self, cue: Cue, sentence: int) -> bool:
        """“copies of your protests to”: no protest asked for here, but whose copy it is."""
        scope = self.scope
        if cue.kind not in ROLES or scope.role != COPY or scope.used or scope.sentence != sentence:
            return False
        between = self.text[scope.end : cue.start].lower()
        if scope.base and re.search(r"\b(?:and|or|и|или|und|oder|et|ou|y|o)\b", between):
            return False
        return len(between) < 60 and not re.search(r"[,;:.]|\band\b.{0,20}\bto\b|\bto\b", between)

    def leave(self, cue: Cue | None) -> None:
        if self.scope.strong and not self.scope.used and self.scope.role in (*ROLES, WRITE):
            self.asked.append(self.text[self.scope.end : self.scope.end + 80])
        self.complain(cue)

    def complain(self, cue: Cue | None) -> None:
        """A cue that asked for letters and was followed by no address: “messages to:” and nothing."""
        if self.scope.strong and not self.scope.used and self.scope.role in (*ROLES, COPY):
            line = self.text[slice(*self.segments.line_span(self.scope.end - 1))].strip()
            end = self.segments.line_span(self.scope.end - 1)[1]
            if (
                line.endswith((":", " to", " at"))
                and (cue is None or cue.start > end)
                and not ASKING_FOR.search(line)
                and MESSAGES.search(line)
                and (cue is None or cue.start > self.scope.end + 1)
            ):
                self.empty.append(line[-120:])

    def place(self, token: Token) -> None:
        sentence, paragraph = self.segments.sentence(token.start), self.segments.paragraph(token.start)
        self.go_down(paragraph)
        own = self.scope.strong and self.scope.sentence == sentence
        if said := self.beside.behind(token) or self.below(token, paragraph, own) or self.ahead(token, sentence):
            self.give(token, said, self.last_for(said), OWN)
        elif not own and self.hint and self.hint.sentence == sentence and self.hint.role in (*ROLES, COPY):
            self.give(token, self.hint.role, self.last_for(self.hint.role), OWN if self.hint.role == COPY else NAMED)
        elif self.holds(token, sentence, paragraph):
            self.scope.used += 1
            self.give(token, self.scope.role, self.scope.base, OWN if own else NAMED if self.scope.used < 2 else CARRIED)
            token.also = self.scope.also
            self.last = {WRITE: PROTEST}.get(token.role, token.role) if token.role in (*ROLES, WRITE) else self.last
        elif self.hint and (self.hint.sentence == sentence or self.is_continued(sentence)):
            self.give(token, self.hint.role, None, NAMED)
        start = max(self.segments.sentence_span(sentence)[0], 0 if self.segments.paragraphs[paragraph].is_prose else self.segments.line_span(token.start)[0])
        token.lead = self.text[max(start, token.start - 160, self.previous.end if self.previous else 0) : token.start]
        token.signed, token.sentence, token.scope = self.is_card(token), sentence, self.scope.end
        self.placed.update({PROTEST if token.role == WRITE else token.role} & set(ROLES))
        token.same_sentence = token.channels[0] != "web" or token.raw.startswith(("http", "www", "Http", "HTTP", "WWW"))
        led = self.scope.used == 1 and self.text[self.scope.end : token.start].rstrip().endswith(":")
        token.same_sentence = token.same_sentence and self.scope.strong and (self.scope.sentence == sentence or led) and token.role == self.scope.role
        self.scope.paragraph = paragraph if self.scope.strong and token.role == self.scope.role else self.scope.paragraph

    def is_continued(self, sentence: int) -> bool:
        """“Tell the chairman what you think. He is at x@example.org.”"""
        start, _end = self.segments.sentence_span(sentence)
        return self.hint is not None and self.hint.sentence == sentence - 1 and IT.match(self.text, start) is not None

    def below(self, token: Token, paragraph: int, own: bool) -> str:
        governed = own or (self.scope.strong and self.scope.paragraph == paragraph)
        return "" if governed else self.beside.below(token, paragraph)

    def last_for(self, role: str) -> str | None:
        """Of which letter a copy is: of the one asked for before, unless both have been."""
        return (self.last or None) if role == COPY and len(self.placed) < 2 else None

    def give(self, token: Token, role: str, copy_of: str | None, reach: float) -> None:
        token.role, token.copy_of, token.reach = role, copy_of, reach

    def ahead(self, token: Token, sentence: int) -> str:
        governed = (self.scope.strong and self.scope.sentence == sentence) or (self.hint and self.hint.sentence == sentence)
        return "" if governed else self.beside.ahead(token, sentence)

    def go_down(self, paragraph: int) -> None:
        """Past the sentence that asked for a copy, to the list it announced."""
        if self.announced and paragraph > self.announced.paragraph:
            self.scope, self.announced = Scope(self.announced.role, None, -1, paragraph - 1, True, self.scope.end), None

    def holds(self, token: Token, sentence: int, paragraph: int) -> bool:
        """Whether the last strong cue still speaks of this address."""
        scope = self.scope
        if not scope.strong:
            return False
        if self.is_signed(token) and scope.role != CONTACT:
            return False
        if scope.sentence != sentence and not self.goes_on(token):
            return False
        if scope.sentence == sentence or scope.paragraph == paragraph:
            return scope.sentence == sentence or not (self.hint and self.hint.sentence == sentence and self.hint.role in (CONTACT, DONATE, READ, LEAVE))
        if scope.role == COPY and scope.used and MASK in self.text[scope.end : self.segments.line_span(scope.end)[1]]:
            return False
        between = self.segments.paragraphs[scope.paragraph + 1 : paragraph]
        if len(between) > 40 or any(one.is_prose and not self.holds_token(one.start, one.end) for one in between):
            return False
        here = self.segments.paragraphs[paragraph]
        if scope.used and self.is_over(scope) and self.names_somebody(here):
            return False
        return not here.is_prose or not scope.used or self.leads(token, here.start)

    def goes_on(self, token: Token) -> bool:
        """Whether words for a copy, for money or for reading still speak at a further sentence."""
        if self.scope.role in (DONATE, LEAVE, READ):
            return self.text[self.scope.end : token.start].lstrip().startswith(":")
        return not (self.scope.role == COPY and self.scope.used and self.stands_in_words(token))

    def stands_in_words(self, token: Token) -> bool:
        """Whether its own line says more of it than a label does."""
        line, _end = self.segments.line_span(token.start)
        return len(self.text[max(line, self.previous.end if self.previous else 0) : token.start].split()) > 3

    def is_card(self, token: Token) -> bool:
        """Whether it is the sender's: below the signature, with no other name before it on its line."""
        lead = token.lead.rpartition("\n")[2]
        return self.is_signed(token) and (not lead.strip(" :") or bool(LABEL_ONLY.match(lead)))

    def is_signed(self, token: Token) -> bool:
        n = bisect_left(self.signed, token.start)
        return token.start < self.letterhead or (
            n > 0 and token.start - self.signed[n - 1] < CARD and self.signed[n - 1] > (self.scope.end if self.scope.role not in (CONTACT, "") else 0)
        )

    def is_over(self, scope: Scope) -> bool:
        """Whether its sentence was a whole one, with the addresses in it, and announced no list."""
        start, end = self.segments.sentence_span(scope.sentence) if scope.sentence >= 0 else (0, 0)
        here = self.segments.paragraphs[self.segments.paragraph(scope.end - 1)]
        whole = self.text[max(start, end - 300) : end].rstrip(" " + MASK).endswith((".", "!", ")"))
        return here.is_prose and whole and self.text.find(MASK, scope.end, end) >= 0

    def names_somebody(self, paragraph: Paragraph) -> bool:
        """A block that begins with a name and is no address alone: somebody's card, or the signature."""
        first = paragraph.lines[0]
        return not paragraph.is_prose and len(paragraph.lines) > 1 and MASK not in first and not first.rstrip().endswith(":") and len(first.split()) < 9

    def leads(self, token: Token, start: int) -> bool:
        """A paragraph that begins with whom the address belongs to goes on with the list."""
        return token.start - start < 120 and not re.search(r"[.!?]\s", self.text[start : token.start])

    def holds_token(self, start: int, end: int) -> bool:
        return self.previous is not None and start <= self.previous.start < end


ITEM = re.compile(r"[ ]*(?:[•▪■●·*‣◦–-]|\(?\w{1,2}[.)])[ ]")
BOTH = re.compile(r"(?i)\b(?:both|everything|all (?:letters|messages)|обоих|всех|обох|всіх|beider)\b")
BOTH_LETTERS = "both"
AND_ALSO = re.compile(r"(?i)(?:(?! to )[^.:;@\n\ue000]){0,40}?\b(?:and|or|und|et|y|e|и|или|та|а также)\b(?:(?! to )[^.:;@\n\ue000]){0,24}")
BELOW = re.compile(
    r"(?i)\b(?:below|following|underneath|listed|these addresses|unten|folgend\w*|suivant\w*|ci-dessous|siguientes?|seguenti|aşağıdaki)\b|ниже|следующ\w+"
)
ASKING_FOR = re.compile(r"(?i)(?:calling|demanding|urging|asking|требовани|requesting)[^:]{0,120}:$")
MESSAGES = re.compile(r"(?i)messages?|letters?|protests?|solidarity|cop(?:y|ies)|e-?mails?|faxes|письма|протест|копии|солидарност")
