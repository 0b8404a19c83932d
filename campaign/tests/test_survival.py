"""The demo archive survives: nothing of its appeals' records is missing from what readers get."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from appeals.models import Address, Appeal, Role
from appeals.tests.factories import make_address, make_appeal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.once]


def survival(*, stderr: StringIO | None = None) -> str:
    said = StringIO()
    call_command("survival", stdout=said, stderr=stderr)
    return said.getvalue()


def test_demo_archive_survives():
    number = Appeal.objects.public().count()
    assert survival() == f"{number} appeals: nothing of their records is missing, and nothing is offered that must not be.\n"


def test_fault_is_named_and_the_command_fails():
    make_address(value="gone@example.org").retire(timezone.localdate() - timedelta(days=90))
    make_appeal(title="Free them", body="Write to gone@example.org today.")
    said = StringIO()
    with pytest.raises(CommandError, match=r"^2 complaints about \d+ appeals\.$"):
        survival(stderr=said)
    assert said.getvalue().splitlines()[0] == "“Free them”: gone@example.org, which is not to be written to, is offered for sending in its page."


def test_every_retired_or_replaced_address_of_the_demo_stays_unoffered_after_a_month():
    Address.objects.filter(status="retired").update(status_on=timezone.localdate() - timedelta(days=31))
    assert Appeal.objects.public().filter(appeal_addresses__role=Role.SOLIDARITY).exists()
    assert "nothing is offered that must not be" in survival()
