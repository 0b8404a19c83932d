"""Whose an address is: in brackets behind it, between the cue and it, or on the lines above it."""

import re
from bisect import bisect_left

from appeals.intake.cues import Cue, cues
from appeals.intake.segments import Segments
from appeals.intake.tokens import Token

BRACKET = re.compile(r"[\s,]{0,3}[(\[]([^()\[\]\n]{2,160}(?:\n[^()\[\]\n]{1,100})?)[)\]]")
DASHED = re.compile(r"[ ]{1,2}[-–—][ ]{1,2}([^\n;@]{2,120}?)(?=[.;]?[ ]*(?:$|\n)|;|,[ ]*$)", re.MULTILINE)
COMMA = re.compile(r",?[ ]([A-ZА-ЯЁ][^\n;@,]{2,80}?)[.;]?[ ]*(?=$|\n)", re.MULTILINE)
CHANNEL_WORDS = (
    r"e-?mails?(?: address(?:es)?)?|mail(?:to)?|tel(?:ephone|efon)?|phone|ph|fax(?:es)?|mob(?:ile)?|cell(?:phone)?|sms|text|numbers?"
    r"|whats ?app|skype|post(?:al)?|address(?:es)?|web(?: ?site)?|online|contact form|web form|form|"
    r"эл(?:ектронн\w+)?\.? ?(?:почт\w+|адрес\w*)?|тел(?:ефон\w*)?|факс\w*|почт\w+|моб(?:ильн\w+)?|адрес\w*|смс|имейл|e-?post|courriel"
    r"|correo(?: electrónico)?|tél(?:éphone)?|tlf|téléphone"
)
LABEL_END = re.compile(rf"(?i)(?:(?<=\W)|^)(?:{CHANNEL_WORDS}|at|on|by|via|or|and|to|through|the following|following|по|на|и|или|an|unter)$")
PUNCTUATION = " \t\n,;:./()<&–—-"
LABEL_ONLY = re.compile(rf"(?i)^\W*(?:(?:{CHANNEL_WORDS}|[tfempw])\b\W*){{1,3}}$")
LEADS = re.compile(
    r"(?i)^(?:[\s,;:.)\]•*■►▪●·–—-]|\d{1,2}[.)]\s)*(?:(?:and|also|with|or|please|send|write|e-?mails?|faxe?s?|calls?|phone|directly|either"
    r"|both|by|via|to|at|on|then|copies|copy|cc|и|или|а также|также|к|в|на|по|адрес\w*|to:)\b[\s,:]*){0,6}(?:(?:the|an?|our|your|their"
    r"|his|her) )?"
)
NOT_OWNERS = re.compile(
    r"(?i)^\W*(?:fax|tel|phone|mobile|e-?mail|sms|text|home|work|office|direct|personal|english|russian|in english|in russian|new|old|main"
    r"|24h?|24 hours|факс|тел|моб|раб|дом|cc|copy|copies|bcc|optional|or|and|и|please.*|use(?: the)?|(?:the |your )?(?:letters?|messages?"
    r"|protests?|e-?mails?|appeals?|copies|письма|протесты|сообщения)|.*in your (?:own )?country|via.*|through.*|visit.*|click.*"
    r"|mon\b.*|weekdays?.*|office hours.*|\d.*|.*\b(?:us|me|him|her|them)|(?:the )?same.*|keep trying.*|if .*|email.protected|toll.*|voice.*|evenings?.*"
    r"|day.*|night.*|only.*|urgent.*|mobile.*|ext.*|доб.*|use(?: the)?"
    r"|via.*|through.*|visit.*|click.*|keep trying.*|if .*|email protected|toll.*|voice.*|evenings?.*|day.*|night.*|only.*|urgent.*"
    r"|mobile.*|see .*|no longer.*|for .*|with .*|"
    r"bounc\w*.*|this .*|which .*|also .*|until .*|after .*|not .*|do not.*|don.t.*|больше не.*|не .*|для .*)\W*$"
)
SALUTATION = re.compile(r"(?i)^\W*(?:salutation|form of address|обращение|anrede|tratamiento|formule d.appel)\b.*")
STREETS = (
    "street|st|road|rd|avenue|ave|av|square|sq|lane|ln|drive|boulevard|blvd|place|way|house|building|bldg|floor|office|room|prospekt|pr|prospect|ulitsa|str|"
    "quay|court|terrace|row|gardens|crescent|microdistrict|mkr|allee|park"
)
ADDRESS_LINE = re.compile(
    rf"(?i:\d.*\b(?:{STREETS})\b(?!\w)|\b(?:street|road|avenue|square|boulevard|prospekt|prospect|ulitsa|pr|str|ul)\b\.?.*\d"
    rf"|\bp\.? ?o\.? ?box\b|\bа/я\b|\bapartado\b|\bpostfach\b|\bb\.?p\.? \d)"
    r"|^\d{1,4}[a-zA-Z]?(?:[-/]\d+)?,? (?:[A-Z][\w'’.-]+ ?){1,4}$|^(?:\d+,? )?(?i:avenue|rue|boulevard|bd|calle|avenida|via|rua|plaza)\b"
    r"|^\d{4,6},? [A-Z][a-zé]|\b[A-Z][\w.]+ (?:Sts?|Ave|Rd|Blvd|Street|Avenue|Road|Square)\b\.?(?:,|$)"
    r"|(?<![\w])(?:ул|пр|просп|пр-т|пер|бул|наб|пл|д|кв|обл|мкр|стр|корп|оф)\.\s?[А-ЯЁ\d]|(?<!\d)(?<!\d )\bг\.\s?[А-ЯЁ]|\b(?:улица"
    r"|проспект|площадь|бульвар) [А-ЯЁ]|\bдом \d|\b[А-ЯЁ]\w+ (?:улица|проспект|площадь|бульвар),? \d"
    r"|(?<![\d+(-] )(?<![\d+(-])\b\d{5,6}\b(?! ?(?:workers|people|рабочих|человек|\d))|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?i:straße"
    r"|strasse|platz|allee|gasse)\b.{0,6}\d"
    r"|(?i:\b(?:rue|calle|via|plaza|carrera|avenida|rua) .*\d|\d.*\b(?:rue|calle|plaza|avenida|rua)\b)|\b\d{4} [A-Z]{2}\b|\b[A-Z]{1,2}-\d{4,5}\b"
)
MOST = 160
NEAR = 60
"""Characters between two addresses of one owner."""
WORDS, LINES = 14, 14
"""Of an owner's name; of an envelope."""
FAR = 1500
"""Characters of an envelope at most."""
LETTERS = re.compile(r"[^\W\d_]{3}|[A-ZА-ЯЁ]{2}")
DIGITS = re.compile(r"\d{3}[\d \-()]{4,}")
REACHED = re.compile(r"(?i) (?:can|may|could) (?:also )?be (?:contacted|reached|written|found|called)$| (?:is|are)$")
PREPARED = re.compile(r"(?i)\b(?:prepared|issued|released|distributed|published) by\W*$")
OFFICE = re.compile(r"\s*(?:officer|office|department|division|committee)\b")
PURPOSE = re.compile(
    r"(?i),? (?:(?:to (?:demand|protest|urge|ask|express|insist|call|complain|receive|find|get|say|show|request|let)|demanding"
    r"|calling (?:on|for)|urging|asking|insisting|telling|protesting|с требованием|протестуя)\b.*)$"
)
TO_WHOM = re.compile(r"(?i)^.*(?:\bto\b|\bна имя\b)(?= (?:the |a |an |your |our |his |her |their |these |those |mr|ms|dr|[A-ZА-ЯЁ]|\w+$|\w+ \w+$))")
VERB_AFTER_TO = re.compile(r"\bto (?!the |a |an |our |your )[a-z]+ .*$")
OUR_WORDS = re.compile(r"(?i)strik|union|compan|committee|government|worker|famil|teacher|miner|профсоюз|забастов|голода|рабочи|семь|директор|министр|прокур")
CONTACT_LINE = re.compile(r"(?i)^\W*(?:contacts?(?: person)?|press contact|media contact|контакты?|контактное лицо|kontakt|contacto)\s*:\s*(\S.{2,100})$")
SIGNED = re.compile(r"(?i)^\s*(?:in solidarity|yours\b.*|.{0,20}(?:greetings|regards|wishes)|с (?:уважением|.{0,20}приветом))\s*[,.!]?\s*$")
CONNECTING = re.compile(rf"(?i)^[\s,;:./()–—-]*(?:(?:{CHANNEL_WORDS}|or|and|by|via|on|at|to|также|или|и|по|[tfempw](?=[:.]))\b[\s,;:./()–—-]*){{0,5}}$")


