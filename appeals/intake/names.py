"""Names in the words around an address: what is left of them without labels, verbs, streets and brackets."""

import re

from appeals.intake.cues import cues
from appeals.intake.regions import pattern as places_pattern
from appeals.intake.sides import OTHER_SIDE, OUR_SIDE
from appeals.intake.wordlists import alternatives

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
    r"|pour|à|au|aux|an)\b[\s,:]*){0,6}"
    r"(?:(?:the|an?|our|your|their|(?:his|her)(?! (?:excellency|majesty|hono|highness))|la|le|les|il|lo|gli|die|das|den|der|dem|os|as|los|las|el) |l['’])?"
)
NOT_OWNERS = re.compile(rf"^\W*(?:{alternatives('not_owners')})\W*$", re.IGNORECASE)
SALUTATION = re.compile(r"(?i)^\W*(?:salutation|form of address|обращение|anrede|tratamiento|formule d.appel)\b.*")
ADDRESS_LINE = re.compile(alternatives("address_lines"))
"""A line with a street, a box or a postcode."""
WORDS, LINES = 14, 14
"""Of an owner's name; of an envelope."""
HOUSE = re.compile(r"(?i)\b(?:house|place|chambers|lane|road|street)$")
LETTERS = re.compile(r"[^\W\d_]{3}|[A-ZА-ЯЁ]{2}")
REACHED = re.compile(
    r"(?i)(?:,? (?:at once|now|today|immediately|urgently|directly|as soon as possible))+$| (?:can|may"
    r"|could) (?:also )?be (?:contacted|reached|written|found|called|sent|passed on)(?: (?:through|via|to))?(?: us)?$| (?:is|are)$"
)
TO_WHOM = re.compile(
    rf"^.*(?<!\w)(?:all['’]|à (?=l['’]))(?=\w)|^.*(?:(?<!\w)(?:{alternatives('to_whom')})(?!\w))"
    r"(?= (?:the |a |an |your |our |his |her |their |these |those |mr|ms|dr|[A-ZА-ЯЁ]|\w+$|\w+ \w+$))",
    re.IGNORECASE,
)
HOURS = re.compile(r"(?i)^.*(?:\d{1,2}[.:]\d\d(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]m\b|\b(?:19|20)\d\d\b),?")
PRONOUN = re.compile(r"(?:Let|Please|If|When|And|But|Get|Join|I|We|They|You|It|He|She|Afterwards|Then|Tell|Say)\b")
BEING = re.compile(r"^[^,]{3,80}\b(?:is|are) (?=the [\w ]+, [A-Z]|our |[A-Z])")
"""“The person who signed it is the director, …”."""
VERB_AFTER_TO = re.compile(r"\bto (?!the |a |an |our |your )[a-z]+ .*$")
OUR_WORDS = re.compile(
    r"(?i)strik|union|compan|committee|government|worker|famil|teacher|miner|профсоюз|забастов|голода|рабочи|семь|директор|министр|прокур|комитет|редакци|групп"
    r"|secretariat|campaign|network|council|association"
)
AND_WHOM = re.compile(
    r"(?i)^(?:and|or|as well as|et|ou|und|oder|e|y|и|или|а также|та)(?: (?:also|to|à|an|a|al|alla))* (?:the|our|your|la|le|les|die|den|das|il|el)\b"
)
"""“and the Embassy in Australia”, on a line above the names: the sentence goes on to the next receiver."""
SIGNED = re.compile(r"(?i)^\s*(?:in solidarity|yours\b.*|.{0,20}(?:greetings|regards|wishes)|с (?:уважением|.{0,20}приветом))\s*[,.!]?\s*$")


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
    words = BEING.sub("", words)
    words = tidy(without_street(VERB_AFTER_TO.sub("", words)))
    named = (
        re.search(r"[A-ZА-ЯЁ]", words)
        or OUR_WORDS.search(words)
        or (directed and len(words.split()) < 6)
        or (asked and len(words.split()) < 6 and (OTHER_SIDE.match(words) or OUR_SIDE.match(words) or (OTHER_SIDE.search(words) and len(words.split()) < 4)))
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
    words = " ".join(words.split()).strip(" |").partition(" | ")[0]
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
        if words.count(opening) == words.count(closing) + 1 and 0 < words.find(opening) < len(words) - 4:
            words += closing
        if words.count(opening) != words.count(closing):
            words = words.strip("()[]").strip(" ,;:–—-")
    return words
