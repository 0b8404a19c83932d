"""Old addresses never die."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Label, OldAddress
from articles.tests.factories import make_article, make_label, make_old_address

pytestmark = pytest.mark.django_db


def followed(client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.fixture(autouse=True)
def moved() -> None:
    make_old_address("/2012/08/old.html", "/2012/08/29/new/")
    make_old_address("/", "/2012/08/29/new/", query="p=123")
    make_old_address("/", "/appeals/free-them/", query="page_id=7")
    make_old_address("/блог/", "/labels/miners/")
    make_old_address("/self/", "/self/")


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("/2012/08/old.html", "/2012/08/29/new/"),
        ("/2012/08/old.html?utm_source=x", "/2012/08/29/new/"),
        ("/?p=123", "/2012/08/29/new/"),
        ("/?utm_source=x&p=123", "/2012/08/29/new/"),
        ("/?page_id=7", "/appeals/free-them/"),
        ("/%D0%B1%D0%BB%D0%BE%D0%B3/", "/labels/miners/"),
    ],
)
def test_an_old_address_leads_home(client, address, home):
    assert followed(client, address) == (301, home)


@pytest.mark.parametrize(("address", "status"), [("/?p=124", 200), ("/?q=123", 200), ("/?p=123%00", 200), ("/labels/?p=123", 200), ("/self/", 404)])
def test_what_is_not_known_is_left_alone(client, address, status):
    make_article(slug="x")
    assert client.get(address).status_code == status


def test_only_reading_is_led_elsewhere(client):
    assert client.post("/?p=123").status_code == 405
    assert client.post("/2012/08/old.html").status_code == 404


def test_a_page_is_never_shadowed_by_an_old_address(client):
    post = make_article()
    make_old_address(post.get_absolute_url(), "/elsewhere/")
    assert client.get(post.get_absolute_url()).status_code == 200


def test_what_hung_under_an_address_moves_with_it(client):
    post = make_article(labels=("Miners",))
    before = post.get_absolute_url()
    post.slug = "another"
    post.save()
    Label.objects.get().delete()
    label = make_label(name="Old")
    label.slug = "new"
    label.save()
    assert followed(client, before) == (301, "/2012/08/29/another/")
    assert followed(client, f"{before}report.txt") == (301, "/2012/08/29/another/report.txt")
    assert followed(client, "/labels/old/feed/") == (301, "/labels/new/feed/")
    assert followed(client, "/labels/old/2012/") == (301, "/labels/new/2012/")
    assert followed(client, "/labels/old/?before=1-2&utm=x") == (301, "/labels/new/?before=1-2")
    assert followed(client, f"{before}anything/")[0] == 404


def test_an_old_address_is_known_under_every_interface_language(client, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Русский")]
    assert followed(client, "/ru/2012/08/old.html") == (301, "/ru/2012/08/29/new/")


def test_a_page_without_a_query_asks_no_old_address(client, django_assert_num_queries, warm_frame):
    make_article()
    warm_frame()
    client.get("/events.ics?p=123")  # the table of parameters is read once a revision
    with django_assert_num_queries(2):
        assert client.get("/events.ics").status_code == 200
    with django_assert_num_queries(2):
        assert client.get("/events.ics?p=123").status_code == 200
    with django_assert_num_queries(1):
        assert followed(client, "/?p=123")[0] == 301


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "evil", "/\t/evil.example"])
def test_no_old_address_typed_at_the_desk_leads_to_another_site(target):
    with pytest.raises(ValidationError, match="begin with its path"):
        OldAddress(path="/appeals/free-them/", query="a=1", target=target).full_clean()


@pytest.mark.parametrize("target", ["/", "/2012/06/05/strike/", "/?p=1#place"])
def test_an_old_address_typed_at_the_desk_leads_to_any_page_here(target):
    OldAddress(path="/old", target=target).full_clean()
