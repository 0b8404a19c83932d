"""Whose an address is: in brackets behind it, between the cue and it, or on the lines above it."""

import re

from appeals.intake.cues import cues
from appeals.intake.segments import Segments
from appeals.intake.tokens import Token

BRACKET = re.compile(r"[\s,]{0,3}[(\[]([^()\[\]\n]{2,160}(?:\n[^()\[\]\n]{1,100})?)[)\]]")
DASHED = re.compile(r"[ ]{1,2}[-–—][ ]{1,2}([^\n;@]{2,120}?)(?=[.;]?\s*(?:$|\n)|;|,\s*$)", re.MULTILINE)
COMMA = re.compile(r",?[ ]([A-ZА-ЯЁ][^\n;@,]{2,80}?)[.;]?[ ]*(?=$|\n)", re.MULTILINE)
CHANNEL_WORDS = (
    r"e-?mails?(?: address(?:es)?)?|mail(?:to)?|tel(?:ephone|efon)?|phone|ph|fax(?:es)?|mob(?:ile)?|cell(?:phone)?|sms|text|numbers?"
    r"|whats ?app|skype|post(?:al)?|address(?:es)?|web(?: ?site)?|online|contact form|web form|form|"
    r"эл(?:ектронн\w+)?\.? ?(?:почт\w+|адрес\w*)?|тел(?:ефон\w*)?|факс\w*|почт\w+|моб(?:ильн\w+)?|адрес\w*|смс|имейл|e-?post|courriel"
    r"|correo(?: electrónico)?|tél(?:éphone)?|tlf|téléphone"
)
LABELS_END = re.compile(
    rf"(?:[\s,;:./()&–—-]*(?:\b(?:{CHANNEL_WORDS}|at|on|by|via|or|and|to|through|the following|following|по|на|и|или|an|unter"
    rf"|или)\b)?[\s,;:./(–—<-]*)+$".replace("+$", "{1,6}$"),
    re.IGNORECASE,
)
LABEL_ONLY = re.compile(rf"(?i)^\W*(?:(?:{CHANNEL_WORDS}|[tfempw])\b\W*){{1,3}}$")
LEADS = re.compile(
    r"(?i)^(?:[\s,;:.)\]•*■►▪●·–—-]|\d{1,2}[.)]\s)*(?:(?:and|also|with|or|please|send|write|e-?mails?|faxe?s?|calls?|phone|directly|either"
    r"|both|by|via|to|at|for|on|then|copies|copy|cc|и|или|а также|также|к|в|на|по|адрес\w*|to:)\b[\s,:]*){0,6}(?:(?:the|an?|our|your|their"
    r"|his|her) )?"
)
NOT_OWNERS = re.compile(
    r"(?i)^\W*(?:fax|tel|phone|mobile|e-?mail|sms|text|home|work|office|direct|personal|english|russian|in english|in russian|new|old|main"
    r"|24h?|24 hours|факс|тел|моб|раб|дом|cc|copy|copies|bcc|optional|or|and|и|please.*|ext.*|доб.*|see .*|no longer.*|for .*|with .*|"
    r"bounc\w*.*|this .*|which .*|also .*|until .*|after .*|not .*|do not.*|don.t.*|больше не.*|не .*|для .*)\W*$"
)
SALUTATION = re.compile(r"(?i)^\W*(?:salutation|form of address|обращение|anrede|tratamiento|formule d.appel)\b.*")
ADDRESS_LINE = re.compile(
    r"(?i)(?:\d.*\b(?:street|st|road|rd|avenue|ave|av|square|sq|lane|ln|drive|boulevard|blvd|place|way|house|building|bldg|floor|office"
    r"|room|prospekt|pr|prospect|ulitsa|str|quay|court|terrace|row|gardens|crescent|microdistrict|mkr)\b|\b(?:street|road|avenue|square"
    r"|boulevard|prospekt|prospect|ulitsa|pr|str|ul)\b\.?.*\d"
    r"|\bp\.? ?o\.? ?box\b|\bа/я\b|\bapartado\b|\bpostfach\b|\bb\.?p\.? \d|(?<!\w)(?:ул|пр|просп|пер|бул|наб|пл|д|кв|г|обл|мкр|стр|корп"
    r"|оф)\.\s?\S|\bулица\b|\bпроспект\b|\bплощадь\b|\bдом \d|\b\d{5,6}\b(?!\s?(?:workers|people|рабочих))"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?:straße|strasse|platz|allee|gasse)\b.{0,6}\d|\b(?:rue|calle|via|plaza|carrera|avenida|rua"
    r"|place) .*\d|\d.*\b(?:rue|calle|via|plaza|avenida|rua)\b|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{1,2}-\d{4,5}\b)"
)
MOST = 160


