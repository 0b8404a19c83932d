"""With the database away or no room to write, a form answers 503 and comes back with its words; sent again, it counts once."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from appeals.models import FailureReport, Press
from appeals.tests.factories import add_address, make_appeal
from articles import public_form
from articles.models import Article, Message, Status
from articles.tests.factories import make_article
from campaign.tests.accounts import PASSWORD, make_account
from campaign.tests.desk.typing import typed

pytestmark = pytest.mark.django_db

LONG = "We stand with you: “until all are free”.\n\n<b>Aigul</b>, and forty others."
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def away() -> Iterator[None]:
    def refuse(*_: Any) -> None:
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def full() -> Iterator[None]:
    def refuse(execute: Callable, sql: str, *others: Any) -> Any:
        if sql.startswith(WRITES):
            raise OperationalError("database or disk is full")
        return execute(sql, *others)

    with connection.execute_wrapper(refuse):
        yield


TROUBLES = pytest.mark.parametrize("trouble", [away, full])


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def desk() -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"origin": "http://testserver"})
    client.force_login(make_account("editor"))
    return client


def refused(answer: Any) -> dict[str, Any]:
    """What the form on the page would send."""
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
    page = answer.content.decode()
    assert "Not kept yet" in page
    assert "<b>Aigul" not in page
    return typed(answer, "_pressed")


def fills() -> dict[str, tuple[str, dict[str, str], type]]:
    appeal = make_appeal()
    address = add_address(appeal).address
    words = {"text": LONG, "name": "Aigul", "organisation": "", "place": "Köln"}
    return {
        "messages": (reverse("appeal_messages", args=[appeal.slug]), words, Message),
        "sent": (reverse("appeal_sent", args=[appeal.slug]), {}, Press),
        "failed": (reverse("appeal_failed", args=[appeal.slug, address.pk]), {}, FailureReport),
    }


@TROUBLES
@pytest.mark.parametrize("form", ["messages", "sent", "failed"])
def test_a_reader_s_form_comes_back_whole_and_counts_once(reader, form, trouble):
    url, words, kept_in = fills()[form]
    sent = typed(reader.get(url), "_pressed", **words)
    with trouble():
        back = refused(reader.post(url, sent))
    assert back == {**sent, "_pressed": "1"}
    assert kept_in.objects.count() == 0
    assert [reader.post(url, back).status_code for _twice in range(2)] == [200, 200]
    assert kept_in.objects.count() == 1


@TROUBLES
def test_an_editor_s_save_comes_back_whole(desk, trouble):
    url = reverse("admin:articles_article_change", args=[make_article(labels=("Strikes",), status=Status.DRAFT, published_at=None).pk])
    sent = typed(desk.get(url), title="Typed all night", body=LONG)
    with trouble():
        back = refused(desk.post(url, sent))
    assert back == {**{name: value[0] if isinstance(value, list) else value for name, value in sent.items() if value != []}, "_pressed": "1"}
    assert Article.objects.get().title != "Typed all night"
    assert desk.post(url, back).status_code == 302
    assert (Article.objects.get().title, Article.objects.get().body.replace("\r\n", "\n")) == ("Typed all night", LONG)


def test_a_save_that_is_done_is_not_undone_by_a_session_that_cannot_be_kept(desk):
    url = reverse("admin:articles_article_change", args=[make_article(status=Status.DRAFT, published_at=None).pk])
    form = typed(desk.get(url), title="Typed all night")

    def refuse(execute: Callable, sql: str, *others: Any) -> Any:
        if sql.startswith(WRITES) and "campaign_desksession" in sql:
            raise OperationalError("the connection is lost")
        return execute(sql, *others)

    with connection.execute_wrapper(refuse):
        assert desk.post(url, form).status_code == 302
    assert Article.objects.get().title == "Typed all night"


@TROUBLES
def test_a_password_is_never_given_back(desk, trouble):
    form = typed(desk.get("/admin/password_change/"), old_password=PASSWORD, new_password1="of a summer's night", new_password2="of a summer's night")
    with trouble():
        answer = desk.post("/admin/password_change/", form)
    assert answer.status_code == 503
    assert "night" not in answer.content.decode()


def test_another_site_s_words_are_not_given_back(desk):
    with away():
        answer = desk.post(
            reverse("admin:articles_article_add"),
            {"title": "Not ours, and long enough to be shown on the page"},
            headers={"origin": "https://elsewhere.example.org"},
        )
    assert answer.status_code == 503
    assert "Not ours" not in answer.content.decode()


def test_a_full_disk_that_the_database_has_not_met_is_no_error_of_ours_either(reader, monkeypatch):
    """As Django raises it, laying a large upload down."""
    url, words, kept_in = fills()["messages"]
    sent = typed(reader.get(url), "_pressed", **words)

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(public_form.cache, "add", refuse)
        assert refused(reader.post(url, sent)) == sent
    assert kept_in.objects.count() == 0
