"""A session that ends while an editor writes costs nothing but a login."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Status
from articles.tests.factories import make_article
from campaign.tests.accounts import make_account
from campaign.tests.desk.typing import typed

pytestmark = pytest.mark.django_db

LONG = "Twelve buses stood before the square.\n\nNobody got in. “We wait”, said <b>Aigul</b>."


@pytest.fixture
def desk() -> Client:
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.user = make_account("editor")
    client.force_login(client.user)
    return client


@pytest.fixture
def url() -> str:
    return reverse("admin:articles_article_change", args=[make_article(labels=("Strikes",), status=Status.DRAFT, published_at=None).pk])


def ended(desk: Client, url: str, **changes):
    """A form opened, its session gone, the form sent."""
    form = typed(desk.get(url), **changes)
    desk.cookies.pop("session")
    return desk.post(url, form)


def test_the_answer_holds_what_was_posted(desk, url):
    answer = ended(desk, url, title="Typed all night", body=LONG)
    assert answer.status_code == 403
    held = typed(answer)
    assert (held["title"], held["body"], held["_save"]) == ("Typed all night", LONG, "1")
    page = answer.content.decode()
    assert '<a class="step" href="/admin/login/" target="_blank"' in page
    assert "&lt;b&gt;Aigul" in page
    assert "password" not in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_save_again_saves_after_a_login_in_a_new_tab(desk, url):
    held = typed(ended(desk, url, title="Typed all night", body=LONG))
    desk.force_login(desk.user)
    desk.cookies["csrf"] = "a" * 32  # a login changes the token
    answer = desk.post(url, held)
    assert answer.status_code == 302
    saved = Article.objects.get()
    assert (saved.title, saved.body.replace("\r\n", "\n")) == ("Typed all night", LONG)


def test_save_again_without_a_login_holds_them_again(desk, url):
    again = desk.post(url, typed(ended(desk, url, title="Typed all night")))
    assert (again.status_code, typed(again)["title"]) == (403, "Typed all night")
    assert "_held" in typed(again)


def test_a_form_from_before_a_new_login_is_held_too(desk, url):
    form = typed(desk.get(url), title="Typed all night")
    desk.cookies["csrf"] = "a" * 32
    answer = desk.post(url, form)
    assert (answer.status_code, typed(answer)["title"]) == (403, "Typed all night")
    assert desk.post(url, typed(answer)).status_code == 302


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example.org"}, {"origin": "null"}, {"origin": "http://testserver", "sec-fetch-site": "cross-site"}]
)
def test_another_sites_words_are_not_held(desk, url, headers):
    desk.cookies.pop("session")
    answer = desk.post(url, {"title": "Not ours"}, headers=headers)
    assert "Not ours" not in answer.content.decode()


def test_the_held_word_counts_from_our_own_page_and_for_its_address_alone(desk, url):
    held = typed(ended(desk, url, title="Typed all night"))
    desk.force_login(desk.user)
    desk.cookies["csrf"] = "a" * 32
    assert desk.post(url, held, headers={"origin": "https://elsewhere.example.org"}).status_code == 403
    assert desk.post(reverse("admin:articles_article_add"), held).status_code == 403
    assert desk.post(url, {**held, "_held": "forged"}).status_code == 403
    assert Article.objects.get().title != "Typed all night"


def test_a_password_is_never_given_back(desk):
    answer = ended(desk, "/admin/password_change/", old_password="as long as a winter's night")
    assert "winter" not in answer.content.decode()
