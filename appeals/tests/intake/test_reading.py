"""The whole reading, on short texts of ours."""

import pytest

from appeals.intake import FoundAddress, read

APPEAL = """Miners of Exampletown locked out

By A. Reporter, Exampletown

Please send protests to: pit@example.org (Example Coal - the company) with copies to campaign@example.org
Messages of solidarity to strikers@example.org
"""


def test_it_works():
    found = read(APPEAL)
    assert (found.title, found.byline) == ("Miners of Exampletown locked out", "A. Reporter, Exampletown")
    assert found.addresses == (
        FoundAddress("email", "pit@example.org", "protest", owner="Example Coal - the company"),
        FoundAddress("email", "campaign@example.org", "copy", copy_of="protest"),
        FoundAddress("email", "strikers@example.org", "solidarity"),
    )


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x01\x02\x03" * 40, "x" * 1_000_000])
def test_what_cannot_be_read_is_answered_in_words(text):
    found = read(text)
    assert found.problem.endswith(".")
    assert not found.addresses
