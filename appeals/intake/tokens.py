"""A place in the text that looks like an address of some channel."""

from dataclasses import dataclass, field

MASK = "\ue000"
"""Stands in the text for each character of an address: no letter, so that no word of an address is taken for a cue."""


OWN, NAMED, CARRIED = 3.0, 1.6, 1.0
"""How near the words stand that give a role: in the sentence or line of the address itself; above its list; further up."""


@dataclass
class Token:
    start: int
    end: int
    raw: str
    channels: tuple[str, ...]
    value: str = ""
    """As the ledger keeps it; empty where it could not be brought to that."""
    reason: str = ""
    """Why there is no value, or why it is not sure."""
    note: str = ""
    sure: bool = True
    owner: str = ""
    role: str = ""
    copy_of: str | None = None
    role_sure: bool = True
    reach: float = 0.0
    """How near the words of its role stand; 0 where there are none."""
    lead: str = ""
    """The words that ask for it, on to itself."""
    sentence: int = -1
    scope: int = -1
    """Where the words stand that ask for the list it is in."""
    signed: bool = False
    """Whether it stands below a signature."""
    follows: bool = False
    """Whether it is one more of the same owner's."""
    also: tuple[str, str | None] | None = None
    """A second role and what it copies: “copies and messages of solidarity to”."""
    same_sentence: bool = False
    """Whether the words that give the role stand in its own sentence."""
    gone: str = ""
    """What the text itself says against using it."""
    withheld: str = ""
    """Why it must not be published."""
    marks: list[str] = field(default_factory=list)
