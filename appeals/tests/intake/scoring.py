"""How much of what stands in a text was found, and how much of what was found stands there: per kind, in counts that add up."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from appeals.intake import Intake

FIELDS = ("title", "standfirst", "byline", "dateline", "deadline")
FULL = 100


@dataclass
class Score:
    found: Counter = field(default_factory=Counter)
    wanted: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def hold(self, kind: str, wanted: list, found: list, where: str) -> None:
        """Compare two lists without order; each item counts once."""
        self.wanted[kind] += len(wanted)
        self.found[kind] += len(found)
        common = Counter(wanted) & Counter(found)
        self.right[kind] += common.total()
        self.misses += [f"{where}: {kind} missing: {item}" for item in (Counter(wanted) - common).elements()]
        self.misses += [f"{where}: {kind} too much: {item}" for item in (Counter(found) - common).elements()]

    def precision(self, kind: str) -> float:
        return FULL * self.right[kind] / self.found[kind] if self.found[kind] else FULL

    def recall(self, kind: str) -> float:
        return FULL * self.right[kind] / self.wanted[kind] if self.wanted[kind] else FULL

    def table(self) -> str:
        head = f"{'kind':12} {'wanted':>6} {'found':>6} {'precision':>9} {'recall':>6}"
        rows = [f"{kind:12} {self.wanted[kind]:6} {self.found[kind]:6} {self.precision(kind):9.1f} {self.recall(kind):6.1f}" for kind in self.wanted]
        return "\n".join([head, *rows])


def score(into: Score, where: str, wanted: dict[str, Any], found: Intake) -> None:
    for name in FIELDS:
        if name in wanted:
            into.hold(name, [wanted[name]] if wanted[name] else [], [getattr(found, name)] if getattr(found, name) else [], where)
    for name in ("demands", "events"):
        if name in wanted:
            listed = found.demands if name == "demands" else [(event.starts, event.place) for event in found.events]
            into.hold(name, [item if name == "demands" else (item["starts"], item["place"]) for item in wanted[name]], list(listed), where)
    if "letters" in wanted:
        into.hold("letters", [ends(letter) for letter in wanted["letters"]], [edges(letter) for letter in found.letters], where)
    score_addresses(into, where, wanted["addresses"], found)
    said = [str(entry) for entry in found.unplaced]
    into.hold("unplaced", wanted.get("unplaced", []), [word for word in wanted.get("unplaced", []) if any(word in entry for entry in said)], where)


def score_addresses(into: Score, where: str, wanted: list[dict], found: Intake) -> None:
    into.hold("addresses", [reached(one) for one in wanted], [(one.channel, flat(one.value)) for one in found.addresses], where)
    into.hold(
        "roles",
        [(*reached(one), one["role"], one["copy_of"]) for one in wanted],
        [(one.channel, flat(one.value), one.role, one.copy_of) for one in found.addresses],
        where,
    )
    owners = {(one.channel, flat(one.value), one.role): one.owner for one in found.addresses}
    named = [(*reached(one), one["owner"]) for one in wanted if one["owner"]]
    known = {(*reached(one), one["role"]): one["owner"] for one in wanted}
    told = [(channel, value, same(owner, known.get((channel, value, role), ""))) for (channel, value, role), owner in owners.items() if owner]
    into.hold("owners", named, told, where)


def reached(one: dict) -> tuple[str, str]:
    return one["channel"], flat(one["value"])


def flat(value: str) -> str:
    return " ".join(value.replace("\n", ", ").replace(",,", ",").split())


def same(found: str, wanted: str) -> str:
    """The owner that was wanted, if what was found names it with no more than a title beside it."""
    close = wanted and wanted.casefold() in found.casefold() and len(found) < len(wanted) + 60
    return wanted if close else found


def ends(letter: dict) -> tuple[str, str, str, str]:
    return letter["subject"], letter["language"], letter["begins"], letter["ends"]


def edges(letter: Any) -> tuple[str, str, str, str]:
    lines = letter.body.split("\n")
    return letter.subject, letter.language, lines[0], lines[-1]
