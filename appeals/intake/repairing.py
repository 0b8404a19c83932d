"""Undoes what pasting and mail programs break, and says what was done. Every step reads the text once."""

import html
import re
import unicodedata
from collections.abc import Callable

from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from appeals.intake import markup
from appeals.intake.glued import ungluedtext
from appeals.intake.records import Repair

INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\uffff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
WIDE = re.compile("[\uff01-\uff5e\ufe52\ufe6b]")
CELLS = re.compile(r"(?<=[\w.)])\t(?=[\w+(«\"])(?!\d{1,2}[.)])")
"""Between two cells of a table."""
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
CHAT = re.compile(
    r"^(?:\[\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?, \d{1,2}[./]\d{1,2}[./]\d{2,4}\]"
    r"|\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?\]?(?: -)?)"
    r" [^:\n]{1,60}: ",
    re.MULTILINE | re.IGNORECASE,
)
QUOTED = re.compile(r"^(?:[>|][ ]?)+", re.MULTILINE)
ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,20});")
AT = r"(?:\(|\[|\{|<)[ ]?(?:at|@|ät|arroba|arobase|собака|эт)[ ]?(?:\)|\]|\}|>)"
DOT = r"(?:\(|\[|\{|<)[ ]?(?:dot|\.|punkt|point|punto|точка)[ ]?(?:\)|\]|\}|>)"
BRACKETED_AT = re.compile(rf"(?<=[\w.+-])[ ]{{0,2}}{AT}[ ]{{0,2}}(?=\w)", re.IGNORECASE)
BRACKETED_DOT = re.compile(rf"(?<=\w)[ ]{{0,2}}{DOT}[ ]{{0,2}}(?=\w)", re.IGNORECASE)
SPELLED = re.compile(
    r"(?<![\w@.])([a-z0-9][\w.+-]{1,40}) (?:at|AT|собака) ([a-z0-9-]{2,40}(?: (?:dot|DOT|точка) [a-z0-9-]{2,40}){1,3})(?![\w@])", re.IGNORECASE
)
NO_NAMES = (
    r"(?!(?i:look|posted|published|details|petition|more|info|available|online|site|us|here|is|visit|found|read|or|and|form"
    r"|page|campaign|blog|article|action)\b)"
)
LISTED_AT = re.compile(
    rf"(?m)(^[ ]*(?=[\w.+-]+ at [\w.-]+[ ]*(?:$|\()){NO_NAMES}|^(?:[A-Z][\w.'-]* ){{1,4}}(?=[\w.+-]+ at [\w.-]+[ ]*$)|(?:[,;:(<] ?|\b[Ee]-?mail:? ){NO_NAMES})"
    r"([a-zA-Z0-9][\w.+-]{1,40}) at ((?:[a-z0-9-]{1,40}\.){1,4}(?:com|org|net|edu|gov|int|info|[a-z]{2})\b)(?!@)"
)
"""“someone at example.org”, as archives of mailing lists have it: alone on a line, behind a comma or a label."""
HALF_SPELLED = re.compile(r"(?<![\w@.])([\w.+-]{2,40}) ?@ ?([\w-]{2,40}(?: (?:dot|точка) [\w-]{2,40}){1,3})(?!\w)", re.IGNORECASE)
SPACED_AT = re.compile(r"(?<=[a-zA-Z0-9])[ ]{1,2}@[ ]{1,2}(?=[a-zA-Z0-9-]{2,40}\.[a-zA-Z])|(?<=[a-zA-Z0-9])@[ ]{1,2}(?=[a-z0-9-]{2,40}\.[a-z]{2})")
BROKEN_AFTER_AT = re.compile(r"(?<=[a-zA-Z0-9])@[ ]{0,3}\n[ ]{0,8}(?=[a-zA-Z0-9-]{2,40}\.[a-zA-Z])")
BROKEN_BEFORE_AT = re.compile(r"(?<=[a-zA-Z0-9])[ ]{0,3}\n[ ]{0,8}@(?=[a-zA-Z0-9-]{2,40}\.[a-zA-Z])")
BROKEN_AFTER_DOT = re.compile(
    r"(@[a-zA-Z0-9-]{1,40}(?:\.[a-zA-Z0-9-]{1,40}){0,3}\.)[ ]{0,3}\n[ ]{0,8}"
    r"(?=(?:org|com|net|info|kz|ru|uk|de|eu|gov|int|edu|co)\b|[a-z0-9-]{2,30}\.[a-z]{2,6}\b(?!@)|[a-z]{2,12}[ ]*(?:\n|$))"
)
BROKEN_BEFORE_DOT = re.compile(r"(@[a-zA-Z0-9-]{1,40})[ ]{0,3}\n[ ]{0,8}(?=\.(?:[a-z]{2,10})\b)")
BROKEN_SOFTLY = re.compile(r"(@[a-zA-Z0-9.-]{1,40}-)=?\n[ ]{0,8}(?=[a-z0-9-]{1,30}\.[a-z]{2,12}\b)")
KEYCAP = re.compile(r"(\d)\ufe0f?\u20e3[ ]?")
LINE_EMOJI = re.compile(
    "^([ ]*)(?:(?![\u260e\U0001f4de\U0001f4f1\U0001f4e0])[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f][ ]{0,3})+", re.MULTILINE
)
EMOJI = re.compile("[ ]?(?:(?![\u260e\U0001f4de\U0001f4f1\U0001f4e0])[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f])+[ ]?")
"""All but those of telephone and fax, which say what a number is."""
EMPHASIS = re.compile(r"(?<![\w*_])(\*\*|__|`)(?=[^\s*_`])([^*_`\n]{1,200}?)(?<=[^\s*_`])\1(?![\w*_])")
QUOTED_CELLS = re.compile(r'^"[^\n"]{0,200}"(?:[;,]"[^\n"]{0,200}"){2,20}$', re.MULTILINE)
DIVIDED = re.compile(r"(?<=[a-zà-ÿа-я])-\n(?=[a-zà-ÿа-я])")
QUOTED_PRINTABLE = re.compile(r"=(?:\n|[0-9A-F]{2})")
MANY = 3
"""Signs of quoted-printable from which on the text is taken for it; fewer are arithmetic."""


