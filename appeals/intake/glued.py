"""Addresses that pasting has glued to the words beside them: “tosolidarity@…”, “viahttp://…”, “…@example.organd”."""

import re

from django.utils.translation import gettext as _

from appeals.intake.records import Repair

TO_GLUED = re.compile(r"(?<![\w@.+-])(to|To|TO|at|At|cc|Cc|CC|and|mail|Mail|email|Email|e-mail|E-mail)([a-zA-Z][\w.+-]{2,60}@[a-zA-Z0-9-]{1,60}\.)")
NUMBER_GLUED = re.compile(r"(?i)(?<!\w)(to|at|on|or|and|tel|fax|phone|call|text|по|на)(?=\+\d[\d ()-]{7,}|0\d[\d ()-]{8,})")
REAL_WORDS = re.compile(
    r"(?i)to(?:day|bias|by|dd|gether|gliatti|gun|kaev|kyo|lstoy|m[._-]|m@|mas|mmy|mo|ni|ny|ny\w*|ol|ols|p[._-]|p@|pic|pics|ronto|rres|tal"
    r"|ulouse|ur|urism|urs|"
    r"wer|wers|wn|wnhall|xic|xics|lerance|rture|rino|ledo|morrow|pia|re|ri|rt|sh|yota|bacco|le\w*|k\w*)(?=[\w.+-]*@)|"
    r"at(?:las|tac|yrau|omic|hens|hens?|tention|torney|lant\w*|tache|elier|rium|e|a|o)(?=[\w.+-]*@)|and(?:rew|rea|rei|rey|rej|y|ers|res"
    r"|orra|reas|ria)\w*(?=[\w.+-]*@)|"
    r"mail(?:box|er|ing|room|list|s|man)?[\w.+-]{0,3}@|email[\w.+-]{0,3}@|cc(?:oo|oy|fd|tv|r|p|c|d|a|f|l|s|t|u)\w*(?=[\w.+-]*@)"
)
WANTS_TO = re.compile(r"(?i)\b(?:send|sent|copy|copies|copied|messages?|protests?|letters?|e-?mails?|faxed|addressed|forward(?:ed)?|solidarity|support)\b")
HAS_TO = re.compile(r"(?i)\b(?:to|at|via)\b[^.!?]{0,20}$")
LINK_GLUED = re.compile(r"(?<![\w/.=&?#%-])([A-Za-zА-Яа-я]{1,12})(https?://)")
AFTER = re.compile(
    r"(@[a-zA-Z0-9-]{1,60}(?:\.[a-zA-Z0-9-]{1,60}){0,3}?\.(?:org|com|net|info|int|gov|edu|co\.uk|org\.uk|gov\.uk|kz|ru|uk|de|fr|eu))"
    r"(and|or|with|copies|copy|to|fax|tel|for|phone|please|Fax|FAX|Tel|TEL|Phone|Mobile|And|Copies|Cc|Please|Web|Website|Address"
    r"|Salutation|[А-Я][а-я]+|и)(?![\w.@-])"
)


NO_SPACE = re.compile(
    r"(@[a-zA-Z0-9-]{1,60}(?:\.[a-zA-Z0-9-]{1,60}){0,3}?\.(?:org|com|net|info|int|gov|edu|kz|ru|uk|de|fr|eu)\.)([A-ZА-Я][a-zа-я]+)(?![\w@.-])"
)


def ungluedtext(text: str) -> tuple[str, list[Repair]]:
    repairs: list[Repair] = []
    reason = _("An address was glued to the word beside it.")

    def note(was: str, now: str) -> str:
        repairs.append(Repair(was, now, reason))
        return now

    def before(found: re.Match) -> str:
        word, rest = found.groups()
        ahead = text[max(0, found.start() - 200) : found.start()]
        return note(found[0], f"{word} {rest}") if is_glued(word, found[0], rest, ahead, text) else found[0]

    text = NUMBER_GLUED.sub(lambda found: note(found[0], f"{found[1]} "), text)
    mended = TO_GLUED.sub(before, text) if "@" in text else text
    mended = AFTER.sub(lambda found: note(found[0], f"{found[1]} {found[2]}"), mended)
    mended = NO_SPACE.sub(lambda found: note(found[0], f"{found[1]} {found[2]}"), mended)
    mended = LINK_GLUED.sub(lambda found: note(found[0], f"{found[1]} {found[2]}"), mended)
    return mended, repairs


def is_glued(word: str, whole: str, rest: str, ahead: str, text: str) -> bool:
    """Whether the word before the address is one of the sentence and no part of the mailbox's name."""
    if REAL_WORDS.match(whole):
        return False
    if word.lower() in ("mail", "email", "e-mail"):
        return word[0].isupper() and rest[0].islower()
    if word[0].isupper() and rest[0].islower() and word.lower() == "to":
        return False
    sentence = re.split(r"[.!?:;]\s|\n\s*\n", ahead)[-1]
    return word.lower() in ("to", "at") and bool(WANTS_TO.search(sentence)) and not HAS_TO.search(sentence)
