"""Checks that need the ledger: whose an address is, whether it is still in use, how long it may be seen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from appeals.models import Appeal, Party, Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles.models import Post
from articles.preflight import Finding, findings
from articles.tests.factories import make_article, make_page

pytestmark = pytest.mark.django_db

UNION = "solidarity@union.example.org"


def found(post: Post) -> list[tuple[str, str]]:
    return [(finding.check, str(finding.severity)) for finding in findings(post) if finding.check != "no-label"]


def about(post: Post, check: str) -> list[Finding]:
    return [finding for finding in findings(post) if finding.check == check]


@pytest.fixture
def company() -> None:
    make_address(make_recipient(name="Example Oil", party=Party.COMPANY), value="trust@oil.example.org")
    make_address(value=UNION)


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("Send urgent solidarity to the strikers at\n\n<trust@oil.example.org>", "error"),
        ("Solidarity messages: trust@oil.example.org", "error"),
        (f"Messages of support to {UNION} with copies to Trust@oil.example.org", "error"),
        ("Солидарность можно выразить по адресу trust@oil.example.org", "error"),
        ("Your solidarity is needed. Write to trust@oil.example.org at once.", "warning"),
    ],
)
def test_prose_never_greets_the_other_side(company, body, severity):
    assert found(make_article(body=body)) == [("other-side", severity)]


@pytest.mark.parametrize(
    "body",
    [
        f"Protests to trust@oil.example.org, solidarity to {UNION}.",
        f"Solidarity to {UNION}. Letters of protest can be sent to trust@oil.example.org.",
        "In solidarity with the strikers, write to trust@oil.example.org.",
        "The solidarity campaign has grown. Its answer came from trust@oil.example.org.",
        "Messages of solidarity came from many towns.\n\nAnd so on.\n\nAnd on.\n\nAnd on.\n\nThe company: write to trust@oil.example.org.",
    ],
)
def test_a_protest_to_the_other_side_is_no_fault(company, body):
    assert found(make_article(body=body)) == []


def test_an_address_that_has_been_replaced_by_the_other_sides_greets_it_too(company):
    old, new = make_address(value="old@oil.example.org"), make_address(make_recipient(name="Board", party=Party.EMPLOYER), value="board@oil.example.org")
    old.replace_by(new)
    assert "other-side" in dict(found(make_article(body="Solidarity to old@oil.example.org")))


def test_what_the_archive_protests_to_is_not_greeted_unasked():
    make_article(title="Riot police", body="Protests to trust@oil.example.org, messages of solidarity to greet@union.example.org.")
    [finding] = about(make_article(body="Solidarity to trust@oil.example.org and greet@union.example.org."), "other-side")
    assert (str(finding.severity), finding.why) == ("warning", "trust@oil.example.org is asked for solidarity here, but for protest in “Riot police”.")


def test_a_row_of_the_ledger_that_knows_no_side_is_no_answer():
    make_address(make_recipient(party=Party.NOT_KNOWN), value="trust@oil.example.org")
    make_article(title="Riot police", body="Protests to trust@oil.example.org.")
    assert found(make_article(body="Solidarity to trust@oil.example.org.")) == [("other-side", "warning")]


def test_an_unknown_address_can_be_added_to_the_ledger():
    [finding] = findings(make_article(labels=("Strikes",), body="Write to office@example.org or office@example.org."))
    assert (finding.check, str(finding.severity), finding.field) == ("not-in-ledger", "warning", "body")
    assert finding.url == "/admin/appeals/address/add/?channel=email&value=office%40example.org"


def test_known_addresses_are_no_finding_however_they_are_written():
    make_address(value="Office@example.org")
    make_address(channel="phone", value="+442079460000")
    assert found(make_article(body="Write to office@example.org or ring +44 (0) 20 7946 0000 or 0044 20 7946 0000.".replace("(0) ", ""))) == []


def test_pages_print_the_campaigns_own_address():
    assert found(make_page(body="Write to <office@example.org>.")) == []


@pytest.mark.parametrize(("make", "severity"), [(make_article, "warning"), (make_appeal, "error")])
def test_a_retired_address_is_named_with_its_heir(make, severity):
    old = make_address(value="old@example.org")
    old.replace_by(make_address(value="new@example.org"), date(2012, 3, 1))
    [finding] = about(make(body="Write to old@example.org."), "retired")
    assert (str(finding.severity), finding.why, finding.mend) == (
        severity,
        "The ledger says that old@example.org is out of use since 1 March 2012.",
        "Write new@example.org instead.",
    )


@pytest.mark.parametrize("value", ["robin.example@gmail.com", "robin@yahoo.co.uk", "r.example@office.example.org"])
def test_a_mailbox_of_ones_own_does_not_belong_into_prose(value):
    make_address(value=value)
    assert found(make_article(body=f"Write to {value}.")) == [("private-number", "warning")]


@pytest.mark.parametrize("value", ["solidarity.campaign@gmail.com", "info@example.org", "press.office@example.org", "miners.union@mail.ru"])
def test_an_offices_mailbox_is_nobodys_own(value):
    make_address(value=value)
    assert found(make_article(body=f"Write to {value}.")) == []


def test_a_mobile_number_in_prose_stays_for_ever():
    assert sorted(found(make_article(body="Ring +7 701 000 00 01."))) == [("not-in-ledger", "warning"), ("private-number", "warning")]


def test_a_private_number_wants_a_last_day():
    appeal = make_appeal()
    used = add_address(appeal, address=make_address(channel="phone", value="+77010000001"))
    [finding] = about(appeal, "private-number")
    assert (finding.field, finding.url) == ("appeal_addresses", f"/admin/appeals/address/{used.address_id}/change/")
    used.address.show_until = timezone.localdate() + timedelta(days=3)
    used.address.save()
    assert found(Appeal.objects.get()) == []


@pytest.mark.parametrize(("role", "severity"), [(Role.SOLIDARITY, "error"), (Role.PROTEST, "warning")])
def test_an_address_has_an_owner(role, severity):
    appeal = make_appeal()
    add_address(appeal, role, make_address(make_recipient(party=Party.NOT_KNOWN)))
    assert found(appeal) == [("no-owner", severity)]


def test_an_address_that_is_all_there_is_of_its_owner_has_none():
    appeal = make_appeal(closed_at=datetime(2012, 5, 14, tzinfo=UTC), outcome="won")
    add_address(appeal, address=make_address(make_recipient(name="Office@example.org"), value="office@example.org"))
    add_address(appeal, address=make_address(make_recipient(name="Ministry"), value="ministry@example.org"))
    [finding] = about(appeal, "no-owner")
    assert (str(finding.severity), finding.quote) == ("warning", "office@example.org")


def test_a_closed_appeal_needs_no_sides_and_no_letters_but_keeps_nobodys_number_for_ever():
    appeal = make_appeal()
    add_address(appeal, address=make_address(make_recipient(party=Party.NOT_KNOWN), value="robin.example@gmail.com"))
    make_letter(appeal, body="a" * 3000)
    assert sorted(dict(found(appeal))) == ["long-letter", "no-owner", "private-number"]
    Appeal.objects.update(closed_at=datetime(2012, 5, 14, tzinfo=UTC), outcome="won")
    assert found(Appeal.objects.get()) == [("private-number", "warning")]


def test_a_letter_says_by_how_much_it_is_too_long():
    appeal = make_appeal()
    add_address(appeal, address=make_address(value="office@example.org"))
    letter = make_letter(appeal, subject="Free them", body="a")
    assert found(appeal) == []
    letter.body = "a" * 1860
    letter.save()
    [finding] = about(Appeal.objects.get(), "long-letter")
    link = "mailto:office@example.org?subject=Free%20them&body=" + "a" * 1860
    assert finding.why.startswith(f"With its addresses the letter is {len(link) - 1900} characters longer")
    assert (finding.quote, finding.field) == ("Free them", "letters")


def test_demands_and_letters_are_read_where_a_letters_own_gaps_are_none():
    appeal = make_appeal(demands=["Free xxx workers"], labels=("Strikes",))
    make_letter(appeal, subject="Free them", body="I ask you for the following:\r\n\r\n[demands]\n\nYours, [your name]")
    make_letter(appeal, subject="New address needed", language="ru", body="Free them.")
    assert sorted((finding.check, finding.field) for finding in findings(appeal)) == [("internal-note", "letters"), ("placeholder", "demands")]


def test_an_address_under_two_roles_is_one_private_number():
    appeal, mailbox = make_appeal(), make_address(value="robin.example@gmail.com")
    for role in (Role.PROTEST, Role.CONTACT):
        add_address(appeal, role, mailbox)
    assert [finding.quote for finding in about(appeal, "private-number")] == ["robin.example@gmail.com"]


def test_a_glued_address_is_not_offered_to_the_ledger():
    assert [check for check, _severity in found(make_article(body="Copies go tosolidarity@example.org at once."))] == ["glued"]
