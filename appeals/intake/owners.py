"""Whose an address is: in brackets behind it, between the cue and it, or on the lines above it."""

import re
from bisect import bisect_left

from appeals.intake.cues import READ, Cue, cues
from appeals.intake.names import (
    ADDRESS_LINE,
    AND_WHOM,
    CHANNEL_WORDS,
    LABEL_ONLY,
    LETTERS,
    LINES,
    NOT_OWNERS,
    SALUTATION,
    TO_WHOM,
    WORDS,
    as_owner,
    is_header,
    is_place,
    joined,
    tidy,
    unlabelled,
)
from appeals.intake.segments import IT, Segments
from appeals.intake.tokens import Token
from appeals.intake.wordlists import alternatives

BRACKET = re.compile(r"[ ,]{0,3}\n?[ ]{0,3}[(\[]([^()\[\]\n]{2,160}(?:\n[^()\[\]\n]{1,100})?)[)\]]")
DASHED = re.compile(r"[ ]{1,2}[-–—][ ]{1,2}([^\n;@]{2,120}?)(?=[.;]?[ ]*(?:$|\n)|;|,[ ]*$)", re.MULTILINE)
COMMA = re.compile(r",?[ ]([A-ZА-ЯЁ][^\n;@,]{2,80}?)[.;]?[ ]*(?=$|\n)", re.MULTILINE)
MOST = 160
NEAR = 60
"""Characters between two addresses of one owner."""
FAR = 1500
"""Characters of an envelope at most."""
DIGITS = re.compile(r"\d{3}[\d \-()]{4,}")
PREPARED = re.compile(r"(?i)\b(?:prepared|issued|released|distributed|published) by\W*$")
OFFICE = re.compile(r"\s*(?:officer|office|department|division|committee)\b")
NO_END = re.compile(r"reached|contacted|tell (?:them|him|her)")
"""Words before which an owner may stand: “the union can be reached at”."""
PURPOSE = re.compile(
    r"(?i),? (?:(?:and (?:demand|tell|urge|ask|let|say)|to (?:demand|tell|protest|urge|ask|express|insist|call|complain|receive|find"
    r"|get|say|show|request|let)|demanding"
    r"|calling (?:on|for)|urging|asking|insisting|telling|protesting|с требованием|протестуя)\b.*)$"
)
OFFICES = re.compile(
    r"(?:\b[A-ZÀ-Þ]\w+ )?\b(?:(?i:embassies|consulates|high commissions|botschaften|ambassades|embajadas|ambasciate)\b|(?i:посольства)\b)"
    r"(?: (?:of|de|del|von) (?:the )?[A-Z]\w+)?(?=:?[ ]*\n)"
)
AND_TO = re.compile(
    r"(?i)^\W*(?:(?:and|et|y|e|und|и|та|а также|as well as) )?(?:also )?(?:to|à|au|alla|an|al|до|к) (?:the|our|la|le|die|den|das)?\b|^\W*and the \w+(?: \w+)?$"
)
"""“…, and to the secretariat: ”, after another address."""
OR = re.compile(r"(?i)\s*\n\s*(?:or|and|oder|und|ou|et|o|y|e|или|и)\b")
AND_ALSO = re.compile(r"(?i)(?:and|also|et|und|y|e|и|а также|та)\b")
"""“and: x@example.org”, below somebody else's line."""
LOOSE_TO = re.compile(r"(?i)\bfor [^,]{3,40}, to\s*$|\bsame (?:address|number)\b|\band to:?\s*$")
"""“messages of support for the families, to x@example.org”: theirs they are not."""
SPEAKING = re.compile(r"(?:I|We|They|You|It|He|She|Please|Thank|This|These|Ask|Tell|Say|Or|And|But|Do|Don.t)\b")
CONTACT_LINE = re.compile(r"(?i)^\W*(?:contacts?(?: person)?|press contact|media contact|контакты?|контактное лицо|kontakt|contacto)\s*:\s*(\S.{2,100})$")
CONNECTING = re.compile(
    rf"(?i)^[\s,;:./()|–—-]*(?:(?:{CHANNEL_WORDS}|or|and|by|via|on|at|to|также|або|та|или|и|по|ou|und|oder|e|y|par|au|al"
    rf"|[tfempw](?=[:.]|\s*$))\b[\s,;:./()|–—-]*){{0,5}}$"
)
WHO = re.compile(
    r"(?:[A-ZÀ-ÞА-ЯЁ][\w.'’-]+ [A-ZÀ-ÞА-ЯЁ][\w'’-]+, )?(?:(?:[Tt]he|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[Yy]our|[Ss]us?) )?(?:[A-ZÀ-ÞА-ЯЁ][\w.'’-]+ ){0,3}"
    rf"(?i:\b(?:{alternatives('other_side')}|{alternatives('our_side')})\b)"
    r"(?: [A-ZÀ-ÞА-ЯЁ«][\w'’»-]+){0,3}(?: (?:of|for|de|del|di|du|des) (?:the |la )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3})?"
)
"""A noun of one of the two sides, with the names around it."""


