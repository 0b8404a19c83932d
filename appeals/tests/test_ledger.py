from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from appeals.models import Address, AddressStatus, Channel, Letter, Party, Recipient, Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient

pytestmark = pytest.mark.django_db

JUNE = date(2011, 6, 3)


def test_save_normalises_whatever_way_a_value_comes():
    address = make_address(value=" Desk@KMG.Example.org ")
    (bulk,) = Address.objects.bulk_create([Address(recipient=address.recipient, channel=Channel.FAX, value="+7 (7172) 97-60-00")])
    assert [address.value, bulk.value] == ["Desk@kmg.example.org", "+77172976000"]
    Address.objects.filter(pk=bulk.pk).update(value="+7 7172 97 60 01")
    bulk.refresh_from_db()
    assert bulk.value == "+77172976001"


@pytest.mark.parametrize("value", ["a@example.org\r\nBcc: spy@example.com", "a@example.org\0", "a@example.org,b@example.org", "nobody"])
def test_save_is_no_way_round_the_sentence(value):
    kept = make_address(value="kept@example.org")
    ways = [
        lambda: Address.objects.create(recipient=kept.recipient, value=value),
        lambda: Address.objects.bulk_create([Address(recipient=kept.recipient, value=value)]),
        lambda: Address.objects.filter(pk=kept.pk).update(value=value),
        lambda: Address(recipient=kept.recipient, value=value).full_clean(),
    ]
    for way in ways:
        with pytest.raises((ValidationError, DataError)), transaction.atomic():  # PostgreSQL itself takes no NUL
            way()
    assert list(Address.objects.values_list("value", flat=True)) == ["kept@example.org"]


def test_number_without_country_code_names_that_of_the_recipient():
    recipient = make_recipient(country="KZ", party=Party.EMBASSY, host_country="GB")
    with pytest.raises(ValidationError) as refused:
        Address(recipient=recipient, channel=Channel.PHONE, value="020 7946 0100").clean()
    assert refused.value.message_dict == {
        "value": ["“020 7946 0100” has no country code. If it is a number in United Kingdom, write +44 20 7946 0100."],
    }


def test_field_with_several_numbers_becomes_as_many_addresses():
    recipient = make_recipient()
    made = Address.objects.add(recipient, Channel.PHONE, "+7 (7172) 97 60 00, 97 60 01", source="leaflet")
    again = Address.objects.add(recipient, Channel.PHONE, "+7 7172 976001")
    assert [str(address) for address in made] == ["+7 7172 97 60 00", "+7 7172 97 60 01"]
    assert again == [made[1]]
    assert {address.source for address in recipient.addresses.all()} == {"leaflet"}


def test_address_of_somebody_else_is_not_taken():
    theirs = make_address(make_recipient(name="Union A", office=""), value="a@example.org")
    with pytest.raises(ValidationError) as refused:
        Address.objects.add(make_recipient(), Channel.EMAIL, "a@example.org")
    assert refused.value.messages == ["a@example.org is in the ledger already, as Union A's."]
    assert list(Address.objects.all()) == [theirs]


def test_private_number_is_shown_up_to_its_day_and_not_after():
    address = make_address(show_until=JUNE)
    days = [date(2011, 6, 2), JUNE, date(2011, 6, 4)]
    assert [address.is_in_use(day) for day in days] == [True, True, False]
    assert [Address.objects.in_use(day).exists() for day in days] == [True, True, False]


def test_status_is_dated_by_every_way_that_changes_it():
    with time_machine.travel("2011-05-01 12:00Z"):
        address = make_address()
    with time_machine.travel("2011-06-03 12:00Z"):
        address.status = AddressStatus.BOUNCING
        address.save()
        assert address.status_on == JUNE
    with time_machine.travel("2011-07-01 12:00Z"):
        address.note = "Try the fax."
        address.save()
        Address.objects.filter(pk=address.pk).update(status=AddressStatus.BOUNCING)
        address.refresh_from_db()
        assert address.status_on == JUNE
        Address.objects.filter(pk=address.pk).update(status=AddressStatus.RETIRED)
        address.refresh_from_db()
        assert address.status_on == date(2011, 7, 1)


