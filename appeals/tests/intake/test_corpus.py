"""Texts of our own in the ways people write them, each beside what stands in it."""

import json
from pathlib import Path

import pytest

from appeals.intake import read
from appeals.tests.intake.scoring import Score, flat, reached, score

pytestmark = pytest.mark.once

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.txt"))
BARS = {
    "title": 98, "standfirst": 95, "byline": 95, "dateline": 95, "deadline": 97, "demands": 97, "events": 95, "letters": 97,
    "addresses": 99, "roles": 98, "owners": 95, "unplaced": 100,
}  # fmt: skip
"""Per cent, of precision and of recall."""


def test_precision_and_recall():
    found = Score()
    for path in CORPUS:
        score(found, path.stem, json.loads(path.with_suffix(".json").read_text()), read(path.read_text()))
    print("\n".join([found.table(), *found.misses]))
    assert len(CORPUS) >= 90
    assert {kind: (found.precision(kind), found.recall(kind)) for kind, bar in BARS.items() if min(found.precision(kind), found.recall(kind)) < bar} == {}


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_every_text_is_read_with_all_its_addresses(path):
    wanted = {reached(one) for one in json.loads(path.with_suffix(".json").read_text())["addresses"]}
    found = read(path.read_text())
    assert found.problem == ""
    assert wanted <= {(one.channel, flat(one.value)) for one in found.addresses}
