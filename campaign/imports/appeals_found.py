"""Appeals among the posts of an old site: those that tell readers where to protest or whom to greet."""

import re
from dataclasses import asdict
from typing import Any

from appeals.intake import read
from appeals.intake.records import CONTACT
from articles.from_html import to_text
from campaign.imports.entries import Entry
from campaign.imports.wpautop import autop

LONGEST = 60_000
"""Characters of HTML; a longer post is a collection of appeals at best, and reading one takes seconds."""
REACHED = re.compile(r"[\w.+-]@[\w-]+\.\w|\+\d[\d ().-]{6,}|\b(?:fax|факс)\b|\(\d{3,5}\)\s?\d{3}", re.IGNORECASE)
ASKED = re.compile(
    r"protest|solidarit|send (?:\w+ ){0,4}(?:messages?|letters?|e-?mails?|faxes)|write (?:\w+ ){0,2}to|letters? to|messages? (?:of|to)|протест|солидарн|письм",
    re.IGNORECASE,
)
"""What every appeal has: a way to reach somebody, and words that ask for it. Most posts lack one of them and need no reading."""
WANTED = ("deadline", "demands", "letters", "events", "addresses")


def found(entry: Entry) -> dict[str, Any] | None:
    """What intake reads of a post that is an appeal; None for any other."""
    if len(entry.html) > LONGEST or not REACHED.search(entry.html) or not ASKED.search(entry.html):
        return None
    html = autop(entry.html) if entry.markup == "wordpress" else entry.html
    intake = read(f"{entry.title}\n\n{to_text(html)}", entry.published.date() if entry.published else None)
    if all(address.role == CONTACT for address in intake.addresses):
        return None
    said = asdict(intake)
    return {name: said[name] for name in WANTED}
