"""The list of checks."""

from collections.abc import Callable, Iterable, Iterator

from articles.models.posts import Post
from articles.preflight.findings import Finding
from articles.preflight.reading import Reading, Run

Check = Callable[[Reading], Iterable[Finding]]

CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Puts a check on the list."""
    CHECKS.append(function)
    return function


def findings(post: Post, run: Run | None = None) -> list[Finding]:
    """Everything to mend in a post: errors first, and each fault once."""
    reading = Reading(post, run or Run())
    found = dict.fromkeys(finding for finding in every(reading))
    return sorted(found, key=lambda finding: not finding.blocks)


def every(reading: Reading) -> Iterator[Finding]:
    for one in CHECKS:
        yield from one(reading)
