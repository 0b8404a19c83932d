"""Which side an address is on, by the words of its owner."""

import re

from appeals.intake.wordlists import alternatives

OTHER_SIDE = re.compile(rf"\b(?:{alternatives('other_side')})\b", re.IGNORECASE)
OUR_SIDE = re.compile(rf"\b(?:{alternatives('our_side')})\b", re.IGNORECASE)
PRISON = re.compile(rf"\b(?:{alternatives('prison')})\b", re.IGNORECASE)
"""Where somebody is held, or who would be glad of a card."""

HELD = re.compile(r"#\s?(?:[A-Z]{1,3}-?\d{3,}|\d{4,})|\b[A-Z]{1,2}\s?\d{4}[A-Z]{2}\b|^[A-Z]{2}[ -]?\d{4}$", re.MULTILINE)
"""The number by which a prison knows somebody."""
