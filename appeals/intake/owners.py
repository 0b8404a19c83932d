"""Whose an address is: in brackets behind it, between the cue and it, or on the lines above it."""

import re
from bisect import bisect_left

from appeals.intake.cues import Cue, cues
from appeals.intake.regions import pattern as places_pattern
from appeals.intake.segments import Segments
from appeals.intake.sides import OTHER_SIDE
from appeals.intake.tokens import Token
from appeals.intake.wordlists import alternatives

BRACKET = re.compile(r"[\s,]{0,3}[(\[]([^()\[\]\n]{2,160}(?:\n[^()\[\]\n]{1,100})?)[)\]]")
DASHED = re.compile(r"[ ]{1,2}[-–—][ ]{1,2}([^\n;@]{2,120}?)(?=[.;]?[ ]*(?:$|\n)|;|,[ ]*$)", re.MULTILINE)
COMMA = re.compile(r",?[ ]([A-ZА-ЯЁ][^\n;@,]{2,80}?)[.;]?[ ]*(?=$|\n)", re.MULTILINE)
CHANNEL_WORDS = alternatives("channels")
LABEL_END = re.compile(
    rf"(?i)(?:(?<=\W)|^)(?:{CHANNEL_WORDS}|at|on|by|via|or|and|to|through|the following|following|click here(?: to (?:e-?mail|write))?|here|directly"
    r"|too|also|is|are|по|на|и|или|або|ou|par|au|oder|per|por|o|ya da|an|unter|:)$"
)
PUNCTUATION = " \t\n,;:./()<&|•→–—-"
LABEL_ONLY = re.compile(rf"(?i)^\W*(?:(?:{CHANNEL_WORDS}|[tfempw])\b\W*){{1,3}}$")
LEADS = re.compile(
    r"(?i)^(?:[\s,;:.)\]•*■►▪●·–—-]|\d{1,2}[.)]\s)*(?:(?:and|also|with|or|please|send|write|e-?mails?|faxe?s?|calls?|phone|directly|either"
    r"|both|by|via|to|at|on|for|then|copies|copy|cc|и|или|а также|также|к|в|на|по|до|для|та|або|адрес\w*|to:|et|ou|y|e|o|ed|und|oder|sowie|ve|para"
    r"|pour|à|au|aux|an)\b[\s,:]*){0,6}(?:(?:the|an?|our|your|their|his|her|la|le|les|il|lo|gli|die|das|den|der|dem|os|as|los|las|el) |l['’])?"
)
NOT_OWNERS = re.compile(rf"^\W*(?:{alternatives('not_owners')})\W*$", re.IGNORECASE)
SALUTATION = re.compile(r"(?i)^\W*(?:salutation|form of address|обращение|anrede|tratamiento|formule d.appel)\b.*")
ADDRESS_LINE = re.compile(alternatives("address_lines"))
"""A line with a street, a box or a postcode."""
MOST = 160
NEAR = 60
"""Characters between two addresses of one owner."""
WORDS, LINES = 14, 14
"""Of an owner's name; of an envelope."""
FAR = 1500
"""Characters of an envelope at most."""
HOUSE = re.compile(r"(?i)\b(?:house|place|chambers|lane|road|street)$")
LETTERS = re.compile(r"[^\W\d_]{3}|[A-ZА-ЯЁ]{2}")
DIGITS = re.compile(r"\d{3}[\d \-()]{4,}")
REACHED = re.compile(
    r"(?i) (?:can|may|could) (?:also )?be (?:contacted|reached|written|found|called|sent|passed on)(?: (?:through|via|to))?(?: us)?$| (?:is|are)$"
)
PREPARED = re.compile(r"(?i)\b(?:prepared|issued|released|distributed|published) by\W*$")
OFFICE = re.compile(r"\s*(?:officer|office|department|division|committee)\b")
NO_END = re.compile(r"reached|contacted|tell (?:them|him|her)")
"""Words before which an owner may stand: “the union can be reached at”."""
PURPOSE = re.compile(
    r"(?i),? (?:(?:and (?:demand|tell|urge|ask|let|say)|to (?:demand|tell|protest|urge|ask|express|insist|call|complain|receive|find"
    r"|get|say|show|request|let)|demanding"
    r"|calling (?:on|for)|urging|asking|insisting|telling|protesting|с требованием|протестуя)\b.*)$"
)
TO_WHOM = re.compile(
    rf"^.*(?:(?<!\w)(?:{alternatives('to_whom')})(?!\w))"
    r"(?= (?:the |a |an |your |our |his |her |their |these |those |mr|ms|dr|[A-ZА-ЯЁ]|\w+$|\w+ \w+$))",
    re.IGNORECASE,
)
AND_TO = re.compile(
    r"(?i)^\W*(?:(?:and|et|y|e|und|и|та|а также|as well as) )?(?:also )?(?:to|à|au|alla|an|al|до|к) (?:the|our|la|le|die|den|das)?\b|^\W*and the \w+(?: \w+)?$"
)
"""“…, and to the secretariat: ”, after another address."""
LOOSE_TO = re.compile(r"(?i)\bfor [^,]{3,40}, to\s*$")
"""“messages of support for the families, to x@example.org”: theirs they are not."""
HOURS = re.compile(r"(?i)^.*(?:\d{1,2}[.:]\d\d(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]m\b|\b(?:19|20)\d\d\b),?")
PRONOUN = re.compile(r"(?:I|We|They|You|It|He|She|Afterwards|Then|Tell|Say)\b")
SPEAKING = re.compile(r"(?:I|We|They|You|It|He|She|Please|Thank|This|These|Ask|Tell|Say|Or|And|But|Do|Don.t)\b")
VERB_AFTER_TO = re.compile(r"\bto (?!the |a |an |our |your )[a-z]+ .*$")
OUR_WORDS = re.compile(
    r"(?i)strik|union|compan|committee|government|worker|famil|teacher|miner|профсоюз|забастов|голода|рабочи|семь|директор|министр|прокур|комитет|редакци|групп"
    r"|secretariat|campaign|network|council|association"
)
CONTACT_LINE = re.compile(r"(?i)^\W*(?:contacts?(?: person)?|press contact|media contact|контакты?|контактное лицо|kontakt|contacto)\s*:\s*(\S.{2,100})$")
SIGNED = re.compile(r"(?i)^\s*(?:in solidarity|yours\b.*|.{0,20}(?:greetings|regards|wishes)|с (?:уважением|.{0,20}приветом))\s*[,.!]?\s*$")
CONNECTING = re.compile(
    rf"(?i)^[\s,;:./()|–—-]*(?:(?:{CHANNEL_WORDS}|or|and|by|via|on|at|to|также|або|та|или|и|по|ou|und|oder|e|y|par|au|al"
    rf"|[tfempw](?=[:.]|\s*$))\b[\s,;:./()|–—-]*){{0,5}}$"
)


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
            token.owner = token.owner or self.dashed(token, after) or self.shared(token, before) or self.above(token) or self.announced(token)

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
            (cue.end for cue in self.cues[first:behind] if cue.end <= end and not OFFICE.match(self.text, cue.end) and not NO_END.match(cue.words)), default=0
        )

    def dashed(self, token: Token, after: Token | None) -> str:
        found = DASHED.match(self.text, token.end) or COMMA.match(self.text, token.end)
        if not found or (after and after.start < found.end()):
            return ""
        words = tidy(found[1], leads=False)
        unfit = NOT_OWNERS.match(words) or SPEAKING.match(words) or len(words.split()) > WORDS or any(True for _cue in cues(words))
        return words if LETTERS.search(words) and not unfit else ""

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


