"""What stands above the text: title, standfirst, byline, dateline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from appeals.intake.cues import cues
from appeals.intake.dates import DATE, DAY_NAME
from appeals.intake.letters import SALUTATION
from appeals.intake.wordlists import alternatives

NOISE = re.compile(rf"^\W*(?:{alternatives('noise')})\W*$", re.IGNORECASE)
BYLINE = re.compile(
    r"(?i)^\W*(?:(?:(?:a |an )?(?:report|statement|article|story|text|appeal|letter|press release|interview|comment|note|analysis|dispatch|eyewitness|written"
    r"|by-line)s? )?by:?|author:|(?:posted|published|veröffentlicht|publié|publicado|опубликовано)\b[^\n]{0,60}?\b(?:by|von|par|por|автор:?)"
    r"|reporters?:|from (?=our (?:own )?(?:correspondent|reporter))|автор:|сообщает|текст:|von|par|por|di|da|yazan:?|haber:?"
    r") (?P<name>[A-ZА-ЯЁ\"“«o][^\n]{2,140})$"
)
REPORTERS = re.compile(
    r"^(?:[A-Z][\w&.]*,? ){0,4}(?:[Rr]eporters?|[Cc]orrespondents?|[Cc]orrespondent)(?:[ ,][^\n.]{0,80})?$|^(?:Наш(?:и)? корр\w*"
    r"|Корреспондент\w*|Собкор)[^\n]{0,80}$"
)
ORDERS = re.compile(r"(?i)^(?:please|call|text|write|send|e-?mail|join|act now|help|пишите|просим)\b")
NAMED = re.compile(
    r"^(?:[A-Z][\w.'’-]+ ){1,3}[A-Z(][\w.'’()-]*, (?:(?:[A-Z(][\w.'’()&-]*|of|and|the|for|in),? ?){1,12}$"
    r"|^(?:[А-ЯЁІЇЄ][\w.'’-]+ ){1,2}[А-ЯЁІЇЄ][\w.'’-]+, (?:[А-ЯЁІЇЄ«][\w.'’»-]*,? ?){1,4}$"
)
FROM_OUR = re.compile(r"(?i)^\W*(from our (?:own )?(?:correspondent|reporter)s?[^\n]{0,80}|от нашего корреспондента[^\n]{0,60})$")
PLACE_DATE = re.compile(
    rf"(?!(?i:today|yesterday|tomorrow|on|since|in|at|last|this|from|by|until|before|after|сегодня|вчера|завтра|с|до|posted|published|date"
    rf"|updated|{DAY_NAME})\b)"
    r"(?P<place>(?-i:[A-ZА-ЯЁІЇЄҚӘҰÉİÖŞÇ])[\w.'’-]{1,24}(?: [\w.'’-]{1,24}){0,3}(?: ?\([\w. ]{2,20}\))?"
    r"(?:, ?(?-i:[A-ZА-ЯЁІЇЄ])[\w.'’ -]{1,30}){0,2})(?:,| –| -|:|\.|\s\() ?"
    rf"(?:le |den |am |the )?(?P<date>{DATE.pattern})(?P<time>,? ?\d{{1,2}}[.:]\d\d ?(?:GMT|UTC|CET|MSK|BST|a\.?m\.?|p\.?m\.?|h)?)?"
    r"(?: ?[гр]\.?| года| року)?(?=\s*(?:$|[)–—:.-]))",
    re.IGNORECASE,
)
CAPITALS = re.compile(
    r"^(?!URGENT|APPEAL|ACTION|STATEMENT|UPDATE|PRESS|NEWS|BREAKING|СРОЧНО)"
    r"(?P<place>[A-ZА-ЯЁ][A-ZА-ЯЁ'’-]{2,}(?:[ ,/]+[A-ZА-ЯЁ][A-ZА-ЯЁ'’-]+){0,3})(?:\s*\([A-Za-z .]{2,30}\))?\s*[–—-]{1,2}\s"
)
LETTERHEAD = re.compile(
    r"(?i)^\W*(?:(?:urgent|press release|media release|solidarity appeal|appeal|statement)\b.{0,40}$|to:|from:"
    r"|circular|ref\b|no\.? ?\d|[\w /-]{0,30}(?:circular|newsletter|bulletin|communiqué)\b|date:)"
)
SENDER = re.compile(
    r"(?i)\b(?:union|federation|confederation|committee|association|council|network|campaign|bulletin|international|watch|observatory|society"
    r"|syndicat\w*|sindicato|gewerkschaft|comité|comisión|commission)\b"
)
SENDER_NAME = re.compile(r"(?im)^[ \t]*(?:from|от|от кого|von|de):[ \t]*([^<\[\n@]{5,60}?)[ \t]*(?:[<\[(]|$)")
SENTENCES = re.compile(r"[a-zа-яё]{2}[.!?][\"”»]? [A-ZА-ЯЁ]")
SUBJECT = re.compile(r"(?im)^[ \t]*(?:subject|тема|betreff|objet|asunto|oggetto):[ \t]*(.{3,300})$")
PREFIX = re.compile(r"(?i)^(?:\s*(?:fwd?|re|aw|wg|tr|rv|пересл|fw)\s*:\s*|\s*\[[\w .-]{1,40}\]\s*)+")
HEADER_LINE = re.compile(
    r"(?i)^\s*(?:from|to|sent|date|cc|bcc|subject|reply-to|mailing-list|organization|message-id|received|return-path|x-[\w-]+|mime-version"
    r"|content-[\w-]+|delivered-to|list-[\w-]+|importance|attachments?|от|от кого|кому|дата|тема|отправлено|копия|von|an|datum|betreff"
    r"|gesendet|de|à|date|objet|envoyé|para|asunto|enviado|fecha)\s*:\s*\S?"
)
FORWARDED = re.compile(
    r"(?im)^[-=*_ ]{0,40}(?:(?:begin )?forwarded message|original message|пересылаемое сообщение|начало пересылаемого сообщения"
    r"|weitergeleitete nachricht|message transféré|mensaje reenviado)\b.*$|^[ ]{0,8}(?:on .{5,120} wrote|.{3,120} пис(?:ал|ала|ал\(а\))"
    r"|am .{5,100} schrieb.{0,80}|le .{5,100} a écrit)\s*:\s*$"
)


ARCHIVED = re.compile(
    r"(?m)^[^\n@]{0,60}\S@\S+[^\n@]{0,6}\n[ ]*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? )?(?:\d{1,2} )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* [^\n]{0,16}\d\d:\d\d:\d\d[^\n]{0,20}$"
)
"""A sender and the moment of sending, one below the other, as archives of mailing lists have them."""


@dataclass
class Heading:
    title: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    end: int = 0
    """Where the text itself begins."""
    alone: bool = True
    """Whether the title is a paragraph of its own, and no line that a mail program cut."""
    letterhead: bool = False
    """Whether lines of a circular's head have come below the first one, which is then the sender's name."""


def mail_heads(text: str) -> list[tuple[int, int]]:
    """Stretches of mail headers: three such lines or more together; fewer where one of them is the subject and they open a mail."""
    spans = [found.span() for pattern in (FORWARDED, ARCHIVED) for found in pattern.finditer(text)]
    start, count, place, last = 0, 0, 0, 0
    for line in [*text.split("\n"), ""]:
        if HEADER_LINE.match(line) and len(line) < 400:
            start, count = (start, count + 1) if count else (place, 1)
            last = place + len(line)
        else:
            named = count and SUBJECT.search(text, start, last)
            if count >= 3 or (named and (count == 2 or not text[:start].strip())):
                spans.append((start, last))
            count = 0
        place += len(line) + 1
    return sorted(spans)


def subject(text: str, heads: list[tuple[int, int]]) -> str:
    """Of the innermost forwarded mail: that is how its writer called it."""
    found = [SUBJECT.search(text, start, end) for start, end in heads]
    subjects = [PREFIX.sub("", match[1]).strip() for match in found if match]
    return subjects[-1] if subjects else ""


ABOVE_LETTER = 1200
"""Characters above a letter, with the sender and whom it is to."""
ADDRESSED_TO = re.compile(rf"(?im)^[ ]*(?:(?:to|an|à|al|кому) ?: .{{3,80}}|{DATE.pattern})[ ]*$")


def signatures(text: str, heads: list[tuple[int, int]], masked: str) -> list[int]:
    """Where a sender of the chain puts the name that the head of the mail has, on a line of its own."""
    names = {" ".join(found[1].strip(' "').split(", ")[::-1]) for start, end in heads for found in SENDER_NAME.finditer(text, start, end)}
    lines = "|".join(re.escape(name) for name in sorted(names) if " " in name)
    return [found.start() for found in re.finditer(rf"(?m)^[ ]*(?:{lines})[ ]*$", masked)] if lines else []


def letterhead(text: str, letters: list[int]) -> int:
    """Where the sender's name and addresses end in a text that is a letter itself: above the day, or above whom it is to."""
    above = text[: letters[0]] if letters and letters[0] < ABOVE_LETTER else ""
    lines = list(ADDRESSED_TO.finditer(above))
    return 0 if not lines or any(cue.kind != "contact" for cue in cues(above[above.find("\n") : lines[-1].start()])) else lines[-1].start()


