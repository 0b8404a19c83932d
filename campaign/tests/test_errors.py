"""What readers get when something is wrong: the right status, in the site's look, with what to do; and what the log gets of it."""

import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import html5lib
import hypothesis
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from hypothesis import strategies as st

from appeals.tests.factories import make_appeal
from articles.models import Status
from articles.tests.factories import NOON, make_article, make_hidden_articles, make_label, make_page
from campaign import alerts
from campaign.lastresort import LastResort
from campaign.tests.test_pagecache import Answer
from campaign.urls import *  # noqa: F403  the site's own addresses, and two that fail
from campaign.urls import urlpatterns as site_patterns
from campaign.views import errors

pytestmark = pytest.mark.django_db
SECRET = "+44-20-7946-0000"
CURSORS = ["x", "1", "-", "1-", "-1", "1-1-1", "9" * 40 + "-1", "1-" + "9" * 40, "%00", "1-1%00", "%E2%80%AE1-1", "١-٢", "<script>", "%FF"]
DATED = ["/10000/1/", "/2012/13/", "/2012/00/", "/2012/8/", "/0000/", "/0000/01/", "/2012/02/30/", "/2012/02/30/x/", "/2011/02/29/x/", "/2012/08/29/none/"]
PATHS = [
    "/labels/none/",
    "/labels/none/2012/",
    "/labels/none/feed/",
    "/labels/%00/",
    "/none/",
    "/a%00b/",
    "/%E2%80%AE/",
    "/%FF/",
    "/" + "x" * 4000 + "/",
    "/..%2f..%2fetc/",
]
PAGES = [
    "/",
    "/2012/",
    "/2012/08/",
    "/labels/miners/",
    "/labels/miners/2012/",
    "/reports/",
    "/feed/",
    "/feed.json",
    "/events.ics",
    "/sitemap.xml",
    "/robots.txt",
]


def fails(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"cannot read {request.GET} {request.POST} {request.path}")


def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("fails/", fails, name="fails"), path("forbids/", forbids, name="forbids"), *site_patterns]


@pytest.fixture
def logged(monkeypatch) -> list[str]:
    """What any handler that writes would have written."""
    records: list[str] = []

    def emit(handler: logging.Handler, record: logging.LogRecord) -> None:
        if type(handler) is logging.StreamHandler:  # pytest's own handlers are subclasses
            records.append(handler.format(record))

    monkeypatch.setattr(logging.StreamHandler, "emit", emit)
    return records


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def database_away() -> Iterator[None]:
    def refuse(*_: Any) -> None:
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        yield


def words_of(answer: HttpResponse) -> str:
    """The text of <main>, of a page that is valid HTML in the site's look."""
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.content.decode())
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert len(document.findall(".//h1")) == 1
    assert document.find(".//header[@class='masthead']") is not None
    return " ".join("".join(document.find(".//main").itertext()).split())


def links_of(answer: HttpResponse) -> list[str]:
    document = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    return [link.get("href") for link in document.find(".//main").iter("a")]


@pytest.mark.parametrize("address", [*DATED, *PATHS])
def test_rubbish_is_a_404_in_the_sites_look_and_nothing_is_logged(reader, logged, address):
    make_article(labels=("Miners",))
    answer = reader.get(address)
    assert (answer.status_code, logged) == (404, [])
    assert "This page is missing" in words_of(answer)


@pytest.mark.parametrize("page", [*PAGES[:6], "/appeals/"])
def test_a_cursor_of_rubbish_is_a_404(reader, logged, page):
    make_article(labels=("Miners",))
    answers = [reader.get(f"{page}?{side}={cursor}").status_code for side in ("before", "after") for cursor in CURSORS]
    assert (answers, logged) == ([404] * len(answers), [])