class Owners:
    """`floor` is where the text begins below its title: nobody is looked for above it."""

    def __init__(self, text: str, segments: Segments, tokens: list[Token], cues: list[Cue], floor: int = 0) -> None:
        self.cues, self.cue_starts = cues, [cue.start for cue in cues]
        self.text, self.segments, self.tokens, self.floor = text, segments, tokens, floor

    def read(self) -> None:
        for n, token in enumerate(self.tokens):
            before = self.tokens[n - 1] if n else None
            after = self.tokens[n + 1] if n + 1 < len(self.tokens) else None
            token.owner = token.owner or self.bracketed(token) or self.named_before(token, before)
            token.owner = token.owner or self.dashed(token, after) or self.shared(token, before) or self.above(token)

    def bracketed(self, token: Token) -> str:
        found = BRACKET.match(self.text, token.end)
        if not found:
            return ""
        words = " ".join(found[1].split())
        return "" if NOT_OWNERS.match(words) or "@" in words or not LETTERS.search(words) else tidy(words, leads=False)

    def named_before(self, token: Token, before: Token | None) -> str:
        """The words between the cue, or the address before, and this one, on its own line."""
        line, _end = self.segments.line_span(token.start)
        paragraph = self.segments.paragraphs[self.segments.paragraph(token.start)]
        sentence, _end = self.segments.sentence_span(self.segments.sentence(token.start))
        begin = max(paragraph.start if paragraph.is_prose else line, sentence, self.floor, token.start - MOST)
        if before:
            bracket = BRACKET.match(self.text, before.end)
            begin = max(begin, before.end, bracket.end() if bracket and bracket.end() <= token.start else 0)
        words = PURPOSE.sub(" ", unlabelled(self.text[begin : token.start].replace("\n", " ")))
        last = self.last_cue(begin, begin + len(words)) - begin
        return as_owner(words[max(0, last) :], asked=last > 0)

    def last_cue(self, begin: int, end: int) -> int:
        """Where the last cue ends between two places; 0 where there is none."""
        first, behind = bisect_left(self.cue_starts, begin), bisect_left(self.cue_starts, end)
        return max((cue.end for cue in self.cues[first:behind] if cue.end <= end and not OFFICE.match(self.text, cue.end)), default=0)

    def dashed(self, token: Token, after: Token | None) -> str:
        found = DASHED.match(self.text, token.end) or COMMA.match(self.text, token.end)
        if not found or (after and after.start < found.end()):
            return ""
        words = tidy(found[1], leads=False)
        unfit = NOT_OWNERS.match(words) or len(words.split()) > WORDS or any(True for _cue in cues(words))
        return words if LETTERS.search(words) and not unfit else ""

    def shared(self, token: Token, before: Token | None) -> str:
        """The next number or address of the same person, if nothing but a label stands between."""
        if before is None or not before.owner or not 0 <= token.start - before.end < NEAR:
            return ""
        between = self.text[before.end : token.start]
        same_kind = token.channels == before.channels and token.channels[0] in ("email", "web")
        if same_kind or "\n\n" in between or not CONNECTING.match(between):
            return ""
        return before.owner

    def above(self, token: Token) -> str:
        """In a block of an envelope the first lines name who it is."""
        number = self.segments.paragraph(token.start)
        line, _end = self.segments.line_span(token.start)
        ahead = self.text[line : token.start].strip(" •*■-–")
        if self.segments.paragraphs[number].is_prose or (ahead and not LABEL_ONLY.match(ahead)):
            return ""
        names: list[str] = []
        for words in self.lines_above(line, number):
            if SALUTATION.match(words) or LABEL_ONLY.match(words) or "@" in words or DIGITS.search(words):
                if names:
                    break
                continue
            if named := CONTACT_LINE.match(words):
                names.append(named[1])
                break
            if is_header(words) or PREPARED.search(words):
                break
            names = [] if ADDRESS_LINE.search(words) else [*names, words]
        return joined(names[::-1])

    def lines_above(self, line: int, number: int) -> list[str]:
        """Upwards, at most a dozen; through gaps where every line is a paragraph of its own."""
        paragraph = self.segments.paragraphs[number]
        lines = [one.strip() for one in self.text[max(paragraph.start, self.floor, line - FAR) : line].split("\n")[::-1] if one.strip()]
        while len(paragraph.lines) == 1 and number > 0 and len(lines) < LINES:
            number -= 1
            paragraph = self.segments.paragraphs[number]
            if paragraph.is_prose or len(paragraph.lines) > 1 or paragraph.start < self.floor:
                break
            lines.append(paragraph.text.strip())
        return lines[:LINES]


