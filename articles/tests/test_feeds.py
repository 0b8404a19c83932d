"""Feeds, read by libraries that are not ours."""

import json
from datetime import UTC, date, datetime, timedelta
from time import struct_time

import feedparser
import pytest
import time_machine
from django.test import Client

from appeals.tests.factories import add_address, make_address, make_appeal
from articles.models import Post, Status
from articles.tests.factories import NOON, make_article, make_event, make_hidden_articles, make_label, make_obituary, make_page, make_update
from campaign.models import SiteProfile

pytestmark = pytest.mark.django_db
ATOM_FEEDS = ("/feed/", "/labels/miners/feed/", "/appeals/feed/")
FEEDS = (*ATOM_FEEDS, "/feed.json")


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://campaign.example.org"
    SiteProfile.objects.filter(pk=1).update(name="Campaign Example", tagline="Reports and appeals")


def parsed(client: Client, path: str = "/feed/") -> feedparser.FeedParserDict:
    answer = client.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo, feed.bozo_exception
    return feed


def titles(client: Client, path: str) -> list[str]:
    if path == "/feed.json":
        return [item["title"] for item in client.get(path).json()["items"]]
    return [entry.title for entry in parsed(client, path).entries]


def moment(parts: struct_time) -> datetime:
    return datetime(*parts[:6], tzinfo=UTC)


def test_the_feed_names_the_site_itself_and_its_page(client):
    make_article()
    feed = parsed(client)
    head = feed.feed
    links = {link.rel: link.href for link in head.links}
    assert (feed.version, head.title, head.subtitle, head.language) == ("atom10", "Campaign Example", "Reports and appeals", "en-gb")
    assert links == {"alternate": "https://campaign.example.org/", "self": "https://campaign.example.org/feed/"}
    assert moment(head.updated_parsed) == NOON


def test_an_entry_says_what_the_post_says(client):
    post = make_article(
        title="“Strike” & <lock-out>", standfirst="Up & out.", byline="A. Example", language="ru", labels=("Miners", "Zhanaozen"),
        dateline="Aktau", event_date=NOON.date() - timedelta(days=2), source_name="Bulletin", source_url="https://example.com/b",
        correction="A name was wrong.", revised_at=NOON + timedelta(days=1),
    )  # fmt: skip
    (entry,) = parsed(client).entries
    assert (entry.title, entry.summary, entry.author) == ("“Strike” & <lock-out>", "Up & out.", "A. Example")
    assert entry.id == f"tag:campaign.example.org,2012-08-29:post/{post.pk}"
    assert entry.link == f"https://campaign.example.org/2012/08/29/{post.slug}/"
    assert [tag.term for tag in entry.tags] == ["Miners", "Zhanaozen"]
    assert (moment(entry.published_parsed), moment(entry.updated_parsed)) == (NOON, NOON + timedelta(days=1))
    (content,) = entry.content
    assert (content.type, content.language) == ("text/html", "ru")
    for words in ("29 August 2012", "Aktau", "27 August 2012", "Nobody went down", "Bulletin", "https://example.com/b", "A name was wrong."):
        assert words in content.value


def test_an_entry_without_a_byline_is_the_sites(client):
    make_article()
    assert parsed(client).entries[0].author == "Campaign Example"


def test_relative_addresses_are_made_whole(client):
    post = make_article(body="[one](/labels/) [two](#note) [three](../) ![a picket](/media/pictures/a.png) [four](https://example.com/?a=1&b=2)")
    page = f"https://campaign.example.org/2012/08/29/{post.slug}/"
    html = client.get("/feed.json").json()["items"][0]["content_html"]
    for address in ("https://campaign.example.org/labels/", f"{page}#note", "https://campaign.example.org/2012/08/29/", "https://example.com/?a=1&amp;b=2"):
        assert f'href="{address}"' in html
    assert 'src="https://campaign.example.org/media/pictures/a.png"' in html


