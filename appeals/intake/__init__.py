"""Reads a pasted e-mail, statement or page into the parts of an appeal: `read(text)` is a plain function that asks nobody."""

from datetime import date

from appeals.intake.records import FoundAddress, FoundEvent, FoundLetter, Intake, Repair, Unplaced

__all__ = ["FoundAddress", "FoundEvent", "FoundLetter", "Intake", "Repair", "Unplaced", "read"]


def read(text: str, today: date | None = None) -> Intake:
    """What stands in a pasted text. Its words and expressions are loaded with the first: a third of a second, which no start-up waits for."""
    from appeals.intake.reading import read

    return read(text, today)
