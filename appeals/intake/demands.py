"""Demands: lists under “We demand:”, numbered ones in a sentence, and lines that command."""

import re

from appeals.intake.wordlists import alternatives

ASKS = re.compile(alternatives("asks"), re.IGNORECASE)
INLINE = re.compile(
    r"(?i)\b(?:demands?(?: are| include)?|(?:say|tell|ask)\b[^.:\n]{0,30}\bthings?|we demand|we want|we call for|calls? for|требу(?:ем|ют)"
    r"|требования|вимагаємо|вимоги|exigimos|exigeons|wir fordern|forderungen|chiediamo|taleplerimiz)\b[^.:\n]{0,60}:\s*(?=\S)([^\n]{20,1500})"
)
INLINE_NUMBERED = re.compile(r"(?i)\b(?:demand|call for|want|insist|требуем|вимагаємо)\b(?: that)?:? (?=\(?1[.)]\s)([^\n]{20,1500})")
NUMBERED = re.compile(r"(?:^|(?<=\s))\(?(?:[1-9]|1\d)[.)]\s+")
BULLET = re.compile(r"^\s{0,12}(?:[•▪■●·‣◦*►→✊–—-]|\(?(?:i{1,3}|iv|vi{0,3}|ix|x)[.)]|\(?\d{1,2}(?:[.)]|-(?= ))|\(?[a-hа-з]\))\s{0,6}(?=\S)")
COMMANDS = (
    "release|free|stop|end|drop|reinstate|re-instate|withdraw|recogni[sz]e|justice for|hands off|no(?! one| longer| matter| doubt)|down with|lift|cancel"
    "|return|pay|solidarity with|defend|halt|close|open|investigate|punish|dismiss|repeal|quash|respect|immediate(?:ly)?|full"
    "|unconditional|end of|an end to|the right to|"
    "свободу|освободи(?:те|ть)|немедленно|прекрати(?:те|ть)|останови(?:те|ть)|руки прочь|долой|нет|верни(?:те|ть)|отмени(?:те|ть)"
    "|восстанови(?:те|ть)|сня(?:ть|в)|наказать|признать|босатыңдар|бостандық|"
    "freiheit für|freilassung|stoppt|schluss mit|sofortige|libérez|liberté pour|arrêt|libertad|liberen|alto|basta|fuera|libertà per|liberate"
)
IMPERATIVE = re.compile(rf"(?i)^\W*(?:{COMMANDS})\b.{{3,200}}$")
ORDER = re.compile(
    r"(?i)(?:please )?(?:send (?!(?:high|[\w-]+ (?:representatives|delegat|inspect|observ))\w*)"
    r"|write (?:to|letters)|e-?mail|fax|phone|copy|писать|присылать|направлять|перечислять)\b"
)
"""What readers are asked to do is no demand."""
SENDING = re.compile(r"(?i)send|write|letters?|письм|направ|отправ|обращени|schick|schreib|envoy|écri|envi|escri")
SPOKEN = re.compile(
    r"(?i)\bwe (?:demand|call for|insist on|требуем)(?: that)? (?P<what>(?:the |an? |that |immediate|full|their |his |her |all )[^.!?:@]{10,300})(?=[.!])"
    r"|\b(?:we (?:call (?:up)?on|urge)|(?:and|please|to) (?:urge|ask|tell|call (?:up)?on)) (?:them|him|her"
    r"|(?:the )?(?-i:(?:[A-Z][\w'’-]+ ?){1,5})|the [\w ]{3,40}?)"
    r" ?to (?P<do>[a-z][^.!?:@]{8,300})(?=[.!])"
)
PARTED = re.compile(r",? and (?=(?:the|an?|that|their|his|her|all|immediate|full|no|to) )|, (?=(?:the|an?|that|their|his|her|all|immediate|full|no|to) )|; ")
TO_PARTED = re.compile(r",? and (?=to )|, (?=to )|; (?:and )?")
LONE = re.compile(r"(?i)\W*(?:(?:our|the) )?(?:demands?|требовани[ея]|forderung(?:en)?|revendications?|exigencias?|richiest[ae])\s*:")
HOUR = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]m\b")
LONGEST = 600
MOST = 40


def demands(text: str, title: str = "") -> list[str]:
    lines = text.split("\n")
    found: list[str] = []
    n = 0
    while n < len(lines) and len(found) < MOST:
        if ASKS.search(lines[n][-300:]):
            items, n = listed(lines, n + 1)
            found += [] if "@" in " ".join(items) or 2 * sum(bool(ORDER.match(item)) for item in items) > len(items) else items
            continue
        if ":" in lines[n]:
            found += inline(lines[n])
        n += 1
    found = found or commands(lines, title) or spoken(text)
    return list(dict.fromkeys(tidy(item) for item in found if 3 < len(item) <= LONGEST and "@" not in item and not ORDER.match(item)))


