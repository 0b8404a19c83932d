"""However many pieces of pages are asked for, what is kept of them stays within its bounds."""

import pytest

from articles import memo as module
from articles.memo import KEEPING, memo

pytestmark = pytest.mark.django_db


def test_a_full_store_of_pieces_starts_afresh(monkeypatch, settings):
    settings.REVISION_MAX_AGE = 3600
    monkeypatch.setattr(module, "FRAGMENTS", 10 * (KEEPING + 5))
    assert [memo.fragment(number, lambda number=number: f"{number:05}") for number in range(25)] == [f"{number:05}" for number in range(25)]
    assert 0 < len(memo.fragments) <= 10
    assert memo.kept(24) == "00024"
    assert memo.kept(0) is None


def test_a_piece_that_is_empty_is_made_once():
    made = []
    for _time in range(2):
        assert memo.fragment("nothing", lambda: made.append(1) or "") == ""
    assert len(made) == 1