def unlabelled(words: str) -> str:
    """Without “, e-mail:”, “by fax on” and the like at the end."""
    for _word in range(8):
        words = words.rstrip(PUNCTUATION)
        found = LABEL_END.search(words[-30:])
        if not found:
            break
        words = words[: len(words) - len(found[0])]
    return words


def as_owner(words: str, asked: bool) -> str:
    words = REACHED.sub("", words.strip())
    if ":" in words.rstrip(" :<("):
        head, _colon, tail = words.rstrip(" :<(").rpartition(":")
        words = tail if tail.strip() and not LABEL_ONLY.match(tail) else head
    directed = False
    if asked and (goal := TO_WHOM.search(words)):
        words, directed = words[goal.end() :], True
    directed = directed or (asked and bool(re.match(r"(?:the|our|your) ", words)))
    words = tidy(VERB_AFTER_TO.sub("", words))
    named = re.search(r"[A-ZА-ЯЁ]", words) or OUR_WORDS.search(words) or (directed and len(words.split()) < 6)
    if len(words) > 110 or len(words.split()) > WORDS or NOT_OWNERS.match(words) or not named:
        return ""
    return words if LETTERS.search(words) and not SALUTATION.match(words) and not LABEL_ONLY.match(words) else ""


def is_header(line: str) -> bool:
    """A line that says what the addresses below it are for, or ends a letter: whose they are stands below it."""
    kinds = {cue.kind for cue in cues(line)}
    return bool(SIGNED.match(line) or (kinds and line.endswith(":")) or (kinds - {"read", "contact"} and (line.endswith((" to", ".")) or line == line.upper())))


QUOTES = ('""', "“”", "«»")
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
    words = words.strip(" ,;:.–—-<>•*■|/")
    if words[:1] + words[-1:] in QUOTES and words[1:-1].count(words[-1]) == 0:
        words = words[1:-1]
    for opening, closing in QUOTES[1:]:
        if words.count(opening) != words.count(closing):
            words = words.strip(opening + closing)
    words = words.strip('"' if words.count('"') % 2 else "")
    for opening, closing in ("()", "[]"):
        if words.count(opening) != words.count(closing):
            words = words.strip("()[]").strip(" ,;:–—-")
    return words
