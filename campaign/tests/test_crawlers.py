"""What a machine asks for first: robots.txt and the sitemap, read by parsers that are not ours; and security.txt."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from appeals.tests.factories import make_appeal
from articles.models import Status
from articles.tests.factories import NOON, make_article, make_hidden_articles, make_page, make_update
from campaign import sitemap
from campaign.models import SiteProfile

pytestmark = pytest.mark.django_db
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://campaign.example.org"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = SITE


def read(client, path: str = "/sitemap.xml") -> dict[str, str]:
    """Address → lastmod."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(answer.content)
    return {one.findtext(f"{NS}loc").removeprefix(SITE): one.findtext(f"{NS}lastmod") for one in root}


def test_every_public_address_is_listed_once_with_its_last_change(client):
    revised = make_article(slug="revised", labels=("Miners",), revised_at=NOON + timedelta(days=5))
    make_update(make_article(slug="updated"), at=NOON + timedelta(days=7))
    make_appeal(slug="free-them", published_at=NOON - timedelta(days=90))
    make_page(slug="about", published_at=NOON)
    assert read(client) == {
        "/": "2012-08-29",
        "/archive/": "2012-08-29",
        "/labels/": "2012-08-29",
        "/appeals/": "2012-08-29",
        "/events/": "2012-08-29",
        "/about/": "2012-08-29",
        "/reports/": "2012-08-29",
        "/2012/": "2012-08-29",
        "/2012/08/": "2012-08-29",
        "/2012/05/": "2012-05-31",
        "/labels/miners/": "2012-08-29",
        revised.get_absolute_url(): "2012-09-03",
        "/2012/08/29/updated/": "2012-09-05",
        "/appeals/free-them/": "2012-05-31",
    }


def test_a_post_is_listed_at_its_canonical_address_alone(client, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Русский")]
    make_article(slug="strike", language="ru")
    assert [path for path in read(client) if path.endswith("/strike/")] == ["/ru/2012/08/29/strike/"]


def test_what_is_not_public_is_not_listed(client):
    make_hidden_articles(labels=("Hidden",))
    make_appeal(status=Status.WITHDRAWN)
    make_page(status=Status.DRAFT)
    assert read(client) == dict.fromkeys(["/", "/archive/", "/labels/", "/appeals/", "/events/"])


def test_a_large_archive_has_an_index_of_files_that_together_hold_everything(client, monkeypatch):
    for month in range(3):
        make_article(published_at=NOON - timedelta(days=31 * month), labels=("Miners",))
    make_page(slug="about")
    whole = read(client)
    monkeypatch.setattr(sitemap, "MOST", 2)
    parts = [read(client, part) for part in read(client)]
    assert list(read(client)) == ["/sitemap-lists.xml", "/sitemap-2012-08.xml", "/sitemap-2012-07.xml", "/sitemap-2012-06.xml"]
    assert {address: day for part in parts for address, day in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)


@pytest.mark.parametrize("number", [1, 3])
def test_the_sitemap_costs_the_same_whatever_it_holds(client, django_assert_num_queries, warm_frame, number):
    for each in range(number):
        make_update(make_article(labels=(f"Label {each}",)))
        make_page()
    warm_frame()
    with django_assert_num_queries(2):
        read(client)
    with django_assert_num_queries(1):
        read(client, "/sitemap-2012-08.xml")


@pytest.mark.parametrize("path", ["/sitemap-2012-13.xml", "/sitemap-0000-01.xml", "/sitemap-12-1.xml", "/sitemap-x.xml"])
def test_a_sitemap_of_no_month_is_not_there(client, path):
    assert client.get(path).status_code == 404


def robots(client) -> RobotFileParser:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    parser = RobotFileParser()
    parser.parse(answer.content.decode().splitlines())
    return parser


@pytest.mark.parametrize(
    ("path", "may"), [("/", True), ("/2012/08/29/strike/", True), ("/feed/", True), ("/admin/login/", False), ("/search/?q=x", False), ("/preview/x/", False)]
)
def test_robots_may_read_what_is_for_readers(client, path, may):
    assert robots(client).can_fetch("Any", f"{SITE}{path}") is may


def test_robots_are_told_of_the_sitemap(client):
    assert robots(client).site_maps() == [f"{SITE}/sitemap.xml"]


def test_a_desk_with_a_path_of_its_own_is_not_given_away(client, settings):
    settings.ADMIN_PATH = "kept-quiet/"
    assert b"kept-quiet" not in client.get("/robots.txt").content


def security(client) -> list[tuple[str, str]]:
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return [tuple(line.split(": ", 1)) for line in answer.content.decode().splitlines()]


def test_security_txt_says_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = ["security@example.org", "https://example.org/holes"]
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Русский")]
    fields = security(client)
    expires = dict(fields)["Expires"]
    assert fields == [
        ("Contact", "mailto:security@example.org"),
        ("Contact", "https://example.org/holes"),
        ("Expires", expires),
        ("Canonical", f"{SITE}/.well-known/security.txt"),
        ("Preferred-Languages", "en, ru"),
    ]
    left = datetime.strptime(expires, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(days=180) < left < timedelta(days=365)


def test_security_txt_names_the_sites_contact_where_no_other_is_set_and_is_missing_where_there_is_none(client):
    SiteProfile.objects.update(contact_email="desk@example.org")
    assert security(client)[0] == ("Contact", "mailto:desk@example.org")
    SiteProfile.objects.update(contact_email="")
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(("path", "tag"), [("/admin/", "noindex"), ("/", None)])
def test_no_page_of_the_desk_is_indexed(client, path, tag):
    assert client.get(path).headers.get("X-Robots-Tag") == tag


def test_a_site_with_an_onion_service_says_so_to_readers_and_not_at_the_desk(client, settings):
    settings.ONION_URL = "http://example.onion"
    told = [client.get(path).headers.get("Onion-Location") for path in ("/labels/", f"/{settings.ADMIN_PATH}login/")]
    assert told == ["http://example.onion/labels/", None]