def listed(lines: list[str], n: int) -> tuple[list[str], int]:
    """The items below a line that asks, with the lines that go on; and where they end."""
    start = n
    while n < len(lines) and not lines[n].strip() and n < start + 2:
        n += 1
    bulleted = n < len(lines) and bool(BULLET.match(lines[n]))
    items: list[str] = []
    gap = False
    while n < len(lines) and len(items) < MOST:
        line = lines[n]
        if not line.strip():
            if gap or not bulleted:
                break
            gap = True
        elif BULLET.match(line) and line.rstrip().endswith(":"):
            break
        elif BULLET.match(line) and not (gap and HOUR.search(line)):
            items.append(BULLET.sub("", line).strip())
            bulleted, gap = True, False
        elif bulleted and items and not gap and goes_on(line, items[-1]):
            items[-1] = f"{items[-1]} {line.strip()}"
        elif not bulleted and not SENDING.search(lines[start - 1]) and looks_like_item(line):
            items.append(line.strip())
        else:
            break
        n += 1
    return (items, n) if items and (bulleted or len(items) > 1 or IMPERATIVE.match(items[0])) else ([], start)


def goes_on(line: str, item: str) -> bool:
    """A wrapped item: its next line is set in, or goes on in small letters, or the item has no end yet."""
    return (
        (line.startswith((" ", "\t")) or line.strip()[:1].islower() or (not item.endswith((".", ";", "!")) and len(item) > 55))
        and "@" not in line
        and not line.rstrip().endswith(":")
    )


def looks_like_item(line: str) -> bool:
    return len(line) < 240 and "@" not in line and not line.rstrip().endswith(":") and not re.search(r"(?i)\b(?:send|protests? to|messages? (?:of|to))\b", line)


def inline(line: str) -> list[str]:
    found = INLINE.search(line) or INLINE_NUMBERED.search(line)
    if not found or "@" in found[1][:200]:
        return []
    parts = NUMBERED.split(found[1])
    if len(parts) > 2:
        return [sentence_cut(part) for part in parts[1:]]
    parts = re.split(r";\s+(?:and\s+)?", found[1])
    if len(parts) > 1:
        return [sentence_cut(part) for part in parts]
    parts = re.split(r"[.!]\s+(?=[A-ZА-ЯІЇЄ])", found[1].strip())
    return (
        [part.rstrip(".!") for part in parts]
        if (LONE.match(line) or len(parts) > 1) and len(parts) < 8 and all(len(part) < 90 for part in parts) and found.start() < 4
        else []
    )


def spoken(text: str) -> list[str]:
    """“We demand the release of all, an end to the trials and …”; “… and urge them to recognise the union”."""
    found: list[str] = []
    for match in SPOKEN.finditer(text):
        words = " ".join((match["what"] or match["do"]).split())
        found += [part.strip() for part in PARTED.split(words)] if match["what"] else [re.sub(r"^to ", "", part) for part in TO_PARTED.split(words)]
    return [item for item in found if 8 < len(item) < 200]


def sentence_cut(part: str) -> str:
    """The last item ends with its sentence."""
    return re.split(r"(?<=[a-zа-я)])[.!]\s+(?=[A-ZА-Я])", part.strip())[0]


def commands(lines: list[str], title: str) -> list[str]:
    """Lines that stand alone and command; one without “!” only beside one with it."""
    kept, last = [], False
    for n, line in enumerate(lines):
        words = BULLET.sub("", line).strip()
        command = 8 < len(words) < 200 and bool(IMPERATIVE.match(words)) and words != title and not words.endswith((".", ":", "?", ",")) and "@" not in words
        beside = last or (n + 1 < len(lines) and lines[n + 1].rstrip().endswith("!"))
        last = command and n > 0 and (words.endswith("!") or beside or bool(BULLET.match(line)))
        if last:
            kept += split_commands(words)
    return kept


def split_commands(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=!)\s+(?=[A-ZА-Я])", words) if part.strip()]


def tidy(item: str) -> str:
    return re.sub(r"[;,]?\s*(?:\b(?:and|и|und|et)\b)?\s*$", "", " ".join(item.split()), flags=re.IGNORECASE).rstrip(" ;,").removesuffix(".")
