"""The page cache, asked as a server asks it: through WSGI, round which Django's test client goes."""

import gzip
import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError

from articles import memo
from articles.models import Revision
from articles.tests.factories import make_old_address
from campaign.pagecache import PageCache

pytestmark = pytest.mark.django_db
PUBLIC = ("Cache-Control", "public, max-age=10")


class Inner:
    """The application behind the cache: says what it was asked, counts how often."""

    def __init__(self, *headers, status="200 OK", slow=0.0):
        self.headers, self.status, self.slow = list(headers or (PUBLIC,)), status, slow
        self.asked = []

    def __call__(self, environ, start_response):
        self.asked.append((environ["REQUEST_METHOD"], environ["QUERY_STRING"]))
        time.sleep(self.slow)
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return [f"page {len(self.asked)} of {environ['PATH_INFO']} for {environ.get('HTTP_COOKIE')}".encode() * 20]


class Answer:
    def __init__(self, cache, path="/", method="GET", query="", **headers):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
        environ |= {"wsgi.input": io.BytesIO(), "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        self.body = b"".join(cache(environ, self.start))

    def start(self, status, headers, exc_info=None):
        self.status, self.headers = int(status.split()[0]), dict(headers)


@pytest.fixture
def frozen_token(settings):
    """The token is read once, so that a test says itself when it moves."""
    settings.REVISION_MAX_AGE = 3600


def test_a_page_is_rendered_once_and_answered_again():
    cache = PageCache(inner := Inner())
    assert Answer(cache).body == Answer(cache).body
    assert inner.asked == [("GET", "")]


def test_a_revision_lets_go_of_every_page(settings):
    settings.REVISION_MAX_AGE = 0
    cache = PageCache(inner := Inner())
    Answer(cache)
    Revision.bump()
    Answer(cache)
    assert len(inner.asked) == 2


@pytest.mark.parametrize("accept", ["gzip", "br, gzip;q=0.5", "GZIP", "*"])
def test_gzip_goes_to_those_who_take_it(accept):
    cache = PageCache(Inner())
    plain, zipped = Answer(cache), Answer(cache, accept_encoding=accept)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert zipped.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accept", ["", "br", "gzip;q=0", "gzip;q=0.0", "identity", "gzipped"])
def test_others_get_the_plain_page(accept):
    assert "Content-Encoding" not in Answer(PageCache(Inner()), accept_encoding=accept).headers


def test_a_known_etag_costs_no_body():
    cache = PageCache(inner := Inner())
    etag = Answer(cache).headers["ETag"]
    for wanted in (etag, f'"other", W/{etag}', "*"):
        again = Answer(cache, if_none_match=wanted)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert Answer(cache, if_none_match='"other"').status == 200
    assert len(inner.asked) == 1


def test_head_before_get_keeps_the_whole_page():
    cache = PageCache(inner := Inner())
    head, get = Answer(cache, method="HEAD"), Answer(cache)
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(get.body)))
    assert inner.asked == [("GET", "")]


def test_a_readers_cookie_range_and_query_reach_nothing():
    cache = PageCache(inner := Inner())
    marked = Answer(cache, cookie="session=stolen", range="bytes=0-3", query="utm_source=x&before=1-2")
    assert b"stolen" not in marked.body
    assert marked.status == 200
    assert Answer(cache, query="before=1-2&fbclid=y").body == marked.body
    assert inner.asked == [("GET", "before=1-2")]


def test_a_parameter_an_old_address_knows_goes_to_django():
    make_old_address("/", "/appeals/", query="p=123")
    cache = PageCache(inner := Inner())
    Answer(cache, query="p=123")
    Answer(cache, query="p=123")
    assert inner.asked == [("GET", "p=123")] * 2


@pytest.mark.parametrize(
    "inner",
    [
        Inner(("Cache-Control", "no-store")),
        Inner(PUBLIC, ("Set-Cookie", "a=b")),
        Inner(PUBLIC, ("Vary", "Cookie")),
        Inner(status="404 Not Found"),
        Inner(status="500 Oops"),
    ],
    ids=["private", "cookie", "vary", "missing", "broken"],
)
def test_what_is_not_for_everyone_is_never_kept(inner):
    cache = PageCache(inner)
    assert Answer(cache).body != Answer(cache).body


@pytest.mark.parametrize(
    "request_", [{"method": "POST"}, {"path": "/admin/"}, {"path": "/nowhere/at/all/"}, {"host": "evil.example"}, {"path": "/appeals/x/sent/"}]
)
def test_what_is_no_public_page_goes_straight_through(request_):
    cache = PageCache(inner := Inner())
    Answer(cache, **request_)
    Answer(cache, **request_)
    assert len(inner.asked) == 2


def test_hosts_and_schemes_do_not_share_pages(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache = PageCache(inner := Inner())
    for headers in ({}, {"host": "127.0.0.1"}, {"x_forwarded_proto": "https"}, {"x_forwarded_proto": "http"}, {"x_forwarded_host": "evil.example"}):
        Answer(cache, **headers)
    assert len(inner.asked) == 3


def test_the_store_never_outgrows_its_limit():
    cache = PageCache(Inner(), limit=20_000)
    for number in range(50):
        Answer(cache, query=f"before={number}-1")
    assert 0 < cache.store.size <= 20_000
    assert cache.store.size == sum(page.size for page in cache.store.pages.values())


def test_the_least_recently_used_page_goes_first():
    cache = PageCache(inner := Inner(), limit=9_000)
    for query in ("before=1-1", "before=2-1", "before=1-1", "before=3-1", "before=1-1"):
        Answer(cache, query=query)
    assert [query for _method, query in inner.asked] == ["before=1-1", "before=2-1", "before=3-1"]


def test_many_who_ask_at_once_cost_one_rendering(frozen_token):
    memo.memo.current_token()
    cache = PageCache(inner := Inner(slow=0.2))
    gate = threading.Barrier(8)

    def ask(_number):
        gate.wait()
        return Answer(cache).body

    with ThreadPoolExecutor(8) as readers:
        bodies = set(readers.map(ask, range(8)))
    assert (len(bodies), len(inner.asked)) == (1, 1)


def test_with_the_database_gone_what_is_kept_is_read_on(monkeypatch, settings):
    settings.REVISION_MAX_AGE = 0
    cache = PageCache(inner := Inner())
    page = Answer(cache).body

    def gone():
        raise DatabaseError

    monkeypatch.setattr(memo, "read_token", gone)
    assert Answer(cache).body == page
    assert len(inner.asked) == 1


def test_a_page_says_until_when_a_proxy_may_keep_it():
    assert Answer(PageCache(Inner())).headers["X-Accel-Expires"] in {f"@{int(time.time()) - late}" for late in (0, 1)}
