"""Logging in: guessing gets slower and then shut out, nobody learns who has an account, sessions end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.models import AuditEntry
from campaign.desk import lockout
from campaign.tests.accounts import PASSWORD, at_desk, make_account

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 21, 0, tzinfo=UTC)
TOO_SOON = "Too many logins have failed"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def dana():
    return make_account("editor", name="dana")


def login(name: str = "dana", password: str = "wrong", address: str = "192.0.2.1") -> str:
    """ "in", "wrong" or the sentence that says when to come back."""
    answer = Client().post(reverse("admin:login"), {"username": name, "password": password, "next": "/admin/"}, REMOTE_ADDR=address)
    if answer.status_code == 302:
        return "in"
    (said,) = answer.context["form"].non_field_errors()
    return said if said.startswith(TOO_SOON) else "wrong"


def test_the_right_password_gets_in_at_once(clock):
    assert [login(), login(), login(password=PASSWORD)] == ["wrong", "wrong", "in"]
    assert [login(), login(), login(password=PASSWORD)] == ["wrong", "wrong", "in"]


def test_each_failure_costs_a_longer_wait_and_the_tenth_a_quarter_of_an_hour(clock):
    waits = []
    for _try in range(10):
        assert login() == "wrong"
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
        waits.append(lockout.wait(request, "dana"))
        clock.shift(timedelta(seconds=waits[-1]))
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 900]


def test_while_it_waits_the_right_password_is_not_even_looked_at(clock):
    for _try in range(3):
        login()
    assert login(password=PASSWORD).endswith("try again in 2 seconds.")
    clock.shift(timedelta(seconds=2))
    assert login(password=PASSWORD) == "in"


def test_who_guesses_elsewhere_shuts_no_editor_out_where_they_logged_in_of_late(clock):
    home, elsewhere, new = "192.0.2.1", "198.51.100.7", "203.0.113.9"
    assert login(password=PASSWORD, address=home) == "in"
    for _day in range(3):
        for _try in range(10):
            login(address=elsewhere)
            clock.shift(timedelta(seconds=130))
        assert login(password=PASSWORD, address=new).startswith(TOO_SOON)
        assert login(password=PASSWORD, address=home) == "in"
        clock.shift(timedelta(days=1))
    assert [login(address=home) for _try in range(3)] == ["wrong"] * 3
    assert login(password=PASSWORD, address=home).startswith(TOO_SOON)
    assert [word for word in (home, "dana") if word in str(cache._cache)] == []


def test_an_account_that_is_none_is_treated_like_one_that_is(clock):
    said = [[login(name, address=address) for _try in range(5)] for name, address in (("dana", "192.0.2.1"), ("nobody", "192.0.2.2"))]
    assert said[0] == said[1]
    assert said[0][-1].startswith(TOO_SOON)


def test_an_account_is_guarded_from_many_addresses(clock):
    assert [login(address=f"192.0.2.{number}") for number in range(3)] == ["wrong"] * 3
    assert login(address="192.0.2.77", password=PASSWORD).startswith(TOO_SOON)


def test_an_address_that_tries_many_accounts_is_slowed_and_others_are_not(clock):
    assert {login(f"name-{number}") for number in range(20)} == {"wrong"}
    assert login("name-x").startswith(TOO_SOON)
    assert login(password=PASSWORD, address="192.0.2.2") == "in"


def test_an_address_that_nobody_knows_shuts_nobody_out(clock):
    for number in range(30):
        assert login(f"name-{number}", address="") == "wrong"
    assert login(password=PASSWORD, address="") == "in"


def test_one_editors_success_behind_a_shared_address_lets_the_others_in(clock):
    for number in range(20):
        login(f"name-{number}")
    clock.shift(timedelta(seconds=2))
    assert login(password=PASSWORD) == "in"
    make_account("editor", name="aidar")
    assert login("aidar", PASSWORD) == "in"


def test_many_at_once_gain_nothing():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    with ThreadPoolExecutor(8) as pool:
        locks = list(pool.map(lambda _nth: lockout.count(request, "dana"), range(40)))
    assert locks.count(True) == 1
    assert lockout.wait(request, "dana") > lockout.LOCKED - 5


def test_the_lock_is_noted_once(clock):
    for _try in range(12):
        login()
        clock.shift(timedelta(seconds=130))
    assert list(AuditEntry.objects.filter(act="locked-out").values_list("account", "what")) == [("dana", "")]


def test_neither_a_name_nor_an_address_is_kept(clock):
    for _try in range(3):
        login(address="192.0.2.199")
    kept = str(cache._cache) + str(cache._expire_info)
    assert "login:" in kept
    assert [word for word in ("dana", "192.0.2.199") if word in kept] == []
    assert max(cache._expire_info.values()) <= START.timestamp() + lockout.WINDOW


def open_desk(client: Client) -> int:
    return client.get(reverse("admin:index")).status_code


def test_a_session_ends_twelve_hours_after_its_login_however_busy_it_is(clock):
    editor = at_desk("editor")
    for _hour in range(11):
        clock.shift(timedelta(hours=1))
        editor.post(reverse("admin:queue"), {"undo": "1"})  # says something, and so saves the session
        assert open_desk(editor) == 200
    clock.shift(timedelta(minutes=59))
    assert open_desk(editor) == 200
    clock.shift(timedelta(minutes=2))
    assert open_desk(editor) == 302


def test_no_cookie_of_the_desk_outlives_its_session():
    browser = Client()
    browser.get(reverse("admin:login"))
    browser.post(reverse("admin:login"), {"username": "dana", "password": PASSWORD})
    assert {name: 0 < cookie["max-age"] <= 12 * 60 * 60 for name, cookie in browser.cookies.items()} == {"csrf": True, "session": True}


@pytest.mark.parametrize("change", ["password", "inactive"])
def test_a_session_ends_with_a_new_password_or_a_closed_account(change):
    editor, administrator = at_desk("editor"), at_desk("administrator")
    if change == "password":
        new = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}
        administrator.post(reverse("admin:auth_user_password_change", args=[editor.user.pk]), new)
    else:
        administrator.post(reverse("admin:auth_user_change", args=[editor.user.pk]), {"username": "editor"})
    assert open_desk(editor) == 302
