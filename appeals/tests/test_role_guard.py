"""An address of the other side never stands under solidarity, whichever way somebody tries."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from appeals.models import OTHER_SIDE, Address, AddressStatus, AppealAddress, Party, Recipient, Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_recipient

pytestmark = pytest.mark.django_db


class Stage:
    """An appeal that sends solidarity to the strikers, and an employer beside it."""

    def __init__(self) -> None:
        self.appeal = make_appeal(title="Zhanaozen")
        self.strikers = make_recipient(name="Strike committee", party=Party.STRIKERS)
        self.employer = make_recipient(name="KazMunaiGas", party=Party.EMPLOYER)
        self.theirs = make_address(self.strikers, value="strikers@example.org")
        self.bosses = make_address(self.employer, value="boss@example.org")
        self.row = add_address(self.appeal, Role.SOLIDARITY, self.theirs)
        self.protest = add_address(self.appeal, Role.PROTEST, self.bosses)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def set_and_save(thing, **fields) -> None:
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def replaced(stage: Stage) -> Address:
    """An address that a friendly one has replaced, under solidarity on the appeal."""
    old, new = make_address(stage.strikers), make_address(make_recipient(party=Party.UNION))
    add_address(stage.appeal, Role.SOLIDARITY, old)
    old.replace_by(new)
    return new


WAYS: dict[str, Callable[[Stage], object]] = {
    "add": lambda s: add_address(s.appeal, Role.SOLIDARITY, s.bosses),
    "add as a copy": lambda s: add_address(s.appeal, Role.SOLIDARITY, s.bosses, copy=True),
    "add in bulk": lambda s: AppealAddress.objects.bulk_create([AppealAddress(appeal=s.appeal, address=s.bosses, role=Role.SOLIDARITY)]),
    "add, claiming otherwise": lambda s: AppealAddress(appeal=s.appeal, address=s.bosses, role=Role.SOLIDARITY, other_side=False).save(),
    "change the role": lambda s: set_and_save(s.protest, role=Role.SOLIDARITY),
    "change the role of many": lambda s: AppealAddress.objects.filter(pk=s.protest.pk).update(role=Role.SOLIDARITY),
    "change role and claim in bulk": lambda s: AppealAddress.objects.filter(pk=s.protest.pk).update(role=Role.SOLIDARITY, other_side=False),
    "change the address": lambda s: set_and_save(s.row, address=s.bosses),
    "change the address of many": lambda s: AppealAddress.objects.filter(pk=s.row.pk).update(address=s.bosses),
    "change the address, naming another field": lambda s: [setattr(s.row, "address", s.bosses), s.row.save(update_fields=["address"])],
    "change the party": lambda s: set_and_save(s.strikers, party=Party.POLICE),
    "change the party alone": lambda s: [setattr(s.strikers, "party", Party.COURT), s.strikers.save(update_fields=["party"])],
    "change the party of many": lambda s: Recipient.objects.filter(pk=s.strikers.pk).update(party=Party.EMPLOYER),
    "change the party by bulk_update": lambda s: [setattr(s.strikers, "party", Party.COMPANY), Recipient.objects.bulk_update([s.strikers], ["party"])],
    "move the address": lambda s: set_and_save(s.theirs, recipient=s.employer),
    "move many addresses": lambda s: Address.objects.filter(pk=s.theirs.pk).update(recipient=s.employer),
    "move by bulk_update": lambda s: [setattr(s.theirs, "recipient", s.employer), Address.objects.bulk_update([s.theirs], ["recipient"])],
    "replace": lambda s: s.theirs.replace_by(s.bosses),
    "replace by hand": lambda s: set_and_save(s.theirs, replaced_by=s.bosses, status=AddressStatus.RETIRED),
    "replace many": lambda s: Address.objects.filter(pk=s.theirs.pk).update(replaced_by=s.bosses, status=AddressStatus.RETIRED),
    "replace the replacement": lambda s: replaced(s).replace_by(s.bosses),
    "move the replacement": lambda s: set_and_save(replaced(s), recipient=s.employer),
    "change the party of the replacement": lambda s: set_and_save(replaced(s).recipient, party=Party.GOVERNMENT),
    "put a replaced address under solidarity": lambda s: [
        set_and_save(old := make_address(s.strikers), replaced_by=s.bosses, status=AddressStatus.RETIRED),
        add_address(s.appeal, Role.SOLIDARITY, old),
    ],
}


@pytest.mark.parametrize("way", WAYS)
def test_guard_refuses_every_way_and_changes_nothing(stage, way):
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        WAYS[way](stage)
    assert list(AppealAddress.objects.solidarity().values_list("address__value", "address__recipient__party", "address__replaced_by", "other_side")) == [
        ("strikers@example.org", "strikers", None, False)
    ]


@pytest.mark.parametrize("party", Party.values)
def test_guard_knows_the_other_side_and_nobody_else(party):
    appeal, address = make_appeal(), make_address(make_recipient(party=party))
    row = AppealAddress(appeal=appeal, address=address, role=Role.SOLIDARITY)
    if party in OTHER_SIDE:
        with pytest.raises(ValidationError):
            row.clean()
    else:
        row.full_clean()
        row.save()
    assert appeal.appeal_addresses.filter(role=Role.SOLIDARITY).count() == (party not in OTHER_SIDE)


def test_clean_says_why_an_address_is_refused(stage):
    with pytest.raises(ValidationError) as refused:
        AppealAddress(appeal=stage.appeal, address=stage.bosses, role=Role.SOLIDARITY).clean()
    assert refused.value.messages == [
        "boss@example.org belongs to the other side (KazMunaiGas, employer). Solidarity sent there would greet the employer or the state; put it under protest."
    ]


def test_clean_says_why_a_party_a_move_or_a_replacement_is_refused(stage):
    sentence = "%s would reach the other side (%s), but “Zhanaozen” sends it solidarity. Take it out from under solidarity there first."
    stage.strikers.party = Party.POLICE
    with pytest.raises(ValidationError) as refused:
        stage.strikers.clean()
    assert refused.value.messages == [sentence % ("Strike committee", "Strike committee, police")]
    stage.theirs.recipient = stage.employer
    with pytest.raises(ValidationError) as refused:
        stage.theirs.clean()
    assert refused.value.messages == [sentence % ("strikers@example.org", "KazMunaiGas, employer")]
    stage.theirs.recipient, stage.theirs.replaced_by, stage.theirs.status = stage.strikers, stage.bosses, AddressStatus.RETIRED
    with pytest.raises(ValidationError) as refused:
        stage.theirs.clean()
    assert refused.value.messages == [sentence % ("boss@example.org", "KazMunaiGas, employer")]


def test_sides_follow_the_ledger_where_nobody_is_greeted(stage):
    stage.employer.party = Party.UNION
    stage.employer.save()
    stage.protest.refresh_from_db()
    assert not stage.protest.other_side
    Recipient.objects.filter(pk=stage.employer.pk).update(party=Party.COMPANY)
    stage.protest.refresh_from_db()
    assert stage.protest.other_side


def test_union_may_take_the_place_of_a_company_and_side_is_kept(stage):
    stage.theirs.replace_by(make_address(make_recipient(party=Party.UNION)))
    stage.row.refresh_from_db()
    assert not stage.row.other_side


def test_a_row_is_updated_or_made_on_either_database():
    appeal, address = make_appeal(), make_address()
    for order in (1, 2):
        AppealAddress.objects.update_or_create(appeal=appeal, address=address, role=Role.PROTEST, defaults={"order": order})
    assert list(AppealAddress.objects.values_list("order", flat=True)) == [2]
