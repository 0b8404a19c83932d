"""The list of what is looked into, in the order in which it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from campaign.export.snapshot import take_your_time
from campaign.soundness import derived, files, rows

Found = Iterator[tuple[Any, str]]
SOME = 200


@dataclass(frozen=True)
class Check:
    title: str
    find: Callable[[], Found]
    """Yields a key of each fault and a sentence's worth of words; reads in bits, within whatever snapshot is open."""
    mend: Callable[[list[Any]], None] | None = None
    """Takes keys; what it leaves as it was, no machine can mend."""

    def mend_all(self, keys: list[Any]) -> None:
        for start in range(0, len(keys), SOME):
            with transaction.atomic():
                take_your_time()
                self.mend(keys[start : start + SOME])


CHECKS = (
    Check("The database's own file is whole", rows.broken),
    Check("Every row finds the rows that it names", rows.dangling, rows.let_go),
    Check("The rows that a site has one of are there", rows.missing_single, rows.make_single),
    Check("No address of the other side passes for another", rows.wrong_sides, rows.keep_sides),
    Check("HTML is what its text makes", derived.stale_html, derived.render),
    Check("Labels know the dates and status of their posts", derived.stale_labellings, derived.sync),
    Check("The search index knows no strangers", derived.strays, derived.forget),
    Check("The search index knows the posts as they are", derived.stale_search, derived.sync),
    Check("Every picture's files are there, each what its name says", files.damaged),
)
