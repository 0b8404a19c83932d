"""Reads a pasted e-mail, statement or page into the parts of an appeal: `read(text)` is a plain function that asks nobody."""

from appeals.intake.reading import read
from appeals.intake.records import FoundAddress, FoundEvent, FoundLetter, Intake, Repair, Unplaced

__all__ = ["FoundAddress", "FoundEvent", "FoundLetter", "Intake", "Repair", "Unplaced", "read"]
