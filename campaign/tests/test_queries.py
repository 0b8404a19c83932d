"""What every page costs in SQL: at most 8 queries, a plain post 4, an appeal 9, with the frame warm; the same with one row of everything and with three."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.models import AppealAddress
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter
from articles.memo import memo
from articles.tests.factories import make_article, make_event, make_label, make_message, make_obituary, make_page, make_update
from campaign.frame import frame

pytestmark = pytest.mark.django_db

MOST, PLAIN, APPEAL, CARRIER, FRAME = 8, 4, 9, 10, 8
DAY = "/2012/08/29/"
PAGES = {
    "/": MOST,
    "/2012/": MOST,
    "/2012/08/": MOST,
    DAY: MOST,
    f"{DAY}plain/": PLAIN,
    f"{DAY}report/": MOST,
    f"{DAY}report/report.txt": MOST,
    f"{DAY}obituary/": MOST,
    f"{DAY}carrier/": CARRIER,
    "/archive/": MOST,
    "/labels/": MOST,
    "/labels/one/": MOST,
    "/labels/one/?from=oldest": MOST,
    "/labels/one/2012/": MOST,
    "/labels/one/feed/": MOST,
    **{f"/{kind}/": MOST for kind in ("reports", "obituaries")},
    "/appeals/": MOST,
    "/appeals/feed/": MOST,
    "/appeals/open/": APPEAL,
    "/appeals/open/appeal.txt": APPEAL,
    "/appeals/open/addresses.csv": APPEAL,
    "/appeals/open/sheet/": APPEAL,
    "/appeals/closed/": APPEAL,
    "/events/": MOST,
    "/events.ics": MOST,
    "/feed/": MOST,
    "/feed.json": MOST,
    "/search/": MOST,
    "/search/?q=shaft": MOST,
    "/search/?q=shaft&order=newest": MOST,
    "/sitemap.xml": MOST,
    "/about/": MOST,
    "/mirror/": MOST,
}


def fill(number: int) -> None:
    """An archive with `number` of everything, and the pages above."""
    labels = ("One", *(make_label().name for _number in range(number)))
    make_page(slug="about")
    states = {"open": {}, "closed": {"closed_at": timezone.now(), "outcome": "won"}}
    appeals = {slug: make_appeal(labels, slug=slug, **state) for slug, state in states.items()}
    make_article(labels, slug="plain")
    report = make_article(labels, slug="report", source_name="A paper")
    obituary, carrier = make_obituary(labels=labels, slug="obituary"), make_article(labels, slug="carrier", carries=appeals["open"])
    for post in (report, obituary, carrier, *appeals.values()):
        for _number in range(number):
            make_update(post)
            make_event(post)
            make_message(post)
            make_article(labels)
            make_obituary(labels=labels)
    make_article(language="ru", translation_of=report)
    for appeal in appeals.values():
        make_letter(appeal)
        for _number in range(number):
            add_address(appeal)
            number_of_its_own = f"+4930{appeal.pk:04}{len(AppealAddress.objects.all()):03}"
            add_address(appeal, "solidarity", make_address(channel="phone", value=number_of_its_own))


@pytest.fixture(params=[1, 3])
def archive(request, settings):
    fill(request.param)
    memo.forget()
    settings.REVISION_MAX_AGE = 3600


def cost(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        assert response.status_code == 200, address
        b"".join(response)
    return [query["sql"] for query in asked.captured_queries]


def test_the_frame_itself(archive):
    with CaptureQueriesContext(connection) as asked:
        frame()
    assert 1 < len(asked.captured_queries) <= FRAME


@pytest.fixture
def costs(archive, client):
    costs = {}
    for address in PAGES:
        memo.forget()
        frame()
        costs[address] = cost(client, address)
    return costs


def test_every_page_asks_no_more_than_it_may(costs):
    assert {address: asked for address, asked in costs.items() if len(asked) > PAGES[address]} == {}


def test_it_asks_the_same_of_a_larger_archive(settings, client):
    found = {}
    for number in (1, 3):
        with transaction.atomic():
            fill(number)
            settings.REVISION_MAX_AGE = 3600
            for address in PAGES:
                memo.forget()
                frame()
                found.setdefault(address, []).append(len(cost(client, address)))
            transaction.set_rollback(True)
    assert {address: numbers for address, numbers in found.items() if len(set(numbers)) > 1} == {}
