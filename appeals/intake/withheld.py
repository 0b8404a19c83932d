"""Addresses that the text asks not to publish: who gave them to us in trust must not find them on the page."""

import re

from django.utils.translation import gettext as _

from appeals.intake.tokens import Token
from appeals.intake.wordlists import alternatives

ASKED = alternatives("withheld")
AFTER = re.compile(rf"^[\s,;:.(\[*–—-]{{0,5}}(?:[\w'’]+ ){{0,3}}?(?:{ASKED})", re.IGNORECASE)
BEFORE = re.compile(rf"(?:{ASKED})(?:\W{{0,4}}|[^\n.;,:]{{0,30}}:[^\n.;]{{0,60}})$", re.IGNORECASE)


def mark_withheld(text: str, tokens: list[Token]) -> None:
    """Fills `withheld`, on the lines of each; between two addresses the words belong to the one before."""
    for n, token in enumerate(tokens):
        following = tokens[n + 1].start if n + 1 < len(tokens) else len(text)
        line = text.rfind("\n", 0, token.start) + 1
        behind = max(line, tokens[n - 1].end if n else 0)
        if AFTER.match(text[token.end : following].partition("\n")[0]) or (behind == line and BEFORE.search(text[line : token.start])):
            token.withheld = _("the text asks not to publish it")