@pytest.mark.parametrize("query", ["?x=%00", "?before", "?utm=%E2%80%AE", "?p=%00", "?p=1&p=2", "?" + "&".join(f"a{n}=1" for n in range(200))])
@pytest.mark.parametrize("address", ["/2012/08/29/strike/", "/labels/", "/feed/"])
def test_a_query_that_a_page_does_not_know_changes_nothing(reader, logged, address, query):
    make_article(slug="strike")
    answer = reader.get(address + query)
    assert (answer.status_code, logged) == (200, [])
    assert answer.content == reader.get(address).content


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_nothing_that_is_sent_to_it(reader, logged, django_assert_num_queries, address):
    with django_assert_num_queries(0):
        answers = [reader.generic(method, address) for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE")]
    assert [(answer.status_code, answer["Allow"]) for answer in answers] == [(405, "GET, HEAD")] * 7
    assert logged == []
    answer = answers[0]
    assert "can only be read" in words_of(answer)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "trace"])
@pytest.mark.parametrize("address", ["/", "/none/", "/admin/", "/admin/login/", "/healthz", "/static/none.css", "/preview/x/", "/feed/"])
def test_trace_is_refused_everywhere_and_echoes_nothing(reader, logged, address, method):
    answer = reader.generic(method, address, HTTP_COOKIE=f"session={SECRET}", HTTP_AUTHORIZATION=SECRET)
    assert (answer.status_code, answer["Allow"], logged) == (405, "GET, HEAD", [])
    assert SECRET not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize("host", ["evil.example.com", "testserver.evil.example.com", "a b", "localhost:x", "-", "[::", "ünïcode.example", ""])
def test_a_host_that_is_not_ours_is_refused(reader, logged, django_assert_num_queries, host):
    with django_assert_num_queries(0):
        answers = [reader.get(address, HTTP_HOST=host) for address in ("/", "/none/", "/feed/", "/admin/")]
    assert [answer.status_code for answer in answers] == [400] * 4
    answer = answers[0]
    assert (answer.status_code, logged) == (400, [])
    assert "cannot be read" in words_of(answer)
    assert "evil" not in answer.content.decode()


def test_an_asterisk_is_no_path_and_no_crash(reader, logged):
    request = RequestFactory().options("/")
    answer = reader.request(REQUEST_METHOD="OPTIONS", PATH_INFO="*", **{"wsgi.input": request.environ["wsgi.input"]})
    assert (answer.status_code, logged) == (404, [])


@pytest.mark.urls(__name__)
def test_an_error_is_logged_by_view_and_number_alone(reader, logged, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = reader.post(f"/fails/?q={SECRET}", {"words": SECRET})
    assert answer.status_code == 500
    (number,) = re.findall(r"number ([0-9a-f]{8})\b", words_of(answer))
    (line,) = logged
    assert re.fullmatch(rf"ERROR campaign: error {number} in fails: ValueError at .*campaign/tests/test_errors.py:\d+", line)
    assert SECRET not in line + answer.content.decode()
    assert "/appeals/" in links_of(answer)


def with_mail(settings: Any, **server: Any) -> None:
    alerts.told.clear()
    settings.ADMINS = [("", "admin@example.org"), ("", "second@example.org")]
    for name, value in server.items():
        setattr(settings, f"EMAIL_{name}", value)


def mailed() -> None:
    """Waits for what is on its way to the mail server."""
    for thread in threading.enumerate():
        if thread.name == "alert":
            thread.join()


@pytest.mark.urls(__name__)
def test_the_administrators_get_the_line_of_the_log_once_an_hour(reader, logged, settings, mailoutbox):
    with_mail(settings)
    marked = {"HTTP_USER_AGENT": SECRET, "HTTP_REFERER": SECRET, "HTTP_COOKIE": f"session={SECRET}", "REMOTE_ADDR": "192.0.2.77"}
    for _time in range(3):
        reader.post(f"/fails/?q={SECRET}", {"words": SECRET}, **marked)
    mailed()
    (mail,), line = mailoutbox, logged[0].removeprefix("ERROR campaign: ")
    number = line.split()[1]
    assert (mail.to, mail.subject) == (["admin@example.org", "second@example.org"], f"[localhost] error {number}")
    assert mail.body.splitlines()[0] == line
    assert len(logged) == 3
    assert [word for word in (SECRET, "192.0.2.77", "/fails/", "cannot read") if word in mail.message().as_string()] == []
    alerts.told["fails: ValueError"] -= alerts.AGAIN
    reader.get("/fails/")
    mailed()
    assert len(mailoutbox) == 2


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("listens", "why"), [(True, "SMTPServerDisconnected"), (False, "ConnectionRefusedError")])
def test_a_dead_mail_server_holds_nobody_up_and_the_log_says_so(reader, logged, settings, listens, why):
    with socket.create_server(("127.0.0.1", 0)) as server:  # takes connections, and says nothing
        with_mail(settings, BACKEND="django.core.mail.backends.smtp.EmailBackend", HOST="127.0.0.1", PORT=server.getsockname()[1], TIMEOUT=1)
        if not listens:
            server.close()
        began = time.monotonic()
        answer = reader.get("/fails/")
        took = time.monotonic() - began
        mailed()
    (number,) = re.findall(r"number ([0-9a-f]{8})\b", words_of(answer))
    assert took < 0.9
    assert logged[1:] == [f"ERROR campaign: error {number} could not be mailed to the administrators: {why}"]