def heading(text: str, heads: list[tuple[int, int]], masked: str) -> Heading:
    """`masked` is the text without mail heads and letters."""
    head = Heading()
    place = 0
    paragraphs: list[tuple[int, str, bool]] = []
    lines = masked.split("\n")
    ends = [not below.strip() for below in [*lines[1:], ""]]  # of its paragraph: a line that goes on below was cut by a mail program
    for line, alone in zip(lines, ends, strict=True):
        if line.strip():
            paragraphs.append((place, line.strip(), alone))
        place += len(line) + 1
        if len(paragraphs) > 14:
            break
    named = subject(text, heads)
    for n, (start, line, alone) in enumerate(paragraphs):
        following = paragraphs[n + 1][1] if alone and n + 1 < len(paragraphs) else ""
        if take(head, line, start, following):
            continue
        break
    if named and (not head.title or (not agree(head.title, named) and len(named) > 12)):
        head.standfirst = head.standfirst or (head.title if head.title and head.alone and len(head.title) > 25 else "")
        head.title = named
    head.title = head.title or first_words(line for _start, line, _alone in paragraphs)
    return head


def first_words(lines: Iterable[str]) -> str:
    """For want of a headline the first short line, unless it is already one of those that ask for letters."""
    line = next((line for line in lines if not NOISE.match(line)), "")
    return "" if line.endswith(":") or "@" in line or len(line) > 220 else undecorated(line)


