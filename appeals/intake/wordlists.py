"""The words of several languages that a reading goes by: `words` holds a file for each kind, with a regular expression on each line."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"


@cache
def lines(name: str) -> tuple[str, ...]:
    return tuple((FOLDER / f"{name}.txt").read_text().splitlines())


def alternatives(name: str) -> str:
    return "|".join(lines(name))