def test_what_even_django_did_not_catch_is_answered_and_logged_without_the_path(logged):
    def breaks(environ: dict, start_response: Callable) -> None:
        raise ValueError(f"cannot read {environ['PATH_INFO']}")

    answer = Answer(LastResort(breaks), f"/{SECRET}/")
    (line,) = logged
    number = re.fullmatch(r"ERROR campaign: error ([0-9a-f]{8}) in no view: ValueError at .*test_errors.py:\d+", line)[1]
    assert (answer.status, answer.body.decode()) == (500, f"Something broke on our side. If you write to us about this, name the number {number}.\n")


@pytest.mark.urls(__name__)
def test_an_error_of_the_page_that_says_so_is_said_all_the_same(reader, logged, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    answer = reader.get("/fails/")
    assert (answer.status_code, answer["Content-Type"], len(logged)) == (500, "text/plain; charset=utf-8", 1)
    assert answer.content.decode().startswith("Something broke on our side.")


@pytest.mark.urls(__name__)
def test_what_is_forbidden_says_so(reader, logged, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = reader.get("/forbids/")
    assert (answer.status_code, logged) == (403, [])
    assert "closed to you" in words_of(answer)


@pytest.mark.parametrize("address", ["/", "/2012/08/", "/feed/", "/sitemap.xml", "/2012/08/29/x/"])
def test_without_its_database_the_site_asks_to_come_back(reader, logged, database_away, address):
    answer = reader.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "cannot reach its records" in words_of(answer)
    (line,) = logged
    assert re.fullmatch(r"ERROR campaign: error [0-9a-f]{8} in \w+: OperationalError at [\w/.: >-]+", line)


def test_a_missing_page_says_so_without_the_database_too(reader, logged, database_away):
    answer = reader.get("/2012/none/")
    assert (answer.status_code, logged) == (404, [])
    assert "This page is missing" in words_of(answer)


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("/2012/08/none.html", "/2012/08/"),
        ("/2012/8/", "/2012/08/"),
        ("/2012/08/29/none/", "/2012/08/"),
        ("/2012/07/", "/2012/"),
        ("/2012/13/", "/2012/"),
        ("/blog/2012/08/none.html", "/2012/08/"),
    ],
)
def test_a_dated_address_offers_what_was_published_then(client, address, offered):
    make_article()
    answer = client.get(address)
    assert answer.status_code == 404
    assert [link for link in links_of(answer) if link != "/appeals/"] == [offered]