def agree(one: str, other: str) -> bool:
    return one.casefold()[:25] in other.casefold() or other.casefold()[:25] in one.casefold()


def take(head: Heading, line: str, start: int, following: str) -> bool:
    """Whether this line is one of the head's; False where the text begins."""
    if NOISE.match(line) or line.startswith("http") or DATE.fullmatch(line.strip(" .")) or (SALUTATION.match(line) and len(line) < 60):
        head.letterhead = head.letterhead or bool(head.title and LETTERHEAD.match(line))
        return True
    if line.endswith(":") and any(cue.kind not in ("read", "leave", "donate") for cue in cues(line)):
        return False
    if take_byline(head, line, start):
        return True
    dated = PLACE_DATE.match(line) or (CAPITALS.match(line) if head.title else None)
    if not head.dateline and dated and (head.title or len(line) <= 45):  # a longer first line is a headline that names the day
        head.dateline = dateline(dated)
        alone = len(line) < len(dated[0]) + 6
        head.end = start + len(line) if alone else head.end
        return alone
    return take_title(head, line, start, following)


def take_byline(head: Heading, line: str, start: int) -> bool:
    byline = BYLINE.match(line)
    if head.byline or len(line) >= 160 or not (byline or REPORTERS.match(line) or FROM_OUR.match(line) or (head.title and NAMED.match(line))):
        return False
    words = byline["name"] if byline and not FROM_OUR.match(line) else line
    head.end = start + len(line)
    head.byline = re.split(r"\s+[-–—]\s+http|,\s+http|\s+http", words)[0].strip(" .–—-")
    return True


def take_title(head: Heading, line: str, start: int, following: str) -> bool:
    below_letterhead = head.letterhead and SENDER.search(f"{head.title} {head.standfirst}") and not line.endswith((".", ",")) and following
    if "@" not in line and not line.endswith(":") and ((not head.title and len(line) <= 220) or (below_letterhead and len(line) < 160)):
        head.title, head.standfirst, head.end, head.letterhead, head.alone = undecorated(line), "", start + len(line), False, bool(following)
        return True
    if head.title and not head.standfirst and not head.dateline and is_standfirst(line, following):
        head.standfirst, head.end = line, start + len(line)
        return True
    return False


def undecorated(line: str) -> str:
    """Without the stars of bold type and the bullet that a picture left."""
    line = re.sub(r"^[•*_#\s]+|[•*_\s]+$", "", line)
    return line.replace("*", "") if line.count("*") == 2 else line


def is_standfirst(line: str, following: str) -> bool:
    """Short, above the text, and no address, list or order to write in it."""
    if (
        not 12 < len(line) < 420
        or "@" in line
        or line.endswith(":")
        or re.match(r"^[•*-] ", line)
        or ORDERS.match(line)
        or (SENTENCES.search(line) and line != following)
        or re.search(r"(?i)https?://|\b(?:fax|tel|please send|write to)\b", line)
    ):
        return False
    if line.endswith(".") and line != following and not BYLINE.match(following) and not REPORTERS.match(following):
        return False
    return bool(following) and ((len(line) < 160 and not line.endswith(".")) or line == following or (len(line) < 300 and len(following) > 1.5 * len(line)))


def dateline(found: re.Match) -> str:
    if found.re is CAPITALS:
        return found["place"].strip(" ,")
    return re.sub(r"\s*(?:г(?:ода|\.)?|р(?:оку|\.)?)$", "", found[0]).strip(" ,.–—-(:")
