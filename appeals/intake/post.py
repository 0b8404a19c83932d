"""Postal addresses: the lines of an envelope, or a stretch of a sentence with a street or a postcode in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from appeals.intake.cues import cues
from appeals.intake.dates import clock, days
from appeals.intake.names import ADDRESS_LINE, AND_WHOM, COUNTRY, HOUSE, LABEL_ONLY, NOT_OWNERS, SALUTATION, SIGNED, as_owner, is_place, joined, tidy
from appeals.intake.segments import Paragraph, Segments
from appeals.intake.sides import HELD, PRISON
from appeals.intake.tokens import Token
from appeals.values import Channel

CHANNEL = re.compile(
    r"(?i)\b(?:direct line|trunk ?line|hotline|voice|cell)\b|\b(?:fax|tel|phone|e-?mail|факс|тел|web ?site|mobile|ph|телефон|электронная"
    r"|эл)\b\.? ?[:.+(/]|@|https?://|www\.|\+\d[\d ()-]{6,}"
)
CITY_LINE = re.compile(r"^(?:[A-ZА-ЯЁ][\w.'’-]+)(?:[ ,-]+(?:(?:de|da|do|di|del|la|el|am|an|der|upon|on) )?[A-ZА-ЯЁ\d(][\w.'’)-]*){0,4}[.,]?$")
POSTCODE_LINE = re.compile(r"^(?:[A-Z][\w'’. -]+,? )?(?:[A-Z]{2}-?)?\d{4,6}\b[^\d]*$|^\d{5}-\d{3} [A-Z].*$")
"""A town and its code: the end of an envelope, not its street."""
HOUSE_NUMBER = re.compile(r"^\W*[^\W\d_][\w.'’-]+(?: [\w.'’-]+){0,3} \d{1,4} ?[a-zA-Z]?\W*$")
HEAD_OF_LETTER = re.compile(r"(?i)(?:re|subject|betreff|objet|asunto|oggetto|тема) ?:|(?:dear|sehr geehrte\w*|уважаем\w+|estimad\w+|your excellency)\b.*[,:!]$")
BANK = re.compile(r"(?i)\b(?:account|routing|iban|sort code|paybill|acc|swift|bic|konto|payable)\b|карта|р/с|счёт|счет")
BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b")
INLINE = re.compile(
    r"(?i:\bg?p\.? ?o\.? ?box \d+)|\b(?:ul|pl|al|os)\. ?[A-ZŁŚŻĆ]\w+|\b\d{2}-\d{3} [A-ZŁŚŻĆ]"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b|(?<![\d+-])(?<!№ )(?<!no\. )\b\d{5,6}\b,? (?:г\. ?)?[A-ZА-ЯЁ]|\b(?:ул|пр|просп|пл"
    r"|пр-т|бул)\. ?[А-ЯЁ\d]|\b(?:улица|проспект) [А-ЯЁ]"
    r"|(?<![\w-])[A-Z]{1,2}-\d{4,5}\b|\b\d{1,3}[aª]? (?:Avenida|Calle|Av\.) \d|\bPlot \d|\b(?:Calle|Carrera|Cra\.|Kra\.|Avenida|Jr\.|Jirón) \d"
    r"|\b(?:Avenue|Rue|Calle|Via|Viale|Corso|Piazza|Avenida|Av\.|Boulevard|Rua|Plaza|Chemin|Route|Quai|Place|Carrera|Jalan|Jl\.)"
    r" (?:(?:de|du|des|la|le|di|da|do|del|[A-Z][\w'’-]+) ){1,5}\d"
    r"|\b\d{1,4}[a-zA-Z]?,? (?:[A-Z\d][\w'’-]+ ){1,3}(?i:street|road|avenue|square|lane|st|rd|ave|sq|gardens|place|gate)\b"
    r"|[A-ZА-ЯЁ]\w+(?i:straße|strasse|platz|allee|gasse|weg|damm|ufer|ring) \d|\b[A-Z]\w+ (?:Street|Avenue|Square|Road|Prospekt),? \d"
)
EVENT = re.compile(
    r"(?i)\b(?:picket|demonstration|rally|vigil|march|protest (?:outside|at|on)|(?:hold|stag|organis|organiz|call)\w* (?:a |an "
    r"|another )?protest|meeting|assemble|venue)\b|пикет|митинг|демонстраци|состоится|собрани"
)
CITY_AND_TIME = re.compile(r"^\W*[A-ZА-ЯЁ][\w .-]{2,24}(?: [–—-]|:|,)[^\d\n]{0,24}\d{1,2}(?:[.:-]\d\d| ?[ap]\.?m| до \d| ?час)")
MOST = 8
"""Lines of names above a street, at most."""
BULLETED = re.compile(r"(?:[•▪■●·‣◦*–-]|\d{1,2}[.)])\s")
BY_POST = re.compile(
    r"(?i)^\W*(?:(?:or|and|также|или|и) )?(?:(?:by|in|по) )?(?:post|mail|letter|writing|address|postal address|snail mail|адрес\w*|почт\w*"
    r"|post(?:anschrift)?|adresse|dirección)\b(?: to)?\s*:?\s*(?:to )?"
)
ASKED = re.compile(r"(?i)\b(?:send|write|card|letters?|address(?: is)?|is|to)\b")
OFFICE = re.compile(r"(?i)\b(?:committee|campaign|union|organi[sz]ation|federation|secretariat|network|alliance|association)\b")
"""“Ann Sample at the Committee for Writers, 1 High Street”: part of the name."""
CUT = re.compile(r"\s[-–—]\s|;|\s\(|:\s")


class Post:
    def __init__(self, text: str, segments: Segments, tokens: list[Token], floor: int = 0) -> None:
        self.text, self.segments, self.floor = text, segments, floor
        self.taken = sorted((token.start, token.end) for token in tokens)

    def tokens(self) -> Iterator[Token]:
        envelopes = [token for block in self.blocks() for token in self.envelope(block)]
        yield from envelopes
        self.taken = sorted([*self.taken, *((token.start, token.end) for token in envelopes)])
        inside = {self.segments.paragraph(token.start) for token in envelopes}
        for n, paragraph in enumerate(self.segments.paragraphs):
            if n not in inside or BULLETED.match(paragraph.lines[-1]):
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
        listed = [*lines, (0, "")]
        for n, (place, line) in enumerate(listed):
            kind = self.kind(line, bool(street), bool(names)) if not self.is_taken(place, line) else "end"
            if kind == "name" and not street and HOUSE_NUMBER.match(line) and POSTCODE_LINE.match(listed[n + 1][1].strip()):
                kind = "street"
            if street and kind == "street" and is_whole(line) and is_whole(street[-1][1]):
                yield from self.made(names, street)
                names, street = [], []
            if kind == "street" or (kind == "name" and street and goes_on(street, listed[n + 1][1])):
                street.append((place, line))
                continue
            if street:
                yield from self.made(names, street)
                names, street = [], []
            names = [*names[-MOST:], line] if kind == "name" else [] if kind == "head" else names
            if kind == "country" and line:
                street = [(place, line)]

    def is_taken(self, place: int, line: str) -> bool:
        """Whether a number or an e-mail address stands in the line."""
        n = bisect_left(self.taken, (place, 0))
        return n < len(self.taken) and self.taken[n][0] < place + len(line)

    def is_inside(self, at: int) -> bool:
        """Whether it is part of an address already found."""
        n = bisect_left(self.taken, (at + 1, 0))
        return n > 0 and self.taken[n - 1][1] > at

    def kind(self, line: str, open_: bool, named: bool) -> str:
        bare = line.strip(" •*■-–")
        if SIGNED.match(line) or AND_WHOM.match(bare):
            return "head"
        if not bare or HEAD_OF_LETTER.match(bare) or BANK.search(line) or CHANNEL.search(line) or SALUTATION.match(line) or LABEL_ONLY.match(line):
            return "end"
        if len(bare) > 110 or (bare.endswith((".", "!", "?")) and len(bare.split()) > 8):
            return "head"
        if ADDRESS_LINE.search(bare) and not any(cue.kind in ("protest", "solidarity", "write") for cue in cues(bare)):
            return "street"
        if open_ and (COUNTRY.match(bare) or (CITY_LINE.match(bare) and len(bare.split()) < 5)):
            return "street"
        if named and (COUNTRY.match(bare) or is_place(bare.title())):
            return "country"
        return "head" if bare.endswith(":") or any(True for _cue in cues(bare)) else "name"

    def made(self, names: list[str], street: list[tuple[int, str]]) -> Iterator[Token]:
        if not any(ADDRESS_LINE.search(line) for _place, line in street):
            yield from self.without_street(names, street)
            return
        if self.is_an_event(street[0][0]):
            return
        first, last = street[0], street[-1]
        lines = [line.strip(" ,;•*■") for _place, line in street]
        head, lines[0] = parted(lines[0])
        prison = next((n for n, name in enumerate(names) if n and PRISON.search(name)), len(names))
        owner = joined(names[:prison][-3:]) or head
        prison = 0 if any(HELD.search(line) for line in lines) else prison
        value = "\n".join([*(tidy(name) for name in names[prison:]), *([head] if head and names else []), *lines])
        held = [(named, tidy(name)) for named, name in zip(["", *names, *lines], [*names, *lines], strict=False) if HELD.search(name)]
        owner = (f"{tidy(held[0][0])} {held[0][1]}" if HELD.fullmatch(held[0][1]) else held[0][1]) if held else owner
        if len(value) > 12 and re.search(r"\d|[,\n]", value):
            yield Token(first[0], last[0] + len(last[1]), value, (Channel.POST,), value, owner=owner)

    def without_street(self, names: list[str], street: list[tuple[int, str]]) -> Iterator[Token]:
        """“Minister of Interior, Ministry of Interior, Tripoli, LIBYA”: a country ends the envelope, and a number follows."""
        place, last = street[-1]
        end = place + len(last)
        n = bisect_left(self.taken, (end, 0))
        beside = n < len(self.taken) and self.text.count("\n", end, self.taken[n][0]) == 1
        if len(names) > 2 and beside and not self.is_an_event(place):
            value = "\n".join(tidy(name) for name in [*names[1:], *(line for _place, line in street)])
            yield Token(place, end, value, (Channel.POST,), value, owner=joined(names[:2]))

    def inline(self, paragraph: Paragraph) -> Iterator[Token]:
        end = 0
        for found in INLINE.finditer(self.text, paragraph.start, paragraph.end):
            if found.start() < max(end, self.floor) or self.is_inside(found.start()) or self.is_an_event(found.start()):
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
        """The place of a picket is nowhere to write to; nor is one with a day and an hour."""
        start, end = self.segments.sentence_span(self.segments.sentence(at))
        line, line_end = self.segments.line_span(at)
        sentence, line_text = self.text[max(start, at - 300) : min(end, at + 300)], self.text[line : min(line_end, line + 400)]
        dated, timed = next(days(sentence), None), clock(line_text)
        here = self.segments.paragraphs[self.segments.paragraph(at)]
        poster = not here.is_prose and clock(here.text) and next(days(here.text), None) and not any(True for _cue in cues(here.text))
        return bool(poster or (EVENT.search(sentence) and (dated or timed)) or (timed and (next(days(line_text), None) or CITY_AND_TIME.match(line_text))))

    def stretch(self, found: re.Match, paragraph: Paragraph) -> tuple[int, int]:
        """From the cue, the dash or the address before, to the next address or the end of the sentence."""
        begin, end = self.segments.sentence_span(self.segments.sentence(found.start()))
        begin, end = max(begin, paragraph.start if paragraph.is_prose else self.segments.line_span(found.start())[0]), min(end, paragraph.end)
        n = bisect_left(self.taken, (found.start(), 0))
        begin = max(begin, self.taken[n - 1][1] if n and self.taken[n - 1][1] <= found.start() else 0)
        begin += max((cue.end for cue in cues(self.text[begin : found.start()])), default=0)
        n = bisect_left(self.taken, (found.end(), 0))
        end = min(end, self.taken[n][0]) if n < len(self.taken) else end
        stop = re.search(
            r"[;(\n]|(?i:,? \b(?:calling|demanding|urging|asking|protesting|requesting|expressing)\b)"
            r"|(?i:\b(?:tel|telephone|fax|phone|e-?mail|тел|факс|and|mobile|on \w+day)\b)",
            self.text[found.end() : end],
        )
        return begin, found.end() + stop.start() if stop else end


def goes_on(street: list[tuple[int, str]], following: str) -> bool:
    """Whether one more line stands between the street and the town with its code."""
    return bool(POSTCODE_LINE.match(following.strip())) and not any(POSTCODE_LINE.match(line.strip()) for _place, line in street)


def is_whole(line: str) -> bool:
    """Whether a line is an envelope by itself: name, street and town with its code."""
    return line.count(",") > 2 and bool(BRITISH.search(line) or HELD.search(line) or re.search(r"\b\d{5}\b", line))


def numbered(paragraph: Paragraph) -> list[tuple[int, str]]:
    place, lines = paragraph.start, []
    for line in paragraph.lines:
        lines.append((place, line))
        place += len(line) + 1
    return lines


def parted(words: str) -> tuple[str, str]:
    """Owner and address of a stretch: at a dash, a colon, or the comma before the first street."""
    words = BY_POST.sub("", BULLETED.sub("", words) if BULLETED.match(words) else words)
    stands = re.match(r"(?s)([^\d,]{3,120}?)\s(?:at|an|à)\s(?:the )?(?=\d|[A-Z][^@]*\d)(.*)", words)
    if stands and not OFFICE.search(stands[2].partition(",")[0]):
        return as_owner(stands[1], asked=True), stands[2]
    for cut in CUT.finditer(words):
        head, rest = words[: cut.start()], words[cut.end() :].strip()
        if not re.search(r"\d", head) and re.search(r"\d", rest):
            named, place = parted(rest)
            asked = ASKED.search(head) or (named and not head.strip()[:1].isupper())
            return (named, place) if asked or NOT_OWNERS.match(head) or (tidy(head) and named.startswith(tidy(head))) else (tidy(head), rest)
    parts = words.split(", ")
    first = next(
        (
            n
            for n, part in enumerate(parts)
            if re.search(r"\d|(?i:\b(?:street|avenue|square|road|box|place|rue|boulevard|bd|quai|plaza|calle|piazza|via|straße)\b|ул\.|пр\.|г\.)", part)
        ),
        0,
    )
    if 0 < first < len(parts) and not all(HOUSE.search(part) for part in parts[:first]):
        prison = next((n for n, part in enumerate(parts[:first]) if n and PRISON.search(part)), first)
        return as_owner(", ".join(parts[:prison]), asked=True) or tidy(", ".join(parts[:prison])), ", ".join(parts[prison:])
    at = re.match(r"(.{3,80}?)\s(?:at|in)\s(?=\d|[A-Z])(.*)", words, re.DOTALL)
    return (tidy(at[1]), at[2]) if at and not re.search(r"\d", at[1]) else ("", words)
