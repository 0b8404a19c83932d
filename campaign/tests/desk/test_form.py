"""The form of an appeal: what it costs to open with many addresses."""

import pytest
from django.urls import reverse

from appeals.models import Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles.tests.factories import make_event, make_update
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 60])
def test_the_form_of_an_appeal_costs_the_same_with_one_address_or_sixty(number, django_assert_num_queries):
    desk, appeal = at_desk("editor"), make_appeal(labels=("Strikes",))
    for place in range(number):
        add_address(appeal, Role.PROTEST, make_address(make_recipient()), order=place)
    make_letter(appeal)
    make_update(appeal)
    make_event(appeal)
    url = reverse("admin:appeals_appeal_change", args=[appeal.pk])
    desk.get(url)
    with django_assert_num_queries(13):
        page = desk.get(url).content.decode()
    assert page.count("(union, unverified)") == number
