"""Checks of words: what leads nowhere, what was left unfilled, what stands twice."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.preflight.dates import MONTH
from articles.preflight.findings import Finding, Severity, around
from articles.preflight.reading import Block, Reading
from articles.preflight.registry import check
from articles.preflight.spotting import EMAIL, WEB, phones

LEADS = (
    r"(?:to|at|via|by|e-?mails?|mail|contact|see|visit|phone|tel|telephone|fax|sms|address(?:es)?|numbers?|following|below"
    r"|адресу|адрес|почту|телефону|e-mail’?у)"
)
OPEN_END = re.compile(
    rf"(?i)(?:\b{LEADS}\s*:|\b(?:messages?|letters?|protests?|greetings|support|copies|donations|e-?mails?)(?: of \w+)? to"
    r"|\b(?:through|via) (?:the|this|our) (?:web ?)?site|\b(?:on|visit) (?:the|this|our) web ?site)\s*$"
)  # fmt: skip
OPEN_WITHIN = re.compile(rf"(?i)\b{LEADS}\s*:\s*(?:(?:and|or|и|или)\b(?!\s*(?:the|other))|[,;.)])")
OPEN_ASKS = re.compile(
    r"(?i)(?:^|[(.;:,–]\s*|\b(?:information|details|more|also|please|questions)\s+)(?:see|contact|go to|write to|call)\s*(?=[.;)]+(?:\s|$)|$)", re.MULTILINE
)
BEGINS_ANEW = re.compile(r"(?i)(?:please|for|we|you|if|also|or|and|или|и|для|мы|просим|также)\b")
GOES_ON = re.compile(r"(?i)(?:from|with|the|this|это|эта|в)\b")
SHORT_LINE = 90
HOLDING = ("li", "td", "th", "dt", "dd", "pre", "blockquote")

NOWHERE = frozenset({"here", "click here", "above", "below", "this link", "link", "this", "this page", "follow this link", "click", "more", "read more"})
NOWHERE |= {"тут", "здесь", "ссылка", "по ссылке", "эта ссылка", "по этой ссылке", "подробнее", "осында", "сілтеме"}
CLICK = re.compile(
    r"(?i)\bclick (?:on )?(?:here|above|below|(?:the|this) (?:link|button|banner|picture|image))\b|\b(?:нажмите|кликните) (?:здесь|сюда|выше|ниже)\b"
)

# Thirty in Roman numerals, "the X{3} Congress", is none.
PLACEHOLDER = re.compile(
    r"(?<![\w/@.-])(?:x{3,}|X{4,}|X{3}(?= [a-z]|\s*$))(?![\w@/-])|\b(?i:tb[acd])\b(?! [A-Z])|\?{4,}|(?<!\S)\?{2,}(?= ?[a-zа-яё\d])|_{3,}|(?i:\blorem ipsum\b)"
    rf"|(?<!\w)(?i:x{{1,2}} (?=(?:{MONTH})\b))"
)
TO_FOLLOW = re.compile(
    r"(?im)(?:^|[.;:,(–-])\s*(?P<said>(?:exact )?(?:time|date|place|venue|speakers?|photos?|pictures?|links?|address(?:es)?)"
    r" (?:to follow|to be (?:confirmed|announced|added)|not yet known))\s*(?=$|[.;,)])"
)
GAP_WORDS = (
    r"your [\w ’'-]{1,40}|(?:insert|add|enter|fill in|put|name of) [^\[\]\n]{1,60}|names?|date|time|date and time|place|venue|links?|url|web ?address"
    r"|address(?:es)?|e-?mail(?: address| protected)?|phone(?: number)?|number|organi[sz]ation|union|branch|city|town|country|signature|x+|\?+|_+"
    r"|(?:links?|address(?:es)?|photos?|pictures?|details|date|time|place|names?) to (?:follow|come|be (?:added|confirmed))"
    r"|имя|ваш[аеиу]? [\w -]{1,40}|дата|место|город|адрес|ссылка|телефон|организация"
)
GAP = re.compile(rf"(?i)\[\s*(?:{GAP_WORDS})?\s*\](?!\()")
EATEN = re.compile(r"(?i)\[e-?mail\s*protected\]")
ELLIPSIS_ALONE = re.compile(r"(?i)(?:^\s*|:\s*|\b(?:to|at|see|contact|call)\s+)\[(?:…|\.\.\.)\]\s*$", re.MULTILINE)

SECRET = re.compile(r"(?i)\b(?:not for publication|do not publish|don[’']t publish|не публиковать|не для печати)\b")
NOTES = (
    r"\bnew (?:e-?mail )?(?:address|number|link|photo|picture|date)(?:es|s)? (?:[\w’'-]+ ){0,5}needed\b",
    r"\bneeds? (?:a )?new (?:address|number|link|photo|picture)\b",
    r"\bcheck (?:the |his |her |their )?(?:spelling|date|facts|figures|translation)\b",
    r"\b(?:to be|needs to be|please) (?:checked|confirmed with|translated|proofread)\b",
    r"\b(?:note|message) (?:to|for) (?:the )?(?:self|editors?|translators?|webmaster)\b",
    r"\b(?:check|ask|confirm) (?:this )?with [a-z]+ (?:first|before)\b",
    r"\b(?:fix ?me|to ?do)\s*:",
    r"(?-i:\bTO{1}DO\b)",
    r"\bcan (?:someone|somebody) (?:please )?(?:check|translate|proofread|confirm)\b",
    r"[\[(](?:subs?|designer|translator|web ?editor|webmaster)\s*:",
    r"\b(?:проверить|уточнить|нужен новый адрес)\s*[:!?]",
)
NOTE = re.compile(f"(?i){'|'.join(NOTES)}")

SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
WHOLE = 40
"""Characters from which on a sentence that stands twice is no slogan."""
WORDS = re.compile(r"\w+")


@check
def leads_nowhere(reading: Reading) -> Iterator[Finding]:
    """ "Send protests to:" and nothing after it."""
    blocks = reading.blocks
    for place, block in enumerate(blocks):
        after = next((later for later in blocks[place + 1 :][:1] if later.field == block.field), None)
        for start, end in open_ends(block.text, after):
            yield Finding(
                "leads-nowhere", Severity.ERROR, around(block.text, start, end),
                _("Readers are told to write or look somewhere, and nothing follows."),
                _("Put the address after these words, or take them out. An appeal's addresses stand in the panel beside its text."), block.field,
            )  # fmt: skip
        for found in OPEN_ASKS.finditer(block.text):
            if found.end() == len(block.text) and after and fills(after.text, after):
                continue
            yield Finding(
                "leads-nowhere", Severity.WARNING, around(block.text, *found.span()),
                _("“See” or “contact” stands here without saying what or whom."), _("Name it, with its address, or take the words out."), block.field,
            )  # fmt: skip


def open_ends(text: str, after: Block | None) -> Iterator[tuple[int, int]]:
    """Where a line asks for an address and none comes, in the line or as the next."""
    start = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        later, block = (lines[number + 1], None) if number + 1 < len(lines) else (after.text if after else "", after)
        for found in OPEN_WITHIN.finditer(line):
            yield start + found.start(), start + found.end()
        if (found := OPEN_END.search(line[-120:])) and not fills(later, block):
            shift = max(0, len(line) - 120)
            yield start + shift + found.start(), start + shift + found.end()
        start += len(line) + 1


def fills(text: str, block: Block | None) -> bool:
    """Whether this, standing after "to:", says where: an address, an item of a list, a line of an envelope."""
    line = text.strip().split("\n", 1)[0]
    if not line or (BEGINS_ANEW.match(line) and not (block and block.tag in HOLDING)):
        return False
    if (block and block.tag in HOLDING) or EMAIL.search(text) or WEB.search(text) or any(phones(text)) or "[" in line:
        return True
    return len(line) <= SHORT_LINE and not GOES_ON.match(line) and not line.endswith((".", "!", "?", ":"))


@check
def link_says_nothing(reading: Reading) -> Iterator[Finding]:
    for block in reading.blocks:
        for link in block.links:
            if link.text.strip(" \n.,;:!?()[]«»“”\"'→>").casefold() in NOWHERE:
                yield Finding(
                    "link-says-nothing", Severity.WARNING, around(block.text, link.start, link.end),
                    _("“%(words)s” says nothing on paper, in a list of links, or to someone who has the page read aloud.") % {"words": link.text.strip()},
                    _("Let the link's own words name what it leads to."), block.field,
                )  # fmt: skip


@check
def nothing_to_click(reading: Reading) -> Iterator[Finding]:
    for block in reading.blocks:
        for found in CLICK.finditer(block.text):
            if not any(link.start < found.end() and found.start() < link.end for link in block.links):
                yield Finding(
                    "nothing-to-click", Severity.WARNING, around(block.text, *found.span()),
                    _("These words point at a link or button that is not in them: on another page, on paper or in a feed there is nothing to click."),
                    _("Make a link of what is meant, or take the sentence out."), block.field,
                )  # fmt: skip


@check
def placeholder(reading: Reading) -> Iterator[Finding]:
    for block in reading.everywhere:
        eaten = [found.span() for found in EATEN.finditer(block.text)]
        gaps = [found.span() for pattern in (GAP, ELLIPSIS_ALONE) for found in pattern.finditer(block.text) if not block.letter]
        left = [*(found.span() for found in PLACEHOLDER.finditer(block.text)), *(found.span("said") for found in TO_FOLLOW.finditer(block.text))]
        for start, end in eaten:
            yield eaten_address(block, start, end)
        for start, end in sorted({*gaps, *left} - set(eaten)):
            severity = Severity.ERROR if block.field in ("title", "standfirst") else Severity.WARNING
            yield Finding(
                "placeholder", severity, around(block.text, start, end),
                _("“%(words)s” holds a place for something that was never filled in.") % {"words": block.text[start:end].strip()},
                _("Write what belongs here, or take it out. In a letter for supporters write the gap as [your name]."), block.field,
            )  # fmt: skip


def eaten_address(block: Block, start: int, end: int) -> Finding:
    why = _("A helpful site has hidden the address that stood here, and readers cannot write to “%(words)s”.") % {"words": block.text[start:end]}
    mend = _("Write the address out; if nobody has it any more, say so.")
    return Finding("placeholder", Severity.ERROR, around(block.text, start, end), why, mend, block.field)


@check
def internal_note(reading: Reading) -> Iterator[Finding]:
    for block in reading.everywhere:
        for pattern, severity in ((SECRET, Severity.ERROR), (NOTE, Severity.WARNING)):
            for found in pattern.finditer(block.text):
                yield Finding(
                    "internal-note", severity, around(block.text, *found.span()),
                    _("This reads like a note from one editor to another."),
                    _("If readers are not meant, take it out; if they are, say it as a sentence to them."), block.field,
                )  # fmt: skip


@check
def said_twice(reading: Reading) -> Iterator[Finding]:
    """The standfirst, or any whole sentence, that stands twice."""
    seen: dict[tuple[bool, str], str] = {}
    for block in reading.blocks:
        if block.field not in ("standfirst", "body") or block.tag in ("blockquote", "pre"):
            continue
        for found in SENTENCE.finditer(block.text):
            words = " ".join(WORDS.findall(found[0].casefold()))
            if len(words) < WHOLE:
                continue
            if first := seen.get((block.letter, words)):
                yield Finding(
                    "said-twice", Severity.WARNING, around(block.text, *found.span()),
                    _("The standfirst already says this word for word.") if first == "standfirst" else _("This sentence stands in the text twice."),
                    _("Take one of them out."), block.field,
                )  # fmt: skip
            seen.setdefault((block.letter, words), block.field)
