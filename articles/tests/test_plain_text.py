"""report.txt: everything that the post's page says."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from appeals.models import Channel
from appeals.tests.factories import add_address, make_address, make_appeal, make_recipient
from articles.models import MessageState, Picture, Status
from articles.tests.factories import NOON, make_article, make_event, make_hidden_articles, make_message, make_obituary, make_update

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://campaign.example.org"


def text_of(client, post) -> str:
    answer = client.get(f"{post.get_absolute_url()}report.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return answer.content.decode()


FULL = """\
Miners stay above ground
========================

Report
Published: 29 August 2012
About: 27 August 2012
Revised: 30 August 2012
Place: Aktau
By: A. Example
First published by: Bulletin, https://example.com/b
Language: English
Labels: Miners, Zhanaozen
Address of this page: https://campaign.example.org/2012/08/29/miners/

The morning shift stayed above ground.

Updates
-------

29 August 2012, 15.00 BST (20.00 in Karaganda)
The pit is quiet.

Nobody went down. See the list (https://campaign.example.org/labels/).

- one
- two

Picture: A picket in the rain, Friday, Photo: B. Example
https://campaign.example.org/media/pictures/a.png

Pickets and protests
--------------------

CANCELLED
1 September 2012, 12.00–14.00 BST
Picket, 1 Example Square, London
Called by: Dockers
Contact: dockers@example.org

Messages
--------

We stand with you.
All of us.
-- Robin Example, Dockers' branch 7, Dublin, 29 August 2012

Corrected: 30 August 2012, A name was wrong.
"""


def test_nothing_of_the_page_is_lost(client):
    picture = Picture.objects.bulk_create(
        [Picture(file="pictures/a.png", alt="A picket in the rain", caption="Friday", credit="Photo: B. Example", width=1, height=1)]
    )[0]
    post = make_article(
        title="Miners stay above ground", slug="miners", byline="A. Example", dateline="Aktau", labels=("Miners", "Zhanaozen"), picture=picture,
        event_date=NOON.date() - timedelta(days=2), revised_at=NOON + timedelta(days=1), correction="A name was wrong.",
        source_name="Bulletin", source_url="https://example.com/b", body="Nobody went down. See [the list](/labels/).\n\n- one\n- two",
    )  # fmt: skip
    make_update(post, at=NOON + timedelta(hours=2), text="The *pit* is quiet.", place="Karaganda", place_zone="Asia/Almaty")
    starts = datetime(2012, 9, 1, 11, tzinfo=UTC)
    event = {"organiser": "Dockers", "contact": "dockers@example.org", "cancelled": True}
    make_event(post, starts=starts, ends=starts + timedelta(hours=2), **event)
    make_message(post, text="We stand with you.\nAll of us.")
    make_message(post, text="Not read yet.", state=MessageState.WAITING)
    assert text_of(client, post) == FULL


def test_an_obituary_says_who_and_when(client):
    post = make_obituary(life={"name": "Aigul Example", "born": "1961", "died": "", "found": "2012-06", "place": "Karaganda", "age": 51})
    assert "\n\nAigul Example, Miner\nBorn: 1961\nFound dead: June 2012\nPlace: Karaganda\nAge: 51\n\n" in text_of(client, post)


def test_a_report_that_carries_an_appeal_prints_its_addresses(client):
    appeal = make_appeal(title="Free them", slug="free-them", act_by=date(2999, 1, 20))
    letters = add_address(appeal, address=make_address(make_recipient(name="The company", office=""), value="ask@example.org"))
    add_address(appeal, address=make_address(channel=Channel.PHONE, value="+442079460000", show_until=date(2012, 1, 1)))
    post = make_article(carries=appeal)
    text = text_of(client, post)
    assert "Free them\n---------\n\nState: Open\nWrite by: 20 January 2999\nAddress of the appeal: https://campaign.example.org/appeals/free-them/" in text
    assert f"{letters.address.recipient}\nask@example.org" in text
    assert "7946" not in text


@time_machine.travel(datetime(2012, 9, 1, 22, tzinfo=UTC), tick=False)  # 23.00 in London
def test_no_cache_keeps_a_carried_private_number_past_its_day(client):
    appeal = make_appeal()
    add_address(appeal, address=make_address(show_until=date(2012, 9, 1)))
    post = make_article(carries=appeal)
    assert client.get(f"{post.get_absolute_url()}report.txt")["Cache-Control"] == "public, max-age=10, stale-if-error=3600"


def test_an_appeal_that_readers_must_not_see_is_not_carried(client):
    appeal = make_appeal(title="Hidden appeal", status=Status.DRAFT)
    row = add_address(appeal)
    text = text_of(client, make_article(carries=appeal))
    assert ("Hidden appeal" in text, row.address.value in text) == (False, False)


def test_a_bare_post_has_no_empty_parts(client):
    post = make_article(title="Bare", slug="bare", standfirst="", body="Words.")
    expected = (
        "Bare\n====\n\nReport\nPublished: 29 August 2012\nLanguage: English\nAddress of this page: https://campaign.example.org/2012/08/29/bare/\n\nWords.\n"
    )
    assert text_of(client, post) == expected


def test_long_lines_and_other_scripts_stay_as_they_are(client):
    body = "Забастовка шахтёров " * 40
    assert f"\n\n{body.strip()}\n" in text_of(client, make_article(body=body, language="ru"))


def test_a_meeting_that_goes_past_midnight_names_both_days(client):
    post = make_article()
    starts = datetime(2012, 9, 1, 18, tzinfo=UTC)
    make_event(post, starts=starts, ends=starts + timedelta(hours=6), zone="Asia/Almaty")
    assert "2 September 2012, 00.00–06.00 UTC+6" in text_of(client, post)
    make_event(post, starts=starts, ends=starts + timedelta(hours=6))
    assert "1 September 2012, 19.00 – 2 September 2012, 01.00 BST" in text_of(client, post)


def test_a_post_readers_must_not_see_has_no_text(client):
    hidden = [post for post in make_hidden_articles() if post.published_on]
    assert [post.status for post in hidden] == [Status.PRIVATE, Status.WITHDRAWN, Status.PUBLISHED]
    assert not [post for post in hidden if client.get(f"{post.get_absolute_url()}report.txt").status_code == 200]


@pytest.mark.parametrize("number", [1, 3])
def test_a_text_costs_the_same_whatever_it_holds(client, django_assert_num_queries, warm_frame, number):
    post = make_article(labels=[f"Label {each}" for each in range(number)])
    for _each in range(number):
        make_update(post)
        make_event(post)
        make_message(post)
    warm_frame()
    with django_assert_num_queries(5):
        assert client.get(f"{post.get_absolute_url()}report.txt").status_code == 200
