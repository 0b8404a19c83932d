"""JSON-LD and the rest of a page's head, as a reader of HTML that is not ours finds them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from appeals.tests.factories import make_appeal
from articles.models import Picture
from articles.templatetags.structured_data import as_json
from articles.tests.factories import NOON, make_article, make_event, make_label, make_obituary, make_page, make_update
from campaign.models import SiteProfile

pytestmark = pytest.mark.django_db
SITE = "https://campaign.example.org"
PAGE = f"{SITE}/2012/08/29/strike/"
NASTY = "</script><script>alert(1)</script><!-- ' \" & \u2028 Ақтау"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = SITE
    SiteProfile.objects.filter(pk=1).update(name="Campaign Example", about="Reports from the strikes.")


def head_of(client, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200
    return html5lib.parse(answer.content.decode(), namespaceHTMLElements=False).find("head")


def data_of(client, path: str) -> list[dict[str, Any]]:
    return [json.loads(block.text) for block in head_of(client, path).iter("script") if block.get("type") == "application/ld+json"]


def meta_of(client, path: str) -> dict[str, str]:
    found = {each.get("name") or each.get("property"): each.get("content") for each in head_of(client, path).iter("meta")}
    return {name: value for name, value in found.items() if name and name not in ("viewport", "color-scheme")}


def links_of(client, path: str, rel: str) -> list[tuple[str, str]]:
    return [(each.get("hreflang") or each.get("type") or "", each.get("href")) for each in head_of(client, path).iter("link") if each.get("rel") == rel]


def test_a_report_is_a_news_article(client):
    picture = Picture.objects.bulk_create([Picture(file="pictures/a.jpg", alt="A picket", width=1200, height=800)])[0]
    make_article(
        slug="strike", title="Miners out", standfirst="The shift stayed up.", byline="A. Example", dateline="Aktau", labels=("Miners",),
        revised_at=NOON + timedelta(days=1), correction="A name was wrong.", source_url="https://example.com/b", picture=picture,
    )  # fmt: skip
    us = {"@type": "Organization", "name": "Campaign Example", "url": f"{SITE}/"}
    assert data_of(client, "/2012/08/29/strike/") == [
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": PAGE,
            "url": PAGE,
            "mainEntityOfPage": PAGE,
            "headline": "Miners out",
            "description": "The shift stayed up.",
            "datePublished": "2012-08-29T12:00:00+00:00",
            "dateModified": "2012-08-30T12:00:00+00:00",
            "inLanguage": "en",
            "articleSection": "Report",
            "keywords": ["Miners"],
            "author": {"@type": "Person", "name": "A. Example"},
            "publisher": us,
            "locationCreated": {"@type": "Place", "name": "Aktau", "address": "Aktau"},
            "image": {"@type": "ImageObject", "url": f"{SITE}/media/pictures/a.jpg", "width": 1200, "height": 800, "caption": "A picket"},
            "isBasedOn": "https://example.com/b",
            "correction": "A name was wrong.",
        }
    ]


def test_without_a_byline_the_site_is_the_author(client):
    make_article(slug="strike")
    assert data_of(client, "/2012/08/29/strike/")[0]["author"] == {"@type": "Organization", "name": "Campaign Example", "url": f"{SITE}/"}


def test_a_post_with_updates_is_a_live_blog(client):
    post = make_article(slug="strike")
    first = make_update(post, at=NOON + timedelta(hours=1), text="The *pit* is quiet.")
    last = make_update(post, at=NOON + timedelta(hours=3), text="They are up. " * 20)
    (data,) = data_of(client, "/2012/08/29/strike/")
    told = {name: data[name] for name in ("@type", "coverageStartTime", "coverageEndTime", "dateModified")}
    assert told == {
        "@type": "LiveBlogPosting",
        "coverageStartTime": "2012-08-29T13:00:00+00:00",
        "coverageEndTime": "2012-08-29T15:00:00+00:00",
        "dateModified": "2012-08-29T15:00:00+00:00",
    }
    assert [update["url"] for update in data["liveBlogUpdate"]] == [f"{PAGE}#update-{last.pk}", f"{PAGE}#update-{first.pk}"]
    assert [len(update["headline"]) <= 110 for update in data["liveBlogUpdate"]] == [True, True]
    assert data["liveBlogUpdate"][1]["headline"] == "The pit is quiet."


def test_an_event_stands_on_its_post_and_among_the_events(client):
    appeal = make_appeal(slug="free-them", title="Free them")
    starts = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0)
    make_event(appeal, title="Picket", starts=starts, ends=starts + timedelta(hours=2), zone="Asia/Almaty", organiser="Dockers", cancelled=True)
    article, event = data_of(client, "/appeals/free-them/")
    assert article["@type"] == "NewsArticle"
    assert datetime.fromisoformat(event.pop("startDate")) == starts
    assert datetime.fromisoformat(event.pop("endDate")) == starts + timedelta(hours=2)
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Picket",
        "eventStatus": "https://schema.org/EventCancelled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": "1 Example Square, London", "address": "1 Example Square, London"},
        "organizer": {"@type": "Organization", "name": "Dockers"},
        "description": "Free them",
        "url": f"{SITE}/appeals/free-them/",
    }
    assert [each["name"] for each in data_of(client, "/events/")] == ["Picket"]


def test_an_obituary_says_whose(client):
    post = make_obituary(life={"name": "Aigul Example", "what_they_did": "Miner", "born": "1961", "died": "2012-06-05", "place": "Karaganda"})
    assert data_of(client, post.get_absolute_url())[0]["about"] == {
        "@type": "Person",
        "name": "Aigul Example",
        "jobTitle": "Miner",
        "birthDate": "1961",
        "deathDate": "2012-06-05",
        "deathPlace": {"@type": "Place", "name": "Karaganda", "address": "Karaganda"},
    }


def test_a_page_is_a_page(client):
    make_page(slug="about", title="About", standfirst="Who we are.")
    (data,) = data_of(client, "/about/")
    assert data == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": f"{SITE}/about/",
        "url": f"{SITE}/about/",
        "name": "About",
        "description": "Who we are.",
        "inLanguage": "en",
    }


def test_no_words_can_leave_their_block(client):
    make_event(make_article(slug="strike", title=NASTY, standfirst=NASTY, byline=NASTY), title=NASTY, place=NASTY)
    article, event = data_of(client, "/2012/08/29/strike/")
    assert (article["headline"], article["author"]["name"], event["name"]) == (NASTY, NASTY, NASTY)
    assert b"<script>alert" not in client.get("/2012/08/29/strike/").content


def test_the_block_is_json_without_markup():
    written = as_json({"name": NASTY})
    assert json.loads(written)["name"] == NASTY
    assert not set(written) & set("<>&\u2028")


def test_a_post_says_what_it_is_to_those_who_share_it(client):
    make_article(slug="strike", title="Miners & dockers", standfirst="", body="First words.\n\nMore of them.", revised_at=NOON + timedelta(days=1))
    assert meta_of(client, "/2012/08/29/strike/") == {
        "description": "First words. More of them.",
        "og:description": "First words. More of them.",
        "og:type": "article",
        "og:title": "Miners & dockers",
        "og:url": PAGE,
        "og:site_name": "Campaign Example",
        "article:published_time": "2012-08-29T13:00:00+01:00",
        "article:modified_time": "2012-08-30T13:00:00+01:00",
    }
    assert links_of(client, "/2012/08/29/strike/", "canonical") == [("", PAGE)]


def test_translations_name_each_other_and_themselves(client, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Русский")]
    first = make_article(slug="strike")
    make_article(slug="zabastovka", language="ru", translation_of=first)
    family = [("en", PAGE), ("ru", f"{SITE}/ru/2012/08/29/zabastovka/")]
    for path in ("/2012/08/29/strike/", "/ru/2012/08/29/zabastovka/", "/2012/08/29/zabastovka/"):
        assert sorted(link for link in links_of(client, path, "alternate") if link[0] in ("en", "ru")) == family
    assert links_of(client, "/2012/08/29/zabastovka/", "canonical") == [("", family[1][1])]


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("/", ["/feed/", "/feed.json"]),
        ("/2012/08/29/strike/", ["/feed/", "/feed.json"]),
        ("/labels/miners/", ["/feed/", "/feed.json", "/labels/miners/feed/"]),
        ("/appeals/", ["/feed/", "/feed.json", "/appeals/feed/"]),
    ],
)
def test_every_page_names_the_feeds_that_follow_it(client, path, feeds):
    make_article(slug="strike", labels=("Miners",))
    assert [href for _type, href in links_of(client, path, "alternate")] == feeds


def test_a_list_is_canonical_where_it_stands_and_says_what_it_is(client):
    make_article(labels=(make_label(name="Miners", description="All about the *pits*."),))
    assert links_of(client, "/labels/miners/?utm_source=x", "canonical") == [("", f"{SITE}/labels/miners/")]
    assert links_of(client, "/labels/miners/?from=oldest", "canonical") == []
    assert meta_of(client, "/labels/miners/")["description"] == "All about the pits."
    assert meta_of(client, "/archive/")["description"] == "Reports from the strikes."
