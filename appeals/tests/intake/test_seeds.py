"""The real pages, which are not ours to publish: what stands in them was read by a person, and is kept here as digests alone."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from appeals.intake import FoundAddress, read
from appeals.tests.intake.scoring import Score, flat

pytestmark = pytest.mark.once

EXPECTED = json.loads((Path(__file__).parent / "seeds.json").read_text())
BAR = 95
"""Per cent, of precision and of recall."""


def digest(*parts: str) -> str:
    return sha256("|".join(parts).casefold().encode()).hexdigest()[:16]


def role_of(one: FoundAddress) -> list[str]:
    return ["copy", one.copy_of or ""] if one.role == "copy" else [one.role]


@pytest.mark.seeds
def test_every_address_of_the_real_pages_is_found_with_its_role_and_owner(seeds):
    score = Score()
    for page in sorted(seeds.glob("00*.txt")):
        wanted, found = EXPECTED[page.name[:3]], read(page.read_text()).addresses
        plain = [(one.channel, flat(one.value)) for one in found]
        score.hold("addresses", [one["address"] for one in wanted], [digest(*one) for one in plain], page.name[:3])
        roles = [digest(*value, *role_of(one)) for value, one in zip(plain, found, strict=True)]
        score.hold("roles", [one["role"] for one in wanted], roles, page.name[:3])
        accepted = {spelling: one["owner"][0] for one in wanted for spelling in one["owner"]}
        owners = [digest(*value, one.owner) for value, one in zip(plain, found, strict=True) if one.owner]
        score.hold("owners", [one["owner"][0] for one in wanted if one["owner"]], [accepted.get(owner, owner) for owner in owners], page.name[:3])
    print(score.table())
    assert [kind for kind in score.wanted if min(score.precision(kind), score.recall(kind)) < BAR] == [], score.misses


@pytest.mark.seeds
def test_the_letter_of_the_real_pages_is_found(seeds):
    found = {page.name[:3]: len(read(page.read_text()).letters) for page in seeds.glob("00*.txt")}
    assert found == {"000": 0, "001": 1, "002": 0, "003": 0, "004": 0}
