"""Postal addresses: the lines of an envelope, or a stretch of a sentence with a street or a postcode in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from appeals.intake.cues import cues
from appeals.intake.dates import days
from appeals.intake.owners import ADDRESS_LINE, COUNTRY, LABEL_ONLY, SALUTATION, joined, tidy
from appeals.intake.segments import Paragraph, Segments
from appeals.intake.tokens import Token
from appeals.values import Channel

CHANNEL = re.compile(
    r"(?i)\b(?:direct line|trunk ?line|hotline|voice|cell)\b|\b(?:fax|tel|phone|e-?mail|факс|тел|web ?site|mobile|ph|телефон|электронная"
    r"|эл)\b\.? ?[:.+(/]|@|https?://|www\.|\+\d[\d ()-]{6,}"
)
CITY_LINE = re.compile(r"^(?:[A-ZА-ЯЁ][\w.'’-]+)(?:[ ,-]+[A-ZА-ЯЁ\d][\w.'’-]*){0,4}[.,]?$")
BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b")
INLINE = re.compile(
    r"(?i:\bp\.? ?o\.? ?box \d+)|\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b|(?<![\d+-])\b\d{5,6}\b,? (?:г\. ?)?[A-ZА-ЯЁ]|\b(?:ул|пр|просп|пл"
    r"|пр-т|бул)\. ?[А-ЯЁ\d]|\b(?:улица|проспект) [А-ЯЁ]"
    r"|\b\d{1,3}[aª]? (?:Avenida|Calle|Av\.) \d|\b(?:Avenue|Rue|Calle|Via|Avenida|Boulevard|Rua|Plaza) (?:[A-Z][\w'’-]+ ){1,3}\d"
    r"|\b\d{1,4}[a-zA-Z]?,? (?:[A-Z][\w'’-]+ ){1,3}(?i:street|road|avenue|square|lane|st|rd|ave|sq|gardens|place|gate)\b"
    r"|[A-ZА-ЯЁ]\w+(?i:straße|strasse|platz|allee) \d|\b[A-Z]\w+ (?:Street|Avenue|Square|Road|Prospekt),? \d"
)
EVENT = re.compile(
    r"(?i)\b(?:picket|demonstration|rally|vigil|march|protest (?:outside|at|on)|(?:hold|stag|organis|organiz|call)\w* (?:a |an "
    r"|another )?protest|meeting|assemble|venue)\b|пикет|митинг|демонстраци|состоится|собрани"
)
BULLETED = re.compile(r"(?:[•▪■●·‣◦*–-]|\d{1,2}[.)])\s")
BY_POST = re.compile(
    r"(?i)^\W*(?:(?:or|and|также|или|и) )?(?:(?:by|in|по) )?(?:post|mail|letter|writing|address|postal address|snail mail|адрес\w*|почт\w*"
    r"|post(?:anschrift)?|adresse|dirección)\b(?: to)?\s*:?\s*(?:to )?"
)
ASKED = re.compile(r"(?i)\b(?:send|write|card|letters?|address(?: is)?|is|to)\b")
CUT = re.compile(r"\s[-–—]\s|;|\s\(|:\s")


class Post:
    def __init__(self, text: str, segments: Segments, tokens: list[Token], floor: int = 0) -> None:
        self.text, self.segments, self.floor = text, segments, floor
        self.taken = sorted((token.start, token.end) for token in tokens)

    def tokens(self) -> Iterator[Token]:
        envelopes = [token for block in self.blocks() for token in self.envelope(block)]
        yield from envelopes
        inside = {self.segments.paragraph(token.start) for token in envelopes}
        for n, paragraph in enumerate(self.segments.paragraphs):
            if n not in inside:
                yield from self.inline(paragraph)

    def blocks(self) -> Iterator[list[tuple[int, str]]]:
        """Runs of lines that may be an envelope's: those of one paragraph, or of paragraphs of one line each."""
        run: list[tuple[int, str]] = []
        for paragraph in self.segments.paragraphs:
            lines = [(place, line) for place, line in numbered(paragraph) if place >= self.floor]
            if paragraph.is_prose:
                yield run
                run = []
            elif len(lines) > 1:
                yield run
                yield lines
                run = []
            else:
                run += lines
        yield run

    def envelope(self, lines: list[tuple[int, str]]) -> Iterator[Token]:
        names: list[str] = []
        street: list[tuple[int, str]] = []
        for place, line in [*lines, (0, "")]:
            kind = self.kind(line, bool(street), bool(names))
            if kind == "street":
                street.append((place, line))
                continue
            if street:
                yield from self.made(names, street)
                names, street = [], []
            names = [*names, line] if kind == "name" else [] if kind == "head" else names
            if kind == "country" and line:
                street = [(place, line)]

    def kind(self, line: str, open_: bool, named: bool) -> str:
        bare = line.strip(" •*■-–")
        if not bare or CHANNEL.search(line) or SALUTATION.match(line) or LABEL_ONLY.match(line):
            return "end"
        if len(bare) > 110 or (bare.endswith((".", "!", "?")) and len(bare.split()) > 8):
            return "head"
        if ADDRESS_LINE.search(bare) and not any(cue.kind in ("protest", "solidarity") for cue in cues(bare)):
            return "street"
        if open_ and (COUNTRY.match(bare) or (CITY_LINE.match(bare) and len(bare.split()) < 5)):
            return "street"
        if named and COUNTRY.match(bare):
            return "country"
        return "head" if bare.endswith(":") or any(True for _cue in cues(bare)) else "name"

    def made(self, names: list[str], street: list[tuple[int, str]]) -> Iterator[Token]:
        if not any(ADDRESS_LINE.search(line) for _place, line in street):
            return
        first, last = street[0], street[-1]
        lines = [line.strip(" ,;•*■") for _place, line in street]
        head, lines[0] = parted(lines[0])
        owner = joined(names[-3:]) or head
        value = "\n".join(([head] if head and names else []) + lines)
        if len(value) > 12:
            yield Token(first[0], last[0] + len(last[1]), value, (Channel.POST,), value, owner=owner)

    def inline(self, paragraph: Paragraph) -> Iterator[Token]:
        end = 0
        for found in INLINE.finditer(self.text, paragraph.start, paragraph.end):
            if found.start() < max(end, self.floor) or self.is_an_event(found.start()):
                continue
            begin, end = self.stretch(found, paragraph)
            owner, value = parted(self.text[begin:end].strip(" ,;:.–-\n"))
            owner = self.named_before(begin) or owner
            if len(value.split()) > 2 and len(value) < 200:
                yield Token(begin + self.text[begin:end].find(value[:10]), end, value, (Channel.POST,), value, owner=owner)

    def named_before(self, begin: int) -> str:
        """“· President of the Republic, Mr Sample. 6 Avenida 4-18 …”: who stands in a sentence of its own, on a line of a list."""
        line, _end = self.segments.line_span(begin)
        ahead = self.text[line:begin].strip()
        n = bisect_left(self.taken, (begin, 0))
        clear = n == 0 or self.taken[n - 1][1] <= line
        return tidy(ahead) if clear and BULLETED.match(ahead) and 6 < len(ahead) < 120 and not any(True for _cue in cues(ahead)) else ""

    def is_an_event(self, at: int) -> bool:
        """The place of a picket is nowhere to write to."""
        start, end = self.segments.sentence_span(self.segments.sentence(at))
        sentence = self.text[start : min(end, start + 600)]
        return bool(EVENT.search(sentence) and next(days(sentence), None))

    def stretch(self, found: re.Match, paragraph: Paragraph) -> tuple[int, int]:
        """From the cue, the dash or the address before, to the next address or the end of the sentence."""
        begin, end = self.segments.sentence_span(self.segments.sentence(found.start()))
        begin, end = max(begin, paragraph.start if paragraph.is_prose else self.segments.line_span(found.start())[0]), min(end, paragraph.end)
        n = bisect_left(self.taken, (found.start(), 0))
        begin = max(begin, self.taken[n - 1][1] if n and self.taken[n - 1][1] <= found.start() else 0)
        begin += max((cue.end for cue in cues(self.text[begin : found.start()])), default=0)
        n = bisect_left(self.taken, (found.end(), 0))
        end = min(end, self.taken[n][0]) if n < len(self.taken) else end
        stop = re.search(r"[;(\n]|(?i:\b(?:tel|telephone|fax|phone|e-?mail|тел|факс|and|mobile|on \w+day)\b)", self.text[found.end() : end])
        return begin, found.end() + stop.start() if stop else end


