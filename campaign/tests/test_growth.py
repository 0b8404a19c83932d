"""An archive may grow: what a page asks of SQLite stays the same. Counted in steps of its machine, which no busy processor changes."""

import pytest
from django.db import connection, transaction

from articles.memo import memo
from campaign.bench.archive import fill
from campaign.bench.pages import Site, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

EVERY = 20


def steps(size: int) -> dict[str, int]:
    """Steps SQLite's machine takes for each page of an archive of so many posts, with the frame warm; the archive is gone afterwards."""
    site, taken = Site(), {}
    with transaction.atomic():
        fill(size)
        memo.forget()
        for page, address in addresses(size).items():
            site.get(address)
            ticks = []
            connection.connection.set_progress_handler(lambda ticks=ticks: ticks.append(1), EVERY)
            site.get(address)
            connection.connection.set_progress_handler(None, 0)
            taken[page] = len(ticks) * EVERY
        transaction.set_rollback(True)
    memo.forget()
    return taken


def test_a_page_asks_no_more_of_a_larger_archive(settings):
    settings.REVISION_MAX_AGE = 60
    small, large = steps(1_000), steps(3_000)
    assert {page: (small[page], large[page]) for page in small if large[page] > 1.2 * small[page] + 1_000} == {}