def test_an_update_is_an_entry_of_its_own_and_moves_its_post(client):
    post = make_article(title="Miners out")
    update = make_update(post, at=NOON + timedelta(hours=2), text="The *pit* is quiet.", place="Karaganda", place_zone="Asia/Almaty")
    first, second = parsed(client).entries
    assert first.title == "Update, 29 August 2012, 15.00: Miners out"
    assert first.id == f"tag:campaign.example.org,2012-08-29:post/{post.pk}/update/{update.pk}"
    assert first.link == f"https://campaign.example.org/2012/08/29/{post.slug}/#update-{update.pk}"
    assert moment(first.updated_parsed) == moment(second.updated_parsed) == update.at
    assert "20.00 in Karaganda" in first.content[0].value
    assert "<em>pit</em>" in first.content[0].value
    assert second.title == "Miners out"


def test_the_newest_twenty_of_posts_and_updates_alike(client):
    old = make_article(title="old", published_at=NOON - timedelta(days=900))
    for day in range(25):
        make_article(title=str(day), published_at=NOON + timedelta(days=day))
    make_update(old, at=NOON + timedelta(days=24, hours=1))
    assert titles(client, "/feed/") == ["Update, 22 September 2012, 14.00: old", *(str(day) for day in range(24, 5, -1))]


def test_an_appeal_carries_its_state_deadline_demands_and_addresses(client):
    appeal = make_appeal(act_by=datetime.now(UTC).date() + timedelta(days=9), demands=["Free the strikers", "Pay what is owed"])
    shown = add_address(appeal).address
    private = add_address(appeal, address=make_address(value="+44 20 7946 0000", channel="phone", show_until=date(2012, 1, 1))).address
    html = parsed(client, "/appeals/feed/").entries[0].content[0].value
    for words in ("Free the strikers", "Pay what is owed", appeal.act_by.isoformat(), shown.value, shown.recipient.name):
        assert words in html
    assert private.value not in html


@pytest.mark.parametrize("path", FEEDS)
@time_machine.travel(datetime(2012, 9, 1, 22, tzinfo=UTC), tick=False)  # 23.00 in London
def test_no_cache_keeps_a_private_number_past_its_day(client, path):
    appeal = make_appeal(labels=("Miners",))
    for day in (1, 2, 20):
        add_address(appeal, address=make_address(show_until=date(2012, 9, day)))
    assert client.get(path)["Cache-Control"] == "public, max-age=10, stale-if-error=3600"


@pytest.mark.parametrize("path", FEEDS)
def test_what_is_not_private_may_be_kept_for_a_week(client, path):
    add_address(make_appeal(labels=("Miners",)))
    assert client.get(path)["Cache-Control"] == "public, max-age=10, stale-if-error=604800"


def test_a_closed_appeal_says_how_it_ended(client):
    make_appeal().close("won", "All are free.")
    html = parsed(client, "/appeals/feed/").entries[-1].content[0].value
    assert "Closed: won" in html
    assert "All are free." in html


def test_events_stand_in_the_place_of_their_own_clock(client):
    make_event(make_article(), starts=datetime(2012, 9, 1, 20, tzinfo=UTC), zone="Asia/Almaty", place="Republic Square, Almaty", cancelled=True)
    html = parsed(client).entries[0].content[0].value
    assert "2 September 2012, 02.00 UTC+6" in html
    assert "Republic Square, Almaty" in html
    assert "Cancelled" in html


def test_an_obituary_says_whose(client):
    make_obituary(life={"name": "Aigul Example", "what_they_did": "Miner"})
    html = parsed(client).entries[0].content[0].value
    assert "Aigul Example, Miner" in html
    assert "5 June 2012" in html


@pytest.mark.parametrize(("status", "links"), [(Status.PUBLISHED, 1), (Status.DRAFT, 0)])
def test_a_report_that_carries_an_appeal_leads_to_it(client, status, links):
    appeal = make_appeal(title="Free them", slug="free-them", status=status, published_at=NOON - timedelta(days=1))
    make_article(carries=appeal)
    html = parsed(client).entries[0].content[0].value
    assert html.count('<a href="https://campaign.example.org/appeals/free-them/">Free them</a>') == links
    assert html.count("Free them") == links