def test_a_404_offers_the_newest_posts_open_appeals_and_search(client):
    make_article(title="Miners out")
    make_appeal(title="Free them")
    page = client.get("/none/").content.decode()
    assert [words in page for words in ("Miners out", "Free them", 'name="q"')] == [True, True, True]


def withdraw(post: Any, **overrides: Any) -> Any:
    post.status, post.withdrawn_reason = Status.WITHDRAWN, "It named a witness."
    post.save()
    type(post).objects.filter(pk=post.pk).update(withdrawn_at=datetime(2012, 9, 3, 9, tzinfo=UTC), **overrides)
    return post


@pytest.mark.parametrize(
    ("make", "under", "kind"), [(make_article, "", "report"), (make_article, "report.txt", "report"), (make_appeal, "", "appeal"), (make_page, "", "page")]
)
def test_a_withdrawn_post_is_gone_and_says_when_and_why(client, logged, make: Callable, under, kind):
    post = withdraw(make(title="Names a witness"))
    answer = client.get(post.get_absolute_url() + under)
    words = words_of(answer)
    assert (answer.status_code, logged) == (410, [])
    assert f"This {kind} was withdrawn on 3 September 2012" in words
    assert "It named a witness." in words
    assert "Names a witness" not in answer.content.decode()


def test_what_readers_never_saw_is_missing_and_not_gone(client):
    hidden = [post for post in make_hidden_articles() if post.status != Status.WITHDRAWN and post.published_on]
    scheduled = withdraw(make_article(published_at=datetime.now(UTC) + timedelta(days=3)))
    never_due = withdraw(make_article(published_at=datetime.now(UTC) - timedelta(days=3)))  # withdrawn in 2012, long before its day
    statuses = [client.get(post.get_absolute_url()).status_code for post in (*hidden, scheduled, never_due)]
    assert statuses == [404, 404, 404, 404]


def test_a_withdrawn_post_does_not_answer_for_another_of_its_slug(client):
    withdraw(make_article(slug="strike"))
    assert client.get("/2012/08/30/strike/").status_code == 404
    assert client.get("/appeals/strike/").status_code == 404
    assert client.get("/strike/").status_code == 404


def test_too_many_requests_are_answered_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.too_many(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("origin", ["http://[", "https://evil.example.com", "://", "\u00b2", "testserver"])
def test_a_form_from_elsewhere_is_refused_without_the_database(reader, logged, django_assert_num_queries, origin):
    with django_assert_num_queries(0):
        answer = reader.post("/appeals/free-them/sent/", HTTP_ORIGIN=origin)
    assert (answer.status_code, logged) == (403, [])
    assert "another website" in words_of(answer)


ODD = st.text(alphabet=st.one_of(st.sampled_from("/.?&=%+-0123456789abcdefxyz\0\r\n\u202e\u200f"), st.characters(codec="utf-8")), max_size=60)
SHAPES = st.sampled_from(["/{}", "/2012/{}/", "/labels/{}/", "/appeals/{}/", "/2012/08/29/{}/report.txt", "/sitemap-{}.xml", "/{}/feed/", "/preview/{}/"])


@pytest.mark.django_db(transaction=False)
@hypothesis.settings(max_examples=80, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(shape=SHAPES, middle=ODD, name=ODD, value=ODD)
def test_no_address_is_more_than_missing(reader, logged, shape, middle, name, value):
    answer = reader.get(quote(shape.format(middle)), {name: value, "before": value})
    assert (answer.status_code in (200, 301, 404), logged) == (True, [])


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_page_costs_the_same_whatever_is_near(client, django_assert_num_queries, warm_frame, number):
    for _each in range(number):
        make_article()
        make_label()
    warm_frame()
    with django_assert_num_queries(1):
        assert client.get("/2012/08/none.html").status_code == 404
    with django_assert_num_queries(3):
        assert client.get(f"/{NOON:%Y/%m/%d}/none/").status_code == 404
