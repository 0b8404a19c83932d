"""Recipients, addresses and appeals with boring defaults. All of them are invented; nothing here reaches anybody."""

from itertools import count
from typing import Any

from appeals.models import Address, Appeal, AppealAddress, Channel, Letter, Party, Recipient, Role
from articles.models import Kind, Label
from articles.tests.factories import labelled, post_fields

numbers = count(1)


def make_recipient(**overrides: Any) -> Recipient:
    """A union: neither role refuses it."""
    return Recipient.objects.create(**{"name": f"Union {next(numbers)}", "office": "the office", "party": Party.UNION, **overrides})


def make_address(recipient: Recipient | None = None, **overrides: Any) -> Address:
    value = {"channel": Channel.EMAIL, "value": f"office-{next(numbers)}@example.org"}
    return Address.objects.create(**{"recipient": recipient or make_recipient(), **value, **overrides})


def make_appeal(labels: tuple[Label | str, ...] = (), **overrides: Any) -> Appeal:
    """A public appeal, open and without a last day; it has no addresses yet (`add_address`)."""
    fields = post_fields(Kind.APPEAL, {"demands": ["Free the strikers"], **overrides})
    return labelled(Appeal(**fields), labels)


def add_address(appeal: Appeal, role: Role = Role.PROTEST, address: Address | None = None, **overrides: Any) -> AppealAddress:
    """Puts an address (a new one, unless given) in this role on the appeal; `copy`, `order` may follow."""
    return AppealAddress.objects.create(appeal=appeal, role=role, address=address or make_address(), **overrides)


def make_letter(appeal: Appeal | None = None, **overrides: Any) -> Letter:
    words = {"subject": "Free the strikers", "body": "[salutation]\n\nI ask you to act:\n\n[demands]\n\n[your name]"}
    return Letter.objects.create(**{"appeal": appeal or make_appeal(), "role": Role.PROTEST, **words, **overrides})