def repaired(text: str) -> tuple[str, list[Repair]]:
    """The text as its writer meant it, with a list of what was mended."""
    repairs: list[Repair] = []

    def mend(reason: str, step: Callable[[str], str]) -> None:
        nonlocal text
        mended = step(text)
        if mended != text:
            repairs.append(Repair(*first_difference(text, mended), reason))
            text = mended

    text = normalize_newlines(text).replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    mend(_("Characters that cannot be seen were taken out."), lambda words: CONTROL.sub("", INVISIBLE.sub("", words)))
    mend(_("Letters of the wide kind were replaced by ordinary ones."), lambda words: WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), words))
    text = SPACES.sub(" ", CELLS.sub(", ", text))
    mend(_("Words cut by the mail program (=20, =3D) were put together."), unquoted_printable)
    mend(_("The text was HTML source: its marks were taken out."), markup.words)
    mend(_("HTML entities were replaced by their characters."), lambda words: ENTITY.sub(lambda found: html.unescape(found[0]), words).replace("\u00a0", " "))
    mend(_("The marks of a quoted mail (>) were taken out."), unquoted)
    mend(_("The marks of a chat, with time and sender, were taken out."), lambda words: CHAT.sub("\n", words))
    mend(_("Emoji were taken out; at the beginning of a line they became a bullet."), without_emoji)
    mend(_("Marks of emphasis (**, __) and the quotes of a table were taken out."), unmarked)
    mend(_("Words divided at the ends of lines were put together."), lambda words: DIVIDED.sub("", words) if len(DIVIDED.findall(words)) > MANY else words)
    mend(_("An address written out in words was put together."), spelled_out)
    mend(_("An address split over two lines was put together."), rejoined)
    text, unglued = ungluedtext(text)
    return "\n".join(line.rstrip() for line in text.split("\n")), repairs + unglued


def unmarked(text: str) -> str:
    """Plain words for what Markdown and tables of a spreadsheet put around them."""
    text = EMPHASIS.sub(r"\2", text)
    return QUOTED_CELLS.sub(lambda found: re.sub('"[;,]"', " | ", found[0])[1:-1], text)


def first_difference(was: str, now: str) -> tuple[str, str]:
    """The words where the two begin to differ, to be shown."""
    same = next((n for n, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), min(len(was), len(now)))
    start = max(0, was.rfind(" ", max(0, same - 30), same))
    return was[start : same + 40].strip(), now[start : same + 40].strip()


def unquoted_printable(text: str) -> str:
    if len(QUOTED_PRINTABLE.findall(text[:200_000])) < MANY or (
        "=20" not in text and "=3D" not in text and "=\n" not in text and "=D0" not in text and "=E2" not in text
    ):
        return text
    joined = re.sub(r"=[ ]?\n", "", text)
    return re.sub(r"(?:=[0-9A-F]{2})+", decoded_run, joined)


def decoded_run(found: re.Match) -> str:
    raw = bytes.fromhex(found[0].replace("=", ""))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace") if max(raw) > 126 else found[0]


def without_emoji(text: str) -> str:
    text = LINE_EMOJI.sub(r"\1• ", KEYCAP.sub(r"\1) ", text))
    return re.sub(r"(?m)^[ ]*• ?$", "", EMOJI.sub(" ", text))


def unquoted(text: str) -> str:
    """Quote marks at the start of lines; a bar only where there are many."""
    if not re.search(r"^>", text, re.MULTILINE):
        return text
    return QUOTED.sub(lambda found: found[0].replace(">", "").replace("|", "").lstrip(" ") if ">" in found[0] else found[0], text)


def spelled_out(text: str) -> str:
    text = BRACKETED_DOT.sub(".", BRACKETED_AT.sub("@", text))
    text = LISTED_AT.sub(r"\1\2@\3", text)
    text = SPELLED.sub(lambda found: f"{found[1]}@{dotted(found[2])}", text)
    return SPACED_AT.sub("@", HALF_SPELLED.sub(lambda found: f"{found[1]}@{dotted(found[2])}", text))


def dotted(words: str) -> str:
    return re.sub(r" (?:dot|точка) ", ".", words, flags=re.IGNORECASE)


def rejoined(text: str) -> str:
    text = BROKEN_BEFORE_AT.sub("@", BROKEN_AFTER_AT.sub("@", text))
    text = BROKEN_BEFORE_DOT.sub(r"\1", BROKEN_AFTER_DOT.sub(r"\1", text))
    return BROKEN_SOFTLY.sub(r"\1", text)
