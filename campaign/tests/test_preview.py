"""The signed link to a draft: anybody's for seven days, nobody's after."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from appeals.tests.factories import add_address, make_address, make_appeal, make_letter
from articles import previews
from articles.models import Status
from articles.tests.factories import make_article, make_obituary, make_page
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db
DRAFT = {"status": Status.DRAFT, "published_at": None}


def path(post) -> str:
    return previews.link(post).removeprefix("http://localhost:8000")


def test_a_comrade_without_account_reads_the_draft(client):
    page = client.get(path(make_article(title="Not yet", body="What nobody knows.", **DRAFT)))
    assert page.status_code == 200
    assert "What nobody knows." in page.content.decode()
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"], page.headers["Referrer-Policy"]) == ("no-store", "noindex", "no-referrer")
    assert (dict(page.cookies), "Cookie" in page.headers.get("Vary", "")) == ({}, False)


@pytest.mark.parametrize("make", [make_obituary, make_page, make_appeal])
def test_every_kind_of_post_has_one(client, make):
    post = make(title="Not yet", **DRAFT)
    page = client.get(path(post)).content.decode()
    assert page.count("<h1") == 1
    assert "Not yet" in page


def test_an_appeal_shows_its_addresses_as_they_are_now(client):
    appeal = make_appeal(**DRAFT)
    make_letter(appeal, body="Free them now.")
    add_address(appeal, address=make_address(value="first@example.org"))
    assert "first@example.org" in client.get(path(appeal)).content.decode().replace("<wbr>", "")
    add_address(appeal, address=make_address(value="second@example.org"))
    page = client.get(path(appeal)).content.decode().replace("<wbr>", "")
    assert ("second@example.org" in page, "Free them now." in page) == (True, True)


def test_findings_are_for_the_desk_alone(client):
    draft = make_article(body="Please send messages of support to:", **DRAFT)
    assert "Readers are told to write" not in client.get(path(draft)).content.decode()
    desk = at_desk("editor").get(reverse("admin:preview", args=[draft.pk])).content.decode()
    assert ("Readers are told to write" in desk, "/preview/" in desk) == (True, True)


def test_after_seven_days_it_is_gone_and_says_so(client):
    link = path(make_article(title="Not yet", **DRAFT))
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        page = client.get(link)
    assert page.status_code == 410
    assert "This preview has expired" in page.content.decode()
    assert "Not yet" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["x", "WzEsMV0:aaa:bbb"])
def test_a_forged_link_is_no_link(client, token):
    make_article(**DRAFT)
    assert client.get(f"/preview/{token}/").status_code == 404


def test_once_published_it_leads_to_the_post(client):
    post = make_article(published_at=datetime(2012, 8, 29, 12, tzinfo=UTC))
    assert client.get(path(post)).headers["Location"] == post.get_absolute_url()


def test_a_withdrawn_post_is_gone_here_too(client):
    post = make_article(title="Withdrawn words", status=Status.WITHDRAWN)
    page = client.get(path(post))
    assert (page.status_code, "Withdrawn words" in page.content.decode()) == (410, False)
    public = client.get(post.get_absolute_url())
    assert (public.status_code, "was withdrawn" in public.content.decode()) == (410, True)


def test_a_scheduled_post_can_be_shown_before_its_time(client):
    post = make_article(body="Tomorrow's words.", published_at=timezone.now() + timedelta(days=1))
    assert client.get(post.get_absolute_url()).status_code == 404
    assert "Tomorrow" in client.get(path(post)).content.decode()
