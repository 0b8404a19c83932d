"""Several numbers in one field of the desk's forms: each becomes an address, or the form says why not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from appeals.models import Address, Recipient
from appeals.tests.factories import make_address, make_recipient

pytestmark = pytest.mark.django_db

TWO = "+7 7172 97 60 00, 97 60 01"
FIRST, SECOND = "+77172976000", "+77172976001"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return client


def phone(**overrides) -> dict[str, str]:
    return {"channel": "phone", "value": TWO, "status": "working", "note": "Press office", "show_until": "2030-01-02", **overrides}


def inline(rows: list[dict[str, str]], initial: int = 0) -> dict[str, str]:
    form = {f"addresses-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return form | {"addresses-TOTAL_FORMS": str(len(rows)), "addresses-INITIAL_FORMS": str(initial)}


def values(recipient: Recipient) -> list[str]:
    return [address.value for address in recipient.addresses.order_by("value")]


def test_two_numbers_become_two_addresses_alike_in_all_else(desk):
    recipient = make_recipient()
    answer = desk.post(reverse("admin:appeals_address_add"), phone(recipient=recipient.pk), follow=True)
    assert values(recipient) == [FIRST, SECOND]
    assert {(one.note, one.status, str(one.show_until)) for one in recipient.addresses.all()} == {("Press office", "working", "2030-01-02")}
    assert "Saved as an address of its own: +7 7172 97 60 01." in answer.content.decode()


def test_below_a_new_recipient_too(desk):
    form = {"name": "The ministry", "party": "government", **inline([phone(), phone(channel="fax", value="+7 7172 97 60 02")])}
    answer = desk.post(reverse("admin:appeals_recipient_add"), form)
    assert answer.status_code == 302
    assert values(Recipient.objects.get(name="The ministry")) == [FIRST, SECOND, "+77172976002"]


def test_an_address_that_is_edited_keeps_its_row_and_gets_a_neighbour(desk):
    address = make_address(channel="phone", value=FIRST)
    answer = desk.post(reverse("admin:appeals_address_change", args=[address.pk]), phone(recipient=address.recipient_id))
    assert answer.status_code == 302
    assert values(address.recipient) == [FIRST, SECOND]
    assert Address.objects.get(value=FIRST).pk == address.pk


def test_a_number_that_is_somebody_elses_is_refused_and_nothing_lost(desk):
    known, recipient = make_address(channel="phone", value=SECOND), make_recipient()
    answer = desk.post(reverse("admin:appeals_address_add"), phone(recipient=recipient.pk))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"+7 7172 97 60 01 is in the ledger already, as {known.recipient}&#x27;s." in page
    assert TWO in page
    assert not recipient.addresses.exists()


def test_a_number_without_a_country_code_is_refused_with_the_code_suggested(desk):
    recipient = make_recipient(country="KZ")
    answer = desk.post(reverse("admin:appeals_address_add"), phone(recipient=recipient.pk, value="7172 97 60 00, 97 60 01"))
    assert answer.status_code == 200
    assert "has no country code" in answer.content.decode()
    assert "+7" in answer.content.decode()
    assert not recipient.addresses.exists()


def test_a_comma_in_an_envelope_is_a_comma(desk):
    recipient = make_recipient()
    desk.post(reverse("admin:appeals_address_add"), phone(recipient=recipient.pk, channel="post", value="1 Example Street, Exampletown"))
    assert values(recipient) == ["1 Example Street, Exampletown"]
