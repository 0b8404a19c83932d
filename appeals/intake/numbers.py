"""Telephone, fax and SMS numbers: what is one, by which channel, and of which country."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

from appeals.intake.languages import language
from appeals.intake.regions import Regions
from appeals.intake.tokens import Token
from appeals.values import Channel, like, possible

DASHES = r"\-\u2010-\u2015"
CANDIDATE = re.compile(rf"(?<![\w@.+/=&#%$£€№])(?:\(?\+ ?\(?|\(?)\d(?:[\d .(){DASHES}]{{0,40}}\d)?(?![\w@]|\.\d)")
APART = re.compile(rf" [{DASHES}] (?=\(?\+|\(?\d)|/(?=[ ]?\+|[ ]?\(|[ ]?\d{{4,}})| {{3,}}|(?<=\d) (?=\+)|[)](?= ?\()(?!.)| / ")
DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d\d(?:[ /\u2010-\u2015-]+(?:19|20)?\d\d)?")
LABEL = re.compile(
    r"(?P<both>\bvoice ?/ ?fax\b|\b(?:tele?(?:phone)?|phone|ph|тел(?:ефон)?|tél)\.? ?(?:/|&|\+|and|or|и|,) ?(?:tele)?(?:fax|факс|f)\b|\b(?:fax|факс) ?(?:/"
    r"|and|&|и) ?(?:tel|phone|тел)\w*)"
    r"|(?P<fax>\b(?:tele)?fax(?:es|ed|imile)?\b|\bt[ée]l[ée]copie(?:ur)?\b|\bfa[kc]s(?:[ıiuy]|ımız|em)?\b|\bfacsimile\b|факс\w*|φαξ|فاكس|📠"
    r"|\bF(?=[:.] ?[+(\d]))"
    r"|(?P<speak>\b(?:tele?(?:phone)?|phone|mob(?:ile)?|cell|call|ring|тел(?:ефон)?|моб)\b\.? ?(?:/|&|\+|and|or|и|или|,)"
    r" ?(?:whats ?app|viber|telegram|signal|text|sms)\b)"
    r"|(?P<sms>\bsms\b|\btext(?:ed|s)?(?: messages?)?(?= (?:to|on|at|:)|:| ?[+(\d])|(?m:^)\W{0,4}text\b|\btext\b[^\n\d]{0,30}\bto(?= [+(\d])"
    r"|\bсмс\b|эсэмэс\w*|\bwhats ?app\b|\bватсап\w*"
    r"|\bвотсап\w*|\bviber\b|\bвайбер\w*|\bsignal\b(?=[: ])|\btelegram\b|\bтелеграм\b)"
    r"|(?P<phone>\btel[ée]?(?:ph?one?|fono|efon)?s?\b|\bphones?\b|\bph\b|\bmob(?:ile)?\b|\bcell(?:ular|phone)?\b|\bcall(?:ing|s)?\b"
    r"|\bring\b|\b(?:hot|trunk|direct )? ?line\b|\bvoice\b(?=[: ]*[+(\d])|\bswitchboard\b"
    r"|\bтел(?:ефон\w*)?\b|\bмоб(?:ильн\w*)?\b|звон\w+|τηλ\w*|هاتف|\b[TPM](?=[:.] ?[+(\d])|\btél\b|\bhandy\b|\bmóvil\b|\bskype\b|[☎📞📱])"
    r"|(?P<any>\bnumbers?\b|номер\w*)",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s{0,2}[(\[]?\s?(?P<fax>fax|факс)|\s{0,2}[(\[]?\s?(?P<sms>sms\b|смс|(?<=[(\[])(?:only )?(?:whats ?app|text|viber|signal|telegram)\b)"
    r"|\s{0,2}[(\[]\s?(?P<phone>tel|phone|mobile|mob|cell|тел|моб)",
    re.IGNORECASE,
)
EXTENSION = re.compile(r"\s{0,2}[,(]?\s?((?:ext(?:ension|n)?|доб(?:авочный)?|вн(?:утр)?|durchwahl|poste|#|x)\.?\s?:?\s?\d{1,6})\)?", re.IGNORECASE)
NOT_NUMBERS = re.compile(
    r"(?i)(?<!\w)(?:account|acc|a/c|iban|swift|sort code|bic|p\.? ?o\.? ?box|box|article|index|no|nr|case|art|ref|isbn|inn|инн|бик|счет|счёт|р/с"
    r"|статья|ст|№|a/ya|а/я|reg|registration|issue|zip|postcode|код|индекс)[.:]?\s{0,2}(?:№|no\.?|number)?:?\s{0,2}$"
)
LIKELY = re.compile(r"[0(8]\(?\d+\)?[ -]\d")
"""How a national number begins; longer ones of the kind are told of even where no word calls them a number."""
SEPARATORS = re.compile(rf"[\s,;/&{DASHES}]*(?:and|or|и|или)?[\s,;/]*")
SHORT = re.compile(r"\s?/\s?(\d{1,4})(?![\d\w]|[ -]\d)")
CHANNELS = {
    "both": (Channel.PHONE, Channel.FAX),
    "fax": (Channel.FAX,),
    "sms": (Channel.SMS,),
    "speak": (Channel.PHONE,),
    "phone": (Channel.PHONE,),
    "any": (Channel.PHONE,),
}
LOOK_BACK = 48
AREA_CODE = re.compile(r"(?<![\d/.+-])(?<!\d )\(?0\d{2,5}\)? ?/ ?(?=\d{2})")
"""“0341 / 55 51 234”: no date, and no two numbers."""
CODE_IN_BRACKET = re.compile(r"^\((\d{1,3})[ -](\d{1,5})\)")
"""“(57-1) 555 20 71”: country and area."""
AMERICAN = re.compile(r"(?:1[ .-])?(?:\([2-9]\d\d\)[ .-]{0,2}|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}")
"""Three digits, three and four: so numbers are written in North America, and in a few countries more."""
ALIKE = {"GR", "MX", "CO", "VE", "EC", "TR", "IN", "PK", "IR", "EG"}
FAX_NUMBERS = re.compile(r"(?i)\bfax(?:es\b| (?:numbers|nos))[^\n]{0,60}:\s*$")
SPOKEN = {
    "ru": ["RU", "KZ"], "uk": ["UA"], "kk": ["KZ"], "be": ["BY"], "de": ["DE", "AT"], "fr": ["FR", "BE"], "es": ["ES", "MX"], "it": ["IT"], "pt": ["BR", "PT"],
    "tr": ["TR"], "el": ["GR"],
}  # fmt: skip
"""Countries where a language is spoken, for a text that names none."""


class Numbers:
    """Walks over a text from number to number: one that is written short takes from the one before it."""

    def __init__(self, text: str, regions: Regions) -> None:
        self.text, self.regions = AREA_CODE.sub(lambda found: found[0].replace("/", "."), text), regions
        self.english = language(text) not in SPOKEN
        self.at_home = SPOKEN.get(language(text), [settings.LANGUAGE_CODE.partition("-")[2].upper()])
        """Countries to try where the text names none that fits."""
        self.labels = [(found.start(), found.lastgroup or "phone") for found in LABEL.finditer(self.text)]
        self.label_starts = [start for start, _name in self.labels]
        self.before: PhoneNumber | None = None
        self.channels: tuple[str, ...] = ()
        self.end = 0
        """Where the number before ended."""

    def tokens(self) -> Iterator[Token]:
        for found in CANDIDATE.finditer(self.text):
            for start, piece in pieces(found):
                token = self.token(start, piece)
                if token:
                    yield token
                    yield from self.short_ones(token)

    def short_ones(self, token: Token) -> Iterator[Token]:
        """“…3304/2401”: the last digits of another number of the same office."""
        found = SHORT.match(self.text, token.end)
        number = like(found[1], self.before) if found and self.before else None
        if number:
            yield Token(found.start(1), found.end(1), found[1], token.channels, e164(number), sure=token.sure)

    def token(self, start: int, piece: str) -> Token | None:
        digits = sum(character.isdigit() for character in piece)
        follows = self.before is not None and start - self.end < 12 and SEPARATORS.fullmatch(self.text, self.end, start) is not None
        if DATE.fullmatch(piece) or digits > 16 or digits < (4 if follows else 5) or NOT_NUMBERS.search(self.text, max(0, start - 24), start):
            return None
        label = self.label(start, start + len(piece))
        if label is None and follows:
            label = self.channels
        number, sure, reason = self.parsed(piece, start, label is not None, follows)
        if number is None and (digits < 6 or (label is None and not (digits > 8 and LIKELY.match(piece)))):
            return None
        self.channels = label or (Channel.PHONE,)
        token = Token(start, start + len(piece), piece, self.channels, e164(number) if number else "", reason, sure=sure)
        self.before, self.end = number or self.before, token.end
        return self.with_extension(token)

    def is_in_america(self) -> bool:
        """Whether a number that looks so may be of there: where nothing speaks for another country that writes them alike."""
        return bool(self.regions.spoken & {"US", "CA"}) or (self.english and not self.regions.spoken & ALIKE)

    def with_extension(self, token: Token) -> Token:
        found = EXTENSION.match(self.text, token.end)
        if found:
            token.note, token.end, self.end = found[1], found.end(), found.end()
        return token

    def label(self, start: int, end: int) -> tuple[str, ...] | None:
        """By what the words before it on the line (or the one above) and just behind it call it."""
        after = AFTER.match(self.text, end)
        if after and (after["fax"] or after["sms"] or after["phone"]) and (self.text[end : end + 3].lstrip().startswith(("(", "[")) or not self.another(end)):
            return CHANNELS[after.lastgroup or "phone"]
        line = self.text.rfind("\n", max(0, start - 200), start) + 1
        begin = max(self.end, start - LOOK_BACK, line if self.text[line:start].strip(" \t:•-") else 0)
        names = [name for name in self.labels_between(begin, start) if name != "any"]
        return CHANNELS[names[-1]] if names else self.label_of_sentence(start) or self.label_of_list(start)

    def labels_between(self, begin: int, end: int) -> list[str]:
        return [name for _start, name in self.labels[bisect_left(self.label_starts, begin) : bisect_right(self.label_starts, end)]]

    def another(self, end: int) -> bool:
        """Whether the word behind it is the label of the number that follows."""
        return bool(re.match(r"\s{0,12}\w+[^\n\d+(]{0,12}[+(\d]", self.text[end : end + 40]))

    def label_of_sentence(self, start: int) -> tuple[str, ...] | None:
        begin = max(self.text.rfind("\n\n", max(0, start - 220), start), self.text.rfind(". ", max(0, start - 220), start), start - 220, self.end, 0)
        names = set(self.labels_between(begin, start))
        return next((CHANNELS[name] for name in ("sms", "fax", "speak", "phone", "any") if name in names), None)

    def label_of_list(self, start: int) -> tuple[str, ...] | None:
        """“The fax numbers are:”, and each on a line of its own."""
        first = max(self.text.rfind("\n\n", 0, start) + 2, 0)
        return (Channel.FAX,) if FAX_NUMBERS.search(self.text[first:start].partition("\n")[0]) else None

    def parsed(self, piece: str, start: int, labelled: bool, follows: bool) -> tuple[PhoneNumber | None, bool, str]:
        plain = re.sub(r"^\(?00[ -]?(?=[1-9])", "+", piece.replace("(+", "+(").strip())
        if "+" in plain:
            return possible(re.sub(r"^\+\(", "+", plain)), True, _("it has too few or too many digits for a telephone number")
        if abroad := CODE_IN_BRACKET.sub(r"+\1 \2 ", plain) if CODE_IN_BRACKET.match(plain) else "":
            number = possible(abroad)
            if number and (labelled or phonenumbers.is_valid_number(number)):
                return number, True, ""
        if follows and self.before:
            number = like(piece, self.before)
            if number:
                return number, True, ""
        if AMERICAN.fullmatch(plain) and self.is_in_america():
            number = possible(plain, "US")
            if number and phonenumbers.is_valid_number(number):
                return number, bool(self.regions.spoken & {"US", "CA"}), read_as(number)
        near = self.regions.near(start)
        if self.before and start - self.end < 250:
            near.insert(0 if "\n" not in self.text[self.end : start] else 1, phonenumbers.region_code_for_number(self.before) or "")
        for n, region in enumerate(filter(None, [*near[:9], *self.at_home])):
            number = possible(piece, region)
            if number and phonenumbers.is_valid_number(number) and (labelled or re.search(r"\d[ ()-]+\d|^\d{3}\.\d{3}\.\d{4}$", piece)):
                return number, n == 0 and labelled, read_as(number)
        kept = self.guessed(piece, near[:3]) if labelled or LIKELY.match(piece) else None
        if kept and (labelled or 9 < sum(map(str.isdigit, piece)) < 12):
            return kept, False, read_as(kept)
        return None, False, _("it has no country code, and the text does not say of which country it is")

    def guessed(self, piece: str, near: list[str]) -> PhoneNumber | None:
        """As the country nearest to it would read it; without the 0 in front, where only then it is a number of there."""
        kept: PhoneNumber | None = None
        for region in filter(None, [*near, *self.at_home] if piece.startswith(("0", "(0", "8")) else []):
            for spelling in (piece, piece.replace("0", "", 1)):
                number = possible(spelling, region)
                if number and phonenumbers.is_valid_number(number):
                    return number
                kept = kept or (number if spelling == piece else None)
        return kept


def read_as(number: PhoneNumber) -> str:
    name = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return _("It has no country code; from the words around it, it was read as %(number)s.") % {"number": name}


def pieces(found: re.Match) -> Iterator[tuple[int, str]]:
    """The numbers of a run of digits: a spaced dash or a slash parts two of them."""
    start, text = found.start(), found[0]
    for part in APART.finditer(text):
        piece = text[start - found.start() : part.start()]
        yield from stripped(start, piece)
        start = found.start() + part.end()
    yield from stripped(start, text[start - found.start() :])


def stripped(start: int, piece: str) -> Iterator[tuple[int, str]]:
    lead = len(piece) - len(piece.lstrip(" )/.-"))
    piece = piece.strip(" /.-")
    if piece.count("(") < piece.count(")"):
        piece = piece.rstrip(")") if piece.endswith(")") else piece
    if any(character.isdigit() for character in piece):
        yield start + lead, piece


def e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