def test_words_in_another_direction_say_so(client):
    make_update(make_article(language="fa", body="اعتصاب ادامه دارد", standfirst="خبر"), text="تازه")
    update, post = (entry.content[0].value for entry in parsed(client).entries)
    assert '<div dir="rtl" lang="fa"><p>تازه</p></div>' in update
    assert '<p dir="rtl" lang="fa"><strong>خبر</strong></p>' in post
    assert '<div dir="rtl" lang="fa"><p>اعتصاب ادامه دارد</p></div>' in post


def test_a_label_feed_holds_its_posts_alone(client):
    make_article(title="in", labels=("Miners",))
    outside = make_article(title="out", labels=("Dockers",))
    make_update(outside)
    feed = parsed(client, "/labels/miners/feed/")
    assert [entry.title for entry in feed.entries] == ["in"]
    assert feed.feed.title == "Miners – Campaign Example"


def test_the_appeals_feed_holds_appeals_alone(client):
    make_update(make_article())
    make_appeal(title="Free them")
    assert titles(client, "/appeals/feed/") == ["Free them"]


@pytest.mark.parametrize("path", FEEDS)
def test_what_is_not_public_is_in_no_feed(client, path):
    label = make_label(name="Miners")
    make_page(title="About")
    for post in make_hidden_articles(labels=(label,)):
        make_update(post)
        make_event(post)
    withdrawn = make_appeal(title="Withdrawn appeal", labels=(label,), status=Status.WITHDRAWN)
    make_update(withdrawn)
    make_article(title="In the open", labels=(label,))
    assert [title for title in titles(client, path) if title != "In the open"] == []


def test_a_label_that_drafts_alone_carry_is_not_told_of_by_its_feed(client):
    make_hidden_articles(labels=(make_label(name="Miners"),))
    assert client.get("/labels/miners/feed/").status_code == 404


@pytest.mark.parametrize("path", [path for path in ATOM_FEEDS if "labels" not in path])
def test_an_empty_feed_does_not_change_with_the_clock(client, path):
    assert parsed(client, path).feed.updated == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize("path", FEEDS)
def test_characters_that_no_feed_can_hold_are_left_out(client, path):
    make_appeal(title="Free\x0bthem \ud7ff\ufffe", byline="A\x1f", labels=(make_label(name="Miners"),), demands=["x\x0c"])
    assert len(titles(client, path)) == 1


def test_json_feed_says_the_same(client):
    post = make_article(labels=("Miners",), byline="A. Example", language="ru")
    answer = client.get("/feed.json")
    feed = json.loads(answer.content)
    assert answer["Content-Type"] == "application/feed+json"
    assert {name: feed[name] for name in ("version", "title", "home_page_url", "feed_url", "language")} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Campaign Example",
        "home_page_url": "https://campaign.example.org/",
        "feed_url": "https://campaign.example.org/feed.json",
        "language": "en-gb",
    }
    (item,) = feed["items"]
    assert "Nobody went down" in item.pop("content_html")
    assert item == {
        "id": f"tag:campaign.example.org,2012-08-29:post/{post.pk}",
        "url": f"https://campaign.example.org/2012/08/29/{post.slug}/",
        "title": post.title,
        "summary": post.standfirst,
        "date_published": "2012-08-29T12:00:00+00:00",
        "date_modified": "2012-08-29T12:00:00+00:00",
        "authors": [{"name": "A. Example"}],
        "tags": ["Miners"],
        "language": "ru",
    }


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/feed/", 7), ("/labels/miners/feed/", 8), ("/appeals/feed/", 7), ("/feed.json", 7)])
def test_a_feed_costs_the_same_whatever_it_holds(client, django_assert_num_queries, warm_frame, path, queries, number):
    label = make_label(name="Miners")
    for _each in range(number):
        make_update(make_article(labels=(label,)))
        appeal = make_appeal(labels=(label,))
        make_event(appeal)
        for _one in range(number):
            add_address(appeal).address.replace_by(make_address())
    warm_frame()
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


def test_an_id_outlives_a_new_slug_and_the_title(client):
    post = make_article()
    before = parsed(client).entries[0].id
    Post.objects.get(pk=post.pk).save()
    post.title, post.slug = "Another", "another"
    post.save()
    assert parsed(client).entries[0].id == before