def test_marks_say_what_is_known_since_when():
    address = make_address()
    address.confirm_failure(date(2011, 5, 1))
    address.mark_bouncing(JUNE)
    assert saved(address) == (AddressStatus.BOUNCING, JUNE, None, date(2011, 5, 1))
    address.mark_verified(date(2011, 6, 9))
    assert saved(address) == (AddressStatus.WORKING, date(2011, 6, 9), date(2011, 6, 9), None)
    address.retire(date(2011, 6, 10))
    assert saved(address) == (AddressStatus.RETIRED, date(2011, 6, 10), date(2011, 6, 9), None)


def saved(address: Address) -> tuple:
    address.refresh_from_db()
    return address.status, address.status_on, address.verified_on, address.reported_since


def test_replacing_retires_the_old_one_on_its_day():
    old, new = make_address(), make_address()
    old.replace_by(new, JUNE)
    old.refresh_from_db()
    assert (old.status, old.status_on, old.replaced_by) == (AddressStatus.RETIRED, JUNE, new)
    assert not old.is_in_use(JUNE)


def test_replacements_point_at_the_address_in_use_however_often_it_moved():
    first, second, third = make_address(), make_address(), make_address()
    first.replace_by(second, JUNE)
    second.replace_by(third)
    first.refresh_from_db()
    assert (first.replaced_by, first.status_on) == (third, JUNE)


def test_address_can_come_back():
    old, new = make_address(), make_address()
    old.replace_by(new)
    new.replace_by(old)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, old.replaced_by, new.status, new.replaced_by) == (AddressStatus.UNVERIFIED, None, AddressStatus.RETIRED, old)


def test_replacement_must_be_another_that_is_in_use():
    old, gone = make_address(), make_address(value="gone@example.org", status=AddressStatus.RETIRED)
    with pytest.raises(ValidationError) as refused:
        old.replace_by(gone)
    assert refused.value.messages == ["gone@example.org is retired itself. Name the address that is in use."]
    with pytest.raises(ValidationError) as refused:
        old.replace_by(old)
    assert refused.value.messages == ["An address cannot replace itself."]
    old.status, old.replaced_by = AddressStatus.RETIRED, old
    with pytest.raises(IntegrityError), transaction.atomic():
        old.save()


def test_replaced_address_in_use_is_refused():
    old, new = make_address(), make_address()
    old.replaced_by = new
    with pytest.raises(ValidationError) as refused:
        old.clean()
    assert refused.value.messages == ["An address that another replaces is retired. Choose “Retired”, or empty “Replaced by”."]
    with pytest.raises(IntegrityError), transaction.atomic():
        old.save()


def test_replacing_shows_on_every_appeal_that_uses_the_address():
    old, new = make_address(), make_address()
    rows = [add_address(make_appeal(), Role.PROTEST, old) for _ in range(2)]
    old.replace_by(new)
    assert [row.appeal.appeal_addresses.reaching(new.pk).get() for row in rows] == rows


def test_embassy_says_where_it_stands():
    with pytest.raises(ValidationError) as refused:
        Recipient(name="Embassy of Kazakhstan", party=Party.EMBASSY, country="KZ").full_clean()
    assert refused.value.message_dict == {"host_country": ["An embassy stands in a country: choose it, so that readers there find it."]}


@pytest.mark.parametrize("bad", ["\r", "\n", "\0", "\x85", "\u2028"])
def test_subject_cannot_end_its_header(bad):
    with pytest.raises(ValidationError):
        make_letter(subject=f"Free them{bad}Bcc: spy@example.com")
    assert not Letter.objects.exists()


def test_subject_may_have_a_comma():
    assert make_letter(subject="Free them, now").subject == "Free them, now"
