"""Ledger work: where an address is used, what supporters reported, and what an editor does with it."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from appeals.models import Address, AddressStatus, Appeal, FailureReport, Party, ReportState, Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_recipient
from articles.models import AuditEntry, Status
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return at_desk("editor")


def url(address: Address, name: str = "ledger_address") -> str:
    return reverse(f"admin:{name}", args=[address.pk])


def report(appeal, address, *days: int) -> None:
    for number, day in enumerate(days):
        FailureReport.objects.create(appeal=appeal, address=address, day=timezone.localdate() - timedelta(days=day), token=f"{address.pk} {number}")


def test_where_it_is_used_open_appeals_first(editor):
    address = make_address()
    for title, status in (("closed", Status.PUBLISHED), ("open", Status.PUBLISHED), ("draft", Status.DRAFT)):
        add_address(make_appeal(title=title, status=status), address=address)
    Appeal.objects.get(title="closed").close("won")
    uses = [use.appeal.title for use in editor.get(url(address)).context["uses"]]
    assert (set(uses[:2]), uses[2]) == ({"open", "draft"}, "closed")


@pytest.mark.parametrize(("act", "status"), [("verified", "working"), ("bouncing", "bouncing"), ("retire", "retired"), ("nonsense", "unverified")])
def test_one_press_sets_its_state(editor, act, status):
    address = make_address()
    answer = editor.post(url(address), {"act": act}, follow=True)
    address.refresh_from_db()
    assert (answer.status_code, address.status, address.verified_on == timezone.localdate()) == (200, status, act == "verified")
    assert len(list(answer.context["messages"])) == 1


def test_several_are_marked_at_once_from_their_list(editor):
    first, second, third = (make_address() for _nth in range(3))
    listed = reverse("admin:appeals_address_changelist")
    editor.post(listed, {"action": "verify", "_selected_action": [first.pk, second.pk]})
    editor.post(listed, {"action": "bounce", "_selected_action": [second.pk]})
    assert [Address.objects.get(pk=address.pk).status for address in (first, second, third)] == ["working", "bouncing", "unverified"]
    at_desk("reporter").post(listed, {"action": "bounce", "_selected_action": [first.pk]})
    assert Address.objects.get(pk=first.pk).status == "working"
    page = editor.get(listed).content.decode()
    assert [f'href="{url(address)}"' in page for address in (first, second, third)] == [True, True, True]


def test_reports_stand_by_day(editor):
    appeal, address = make_appeal(title="Free them"), make_address()
    report(appeal, address, 0, 0, 2)
    assert [(row["number"], row["appeal__title"], row["state"]) for row in editor.get(url(address)).context["reports"]] == [
        (2, "Free them", "waiting"),
        (1, "Free them", "waiting"),
    ]


def test_confirmed_reports_reach_readers_from_their_first_day(editor, client):
    appeal, address = make_appeal(), make_address()
    add_address(appeal, address=address)
    report(appeal, address, 0, 4)
    assert "not working" not in client.get(appeal.get_absolute_url()).content.decode()
    editor.post(url(address), {"act": "confirm"})
    address.refresh_from_db()
    assert address.reported_since == timezone.localdate() - timedelta(days=4)
    assert "Reported not working since" in client.get(appeal.get_absolute_url()).content.decode()
    assert set(FailureReport.objects.values_list("state", flat=True)) == {ReportState.CONFIRMED}


@pytest.mark.parametrize(("act", "state"), [("dismiss", "dismissed"), ("verified", "dismissed"), ("bouncing", "confirmed")])
def test_reports_are_settled_and_kept(editor, act, state):
    appeal, address = make_appeal(), make_address()
    report(appeal, address, 0, 1)
    editor.post(url(address), {"act": act})
    address.refresh_from_db()
    assert list(FailureReport.objects.values_list("state", flat=True)) == [state, state]
    assert address.reported_since is None


def test_a_new_address_takes_the_place_of_the_old_one(editor, client):
    appeal, recipient = make_appeal(), make_recipient()
    old = make_address(recipient, value="old@example.org")
    add_address(appeal, address=old)
    answer = editor.post(url(old, "ledger_replace"), {"value": " new@example.org "})
    new = Address.objects.get(value="new@example.org")
    old.refresh_from_db()
    assert (answer.url, old.replaced_by, old.status, new.recipient) == (url(new), new, AddressStatus.RETIRED, recipient)
    assert "new@example.org" in client.get(f"{appeal.get_absolute_url()}appeal.txt").content.decode()


def test_an_address_that_the_ledger_has_is_taken_from_there(editor):
    old, known = make_address(), make_address(value="known@example.org")
    editor.post(url(old, "ledger_replace"), {"value": "known@example.org"})
    old.refresh_from_db()
    assert (old.replaced_by, Address.objects.count()) == (known, 2)


def test_the_guard_refuses_the_other_side_and_keeps_what_was_typed(editor):
    friend, employer = make_address(), make_address(make_recipient(party=Party.EMPLOYER), value="boss@example.org")
    add_address(make_appeal(title="Greet them"), Role.SOLIDARITY, friend)
    answer = editor.post(url(friend, "ledger_replace"), {"value": employer.value})
    friend.refresh_from_db()
    assert (answer.status_code, friend.replaced_by) == (200, None)
    assert ("Greet them" in answer.content.decode(), "boss@example.org" in answer.content.decode()) == (True, True)


@pytest.mark.parametrize("value", ["", "no address", "a@example.org, b@example.org", "same@example.org", "x" * 2000, "retired@example.org"])
def test_what_cannot_replace_is_refused_in_words_and_nothing_is_added(editor, value):
    old = make_address(value="same@example.org")
    make_address(value="retired@example.org", status=AddressStatus.RETIRED)
    answer = editor.post(url(old, "ledger_replace"), {"value": value})
    old.refresh_from_db()
    assert (answer.status_code, old.status, Address.objects.count()) == (200, "unverified", 2)
    assert answer.context["form"].errors


def test_the_list_names_those_to_look_after_and_no_others(editor):
    appeal, long_ago = make_appeal(), timezone.localdate() - timedelta(days=100)
    bouncing = make_address(value="bouncing@example.org", status=AddressStatus.BOUNCING, status_on=long_ago)
    stale, fine = make_address(value="stale@example.org", status_on=long_ago), make_address(value="fine@example.org")
    for address in (bouncing, stale, fine):
        add_address(appeal, address=address)
    context = editor.get(reverse("admin:ledger")).context
    assert (list(context["failing"]), list(context["stale"])) == ([bouncing], [stale])


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(editor, django_assert_num_queries, number):
    address = make_address(status=AddressStatus.BOUNCING)
    for _nth in range(number):
        appeal = make_appeal()
        add_address(appeal, address=address)
        add_address(appeal, address=make_address(status=AddressStatus.BOUNCING))
        report(appeal, make_address(), 1)
    for page, queries in ((reverse("admin:ledger"), 7), (url(address), 7)):
        editor.get(page)
        with django_assert_num_queries(queries):
            editor.get(page)


def test_the_export_is_a_table_without_formulas_and_is_noted(editor):
    make_address(make_recipient(name="=HYPERLINK(1)"), value="one@example.org", note="+1")
    make_address(value="two@example.org")
    answer = editor.post(reverse("admin:ledger_export"))
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ledger.csv"'
    assert sorted(row[5] for row in rows[1:]) == ["one@example.org", "two@example.org"]
    assert {len(row) for row in rows} == {15}
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert AuditEntry.objects.filter(act="export").values_list("account", "what").get() == ("editor", "the ledger")
    assert editor.get(reverse("admin:ledger_export")).status_code == 405


@pytest.mark.parametrize("role", ["reporter", "administrator"])
def test_others_do_no_ledger_work(role):
    client, address = at_desk(role), make_address()
    pages = (reverse("admin:ledger"), reverse("admin:ledger_export"), url(address), url(address, "ledger_replace"))
    assert {client.post(page, {"act": "retire", "value": "x@example.org"}).status_code for page in pages} == {403}
    address.refresh_from_db()
    assert (address.status, Address.objects.count()) == ("unverified", 1)