def numbered(paragraph: Paragraph) -> list[tuple[int, str]]:
    place, lines = paragraph.start, []
    for line in paragraph.lines:
        lines.append((place, line))
        place += len(line) + 1
    return lines


def parted(words: str) -> tuple[str, str]:
    """Owner and address of a stretch: at a dash, a colon, or the comma before the first street."""
    words = BY_POST.sub("", words)
    for cut in CUT.finditer(words):
        head, rest = words[: cut.start()], words[cut.end() :].strip()
        if not re.search(r"\d", head) and re.search(r"\d", rest):
            named, place = parted(rest)
            asked = ASKED.search(head) or (named and not head.strip()[:1].isupper())
            return (named, place) if asked else (tidy(head), rest)
    parts = words.split(", ")
    first = next((n for n, part in enumerate(parts) if re.search(r"\d|(?i:street|avenue|square|road|box|ул\.|пр\.|г\.)", part)), 0)
    if 0 < first < len(parts):
        return tidy(", ".join(parts[:first])), ", ".join(parts[first:])
    at = re.match(r"(.{3,80}?)\s(?:at|in)\s(?=\d|[A-Z])(.*)", words, re.DOTALL)
    return (tidy(at[1]), at[2]) if at and not re.search(r"\d", at[1]) else ("", words)
