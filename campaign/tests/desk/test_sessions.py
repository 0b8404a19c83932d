"""An account sees its own sessions and ends them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from campaign.desk.sessions import mark
from campaign.models import DeskSession
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db
OWN = "/admin/sessions/"


def another(client: Client) -> Client:
    """The same account in another browser."""
    second = Client(HTTP_USER_AGENT="Marked Browser", REMOTE_ADDR="192.0.2.222")
    second.force_login(client.user)
    return second


def opens(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def marks(client: Client) -> list[str]:
    return re.findall(r'name="end" value="([0-9a-f]{24})"', client.get(OWN).content.decode())


def test_one_of_mine_is_ended_and_the_others_go_on():
    client = at_desk("reporter")
    second, third = another(client), another(client)
    ending = DeskSession.objects.get(session_key=second.session.session_key)
    assert set(marks(client)) == {mark(DeskSession.objects.get(session_key=other.session.session_key)) for other in (second, third)}
    client.post(OWN, {"end": mark(ending)})
    assert [opens(browser) for browser in (client, second, third)] == [True, False, True]


def test_all_but_this_one_end_at_once():
    client = at_desk("editor")
    second, third = another(client), another(client)
    assert "2 sessions are ended." in client.post(OWN, {"end": "others"}, follow=True).content.decode()
    assert [opens(browser) for browser in (client, second, third)] == [True, False, False]


def test_nobody_sees_or_ends_a_session_of_another_account():
    client, other = at_desk("superuser"), at_desk("editor")
    theirs = mark(DeskSession.objects.get(session_key=other.session.session_key))
    assert marks(client) == []
    client.post(OWN, {"end": theirs})
    client.post(OWN, {"end": "others"})
    assert opens(other)


@pytest.mark.parametrize("sent", [{}, {"end": ""}, {"end": "x"}])
def test_a_press_that_names_none_ends_none(sent):
    client = at_desk("editor")
    second = another(client)
    assert client.post(OWN, sent).status_code == 302
    assert (opens(client), opens(second)) == (True, True)


def test_neither_the_key_nor_the_browser_nor_its_address_is_shown_or_kept():
    client = at_desk("editor")
    second = another(client)
    assert opens(second)
    page, rows = client.get(OWN).content.decode(), str(list(DeskSession.objects.values())) + str([row.get_decoded() for row in DeskSession.objects.all()])
    assert [key for key in (client.session.session_key, second.session.session_key) if key in page] == []
    assert [word for word in ("Marked Browser", "192.0.2.222") if word in page + rows] == []


def test_a_session_goes_with_its_account():
    client = at_desk("editor")
    client.user.delete()
    assert not opens(client)
    assert not DeskSession.objects.filter(account__isnull=False).exists()
