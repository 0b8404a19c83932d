"""The card of an event says the day of the place, not the site's."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from articles.tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_the_day_is_that_of_the_place():
    """Two in the morning of the 1st in Almaty is the evening before in London."""
    event = make_event(starts=datetime(2012, 3, 31, 20, tzinfo=UTC), zone="Asia/Almaty")
    card = render_to_string("includes/event_card.html", {"event": event})
    assert '<time class="spine" datetime="2012-04-01"><b>1</b> April 2012</time>' in card
