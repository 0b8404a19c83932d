from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from appeals import panel
from appeals.clocks import office_hours
from appeals.models import Address, AddressStatus, Appeal, Channel, Outcome, Party, Role
from appeals.panel import Panel
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient

pytestmark = pytest.mark.django_db

JUNE = date(2011, 6, 3)


def panel_of(appeal: Appeal, today: date = JUNE) -> Panel:
    return panel.of(Appeal.objects.with_records().get(pk=appeal.pk), today)


def printed(found: Panel) -> dict[str, list[str]]:
    return {part.key: [entry.value for entry in part.entries] for part in found.parts}


def make_everything() -> Appeal:
    appeal = make_appeal(embassies_of="KZ")
    company = make_recipient(name="KazMunaiGas", office="the company", party=Party.COMPANY, country="KZ", zone="Asia/Almaty")
    strikers = make_recipient(name="Strike committee", office="", party=Party.STRIKERS)
    embassy = make_recipient(name="Embassy of Kazakhstan", office="", party=Party.EMBASSY, country="KZ", host_country="GB")
    add_address(appeal, Role.PROTEST, make_address(company, value="boss@example.org"))
    add_address(appeal, Role.PROTEST, make_address(value="copies@example.org"), copy=True)
    add_address(appeal, Role.SOLIDARITY, make_address(strikers, value="strikers@example.org"))
    add_address(appeal, Role.SOLIDARITY, make_address(value="friends@example.org"), copy=True)
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.PHONE, value="+77172976000"))
    add_address(appeal, Role.SOLIDARITY, make_address(strikers, channel=Channel.SMS, value="+77292435500"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.POST, value="19 Example Avenue\nAstana"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.FAX, value="+77172976001"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.WEB, value="https://example.org/write"))
    add_address(appeal, Role.CONTACT, make_address(value="desk@example.org"))
    make_address(embassy, value="embassy@example.org")
    make_address(make_recipient(party=Party.EMBASSY, country="RU", host_country="GB"), value="another@example.org")
    return appeal


def test_addresses_stand_by_what_one_does_with_them():
    assert printed(panel_of(make_everything())) == {
        "protest": ["boss@example.org"],
        "copies": ["copies@example.org"],
        "solidarity": ["strikers@example.org"],
        "solidarity-copies": ["friends@example.org"],
        "phone": ["+7 7172 97 60 00", "+7 7292 43 55 00"],
        "post": ["19 Example Avenue\nAstana", "+7 7172 97 60 01", "https://example.org/write"],
        "embassies": ["embassy@example.org"],
        "contact": ["desk@example.org"],
    }


def test_links_are_those_of_each_channel():
    appeal = make_everything()
    make_letter(appeal, subject="Free them")
    assert [entry.href for entry in panel_of(appeal).entries] == [
        "mailto:boss@example.org",
        "mailto:copies@example.org",
        "mailto:strikers@example.org",
        "mailto:friends@example.org",
        "tel:+77172976000",
        "sms:+77292435500",
        "",
        "",
        "https://example.org/write",
        "mailto:embassy@example.org?cc=copies@example.org&subject=Free%20them",
        "mailto:desk@example.org",
    ]


def test_details_stand_beside_the_address():
    parts = panel_of(make_everything()).parts
    found = {entry.value: entry for part in parts for entry in part.entries}
    assert found["+7 7172 97 60 00"].hours == office_hours("Asia/Almaty")
    assert found["19 Example Avenue\nAstana"].lines == ["19 Example Avenue", "Astana", "KAZAKHSTAN"]
    assert [part.mixed for part in parts] == [False, False, False, False, True, False, False, False]


def test_letters_go_to_their_role_and_copies_to_cc():
    appeal = make_everything()
    protest = make_letter(appeal, role=Role.PROTEST)
    letters = panel_of(appeal).letters
    assert [(letter.pk, letter.role, letter.to, letter.cc) for letter in letters] == [
        (protest.pk, Role.PROTEST, ("boss@example.org",), ("copies@example.org",)),
        (None, Role.SOLIDARITY, ("strikers@example.org",), ("friends@example.org",)),
    ]
    assert (letters[1].subject, letters[1].text) == (appeal.title, "")


