"""The survival test passes on whole appeals of every state, and fails for each thing that can be lost or wrongly offered."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from appeals import survival
from appeals.models import Address, Appeal, AppealAddress, Channel, Outcome, Role
from appeals.readable import of_html, offered_by
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter
from appeals.tests.test_records import full_appeal

pytestmark = pytest.mark.django_db


def complaints(appeal: Appeal, spoil: Callable[[str], str] = lambda html: html) -> list[str]:
    """With every page of ours spoilt on its way to the reader."""
    client = Client()
    appeal = Appeal.objects.get(pk=appeal.pk)
    return survival.complaints(appeal, lambda path: spoil(client.get(path).content.decode()))


@pytest.mark.parametrize("embassies", ["", "KZ"])
@pytest.mark.parametrize("closed", [False, True])
def test_whole_appeal_survives(closed, embassies):
    appeal = full_appeal()
    Appeal.objects.filter(pk=appeal.pk).update(embassies_of=embassies)
    old, gone = make_address(), make_address()
    for address in (old, gone):
        add_address(appeal, Role.PROTEST, address)
    old.replace_by(make_address())
    gone.retire()
    appeal.events.update(cancelled=True, organiser="Dockers", contact="+44 20 7946 0000")
    if closed:
        appeal.refresh_from_db()
        appeal.close(Outcome.PARTLY_WON, "Three are free.")
    assert complaints(appeal) == []


def test_overdue_appeal_survives():
    appeal = full_appeal()
    Appeal.objects.filter(pk=appeal.pk).update(act_by=date(2012, 1, 1))
    assert complaints(appeal) == []


@pytest.mark.parametrize(
    ("lost", "what"),
    [
        ("Free them", "the demand “Free them”"),
        ("boss@müller.example.org", "the address boss@müller.example.org"),
        ("+7 7172 97 60 00", "the address +7 7172 97 60 00"),
        ("Астана; 010000", "the address Астана; 010000"),
        ("embassy@example.org", "the address embassy@example.org"),
        ("Strike committee", "the owner of strikers@example.org"),
        ("1 Example Square", "“1 Example Square, London” of an event"),
    ],
)
def test_what_is_lost_is_named_with_the_place_it_is_missing_from(lost, what):
    appeal = full_appeal()
    found = complaints(appeal, lambda html: html.replace(lost.replace("@", "<wbr>@"), "").replace(lost, ""))
    assert found == [f"“Free the strikers”: {what} is missing from {where}." for where in ("its page", "appeal.txt", "its printed sheet")]


def test_lost_date_is_named():
    appeal = full_appeal()
    day = appeal.act_by
    found = complaints(appeal, lambda html: html.replace(day.isoformat(), "").replace(f"{day.day} {day:%B %Y}", ""))
    assert found == [f"“Free the strikers”: the date {day} is missing from {where}." for where in ("its page", "appeal.txt", "its printed sheet")]


def test_retired_address_in_the_prose_is_an_offer():
    gone = make_address(value="gone@example.org")
    appeal = make_appeal(title="Free them", body="Write to gone@example.org today.")
    assert complaints(appeal) == []
    gone.retire(timezone.localdate() - timedelta(days=90))
    assert complaints(appeal) == ["“Free them”: gone@example.org, which is not to be written to, is offered for sending in " + where for where in OFFERING]


OFFERING = ["its page.", "its feed entry."]


def test_closed_appeal_that_still_offers_is_named():
    appeal = make_appeal(title="Free them")
    add_address(appeal, Role.PROTEST, make_address(value="boss@example.org"))
    make_letter(appeal)
    appeal.close(Outcome.WON)
    assert complaints(appeal) == []
    found = complaints(appeal, lambda html: html.replace("</main>", '<a href="mailto:%62oss@example.org?subject=x">Write</a></main>'))
    assert found == [
        f"“Free them”: boss@example.org, which is not to be written to, is offered for sending in {where}." for where in ("its page", "its printed sheet")
    ]


def test_private_number_past_its_day_is_named_however_it_is_written():
    appeal = make_appeal(title="Free them", body="Ring +7 (7292) 43-55-99.")
    number = make_address(channel=Channel.PHONE, value="+77292435599", show_until=date(2012, 1, 1))
    add_address(appeal, Role.PROTEST, number)
    found = complaints(appeal)
    still = f"“Free them”: Phone number {number.pk}, shown until 2012-01-01, is still there in "
    assert [complaint for complaint in found if "still there" in complaint] == [still + where for where in ("its page.", "appeal.txt.", "its feed entry.")]


def test_nothing_is_asked_of_an_address_that_readers_must_not_see():
    appeal = make_appeal()
    add_address(appeal, Role.PROTEST, make_address(channel=Channel.PHONE, value="+77292435599", show_until=date(2012, 1, 1)))
    assert complaints(appeal) == []
    assert AppealAddress.objects.count() == Address.objects.count() == 1


@pytest.mark.parametrize(
    ("href", "offered"),
    [
        (
            "mailto:a%2Bb@example.org,c@example.org?cc=d@example.org,e@example.org&body=f@example.org",
            {"a+b@example.org", "c@example.org", "d@example.org", "e@example.org"},
        ),
        ("tel:+77172976000", {"+77172976000"}),
        ("sms:+77172976000?body=x", {"+77172976000"}),
        ("https://example.org/write", {"https://example.org/write"}),
    ],
)
def test_links_offer_whom_they_write_to(href, offered):
    assert offered_by(href) == offered


def test_reader_sees_words_days_links_and_boxes():
    box = "<textarea>c@d.org,\ne@f.org</textarea>"
    read = of_html(f'<body>x<main><p>a<wbr>@b</p><time datetime="2012-01-02T03">soon</time>{box}</main><a href="mailto:g@h.org">')
    assert (read.words, read.days, read.offered) == ("a@b soon c@d.org, e@f.org", {"2012-01-02"}, {"c@d.org", "e@f.org"})


def test_everything_else_of_a_page_is_not_read():
    assert re.findall("x", of_html("<body>x<main>y</main>x").words) == []
