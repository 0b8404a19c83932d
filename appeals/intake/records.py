"""What a reading holds. Plain frozen records; nothing here touches the database."""

from dataclasses import dataclass, field

PROTEST, SOLIDARITY, COPY, CONTACT = "protest", "solidarity", "copy", "contact"


@dataclass(frozen=True)
class FoundAddress:
    """One way to reach somebody, in the role that the text gives it; the ledger may know better, and is not asked here."""

    channel: str
    value: str
    role: str
    copy_of: str | None = None
    owner: str = ""
    note: str = ""
    """An extension, or what else stands beside the number."""
    sure: bool = True
    """False where the role or the country code was inferred and not read."""
    why: str = ""
    """Why it is not sure, as a sentence."""


@dataclass(frozen=True)
class FoundLetter:
    subject: str
    body: str
    language: str
    role: str = PROTEST
    salutation: str = ""


@dataclass(frozen=True)
class FoundEvent:
    starts: str
    """ISO 8601, on the clocks of the place: a day, or a day and a time."""
    place: str
    text: str = ""
    """The sentence that announces it."""

    @property
    def timed(self) -> bool:
        """Whether the hour is known too."""
        return "T" in self.starts


@dataclass(frozen=True)
class Unplaced:
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.text}: {self.reason}" if self.text else self.reason


@dataclass(frozen=True)
class Repair:
    was: str
    now: str
    reason: str


@dataclass(frozen=True)
class Intake:
    """Everything that was found in one pasted text. Nothing found is dropped: what has no place stands in `unplaced`."""

    title: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    deadline: str = ""
    demands: tuple[str, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    letters: tuple[FoundLetter, ...] = ()
    addresses: tuple[FoundAddress, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    repairs: tuple[Repair, ...] = ()
    body: str = ""
    """The text without its title, standfirst, byline and letters, as paragraphs of plain text."""

    @property
    def untimed(self) -> list[FoundEvent]:
        """Events of a day alone, which no calendar can hold."""
        return [event for event in self.events if not event.timed]

    language: str = ""
    source_name: str = ""
    source_url: str = ""
    problem: str = ""
    """Why nothing could be read, as a sentence; then everything else is empty."""
    marks: dict[str, str] = field(default_factory=dict)
    """Field → what is not sure about it."""