def test_offered_letter_is_the_one_in_the_readers_language():
    appeal = make_everything()
    make_letter(appeal, language="de")
    english = make_letter(appeal, language="en")
    assert [(letter.pk, letter.role) for letter in panel_of(appeal).offered] == [(english.pk, Role.PROTEST), (None, Role.SOLIDARITY)]


def test_bouncing_and_reported_addresses_say_so_and_stay():
    appeal = make_appeal()
    bouncing, reported = make_address(), make_address(note="Mornings only.", risk_note="Read by the police.")
    bouncing.mark_bouncing(date(2011, 3, 4))
    reported.confirm_failure(date(2011, 5, 1))
    for address in (bouncing, reported):
        add_address(appeal, Role.PROTEST, address)
    assert [(entry.live, entry.notes) for entry in panel_of(appeal).entries] == [
        (True, ["Bounced on 4 March 2011."]),
        (True, ["Reported not working since 1 May 2011.", "Mornings only."]),
    ]


@pytest.mark.parametrize(
    ("days", "struck"),
    [(0, [("old@example.org", JUNE)]), (29, [("old@example.org", JUNE)]), (30, []), (4000, [])],
)
def test_changed_address_is_in_place_everywhere_and_the_old_one_struck_for_thirty_days(days, struck):
    old, new = make_address(value="old@example.org"), make_address(value="new@example.org")
    appeals = [make_appeal(), make_appeal()]
    for appeal in appeals:
        add_address(appeal, Role.PROTEST, old)
        make_letter(appeal)
    old.replace_by(new, JUNE)
    for appeal in appeals:
        found = panel_of(appeal, JUNE + timedelta(days))
        assert [(entry.value, entry.live, [(gone.value, gone.day) for gone in entry.instead_of]) for entry in found.entries] == [
            ("new@example.org", True, struck)
        ]
        assert found.letters[0].to == ("new@example.org",)


def test_changed_address_stands_once_where_the_new_one_was_listed_too():
    appeal, old, new = make_appeal(), make_address(value="old@example.org"), make_address(value="new@example.org")
    for address in (new, old):
        add_address(appeal, Role.PROTEST, address)
    old.replace_by(new, JUNE)
    assert [(entry.value, [gone.value for gone in entry.instead_of]) for entry in panel_of(appeal).entries] == [("new@example.org", ["old@example.org"])]


@pytest.mark.parametrize(("days", "shown"), [(0, [("gone@example.org", False, JUNE, "")]), (29, [("gone@example.org", False, JUNE, "")]), (30, [])])
def test_retired_address_is_struck_through_and_never_offered(days, shown):
    appeal, gone = make_appeal(), make_address(value="gone@example.org")
    add_address(appeal, Role.PROTEST, gone)
    gone.retire(JUNE)
    found = panel_of(appeal, JUNE + timedelta(days))
    assert [(entry.value, entry.live, entry.struck_on, entry.href) for entry in found.entries] == shown
    assert found.letters == []


def test_private_number_vanishes_after_its_day_struck_or_not():
    appeal = make_appeal()
    mobile = make_address(channel=Channel.PHONE, value="+77292435500", show_until=JUNE)
    add_address(appeal, Role.PROTEST, mobile)
    assert printed(panel_of(appeal, JUNE)) == {"phone": ["+7 7292 43 55 00"]}
    assert printed(panel_of(appeal, JUNE + timedelta(1))) == {}
    new = make_address(channel=Channel.PHONE, value="+77292435501")
    mobile.replace_by(new, JUNE)
    assert [(entry.value, len(entry.instead_of)) for entry in panel_of(appeal, JUNE).entries] == [("+7 7292 43 55 01", 1)]
    assert [(entry.value, len(entry.instead_of)) for entry in panel_of(appeal, JUNE + timedelta(1)).entries] == [("+7 7292 43 55 01", 0)]


def test_closed_appeal_offers_nothing_and_keeps_where_letters_went():
    appeal = make_everything()
    make_letter(appeal)
    gone = make_address(value="retired@example.org", status=AddressStatus.RETIRED, status_on=date(2010, 1, 1))
    add_address(appeal, Role.PROTEST, gone)
    private = make_address(channel=Channel.PHONE, value="+77292435509", show_until=JUNE)
    add_address(appeal, Role.PROTEST, private)
    before = printed(panel_of(appeal))
    with time_machine.travel(datetime(2011, 6, 10, 12, tzinfo=UTC)):
        appeal.close(Outcome.WON)
    found = panel_of(appeal, date(2012, 1, 1))
    assert not found.live
    assert printed(found) == {**before, "protest": ["boss@example.org", "retired@example.org"], "phone": before["phone"][:2]}
    assert [entry.href for entry in found.entries if entry.href] == []
    assert (found.sendable, found.offered, [letter.to for letter in found.letters]) == ([], [], [()])


