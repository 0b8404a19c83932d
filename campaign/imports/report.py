"""What came over, what was left out and why: for a person on the terminal, and as JSON."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

NAMED = 5
"""Names that the terminal lists of each kind; the file lists all."""


@dataclass
class Remark:
    """Something an editor should know of one post."""

    entry: str
    title: str
    url: str
    says: str


@dataclass
class Report:
    """One import's. Counts are of this run; what an earlier run brought stands under `there_already`."""

    dry_run: bool = False
    files: list[dict] = field(default_factory=list)
    sites: list[dict] = field(default_factory=list)
    came: Counter = field(default_factory=Counter)
    there_already: Counter = field(default_factory=Counter)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    changes: list[dict] | None = None
    """What the export would change in posts that are here; None where nobody asked."""
    guessed_addresses: list[dict] = field(default_factory=list)
    pictures_elsewhere: list[dict] = field(default_factory=list)

    def read(self, name: str, what: str, repairs: Counter) -> None:
        self.files.append({"file": name, "is": str(what), "repairs": {said: count for said, count in repairs.items() if count}})

    def leave_out(self, why: str, names: list[str]) -> None:
        self.left_out.setdefault(why, []).extend(names)

    def write(self, path: Path) -> None:
        said = dict(vars(self))
        said["left_out"] = [{"why": why, "count": len(names), "which": [name for name in names if name]} for why, names in self.left_out.items()]
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1, default=vars) + "\n", encoding="utf-8")

    def tell(self, out: TextIO) -> None:
        out.write("\n".join([*self.lines_of_files(), *self.lines_of_counts(), *self.lines_of_remarks()]) + "\n")

    def lines_of_files(self) -> list[str]:
        lines = []
        for file in self.files:
            lines.append(f"Read {file['file']}: {file['is']}.")
            lines += [f"  Repaired: {said} ({count})." for said, count in file["repairs"].items()]
        return lines

    def lines_of_counts(self) -> list[str]:
        verb = "Nothing was written. Would come" if self.dry_run else "Came"
        lines = [f"{verb}: {counted(self.came) or 'nothing new'}."]
        if counted(self.there_already):
            lines.append(f"There already: {counted(self.there_already)}.")
        if self.left_out:
            lines.append("Left out:")
            lines += [f"  {len(names)} × {why}{named(names)}" for why, names in self.left_out.items()]
        return lines

    def lines_of_remarks(self) -> list[str]:
        lines = [f"Note: “{remark.title}”: {remark.says}" for remark in self.remarks[:NAMED]]
        if len(self.remarks) > NAMED:
            lines.append(f"… and {len(self.remarks) - NAMED} more notes; --report FILE writes them all.")
        lines += [f"Would change: “{change['title']}”: {', '.join(change['fields'])}" for change in self.changes or ()]
        if self.changes == [] and self.there_already["posts and pages"]:
            lines.append("The export would change nothing in the posts and pages that are here already.")
        if self.pictures_elsewhere:
            lines.append(f"{len(self.pictures_elsewhere)} pictures are not at hand and became links to where they are.")
        if self.guessed_addresses:
            lines.append(f"{len(self.guessed_addresses)} old addresses stand nowhere in the export and were guessed.")
        return lines


def counted(counts: Counter) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def named(names: list[str]) -> str:
    known = list(dict.fromkeys(filter(None, names)))
    return f": {', '.join(known[:NAMED])}{' …' if len(known) > NAMED else ''}" if known else ""
