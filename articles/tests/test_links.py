import pytest

from articles.links import absolute, canonical, in_full, interface_of
from articles.tests.factories import make_article

PAGE = "https://campaign.example.org/2012/08/29/strike/"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://campaign.example.org"


@pytest.mark.parametrize(
    ("stored", "whole"),
    [
        ('<a href="/labels/">x</a>', '<a href="https://campaign.example.org/labels/">x</a>'),
        ('<a href="../" rel="noopener">x</a>', '<a href="https://campaign.example.org/2012/08/29/" rel="noopener">x</a>'),
        ('<a href="#fn:1">1</a>', f'<a href="{PAGE}#fn:1">1</a>'),
        ('<a href="mailto:a@example.org?subject=../x">x</a>', '<a href="mailto:a@example.org?subject=../x">x</a>'),
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', '<a href="https://example.com/?a=1&amp;b=2">x</a>'),
        ('<img alt="a" src="/media/a.png">', '<img alt="a" src="https://campaign.example.org/media/a.png">'),
        ('<blockquote cite="/x">x</blockquote>', '<blockquote cite="https://campaign.example.org/x">x</blockquote>'),
        ('<p>he wrote href="/x" and src="/y"</p>', '<p>he wrote href="/x" and src="/y"</p>'),
        ('<a title="href=&quot;/x&quot;" href="/y">x</a>', '<a title="href=&quot;/x&quot;" href="https://campaign.example.org/y">x</a>'),
        ('<a href="http://[">x</a>', '<a href="http://[">x</a>'),
    ],
)
def test_every_relative_address_is_made_whole(stored, whole):
    assert in_full(stored, PAGE) == whole


def test_anchors_may_stay():
    assert in_full('<a href="#fn:1">1</a><a href="/x">2</a>', PAGE, anchors=False) == '<a href="#fn:1">1</a><a href="https://campaign.example.org/x">2</a>'


def test_a_whole_address_stays_whole():
    assert (absolute("/feed/"), absolute("https://example.com/a")) == ("https://campaign.example.org/feed/", "https://example.com/a")


@pytest.mark.parametrize(
    ("language", "code"), [("en", "en-gb"), ("en-US", "en-gb"), ("ru", "ru"), ("ru-KZ", "ru"), ("kk", "en-gb"), ("ar", "en-gb"), ("", "en-gb")]
)
def test_a_language_belongs_to_its_interface_if_that_is_switched_on(settings, language, code):
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Русский")]
    assert interface_of(language) == code


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "kk"])
def test_the_canonical_address_is_the_unprefixed_one_where_no_other_is_switched_on(language):
    assert canonical(make_article(slug="strike", language=language)) == PAGE


@pytest.mark.django_db
def test_the_canonical_address_is_in_the_posts_own_language_where_that_is_switched_on(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Русский")]
    assert canonical(make_article(slug="strike", language="ru")) == "https://campaign.example.org/ru/2012/08/29/strike/"
