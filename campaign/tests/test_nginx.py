"""deploy/nginx.conf, in a real nginx in front of a real gunicorn."""

import http.client
import os
import re
import subprocess
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from campaign.tests import machine, nginx
from campaign.tests.machine import BASE_DIR
from campaign.tests.site import serve
from conftest import found

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def gunicorn(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("gunicorn"), TRUSTED_PROXY="X-Real-IP") as site:
        yield site


@pytest.fixture(scope="module")
def front(gunicorn, tmp_path_factory):
    with nginx.in_front_of(found(machine.nginx), tmp_path_factory.mktemp("nginx"), gunicorn) as front:
        yield front


def ask(front, method, path, body=b"", **headers):
    with closing(http.client.HTTPConnection(urllib.parse.urlsplit(front.url).netloc, timeout=20)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def cached(front) -> set[str]:
    """Addresses in nginx's cache, with their coding, as its own files say."""
    return {re.search(rb"KEY: (.*)", file.read_bytes())[1].decode() for file in (front.var / "cache").rglob("*") if file.is_file()}


def shell(gunicorn, code: str) -> None:
    env = {**os.environ, "VAR_DIR": str(gunicorn.var), "DJANGO_SETTINGS_MODULE": "campaign.settings"}
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=BASE_DIR, env=env, check=True, capture_output=True)


