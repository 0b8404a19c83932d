"""P10: a password alone opens no page of the desk, whichever there is; and nobody learns from the login who has an account."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, reverse

from appeals.tests.factories import add_address, make_appeal
from articles.models import Post
from articles.tests.factories import make_article, make_message
from campaign.settings import PASSWORD_HASHERS
from campaign.tests.accounts import PASSWORD, at_desk, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WITH_PASSWORD_ALONE = {"/admin/factor/", "/admin/jsi18n/"}
"""The page that asks for the factor, and the admin's own words in the language of the page."""
ENDS_SESSION = "/admin/logout/"


def addresses(patterns: list[Any], before: str) -> Iterator[str]:
    """Every address of these, with 1 for each row and the first of each choice."""
    for one in patterns:
        route = re.sub(r"<[^>]+>|\(\?P<url>\.\*\)", "1", re.sub(r"\(\?P<\w+>(\w+)[|\w]*\)", r"\1", str(one.pattern).strip("^$")))
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + route)
        else:
            yield before + route


@pytest.fixture
def paths() -> list[str]:
    """All of the desk's, about rows that are there."""
    post = make_article(pk=1, title="Draft of a leak", status="draft", published_at=None)
    make_message(post)
    add_address(make_appeal())
    return [path for path in addresses(admin.site.urls[0], f"/{site_settings.ADMIN_PATH}") if path != ENDS_SESSION]


def test_every_page_of_the_desk_opens_with_the_factor_not_asked_for(paths, settings):
    """The walk below could not fail if these led nowhere."""
    settings.SECOND_FACTOR = False
    client = at_desk("superuser")
    assert len(paths) > 120
    assert sum(client.get(path).status_code == 200 for path in paths) > 50


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_a_password_alone_opens_no_page_of_the_desk(paths, settings, role):
    settings.SECOND_FACTOR = True
    client, gate = at_desk(role), reverse("admin:factor")
    answers = {path: client.get(path) for path in paths}
    opened = {path for path, answer in answers.items() if answer.status_code == 200}
    assert opened == WITH_PASSWORD_ALONE
    assert {answer.url.partition("?")[0] for path, answer in answers.items() if path not in opened} == {gate, reverse("admin:index")}
    assert [path for path, answer in answers.items() if "Draft of a leak" in answer.content.decode()] == []


def test_a_password_alone_changes_nothing(paths, settings):
    settings.SECOND_FACTOR = True
    client, before = at_desk("superuser"), kept()
    sent = {"post": "yes", "title": "Published by a thief", "status": "published", "kind": "report", "action": "delete_selected", "_selected_action": "1"}
    statuses = {path: client.post(path, sent | {"username": "thief", "password1": PASSWORD, "password2": PASSWORD}).status_code for path in paths}
    assert set(statuses.values()) <= {200, 302, 403, 405}
    assert {path for path, status in statuses.items() if status == 200} == {"/admin/factor/", "/admin/login/"}
    assert kept() == before


def kept() -> list[list]:
    return [list(rows.order_by("pk").values()) for rows in (Post.objects.all(), User.objects.defer("last_login"))]


def refusal(name: str, password: str, number: int) -> tuple[str, float]:
    """What the login says, without what differs from one request to the next, and the processor's seconds that it took."""
    cache.clear()
    began = time.process_time()
    answer = Client().post(reverse("admin:login"), {"username": name, "password": password}, REMOTE_ADDR=f"192.0.2.{number}")
    took = time.process_time() - began
    words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(name, "NAME")
    return f"{answer.status_code} {sorted(set(answer.headers) - {'Set-Cookie'})} {words}", took


def test_the_login_answers_alike_and_as_slowly_whoever_has_an_account(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    make_account("editor", name="dana")
    make_account("editor", name="gone", is_active=False)
    make_account("editor", name="reader")
    User.objects.filter(username="reader").update(is_staff=False)
    cases = {"known": ("dana", "wrong"), "unknown": ("nobody", "wrong"), "closed": ("gone", PASSWORD), "no editor": ("reader", PASSWORD)}
    refusal("warm", "up", 1)
    tried = {case: [refusal(*given, number) for number in (1, 2)] for case, given in cases.items()}
    assert len({words for times in tried.values() for words, _took in times}) == 1
    fastest = {case: min(took for _words, took in times) for case, times in tried.items()}
    assert max(fastest.values()) < 2 * min(fastest.values())
    assert min(fastest.values()) > 0.02  # Argon2 at work
