"""Addresses that Blogger and WordPress answered by a rule."""

import pytest

from articles.tests.factories import make_article, make_old_address, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive() -> None:
    make_article(slug="gate")
    make_article(slug="hidden", status="draft")
    make_page(slug="about")
    make_old_address("/2012/08/old.html", "/2012/08/29/gate/")
    make_old_address("/search/label/Kazakhstan 2012", "/labels/kazakhstan-2012/")
    make_old_address("/category/news/", "/labels/news/")
    make_old_address("/wp-content/uploads/2012/08/a.jpg", "/media/pictures/a.webp")
    make_old_address("/archives/12", "/2012/08/29/gate/")


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("/2012/08/old.html?m=1", "/2012/08/29/gate/"),
        ("/2012/08/old.html?showComment=1", "/2012/08/29/gate/"),
        ("/search/label/Kazakhstan%202012", "/labels/kazakhstan-2012/"),
        ("/search/label/Kazakhstan+2012?max-results=20", "/labels/kazakhstan-2012/"),
        ("/feeds/posts/default/-/Kazakhstan%202012", "/labels/kazakhstan-2012/feed/"),
        ("/feeds/posts/default", "/feed/"),
        ("/feeds/posts/default?alt=rss", "/feed/"),
        ("/atom.xml", "/feed/"),
        ("/rss.xml", "/feed/"),
        ("/comments/feed/", "/feed/"),
        ("/feed/atom/", "/feed/"),
        ("/2012_08_01_archive.html", "/2012/08/"),
        ("/2012_08_29_archive.html", "/2012/08/29/"),
        ("/archives/2012_08_01_archive.html", "/2012/08/"),
        ("/archives/", "/archive/"),
        ("/archives/12/", "/2012/08/29/gate/"),
        ("/search/?updated-max=2012-08-29T12:00:00%2B01:00&max-results=7", "/2012/08/"),
        ("/category/news/page/2/", "/labels/news/"),
        ("/category/news/feed/", "/labels/news/feed/"),
        ("/category/news", "/labels/news/"),
        ("/2012/08/old.html/feed/", "/2012/08/29/gate/"),
        ("/2012/08/29/gate/amp/", "/2012/08/29/gate/"),
        ("/2012/08/29/gate/comment-page-2/", "/2012/08/29/gate/"),
        ("/2012/08/29/gate/feed/", "/2012/08/29/gate/"),
        ("/2012/08/29/gate/2/", "/2012/08/29/gate/"),
        ("/index.php/2012/08/29/gate/", "/2012/08/29/gate/"),
        ("/about/amp/", "/about/"),
        ("/page/3/", "/archive/"),
        ("/2012/08/page/2/", "/2012/08/"),
        ("/wp-content/uploads/2012/08/a-300x200.jpg", "/media/pictures/a.webp"),
        ("/wp-content/uploads/2012/08/a.jpg?w=640", "/media/pictures/a.webp"),
    ],
)
def test_an_old_site_s_address_leads_home(client, address, home):
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("Location")) == (301, home)


@pytest.mark.parametrize(
    "address",
    [
        "/2012/13/", "/2012/02/30/", "/10000/1/", "/2012/08/29/hidden/amp/", "/2012/08/29/nowhere/feed/", "/2012_13_01_archive.html", "/nowhere/page/x/",
        "/x/amp/", "/search/label/Other",
    ],
)  # fmt: skip
def test_what_never_was_is_missing(client, address):
    assert client.get(address).status_code == 404


def test_a_place_that_is_no_date_finds_the_search_page(client):
    assert client.get("/search/?updated-max=yesterday").status_code == 200