def test_address_changed_after_the_closing_is_not_where_letters_went():
    appeal, old, new = make_appeal(), make_address(value="old@example.org"), make_address(value="new@example.org")
    add_address(appeal, Role.PROTEST, old)
    with time_machine.travel(datetime(2011, 6, 10, 12, tzinfo=UTC)):
        appeal.close(Outcome.LOST)
    old.replace_by(new, date(2011, 7, 1))
    assert printed(panel_of(appeal, date(2011, 7, 2))) == {"protest": ["old@example.org"]}
    Address.objects.filter(pk=old.pk).update(status_on=date(2011, 6, 9))
    assert printed(panel_of(appeal, date(2011, 7, 2))) == {"protest": ["old@example.org", "new@example.org"]}


def test_all_addresses_are_ready_to_paste():
    appeal = make_appeal()
    for number in range(3):
        add_address(appeal, Role.PROTEST, make_address(value=f"{number}@example.org"))
    (part,) = panel_of(appeal).parts
    assert part.all_lines == "0@example.org,\n1@example.org,\n2@example.org"


def test_embassies_stand_by_the_country_of_the_reader():
    appeal = make_appeal(embassies_of="KZ")
    for country, name in (("GB", "uk"), ("IE", "ireland"), ("DE", "germany"), ("DE", "consulate")):
        make_address(make_recipient(name=name, party=Party.EMBASSY, country="KZ", host_country=country), value=f"{name}@example.org")
    (part,) = panel_of(appeal).parts
    assert [(country, [entry.value for entry in entries]) for country, entries in part.countries] == [
        ("Germany", ["consulate@example.org", "germany@example.org"]),
        ("Ireland", ["ireland@example.org"]),
        ("United Kingdom", ["uk@example.org"]),
    ]


@pytest.mark.parametrize("recipients", [1, 60])
def test_panel_takes_the_same_queries_for_one_recipient_and_sixty(django_assert_num_queries, recipients):
    appeal = make_appeal(embassies_of="KZ")
    make_letter(appeal)
    for number in range(recipients):
        add_address(appeal, Role.PROTEST, make_address(value=f"office-{number}@example.org"))
        make_address(make_recipient(party=Party.EMBASSY, country="KZ", host_country="GB"), value=f"embassy-{number}@example.org")
    with django_assert_num_queries(6):
        found = panel_of(appeal)
        assert len([(entry.href, entry.lines, str(entry.recipient), entry.notes) for entry in found.entries]) == 2 * recipients
        assert len(found.offered[0].to) == recipients


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Almaty", "6 hours ahead of London"),
        ("Asia/Kolkata", "5 hours 30 minutes ahead of London"),
        ("America/New_York", "5 hours behind London"),
        ("Africa/Accra", "the same time as in London"),
        ("Asia/Kathmandu", "5 hours 45 minutes ahead of London"),
    ],
)
def test_office_hours_are_told_against_our_clock(zone, words):
    assert office_hours(zone, datetime(2011, 12, 17, 12, tzinfo=UTC)) == words
    assert office_hours("America/New_York", datetime(2011, 3, 20, 12, tzinfo=UTC)) == "4 hours behind London"


def test_panel_is_kept_no_longer_than_its_first_private_number():
    today = date.today()
    appeal, old = make_appeal(embassies_of="KZ"), make_address()
    add_address(appeal, Role.PROTEST, old)
    assert panel_of(appeal, today).shown_until is None
    embassy = make_recipient(party=Party.EMBASSY, country="KZ", host_country="GB")
    make_address(embassy, channel=Channel.PHONE, value="+442079460100", show_until=today + timedelta(3))
    assert panel_of(appeal, today).shown_until.date() == today + timedelta(4)
    old.replace_by(make_address(channel=Channel.PHONE, value="+77292435501", show_until=today + timedelta(1)))
    assert panel_of(appeal, today).shown_until.date() == Appeal.objects.get(pk=appeal.pk).shown_until.date() == today + timedelta(2)
