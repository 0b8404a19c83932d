from datetime import date

import pytest

from appeals.counting import sent
from appeals.models import Press
from appeals.tests.factories import make_appeal

pytestmark = pytest.mark.django_db


def press(appeal, *days):
    Press.objects.bulk_create([Press(appeal=appeal, day=day, token=f"{day} {number}") for number, day in enumerate(days)])


def test_presses_are_counted_by_day_with_the_empty_days_between():
    appeal = make_appeal()
    press(appeal, date(2012, 1, 1), date(2012, 1, 1), date(2012, 1, 3))
    press(make_appeal(), date(2012, 1, 2))
    counted = sent(appeal.pk)
    assert (counted.total, [(day.day.day, day.number, day.x, day.height) for day in counted.days]) == (3, [(1, 2, 0, 60), (2, 0, 10, 0), (3, 1, 20, 30)])
    assert [day.day.day for day in counted.table] == [3, 1]


def test_nothing_sent_is_nothing_drawn():
    assert (sent(make_appeal().pk).total, sent(make_appeal().pk).days) == (0, [])


def test_a_long_appeal_shows_its_last_days_and_counts_them_all():
    appeal = make_appeal()
    press(appeal, date(2011, 1, 1), date(2012, 1, 1))
    counted = sent(appeal.pk)
    assert (counted.total, len(counted.days), counted.days[-1].day) == (2, 60, date(2012, 1, 1))
