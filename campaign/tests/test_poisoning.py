"""Cache poisoning: whatever the first who asks for a page sends along, the next reader gets the page that everybody gets."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from articles.memo import memo
from articles.tests.factories import make_article, make_label
from campaign.pagecache import PageCache
from campaign.tests.test_pagecache import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PATH = "/labels/strike/"
SENT = [
    {"x_forwarded_host": "evil.example"},
    {"x_forwarded_proto": "https"},
    {"x_forwarded_for": "10.0.0.1", "x_real_ip": "10.0.0.1"},
    {"x_forwarded_port": "8443", "x_forwarded_prefix": "/evil"},
    {"forwarded": "host=evil.example;proto=https"},
    {"x_original_url": "/admin/", "x_rewrite_url": "/admin/"},
    {"x_http_method_override": "DELETE"},
    {"accept_language": "ar"},
    {"accept_encoding": "gzip;q=0, br, x" * 50},
    {"accept_encoding": "\x00\xff gzip"},
    {"cookie": "sessionid=stolen; django_language=ar"},
    {"authorization": "Basic ZTpl"},
    {"range": "bytes=0-9"},
    {"if_none_match": "*"},
    {"if_modified_since": "Wed, 21 Oct 2099 07:28:00 GMT"},
    {"user_agent": "Googlebot", "referer": "https://evil.example/<script>"},
    {"method": "HEAD"},
    {"query": "utm_source=<script>alert(1)</script>"},
    {"query": "cb=1&before="},
    {"query": "before=1-2;x=1"},
    {"query": "%00=%ff&from[]=oldest"},
    {"query": "from=oldest"},
    {"host": "localhost."},
    {"host": "LOCALHOST"},
    {"host": "evil.example"},
    {"host": "localhost:80@evil.example"},
    {"path": "//labels/strike/"},
    {"path": "/labels/strike/%2e%2e/"},
]


@pytest.fixture
def page(settings) -> bytes:
    """The page as everybody gets it."""
    settings.REVISION_MAX_AGE = 3600
    for _number in range(2):
        make_article(labels=("Strike",))
    assert make_label().pk
    memo.forget()
    answer = Answer(PageCache(WSGIHandler()), PATH)
    assert answer.status == 200
    return answer.body


@pytest.mark.parametrize("sent", SENT, ids=[str(number) for number in range(len(SENT))])
def test_the_next_reader_gets_everybodys_page(page, sent):
    cache = PageCache(WSGIHandler())
    first = Answer(cache, **{"path": PATH, **sent})
    for mark in (b"evil.example", b"stolen", b"alert(1)"):
        assert mark not in first.body or first.status in (400, 404)
    after = Answer(cache, PATH)
    assert (after.status, after.body) == (200, page)
    assert "Set-Cookie" not in after.headers
    assert "Content-Range" not in after.headers


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "X-Script-Name"])
def test_no_header_puts_a_folder_before_the_addresses_of_a_page(site, name):
    first = site.get("/archive/?before=", **{name: "/archive"}).read()
    assert b'href="/labels/"' in first
    assert site.get("/archive/").read() == first