class Owners:
    """`floor` is where the text begins below its title: nobody is looked for above it."""

    def __init__(self, text: str, segments: Segments, tokens: list[Token], cues: list[Cue], floor: int = 0, signed: list[int] | None = None) -> None:
        self.signed = signed or []
        self.cues, self.cue_starts = cues, [cue.start for cue in cues]
        self.text, self.segments, self.tokens, self.floor = text, segments, tokens, floor

    def read(self) -> None:
        for n, token in enumerate(self.tokens):
            before = self.tokens[n - 1] if n else None
            after = self.tokens[n + 1] if n + 1 < len(self.tokens) else None
            token.follows = before is not None and self.goes_with(token, before)
            token.owner = token.owner or self.bracketed(token) or self.named_before(token, before)
            token.owner = token.owner or self.dashed(token, after) or self.named_after(n)
            token.owner = token.owner or self.shared(token, before) or self.above(token) or self.announced(token)
            token.owner = token.owner or self.one_more(token, before) or self.spoken_of(token, before) or self.signer(token)
            token.owner = self.with_office(token) if is_place(token.owner) else token.owner

    def bracketed(self, token: Token) -> str:
        found = BRACKET.match(self.text, token.end)
        if not found:
            return ""
        words = " ".join(found[1].split())
        numbered = sum(map(str.isdigit, words)) > 5
        unfit = NOT_OWNERS.match(words) or "@" in words or not LETTERS.search(words) or numbered or is_place(words)
        return "" if unfit else tidy(words, leads=False)

    def named_before(self, token: Token, before: Token | None) -> str:
        """The words between the cue, or the address before, and this one, on its own line."""
        line, _end = self.segments.line_span(token.start)
        paragraph = self.segments.paragraphs[self.segments.paragraph(token.start)]
        sentence, _end = self.segments.sentence_span(self.segments.sentence(token.start))
        begin = max(paragraph.start if paragraph.is_prose else line, sentence, self.floor, token.start - MOST)
        if before:
            bracket = BRACKET.match(self.text, before.end)
            begin = max(begin, before.end, bracket.end() if bracket and bracket.end() <= token.start else 0)
        raw = self.text[begin : token.start].replace("\n", " ")
        words = PURPOSE.sub(" ", unlabelled(raw))
        last = self.last_cue(begin, begin + len(words)) - begin
        if last <= 0 and not words.strip(" ,;") and begin == sentence > line and not before_on(before, line):
            words = self.text[max(line, sentence - MOST) : sentence].strip(" .")  # “Mr Sample, director, 1 High Street. Fax: …”
        return "" if LOOSE_TO.search(raw) else as_owner(words[max(0, last) :], asked=last > 0 or bool(AND_TO.match(words)))

    def last_cue(self, begin: int, end: int) -> int:
        """Where the last cue ends between two places; 0 where there is none."""
        first, behind = bisect_left(self.cue_starts, begin), bisect_left(self.cue_starts, end)
        return max(
            (
                cue.end
                for cue in self.cues[first:behind]
                if cue.end <= end and cue.kind != READ and not OFFICE.match(self.text, cue.end) and not NO_END.match(cue.words)
            ),
            default=0,
        )

    def last_start(self, begin: int, end: int) -> int:
        """Where the last cue between two places begins."""
        n = bisect_left(self.cue_starts, end)
        return self.cue_starts[n - 1] if n and self.cue_starts[n - 1] >= begin else 0

    def dashed(self, token: Token, after: Token | None) -> str:
        found = DASHED.match(self.text, token.end) or COMMA.match(self.text, token.end)
        if not found or (after and after.start < found.end()):
            return ""
        words = tidy(found[1], leads=False)
        unfit = NOT_OWNERS.match(words) or SPEAKING.match(words) or len(words.split()) > WORDS or any(True for _cue in cues(words))
        return words if LETTERS.search(words) and not unfit else ""

    def named_after(self, n: int) -> str:
        """“(202) 555 0142 Legal Department”: on a line that begins with a number, the words after it and those that go with it."""
        token = self.tokens[n]
        line, end = self.segments.line_span(token.start)
        if self.text[line : token.start].strip(" •*■-–"):
            return ""
        while n + 1 < len(self.tokens) and self.tokens[n + 1].start < end and self.goes_with(self.tokens[n + 1], self.tokens[n]):
            n += 1
        words = self.text[self.tokens[n].end : min(end, self.tokens[n + 1].start if n + 1 < len(self.tokens) else end)]
        fit = 0 < len(words.split()) < 10 and re.match(r"[ :–—-]{1,3}[A-ZА-ЯЁ]", words) and not NOT_OWNERS.match(words)
        return tidy(words) if fit and LETTERS.search(words) and not any(True for _cue in cues(words)) else ""

    def goes_with(self, token: Token, before: Token) -> bool:
        """Whether nothing but a label or a comma stands between the two."""
        between = self.text[before.end : token.start]
        bracket = BRACKET.match(self.text, before.end)
        if bracket and bracket.end() <= token.start:
            between = self.text[bracket.end() : token.start]
        return len(between) < NEAR and "\n\n" not in between and bool(CONNECTING.match(between))

    def shared(self, token: Token, before: Token | None) -> str:
        """The next number or address of the same person, if nothing but a label stands between."""
        if before is None or not before.owner or not 0 <= token.start - before.end < NEAR:
            return ""
        between = self.text[before.end : token.start]
        bracket = BRACKET.match(self.text, before.end)
        if bracket and bracket.end() <= token.start and before.owner not in bracket[1]:
            between = self.text[bracket.end() : token.start]
        if "\n\n" in between or not CONNECTING.match(between):
            return ""
        same_kind = token.channels == before.channels and token.channels[0] in ("email", "web")
        named_behind = before.owner in self.text[before.end : before.end + MOST]
        return "" if same_kind and (named_behind or "\n" in between or token.channels[0] == "web") else before.owner

    def above(self, token: Token) -> str:
        """In a block of an envelope the first lines name who it is."""
        number = self.segments.paragraph(token.start)
        line, _end = self.segments.line_span(token.start)
        ahead = self.text[line : token.start].strip(" •*■-–")
        if self.segments.paragraphs[number].is_prose or (ahead and not LABEL_ONLY.match(ahead) and (unlabelled(ahead) or AND_ALSO.match(ahead))):
            return ""
        names: list[str] = []
        for words in self.lines_above(line, number):
            if SALUTATION.match(words) or LABEL_ONLY.match(words) or "@" in words or "://" in words or DIGITS.search(words):
                if names:
                    break
                continue
            if named := CONTACT_LINE.match(words):
                names.append(named[1])
                break
            if is_header(words) or PREPARED.search(words) or (names and AND_WHOM.match(words)):
                break
            names = [] if ADDRESS_LINE.search(words) else [*names, words]
        return joined(names[::-1])

    def announced(self, token: Token) -> str:
        """“Write to Example & Sons and ask them to pay:”, on the line above a list of bare addresses."""
        line, _end = self.segments.line_span(token.start)
        ahead = self.text[line : token.start].strip(" •*■-–·")
        if ahead and not LABEL_ONLY.match(ahead):
            return ""
        for words in self.lines_above(line, self.segments.paragraph(token.start), prose=True)[:4]:
            if words.endswith(":"):
                return as_owner(PURPOSE.sub("", words[-MOST:]), asked=True) if TO_WHOM.search(words[-MOST:]) and any(True for _cue in cues(words)) else ""
            if is_header(words):
                return ""
        return ""

    def spoken_of(self, token: Token, before: Token | None) -> str:
        """In running text the ministry, the union or the like that its sentence names last before it; for “It is …” the sentence before does."""
        paragraph = self.segments.paragraphs[self.segments.paragraph(token.start)]
        start, _end = self.segments.sentence_span(self.segments.sentence(token.start))
        if IT.match(self.text, start):
            start, _end = self.segments.sentence_span(max(0, self.segments.sentence(token.start) - 1))
        begin = max(start, paragraph.start, self.floor, token.start - FAR // 6, before.end if before else 0)
        if not paragraph.is_prose:
            begin = max(begin, self.segments.line_span(token.start)[0])
        bracket = BRACKET.match(self.text, before.end) if before else None
        begin = max(begin, bracket.end() if bracket and bracket.end() <= token.start else 0, self.last_start(begin, token.start))
        words = PURPOSE.sub(" ", self.text[begin : token.start].replace("\n", " "))
        named = [found[0] for found in WHO.finditer(words) if re.search(r"[A-ZА-ЯЁ]|^(?:the|their|his|her|our|your|sus?) ", found[0])]
        return tidy(named[-1]) if named and not LOOSE_TO.search(words) else ""

    def one_more(self, token: Token, before: Token | None) -> str:
        """“or fax: …”, in a paragraph of its own below an envelope."""
        between = self.text[before.end : token.start] if before else ""
        return before.owner if before and len(between) < NEAR and OR.match(between) and CONNECTING.match(between) else ""

    def with_office(self, token: Token) -> str:
        """“Austria: …” in a list of embassies."""
        found = list(OFFICES.finditer(self.text, max(self.floor, token.start - FAR), token.start))
        office = found[-1][0].replace("mbassies", "mbassy").replace("onsulates", "onsulate").replace("ommissions", "ommission") if found else ""
        return f"{tidy(office)}, {token.owner}" if office else token.owner

    def signer(self, token: Token) -> str:
        """Below a signature: who has signed."""
        n = bisect_left(self.signed, token.start)
        if not token.signed or not n:
            return ""
        _line, end = self.segments.line_span(self.signed[n - 1])
        lines = [line.strip() for line in self.text[end : token.start].split("\n")[:-1] if line.strip()][:3]
        unfit = next(
            (k for k, line in enumerate(lines) if ADDRESS_LINE.search(line) or LABEL_ONLY.match(line) or DIGITS.search(line) or "@" in line), len(lines)
        )
        gap = unfit > 1 and "\n\n" in self.text[end : token.start].lstrip("\n")
        named = not gap and all(len(line.split()) < WORDS // 2 and not is_header(line) for line in lines[:unfit])
        return joined(lines[:unfit]) if named else ""

    def lines_above(self, line: int, number: int, prose: bool = False) -> list[str]:
        """Upwards, at most a dozen; through gaps where every line is a paragraph of its own."""
        paragraph = self.segments.paragraphs[number]
        lines = [one.strip() for one in self.text[max(paragraph.start, self.floor, line - FAR) : line].split("\n")[::-1] if one.strip()]
        while (len(paragraph.lines) == 1 or prose) and number > 0 and len(lines) < LINES:
            number -= 1
            paragraph = self.segments.paragraphs[number]
            if prose and paragraph.start >= self.floor and paragraph.text.rstrip().endswith(":"):
                lines.append(paragraph.text[-MOST:].replace("\n", " ").strip())
                break
            if paragraph.is_prose or len(paragraph.lines) > 1 or paragraph.start < self.floor:
                break
            lines.append(paragraph.text.strip())
        return lines[:LINES]


def before_on(before: Token | None, line: int) -> bool:
    return before is not None and before.start >= line