class Owners:
    def __init__(self, text: str, segments: Segments, tokens: list[Token]) -> None:
        self.text, self.segments, self.tokens = text, segments, tokens

    def read(self) -> None:
        for n, token in enumerate(self.tokens):
            before = self.tokens[n - 1] if n else None
            after = self.tokens[n + 1] if n + 1 < len(self.tokens) else None
            token.owner = (
                token.owner
                or self.bracketed(token)
                or self.named_before(token, before)
                or self.dashed(token, after)
                or self.shared(token, before)
                or self.above(token, before)
            )

    def bracketed(self, token: Token) -> str:
        found = BRACKET.match(self.text, token.end)
        if not found:
            return ""
        words = " ".join(found[1].split())
        return "" if NOT_OWNERS.match(words) or "@" in words or not re.search(r"[^\W\d_]{2}", words) else tidy(words, leads=False)

    def named_before(self, token: Token, before: Token | None) -> str:
        """The words between the cue, or the address before, and this one, on its own line."""
        line, _end = self.segments.line_span(token.start)
        paragraph = self.segments.paragraphs[self.segments.paragraph(token.start)]
        floor = paragraph.start if paragraph.is_prose else line
        sentence, _end = self.segments.sentence_span(self.segments.sentence(token.start))
        begin = max(floor, sentence, before.end if before else 0, token.start - MOST)
        if before and (found := BRACKET.match(self.text, before.end)) and found.end() <= token.start:
            begin = max(begin, found.end())
        words = self.text[begin : token.start]
        last = max((cue.end for cue in cues(words) if not re.match(r"\s*(?:officer|office|department|division|committee)", words[cue.end :])), default=0)
        words = words[last:]
        if ":" in words.rstrip(" :<("):
            head, _colon, tail = words.rstrip(" :<(").rpartition(":")
            words = tail if not LABEL_ONLY.match(tail) and tail.strip() else head
        return self.as_owner(words, asked=bool(last))

    def as_owner(self, words: str, asked: bool) -> str:
        words = LABELS_END.sub("", words.replace("\n", " "))
        if re.search(r"\bto\b", words) and asked:
            words = re.split(r"\bto\b", words)[-1]
        words = tidy(words)
        if (
            len(words) > 110
            or len(words.split()) > 14
            or NOT_OWNERS.match(words)
            or not re.search(r"[A-ZА-ЯЁ]|strik|union|compan|committee|government|worker|famil|профсоюз|забастов", words)
        ):
            return ""
        return words if re.search(r"[^\W\d_]{3}", words) and not SALUTATION.match(words) and not LABEL_ONLY.match(words) else ""

    def dashed(self, token: Token, after: Token | None) -> str:
        found = DASHED.match(self.text, token.end) or COMMA.match(self.text, token.end)
        if not found or (after and after.start < found.end()):
            return ""
        words = tidy(found[1], leads=False)
        return "" if NOT_OWNERS.match(words) or len(words.split()) > 14 or any(True for _cue in cues(words)) or not re.search(r"[^\W\d_]{3}", words) else words

    def shared(self, token: Token, before: Token | None) -> str:
        """The next number or address of the same line has the same owner, if nothing but a label stands between."""
        if before is None or not before.owner or token.start - before.end > 60:
            return ""
        between = self.text[before.end : token.start]
        bracket = BRACKET.match(between)
        if bracket or "\n\n" in between or (re.search(r"[.;]\s+[A-Z]", between) and not LABEL_ONLY.match(between)):
            return ""
        same_kind = token.channels == before.channels and token.channels[0] in ("email", "web")
        return (
            before.owner
            if LABEL_ONLY.match(between.strip() or "tel")
            and (not same_kind or (re.fullmatch(r"[\s,;/]*(?:and|or|и|или)?[\s,;/]*", between) and before.marks != ["bracket"] and self.in_block(token)))
            else ""
        )

    def in_block(self, token: Token) -> bool:
        line, _end = self.segments.line_span(token.start)
        return (
            line > self.segments.paragraphs[self.segments.paragraph(token.start)].start
            or not self.segments.paragraphs[self.segments.paragraph(token.start)].is_prose
        )

    def above(self, token: Token, before: Token | None) -> str:
        """In a block of an envelope the first lines name who it is."""
        number = self.segments.paragraph(token.start)
        if self.segments.paragraphs[number].is_prose:
            return ""
        names: list[str] = []
        for line in self.lines_above(token, number):
            if SALUTATION.match(line) or LABEL_ONLY.match(line) or "@" in line or re.search(r"\d{3}[\d \-()]{4,}", line):
                if names:
                    break
                continue
            if self.is_header(line):
                break
            if ADDRESS_LINE.search(line):
                names = []
                continue
            names.append(line)
        return joined(names[::-1])

    def lines_above(self, token: Token, number: int) -> list[str]:
        """Upwards, at most a dozen; through gaps where every line is a paragraph of its own."""
        lines: list[str] = []
        line, _end = self.segments.line_span(token.start)
        paragraph = self.segments.paragraphs[number]
        lines += [one.strip() for one in self.text[paragraph.start : line].split("\n")[::-1] if one.strip()]
        while len(paragraph.lines) == 1 and number > 0 and len(lines) < 12:
            number -= 1
            paragraph = self.segments.paragraphs[number]
            if paragraph.is_prose or len(paragraph.lines) > 1:
                break
            lines.append(paragraph.text.strip())
        return lines[:14]

    def is_header(self, line: str) -> bool:
        return (line.endswith(":") and any(True for _cue in cues(line))) or (
            any(cue.kind not in ("read", "contact") for cue in cues(line)) and len(line.split()) > 1 and line.endswith((":", "to", "."))
        )


COUNTRY = re.compile(
    r"(?i)^(?:republic of \w+|the republic of \w+|kazakhstan|russia(?:n federation)?|united kingdom|uk|ukraine|turkey|ireland|france"
    r"|germany|республика \w+|казахстан|россия)$"
)


def joined(names: list[str]) -> str:
    names = [tidy(name) for name in names if not COUNTRY.match(name.strip())]
    names = [name for name in names if name and re.search(r"[^\W\d_]{3}", name) and len(name) < 120]
    return ", ".join(names[:3])


def tidy(words: str, leads: bool = True) -> str:
    words = " ".join(words.split())
    if leads:
        words = LEADS.sub("", words)
    words = words.strip(' ,;:.–—-<>"“”«»•*■|/')
    for opening, closing in ("()", "[]"):
        if words.count(opening) != words.count(closing):
            words = words.strip("()[]").strip(" ,;:–—-")
    return words