def unlabelled(words: str) -> str:
    """Without “, e-mail:”, “by fax on” and the like at the end."""
    for _word in range(8):
        words = words.rstrip(PUNCTUATION)
        found = LABEL_END.search(words[-40:])
        if not found:
            break
        words = words[: len(words) - len(found[0])]
    return f"{words}." if INITIALS.search(f"{words}.") else words


def as_owner(words: str, asked: bool) -> str:
    words = REACHED.sub("", HOURS.sub("", words.strip()))
    if ":" in words.rstrip(" :<("):
        head, _colon, tail = words.rstrip(" :<(").rpartition(":")
        if not (tail.strip() and OTHER_SIDE.search(head) and len(head.split()) < 5 and re.match(r" [A-ZА-ЯЁ]", tail)):
            words = tail if tail.strip() and not LABEL_ONLY.match(tail) else head
    if not asked and PRONOUN.match(words):
        return ""
    directed = False
    if asked and (goal := TO_WHOM.search(words)):
        words, directed = words[goal.end() :], True
    directed = directed or (asked and bool(re.match(r"(?:and )?(?:the|our|your) ", words)))
    words = tidy(without_street(VERB_AFTER_TO.sub("", words)))
    named = (
        re.search(r"[A-ZА-ЯЁ]", words)
        or OUR_WORDS.search(words)
        or (directed and len(words.split()) < 6)
        or (asked and len(words.split()) < 4 and OTHER_SIDE.search(words))
    )
    if len(words) > 110 or len(words.split()) > WORDS or NOT_OWNERS.match(words) or not named:
        return ""
    return words if LETTERS.search(words) and not SALUTATION.match(words) and not LABEL_ONLY.match(words) else ""


def without_street(words: str) -> str:
    """“Mr Sample, director, 1 High Street”: as far as the name goes."""
    parts = words.split(", ")
    first = next((n for n, part in enumerate(parts) if ADDRESS_LINE.search(part) or HOUSE.search(part)), len(parts))
    return ", ".join(parts[:first])


def is_place(words: str) -> bool:
    """A town or a country alone names nobody."""
    found = places_pattern().match(words)
    return bool(found and found.end() == len(words))


def is_header(line: str) -> bool:
    """A line that says what the addresses below it are for, or ends a letter: whose they are stands below it."""
    kinds = {cue.kind for cue in cues(line)}
    return bool(SIGNED.match(line) or (kinds and line.endswith(":")) or (kinds - {"read", "contact"} and (line.endswith((" to", ".")) or line == line.upper())))


INITIALS = re.compile(r"\b\w\.\s?\w\.$")
"""“S.A.”, “П.П.”: the stop is part of the name."""
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
    words = " ".join(words.split()).partition(" | ")[0]
    if leads:
        words = LEADS.sub("", words)
    words = words.strip(" ,;:–—-<>•*■|/").lstrip(".")
    words = words if INITIALS.search(words) else words.rstrip(" ,;:.–—-")
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
