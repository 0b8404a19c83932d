"""A reader with a marked address, browser, referrer and question, through the real nginx and gunicorn: nothing keeps any of it."""

import http.client
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import redis

from campaign.tests import machine, nginx
from campaign.tests.site import Site, serve
from conftest import found

pytestmark = pytest.mark.once

ADDRESS, BROWSER, REFERRER, QUESTION = "127.66.77.88", "MarkedBrowser/7.7", "https://marked.example/from-here", "markedquestion"
FORWARDED = "10.66.77.88"
MARKS = re.compile(rb"127\.66\.77\.88|10\.66\.77\.88|MarkedBrowser|marked\.example|markedquestion|\x7f\x42\x4d\x58")
"""The last is the address in binary."""
MISSING = "/markedquestion-none/"


@pytest.fixture(scope="module")
def cache() -> str:
    return found(machine.redis)


@pytest.fixture(scope="module")
def front(tmp_path_factory, cache) -> Iterator[Site]:
    program = found(machine.nginx)
    behind, before = tmp_path_factory.mktemp("behind"), tmp_path_factory.mktemp("front")
    with serve(behind, TRUSTED_PROXY="X-Real-IP", CACHE_URL=cache) as gunicorn, nginx.in_front_of(program, before, gunicorn) as front:
        yield Site(front.url, before.parent, front.process)


def ask(front: Site, path: str, body: dict[str, str] | None = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    marked = {"User-Agent": BROWSER, "Referer": REFERRER, "X-Forwarded-For": FORWARDED, "X-Real-IP": FORWARDED, "Forwarded": f"for={FORWARDED}"}
    content = urlencode(body).encode() if body is not None else None
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    with closing(http.client.HTTPConnection(urlsplit(front.url).netloc, timeout=20, source_address=(ADDRESS, 0))) as connection:
        connection.request("GET" if body is None else "POST", path, content, {**marked, **kind, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())


def token(page: bytes) -> str:
    return re.search(rb'name="token" value="([^"]+)"', page)[1].decode()


def walk(front: Site) -> set[int]:
    """Every kind of page, every form rightly and wrongly, the login's failure, what is missing, malformed and too much."""
    appeal = re.search(rb'href="(/appeals/(?!feed/)[^"/]+/)"', ask(front, "/appeals/")[1])[1].decode()
    failed = re.search(rb'href="([^"]*/failed/\d+/)"', ask(front, appeal)[1])
    pages = ["/", "/archive/", "/labels/", "/events/", "/feed/", "/feed.json", "/events.ics", "/sitemap.xml", "/mirror/", "/healthz", "/readyz", "/robots.txt"]
    pages += [f"{appeal}{name}" for name in ("", "appeal.txt", "addresses.csv", "events.ics", "sheet/")]
    pages += [
        f"/search/?q={QUESTION}",
        f"/?{QUESTION}=1",
        MISSING,
        "/2012/13/",
        "/?before=x",
        f"/admin/?next={QUESTION}",
        "/static/none.css",
        "/media/none.jpg",
    ]
    statuses = {ask(front, path)[0] for path in pages}
    for form in (f"{appeal}sent/", f"{appeal}messages/", failed[1].decode() if failed else f"{appeal}sent/"):
        fresh = token(ask(front, form)[1])
        sendings: list[tuple[dict[str, str], dict[str, str]]] = [
            ({"token": fresh, "text": "We stand with you.", "name": "Robin Example"}, {}), ({"token": QUESTION, "text": ""}, {}),
            ({"text": "x" * 60_000}, {}), ({"text": "x" * 70_000}, {}), ({}, {"Origin": "https://marked.example"}), ({}, {"Host": "evil.example"}),
        ]  # fmt: skip
        statuses |= {ask(front, form, body, **headers)[0] for body, headers in sendings}
    return statuses | login(front) | {ask(front, f"{appeal}sent/", {"token": QUESTION})[0] for _number in range(70)}


def login(front: Site) -> set[int]:
    """Wrong passwords of nobody's account, until the desk makes one wait."""
    _status, page, headers = ask(front, "/admin/login/")
    csrf = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
    cookie = {"Cookie": headers["Set-Cookie"].partition(";")[0], "Origin": front.url}
    words = {"csrfmiddlewaretoken": csrf, "username": "nobody", "password": "a wrong password of some length"}
    return {ask(front, "/admin/login/", words, **cookie)[0] for _number in range(5)}


def rows(database: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            yield from ((table, str(row).encode()) for row in connection.execute(f'SELECT * FROM "{table}"'))


def kept(cache: str) -> Iterator[tuple[str, bytes]]:
    store: Any = redis.Redis.from_url(cache.replace("rediscache", "redis"))
    yield from (("redis", key + (store.get(key) or b"")) for key in store.scan_iter() if store.type(key) == b"string")


def files(front: Site) -> Iterator[tuple[str, bytes]]:
    """All that the site and nginx wrote; nginx's copies of pages apart, which hold the address of each page but not who asked."""
    for folder in (one for one in front.var.iterdir() if one.name.startswith(("behind", "front"))):
        for name in (Path(root) / name for root, _folders, names in os.walk(folder) for name in names):
            yield str(name.relative_to(front.var)), name.read_bytes()


def test_no_file_table_or_cache_tells_of_a_reader(front, cache):
    assert walk(front) >= {200, 400, 403, 404, 413, 422, 429}
    searched = [*files(front), *kept(cache), *(row for file in front.var.rglob("site.sqlite3") for row in rows(file))]
    found = {where for where, content in searched if MARKS.search(content)}
    assert {where for where in found if "/cache/" not in where} == set()
    copies = {where for where, content in searched if "/cache/" in where and re.search(rb"MarkedBrowser|66\.77\.88|from-here|[?&]q=", content)}
    assert copies == set()
    names = {where.partition("/")[2].rpartition("/")[2] for where, _content in searched if "/" in where}
    assert names >= {"site.sqlite3", "stderr", "campaign.log", "campaign-error.log"}
    assert {"articles_message", "appeals_press", "redis"} <= {where for where, _content in searched}
