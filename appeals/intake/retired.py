"""Addresses that the text itself calls out of use."""

import re

from django.utils.translation import gettext as _

from appeals.intake.segments import Segments
from appeals.intake.tokens import Token

AFTER = re.compile(
    r"(?i)^[\s,;:(\[–—-]{0,4}(?:[\w'’]+[\s,]+){0,6}?(?:no longer|not (?:work|in use|valid|current|active|function|reach)\w*"
    r"|doesn.t (?:work|exist)|does not (?:work|exist)|do not (?:work|use|write|send|exist)|don.t (?:work|use|write|send)|isn.t working"
    r"|out of (?:use|date|order)|bounc\w+|(?:is|are|was|were|has been|have been) (?:\w+ )?"
    r"(?:closed|dead|defunct|blocked|disconnected|retired|abandoned|discontinued|shut down|full|changed|replaced|wrong|incorrect|hacked"
    r"|compromised)|defunct|obsolete|used to be|old address|old number|formerly|outdated|"
    r"(?:уже |больше )?не работа\w+|больше не (?:\w+ )?(?:использу\w+|действу\w+|существу\w+)|не использу\w+|не пишите|не отправля\w+"
    r"|недействител\w+|неактуал\w+|устаре\w+|заблокирован\w*|закрыт\w*|отключ[её]н\w*|funktioniert nicht|nicht mehr|ne fonctionne plus"
    r"|ya no funciona|no funciona)\b"
)
BEFORE = re.compile(
    r"(?i)(?:\b(?:do not|don.t|please do not|never|no longer|please stop|not to|stop) (?:\w+ ){0,4}?(?:use|using|write|writing|send"
    r"|sending|e-?mail|call|fax|reply)\b[^.;:]{0,40}|\b(?:instead of|rather than|replac(?:es|ing)|in place of|not at|and not"
    r"|but not)\b[^.;:]{0,30}|\b(?:old|former|previous|defunct|dead|out-of-date|wrong)\b (?:e-?mail |fax |phone )?(?:address(?:es)?"
    r"|numbers?|e-?mails?|mailbox)?[^.;]{0,24}|"
    r"не (?:пишите|используйте|отправляйте|направляйте|звоните)[^.;:]{0,40}|вместо[^.;:]{0,30}|стар(?:ый|ого|ом) (?:адрес\w*"
    r"|номер\w*)[^.;]{0,24}|(?:no longer (?:work|valid|in use)\w*|not (?:work|valid)\w*|bounc\w+|out of use"
    r"|больше не работа\w+)[^.;:\n]{0,30}:)\s*$"
)
NOT_FOR = re.compile(r"(?i)\b(?:only|attachments?|before|until|on sundays|english|without|вложени\w*)\b")
PLURAL = re.compile(r"(?i)\b(?:addresses|numbers|mailboxes|these|both|are|адреса|номера|эти|оба)\b")


def mark_gone(text: str, segments: Segments, tokens: list[Token]) -> None:
    """Fills `gone` with the words that say so."""
    for n, token in enumerate(tokens):
        following = tokens[n + 1].start if n + 1 < len(tokens) else len(text)
        _start, end = segments.sentence_span(segments.sentence(max(token.start, token.end - 1)))
        ahead = text[token.end : min(end, following, token.end + 110)]
        if "\n\n" in ahead:
            ahead = ahead[: ahead.index("\n\n")]
        found = AFTER.match(ahead)
        if found:
            spread_back(text, tokens, n, said(text, token.start, end))
            continue
        start, _end = segments.sentence_span(segments.sentence(token.start))
        begin = max(start, tokens[n - 1].end if n else 0, token.start - 110)
        before = text[begin : token.start]
        if BEFORE.search(before) and not NOT_FOR.search(before):
            token.gone = said(text, start, min(end, token.end + 60))
        elif (
            n
            and tokens[n - 1].gone
            and re.fullmatch(r"[\s,;/]*(?:and|or|и|или|nor)?\s*", before)
            and begin == tokens[n - 1].end
            and not AFTER.match(text[tokens[n - 1].end : tokens[n - 1].end + 60])
        ):
            token.gone = tokens[n - 1].gone


def spread_back(text: str, tokens: list[Token], n: int, words: str) -> None:
    """“a@… and b@… no longer work”: both."""
    tokens[n].gone = words
    if not PLURAL.search(text[tokens[n].end : tokens[n].end + 40]):
        return
    while n > 0 and re.fullmatch(r"[\s,;]*(?:and|or|и)?\s*", text[tokens[n - 1].end : tokens[n].start]):
        n -= 1
        tokens[n].gone = words


def said(text: str, start: int, end: int) -> str:
    words = " ".join(text[start : min(end, start + 220)].split())
    return _("the text itself says that it is out of use (“%(words)s”)") % {"words": words[-160:]}
