"""Requests that no browser sends: always an answer of the right kind, never a 500, never a word of ours about how the site is made."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import reverse

from appeals.tests.factories import add_address, make_appeal
from articles.tests.factories import make_article, make_label
from campaign.pagecache import PageCache
from campaign.tests.accounts import at_desk
from campaign.tests.test_pagecache import Answer

pytestmark = pytest.mark.django_db

HUGE = (2**31, 2**32, 2**63 - 1, 2**63, 2**64, 10**40, int("9" * 400))
LEAKS = (b"Traceback", b"Exception", b"site-packages", b"/work", b"DEBUG", b"sqlite", b"psycopg")
BODIES = {
    "nul": ("application/x-www-form-urlencoded", b"text=%00&name=a%00b&token=%00"),
    "not utf-8": ("application/x-www-form-urlencoded", b"text=%ff%fe&name=\xff&token=%ED%A0%80"),
    "a thousand fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1001))),
    "one field a thousand times": ("application/x-www-form-urlencoded", b"text=a&" * 1001),
    "other charset": ("application/x-www-form-urlencoded; charset=utf-7", b"text=+ADw-script+AD4-"),
    "charset of none": ("application/x-www-form-urlencoded; charset=none", b"text=a"),
    "json": ("application/json", b'{"text": "a"}'),
    "no type": ("", b"text=a"),
    "type of nonsense": ("x" * 3000, b"text=a"),
    "no boundary": ("multipart/form-data", b"text=a"),
    "empty boundary": ("multipart/form-data; boundary=", b"text=a"),
    "long boundary": (f"multipart/form-data; boundary={'x' * 300}", b"text=a"),
    "boundary of bytes": ("multipart/form-data; boundary=\xff", b"text=a"),
    "unfinished": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhi'),
    "a file for words": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"; filename="../../x"\r\n\r\nhi\r\n--x--'),
    "broken base64": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: base64\r\n\r\nAA=A\r\n--x--',
    ),
    "many parts": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1500 + b"--x--"),
    "bad token": ("application/x-www-form-urlencoded", b"text=a&token=" + b"a:b:c:" * 300),
    "line ends": ("application/x-www-form-urlencoded", b"text=a&name=%0d%0aX:y&place=%0a&organisation=%e2%80%a8"),
}
ODD = {
    "HTTP_COOKIE": ("=;;==;", 'session="\\', "session=" + "x" * 4000, "session=\xff; csrf=\x00", '$Version=1; session="a"', "session=../../etc/passwd"),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Thu, 99 Foo 9999 99:99:99 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "-1"),
    "HTTP_IF_NONE_MATCH": ("*", '"', "W/", 'W/"' + "a" * 5000 + '"', "x," * 500),
    "HTTP_RANGE": ("bytes=0-", "bytes=-1", "bytes=" + "0-1," * 500, "x"),
    "HTTP_ACCEPT_ENCODING": ("*", "gzip;q=x", "\xff", "x" * 5000),
    "HTTP_ACCEPT_LANGUAGE": ("*", "x" * 5000, "en;q=9", "\xff"),
    "HTTP_REFERER": ("\xff", "javascript:x", "http://["),
    "HTTP_ORIGIN": ("null", "://", "http://[", "\xff"),
    "HTTP_X_FORWARDED_FOR": ("x" * 5000, "\x00", "127.0.0.1, ::1"),
    "HTTP_EXPECT": ("100-continue",),
    "CONTENT_LENGTH": ("-1", "x", "1e3", "9" * 30, "+5", "٣", ""),
    "HTTP_AUTHORIZATION": ("Basic x", "Bearer \xff", "Digest " + "x" * 3000),
}


@pytest.fixture
def appeal():
    appeal = make_appeal(labels=("Strike",), slug="free-them")
    add_address(appeal)
    make_article(labels=("Strike",), slug="strike")
    make_label(name="Empty")
    return appeal


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


def leaks(answer) -> list[bytes]:
    return [word for word in LEAKS if word in answer.getvalue()]


@pytest.mark.parametrize("name", BODIES)
def test_a_form_survives_any_body(reader, appeal, name):
    kind, body = BODIES[name]
    address = appeal.appeal_addresses.get().address_id
    paths = [f"/appeals/free-them/{form}" for form in ("sent/", "messages/", f"failed/{address}/")] + [reverse("admin:login")]
    answers = [reader.generic("POST", path, body, content_type=kind) for path in paths]
    assert {answer.status_code for answer in answers} <= {200, 400, 403, 413, 422}
    assert [leaks(answer) for answer in answers] == [[]] * 4
    assert appeal.messages.count() == 0


@pytest.mark.once
def test_the_desk_survives_any_body(appeal):
    editor = at_desk("editor")
    editor.raise_request_exception = False
    paths = [reverse(f"admin:{name}") for name in ("render_text", "paste_text", "mail_length", "paste", "queue", "ledger", "appeals_appeal_add", "sessions")]
    answers = {(name, path): editor.generic("POST", path, body, content_type=kind) for name, (kind, body) in BODIES.items() for path in paths}
    assert {asked: answer.status_code for asked, answer in answers.items() if answer.status_code >= 500 or leaks(answer)} == {}


@pytest.mark.once
@pytest.mark.parametrize("header", ODD)
def test_no_header_breaks_a_page(reader, appeal, header):
    paths = ("/", "/appeals/free-them/", "/feed/", "/search/?q=strike", "/admin/login/", "/appeals/free-them/messages/", "/none/")
    answers = {(path, value): reader.get(path, **{header: value}) for path in paths for value in ODD[header]}
    assert {asked: answer.status_code for asked, answer in answers.items() if answer.status_code >= 500 or leaks(answer)} == {}


@pytest.mark.parametrize("number", HUGE, ids=range(len(HUGE)))
def test_a_number_past_all_measure_names_nothing(reader, appeal, number):
    one, label = f"/appeals/free-them/{number}.vcf", "/labels/strike/"
    paths = [
        one,
        f"/appeals/free-them/letter-{number}.eml",
        f"/appeals/free-them/failed/{number}/",
        f"{label}?before=1-{10**20}{number}",
        f"/?after=1-{10**20}{number}",
    ]
    assert [reader.get(path).status_code for path in paths] == [404] * 5
    assert [reader.get(f"{path}?before={number}-{number}").status_code in (200, 404) for path in ("/", label)] == [True, True]
    assert reader.get(f"/search/?q={number}").status_code == 200
    editor = at_desk("editor")
    editor.raise_request_exception = False
    desk = (
        "posts/{}/preview/",
        "posts/{}/update/",
        "appeals/{}/close/",
        "ledger/{}/",
        "articles/article/{}/change/",
        "articles/article/{}/versions/",
        "r/{0}/{0}/",
    )
    answers = {path: editor.get(reverse("admin:index") + path.format(number)).status_code for path in desk}
    assert {path: status for path, status in answers.items() if status not in (302, 404)} == {}


@pytest.mark.once
def test_a_head_has_no_body_whatever_it_asks(appeal):
    cache = PageCache(WSGIHandler())
    answers = [Answer(cache, path, method="HEAD") for path in ("/", "/none/", "/appeals/free-them/messages/", "/healthz", "/?before=x")]
    assert [(answer.status, answer.body) for answer in answers] == [(status, b"") for status in (200, 404, 200, 200, 404)]