def test_a_page_comes_through_and_is_kept(front):
    status, headers, body = ask(front, "GET", "/labels/", Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert body.startswith(b"\x1f\x8b")
    assert any("/labels/ gzip" in key for key in cached(front))


def test_odd_codings_do_not_fill_the_cache(front):
    for coding in ("gzip", "gzip, br", "gzip;q=0.9, zstd", "br, gzip, x-rubbish"):
        ask(front, "GET", "/archive/", Accept_Encoding=coding)
    assert len([key for key in cached(front) if "/archive/" in key]) == 1


def test_static_files_are_served_without_django(front, gunicorn):
    _status, _headers, page = ask(front, "GET", "/")
    sheet = re.search(rb'href="(/static/css/site[^"]*\.css)"', page)[1].decode()
    status, headers, body = ask(front, "GET", sheet, Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"], headers["Cache-Control"]) == (200, "gzip", "public, max-age=31536000, immutable")
    assert len(body) < 12_000


def test_the_mirror_in_one_file_is_served_without_django(front, gunicorn):
    (gunicorn.var / "mirror.zip").write_bytes(b"PK, as if it were whole")
    status, headers, body = ask(front, "GET", "/mirror.zip")
    (gunicorn.var / "mirror.zip").unlink()
    assert (status, headers["Content-Type"], headers["Content-Disposition"]) == (200, "application/zip", "attachment; filename=mirror.zip")
    assert body == b"PK, as if it were whole"


def test_trace_is_refused(front):
    assert ask(front, "TRACE", "/")[0] == 405


def test_a_body_past_all_measure_never_reaches_django(front):
    assert ask(front, "POST", "/search/", body=b"x" * 100_000)[0] == 413


@pytest.mark.parametrize("path", ["/?" + "&".join(f"word{number}=1" for number in range(330)), "/" + "1x1-" * 1000, "/" + "2012_01_01_" * 360])
def test_the_longest_address_is_answered_as_any_other(front, gunicorn, path):
    """What nginx cannot hold of an answer is a 502, and puts a gunicorn of several out of use for everybody."""
    said = ask(gunicorn, "GET", path)[0]
    assert (said in (200, 301), ask(front, "GET", path)[0]) == (True, said)


def most_memory(gunicorn) -> int:
    """Megabytes that the worker has had at once so far."""
    worker = Path(f"/proc/{gunicorn.process.pid}/task/{gunicorn.process.pid}/children").read_text().split()[0]
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{worker}/status").read_text())[1]) // 1024


def test_strangers_who_log_in_at_once_do_not_use_up_the_memory(gunicorn):
    """Each password costs a hundred megabytes while it is hashed, an account that is none like any other."""
    _status, headers, page = ask(gunicorn, "GET", "/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
    before = most_memory(gunicorn)

    def log_in(number: int) -> bool:
        words = urllib.parse.urlencode({"username": f"nobody-{number}", "password": "x", "csrfmiddlewaretoken": token}).encode()
        cookie = headers["Set-Cookie"].partition(";")[0]
        return ask(gunicorn, "POST", "/admin/login/", words, Cookie=cookie, Content_Type="application/x-www-form-urlencoded")[2].find(b"errornote") > 0

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(log_in, range(8))) == [True] * 8
    assert most_memory(gunicorn) - before < 200


def test_a_foreign_host_is_refused(front):
    assert ask(front, "GET", "/", Host="evil.example")[0] == 400


SETTING = "from datetime import UTC, datetime, timedelta; from django.utils import timezone; from articles.models import *; from appeals.models import *; "
APPEAL = "/appeals/open-the-zhanaozen-files/"
CHANGES = {
    "published": ("/", "Article.objects.create(title='Out just now', status='published')", b"Out just now"),
    "corrected": ("/about/", "page = Page.objects.get(slug='about'); page.title = 'Changed just now'; page.save()", b"Changed just now"),
    "retired": (APPEAL, "a = Appeal.objects.get(slug='open-the-zhanaozen-files').appeal_addresses.first().address; a.retire()", b"Not in use since"),
    "updated": (APPEAL, "a = Appeal.objects.get(slug='open-the-zhanaozen-files'); a.updates.create(text='They are free')", b"They are free"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen_within_two_seconds(front, gunicorn, what):
    path, change, mark = CHANGES[what]
    assert mark not in ask(front, "GET", path)[2]
    shell(gunicorn, SETTING + change)
    assert seen(front, path, mark, time.monotonic()) < 2


def test_a_scheduled_post_is_seen_within_two_seconds_of_falling_due(front, gunicorn):
    due = time.time() + 8  # by then the shell has saved it
    shell(gunicorn, SETTING + f"Article.objects.create(title='Due just now', status='published', published_at=datetime.fromtimestamp({due}, UTC))")
    assert b"Due just now" not in ask(front, "GET", "/")[2]
    time.sleep(max(0, due - time.time()))
    assert seen(front, "/", b"Due just now", time.monotonic()) < 2


def seen(front, path: str, mark: bytes, since: float) -> float:
    """Seconds until a fresh client read it there."""
    while mark not in ask(front, "GET", path)[2]:
        assert time.monotonic() - since < 10
        time.sleep(0.05)
    return time.monotonic() - since


def test_a_rush_on_a_form_gets_honest_answers_and_leaves_no_trace(front, gunicorn):
    appeal = re.search(rb'href="(/appeals/(?!feed/)[^"/]+/)"', ask(front, "GET", "/appeals/")[2])[1].decode()
    answers = [ask(front, "GET", f"{appeal}sent/", User_Agent="Marked-Agent", Referer="http://marked.example/") for _number in range(120)]
    assert {status for status, _headers, _page in answers} == {200, 429}
    assert all(b"Nothing is lost: go back, and try again in a minute" in page for status, _headers, page in answers if status == 429)
    assert traces(front.var, b"127.0.0.1", b"Marked-Agent", b"marked.example") == []


def traces(folder: Path, *marks: bytes) -> list[str]:
    """Files that tell of a reader; nginx's own configuration and its copies of pages apart."""
    files = [file for file in folder.rglob("*.log") if file.is_file()]
    assert files
    return [f"{file.name}: {mark.decode()}" for file in files for mark in marks if mark in file.read_bytes()]


def test_with_gunicorn_dead_every_page_seen_is_still_answered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dying")
    program = found(machine.nginx)
    with serve(folder) as gunicorn, nginx.in_front_of(program, tmp_path_factory.mktemp("front"), gunicorn) as front:
        seen = ["/", "/labels/", "/archive/", "/feed/"]
        before = [ask(front, "GET", path)[2] for path in seen]
        gunicorn.kill()
        time.sleep(1.5)
        assert [ask(front, "GET", path)[2] for path in seen] == before
        status, _headers, page = ask(front, "GET", "/events/")
        assert (status, b"The site is being mended" in page) == (502, True)
        assert traces(front.var, b"127.0.0.1") == []
