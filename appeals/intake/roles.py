"""What each address is asked for, read from the words around it as a person reads: on from cue to cue, sentence by sentence,
and past the end of a paragraph only where the next one is a list and no running text."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.intake.cues import DONATE, LEAVE, POINTER, READ, WRITE, Cue, cues
from appeals.intake.records import CONTACT, COPY, PROTEST, SOLIDARITY
from appeals.intake.segments import Segments
from appeals.intake.tokens import Token

ROLES = (PROTEST, SOLIDARITY)
OTHER_SIDE = re.compile(
    r"(?i)\b(?:minist\w+|president\w*|prime|embass\w+|ambassador\w*|consulate?\w*|government\w*|authorit\w+|compan\w+|management"
    r"|director\w*|ceo|prosecutor\w*|police|court|judge|governor\w*|mayor|akim\w*|employer\w*|"
    r"corporation|secretary of state|attorney|commission\w*|administration|department|his excellency|h\.e\.|general|prison|ltd|inc|plc"
    r"|министр\w*|министерств\w*|президент\w*|посольств\w*|посол|консульств\w*|правительств\w*|"
    r"компани\w*|директор\w*|прокур\w*|полици\w*|мвд|суд\w?|судь\w*|губернатор\w*|аким\w*|мэр\w*|администраци\w*|начальник\w*"
    r"|руководств\w*|управлени\w*|botschaft\w*|regierung\w*|ambassade|embajada|ministerio|ministère)\b"
)
OUR_SIDE = re.compile(
    r"(?i)\b(?:union\w*|teachers|nurses|miners|dockers|drivers|seafarers|sailors|journalists|students|cleaners|staff|prisoner|activists?"
    r"|strikers?|strike committee|workers|famil(?:y|ies)|prisoners?|comrades|campaign|detainees|профсоюз\w*|забастов\w+"
    r"|рабочи\w+|семь\w+|заключ[её]нн\w+|стачк\w+|бастующ\w+|gewerkschaft\w*|syndicat\w*|sindicat\w*|streikend\w*)\b"
)
PRISON = re.compile(r"\bHMP\b|\bIK-\d|\bSIZO\b|СИЗО|\bИК-\d|колони[яи]|(?i:\bprison\b|\bcorrectional\b|\bbirthday\b|\bwould love\b|\bcheer\b|\bjail\b)")
US = re.compile(r"(?i)\b(?:us|me|нам|мне|uns|nous|nosotros)\b")
SIGNED = re.compile(
    r"(?im)^[ \t]*(?:-- ?$|in solidarity\b|(?:yours|best|kind|warm)\b.{0,20}|(?:with )?(?:socialist|comradely|fraternal|revolutionary|best"
    r"|kind|warm)\b.{0,20}(?:greetings|regards|wishes)|с (?:уважением|товарищеским приветом)|mit solidarisch\w+ gr.{0,10})[,.!]?\s*$"
)


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
    sure: bool = True


class Reader:
    """One walk over cues and addresses in their order."""

    def __init__(self, text: str, segments: Segments, tokens: list[Token], floor: int = 0) -> None:
        self.text, self.segments, self.tokens, self.floor = text, segments, tokens, floor
        self.cues = list(cues(text))
        self.scope = Scope()
        self.hint: Scope | None = None
        self.last = ""
        """The last role of a letter, which a copy belongs to."""
        self.placed: set[str] = set()
        self.previous: Token | None = None
        self.empty: list[str] = []
        self.signed = [found.start() for found in SIGNED.finditer(text)]

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
        strong = self.is_strong(cue, sentence, paragraph, following)
        role = cue.kind
        sure = True
        if cue.kind == WRITE:
            if self.scope.strong and self.scope.sentence == sentence and self.scope.role in (*ROLES, COPY, CONTACT, DONATE, LEAVE) and not self.scope.used:
                return
            role, sure = self.whom(cue, sentence)
        if not strong:
            if not (self.hint and self.hint.sentence == sentence and self.hint.role in ROLES and role not in ROLES):
                self.hint = Scope(role, None, sentence, paragraph, sure=sure)
            return
        if self.scope.strong and self.scope.sentence == sentence and not self.scope.used and self.outranked(role):
            return
        base = (self.last or None) if role == COPY else None
        self.leave(cue)
        self.scope = Scope(role, base, sentence, paragraph, True, cue.end, sure=sure)
        if role == cue.kind and role in ROLES:
            self.last = role

    def outranked(self, role: str) -> bool:
        """“Contact the embassy to protest”, “more information on where to send donations”: the first of two cues before one address rules."""
        if role == READ:
            return True
        return self.scope.role in (DONATE, LEAVE) and role not in ROLES

    def explains_copy(self, cue: Cue, sentence: int) -> bool:
        """“copies of your protests to”: no protest asked for here, but whose copy it is."""
        scope = self.scope
        if cue.kind not in ROLES or scope.role != COPY or scope.used or scope.sentence != sentence:
            return False
        between = self.text[scope.end : cue.start].lower()
        return len(between) < 60 and not re.search(r"[,;:.]|\band\b.{0,20}\bto\b|\bto\b", between)

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
        line_start, line_end = self.segments.line_span(cue.start)
        line = self.text[line_start:line_end].strip(" *_•-–")
        if (
            len(line) < 90
            and (line.endswith((":", "：")) or (line == line.upper() and len(line.split()) < 9) or (len(line.split()) <= 4 and self.heads_a_list(line_end)))
            and not line.endswith((".", "!"))
            and not self.in_prose(paragraph, line)
        ):
            return True
        ahead = self.text[cue.end : min(end, cue.end + 90)]
        if cue.kind == CONTACT and (cue.start == line_start or re.match(r"\s*[:–—]", ahead)):
            return True
        close = isinstance(following, Token) and following.start - cue.end < 70
        if close and cue.kind == COPY:
            return True
        return bool(POINTER.search(ahead)) and (cue.kind in (COPY, DONATE, LEAVE, CONTACT) or self.is_asked(cue, sentence) or close)

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
        return (SOLIDARITY, False) if ours or PRISON.search(block) else (PROTEST, False)

    def leave(self, cue: Cue | None) -> None:
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
        behind = self.behind(token)
        if behind:
            token.role, token.copy_of = behind, (self.last or None) if behind == COPY and len(self.placed) < 2 else None
        elif ahead := self.ahead(token, sentence):
            token.role, token.copy_of = ahead, (self.last or None) if ahead == COPY else None
        elif self.holds(token, sentence, paragraph):
            self.scope.used += 1
            token.role, token.copy_of, token.role_sure = self.scope.role, self.scope.base, self.scope.sure
            self.last = token.role if token.role in ROLES else self.last
        elif self.hint and self.hint.sentence == sentence:
            token.role, token.copy_of, token.role_sure = self.hint.role, (self.last or None) if self.hint.role == COPY else None, self.hint.sure
        self.placed.update({token.role} & set(ROLES))
        token.same_sentence = self.scope.strong and self.scope.sentence == sentence and token.role == self.scope.role
        self.scope.paragraph = paragraph if self.scope.strong and token.role == self.scope.role else self.scope.paragraph

    def behind(self, token: Token) -> str:
        """“x@example.org (for messages of support)”, “x@example.org – protests”."""
        _start, line_end = self.segments.line_span(token.end)
        following = next((other.start for other in self.near(token) if other.start >= token.end), line_end)
        ahead = self.text[token.end : min(line_end, following, token.end + 60)]
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

    def ahead(self, token: Token, sentence: int) -> str:
        """“Use the form at … to protest”: the cue stands behind, in a sentence that has none before."""
        if (self.scope.strong and self.scope.sentence == sentence) or (self.hint and self.hint.sentence == sentence):
            return ""
        _start, end = self.segments.sentence_span(sentence)
        paragraph = self.segments.paragraphs[self.segments.paragraph(token.start)]
        end = min(end, paragraph.end if paragraph.is_prose or len(paragraph.lines) == 1 else self.segments.line_span(token.start)[1])
        following = next((other.start for other in self.near(token) if other.start >= token.end), end)
        kinds = [cue.kind for cue in cues(self.text[token.end : min(end, following, token.end + 120)]) if cue.kind in ROLES]
        return kinds[0] if kinds and following >= end else ""

    def near(self, token: Token) -> list[Token]:
        if not hasattr(self, "places"):
            self.places = {id(one): n for n, one in enumerate(self.tokens)}
        n = self.places[id(token)]
        return self.tokens[n + 1 : n + 3]

    def holds(self, token: Token, sentence: int, paragraph: int) -> bool:
        """Whether the last strong cue still speaks of this address."""
        scope = self.scope
        if not scope.strong:
            return False
        if any(scope.end < place < token.start for place in self.signed[-8:]) and scope.role != CONTACT:
            return False
        if scope.sentence == sentence or scope.paragraph == paragraph:
            return scope.sentence == sentence or not (self.hint and self.hint.sentence == sentence and self.hint.role in (CONTACT, DONATE, READ, LEAVE))
        between = self.segments.paragraphs[scope.paragraph + 1 : paragraph]
        if len(between) > 40 or any(one.is_prose and not self.holds_token(one.start, one.end) for one in between):
            return False
        here = self.segments.paragraphs[paragraph]
        return not here.is_prose or not scope.used or self.leads(token, here.start)

    def leads(self, token: Token, start: int) -> bool:
        """A paragraph that begins with whom the address belongs to goes on with the list."""
        return token.start - start < 120 and not re.search(r"[.!?]\s", self.text[start : token.start])

    def holds_token(self, start: int, end: int) -> bool:
        return self.previous is not None and start <= self.previous.start < end


MASK = "\ue000"
"""Stands in the text for each character of an address: no letter, so that no word of an address is taken for a cue."""
SOFT = re.compile(r"(?i)condemn|demand|urg|insist|concern|outrage|pressur|objection|требу|осужд|возмущ|forder|exig|réclam")
"""Words of protest that are about the matter and name no letter."""
ASKING_FOR = re.compile(r"(?i)(?:calling|demanding|urging|asking|требовани|requesting)[^:]{0,120}:$")
MESSAGES = re.compile(r"(?i)messages?|letters?|protests?|solidarity|cop(?:y|ies)|e-?mails?|faxes|письма|протест|копии|солидарност")
ASKING = re.compile(
    r"(?i)\b(?:send|sent|sending|e-?mail(?:ed)?|fax(?:ed)?|write|written|address(?:ed)?|direct(?:ed)?|forward(?:ed)?|post(?:ed)?|phone"
    r"|call|text|copy|copied|flood|bombard|deliver|go|transmit|submit|message|make|register)\b|"
    r"направ\w+|отправ\w+|пишите|писать|шлите|слать|присыла\w+|посыла\w+|прислать|звон\w+|адрес\w+|\bschick\w+|\bsend(?:en|et)\b"
    r"|\bricht\w+|\benvoy\w+|\badress\w+|\benv[ií]\w+|\bdirig\w+|\binvia\w+"
)


def decide_rest(text: str, tokens: list[Token]) -> None:
    """An address that no word of the text gives a role: by whose it is, and marked."""
    asked = {token.role for token in tokens} & {PROTEST, SOLIDARITY}
    for token in tokens:
        if token.role and token.role not in (WRITE,):
            continue
        token.role_sure = False
        whose = f"{token.owner} {token.raw}"
        if OTHER_SIDE.search(whose) and not OUR_SIDE.search(whose):
            token.role = PROTEST
        else:
            token.role = CONTACT
        token.marks.append(_("The text does not say what it is for.") if not asked else _("The words around it do not say what it is for."))
