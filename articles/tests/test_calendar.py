"""/events.ics, read by a library that is not ours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from articles.models import Event
from articles.tests.factories import make_article, make_event, make_hidden_articles
from campaign.models import SiteProfile

pytestmark = pytest.mark.django_db
NASTY = "Picket; at the “gate”, 5\\6\r\nATTENDEE:mailto:x@example.org\nX: \x07ünïcödé – Ақтау " + "long " * 15


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://campaign.example.org"
    SiteProfile.objects.filter(pk=1).update(name="Campaign Example")


def calendar(client) -> Calendar:
    answer = client.get("/events.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return Calendar.from_ical(answer.content)


def test_an_event_is_written_whole(client):
    post = make_article(title="Strike")
    starts = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=3)
    details = {"organiser": "Dockers", "contact": "dockers@example.org", "place": "1 Example Square, London"}
    event = make_event(post, title="Picket", starts=starts, ends=starts + timedelta(hours=2), zone="Asia/Almaty", **details)
    found = calendar(client)
    (entry,) = found.walk("VEVENT")
    assert (found["version"], found["x-wr-calname"]) == ("2.0", "Campaign Example")
    assert {name.lower(): str(entry[name]) for name in ("UID", "SUMMARY", "LOCATION", "URL", "CONTACT", "STATUS", "SEQUENCE")} == {
        "uid": f"event-{event.pk}@campaign.example.org",
        "summary": "Picket",
        "location": "1 Example Square, London",
        "url": f"https://campaign.example.org/2012/08/29/{post.slug}/",
        "contact": "Dockers, dockers@example.org",
        "status": "CONFIRMED",
        "sequence": "0",
    }
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (starts, starts + timedelta(hours=2))
    assert b"DTSTART:" + f"{starts:%Y%m%dT%H%M%SZ}".encode() in found.to_ical()
    assert entry["dtstamp"].dt == event.changed_at.replace(minute=0, second=0, microsecond=0)
    assert "UTC+5" in entry["description"]


def test_a_change_grows_the_sequence_and_keeps_the_uid(client):
    event = make_event()
    before = calendar(client).walk("VEVENT")[0]
    event.cancelled = True
    event.save()
    after = calendar(client).walk("VEVENT")[0]
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")


def test_nothing_typed_can_add_a_line(client):
    make_event(title=NASTY, place=NASTY, organiser=NASTY, contact=NASTY)
    (entry,) = calendar(client).walk("VEVENT")
    read = NASTY.replace("\r\n", "\n").replace("\x07", " ")
    assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CONTACT", "STATUS", "SEQUENCE"}
    assert (str(entry["summary"]), str(entry["location"]), str(entry["contact"])) == (read, read, f"{read}, {read}")


def test_events_of_hidden_posts_stay_out_and_past_ones_in(client):
    for post in make_hidden_articles():
        make_event(post, title="Hidden")
    make_event(title="Past", starts=datetime.now(UTC) - timedelta(days=9))
    make_event(title="Coming")
    assert [str(entry["summary"]) for entry in calendar(client).walk("VEVENT")] == ["Coming", "Past"]


def test_a_calendar_without_events_is_one_all_the_same(client):
    assert calendar(client).walk("VEVENT") == []


def test_an_event_of_long_ago_keeps_its_moment(client):
    make_event(starts=datetime(2011, 12, 16, 6, tzinfo=UTC), zone="Asia/Aqtau")
    start = calendar(client).walk("VEVENT")[0]["dtstart"].dt
    assert (start.date(), start) == (date(2011, 12, 16), datetime(2011, 12, 16, 6, tzinfo=UTC))


@pytest.mark.parametrize("number", [1, 3])
def test_the_calendar_costs_the_same_whatever_it_holds(client, django_assert_num_queries, warm_frame, number):
    for _each in range(number):
        make_event()
        make_event(starts=datetime(2012, 1, 1, tzinfo=UTC))
    warm_frame()
    with django_assert_num_queries(2):
        assert client.get("/events.ics").status_code == 200
    assert Event.objects.count() == 2 * number
