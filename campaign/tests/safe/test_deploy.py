"""The page that takes a bare server to a running site, walked; and what that site is: A+, quiet, and never away."""

import http.client
import re
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from campaign.tests import machine
from campaign.tests.safe import observatory
from campaign.tests.safe.observatory import Seen, score
from campaign.tests.safe.walking import EMAIL, FEW, NOT_IN_CI, PASSWORD, SETTING_UP, SITE, UPGRADING, Walk, walked
from campaign.tests.site import free_port
from conftest import found

pytestmark = pytest.mark.once

NOT_WALKED = [
    "apt-get", "adduser", ".venv/bin/pip", "chgrp", "chown", "runuser -u postgres", "runuser -u postgres", "systemctl", "systemctl", "certbot",
    "systemctl", "curl", ".venv/bin/pip", "systemctl", "systemctl",
]  # fmt: skip
APPEAL = "/appeals/open-the-zhanaozen-files/"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture(scope="module")
def walk():
    program = found(machine.nginx)
    with tempfile.TemporaryDirectory(prefix="walk-") as root, walked(Path(root), program) as walk:
        yield walk


def test_ci_walks_all_of_the_page_but_what_it_names(walk):
    left = [line for line in SETTING_UP + UPGRADING if NOT_IN_CI.search(line)]
    assert [line[: len(begins)] for line, begins in zip(left, NOT_WALKED, strict=True)] == NOT_WALKED
    answer, page = walk.ask("/")
    assert (answer.status, "<h1" in page) == (200, True)
    assert walk.ask("/desk/login/")[0].status == 200
    assert (walk.root / "var/lib/campaign/mirror.key").is_file()


def test_what_is_secret_is_its_owners_alone(walk):
    secret = ("etc/campaign/secret-key", "var/lib/campaign/mirror.key", "var/lib/campaign/site.sqlite3", "var/backups/campaign")
    assert [name for name in secret if (walk.root / name).stat().st_mode & 0o077] == []
    assert [name for name in ("srv/campaign/.env", "var/lib/campaign", "etc/campaign") if (walk.root / name).stat().st_mode & 0o007] == []


def test_what_nginx_serves_itself_is_there_for_it(walk):
    sheet = re.search(r'href="(/static/css/site[^"]*\.css)"', walk.ask("/")[1])[1]
    answer, _sheet = walk.ask(sheet)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    static = walk.root / "var/lib/campaign/static"
    assert [path.name for path in (static, *static.rglob("*")) if not path.stat().st_mode & 0o004] == []


def test_the_units_are_sound_and_shut(walk):
    program, units = found(machine.systemd_analyze), walk.root / "etc/systemd/system"
    files = sorted(units.iterdir())
    assert len(files) == 6
    checked = subprocess.run([program, "verify", *files], capture_output=True, text=True, check=False)
    assert (checked.returncode, [line for line in checked.stderr.splitlines() if str(units) in line]) == (0, [])
    for service in units.glob("*.service"):
        asked = [program, "security", "--offline=yes", "--threshold=15", service]  # 0 is shut, 100 is open
        judged = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert judged.returncode == 0, judged.stdout
        assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "User=campaign"} <= set(service.read_text().splitlines())


@pytest.mark.parametrize(("method", "tls"), [("TRACE", True), ("TRACE", False), ("TRACK", True)])
def test_trace_is_refused_by_nginx(walk, method, tls):
    answers = [walk.ask(path, method, tls=tls, Cookie="session=marked") for path in ("/", "/static/none.css", "/desk/")]
    assert [answer.status for answer, _body in answers] == [405] * 3
    assert [body for _answer, body in answers if "marked" in body] == []


def test_plain_http_leads_to_tls_and_old_versions_are_refused(walk):
    answer, _body = walk.ask("/appeals/?from=oldest", tls=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{SITE}/appeals/?from=oldest")
    for version, status in (("-tls1_1", 1), ("-tls1_2", 0), ("-tls1_3", 0)):
        asked = ["openssl", "s_client", "-connect", f"127.0.0.1:{walk.secure}", "-servername", SITE, "-cipher", "DEFAULT@SECLEVEL=0", version]
        assert subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == status


def seen(walk: Walk, path: str) -> Seen:
    """The page as the Observatory asks for it."""
    plain, _body = walk.ask(path, tls=False)
    answer, body = walk.ask(path, Origin=Seen.foreign_origin)
    assert answer.status == 200
    return Seen(
        f"https://{SITE}{path}",
        headers=dict(answer.headers),
        cookies=answer.headers.get_all("Set-Cookie", []),
        body=body,
        route=[f"http://{SITE}{path}", plain.headers["Location"]],
    )


@pytest.mark.parametrize(
    ("path", "points"), [("/", 130), ("/appeals/", 130), (APPEAL, 130), (f"{APPEAL}sent/", 130), ("/search/?q=strike", 130), ("/desk/login/", 135)]
)
def test_the_observatory_gives_a_plus(walk, path, points):
    assert score(seen(walk, path)) == points


@pytest.mark.parametrize(
    ("name", "value", "points"),
    [
        ("Content-Security-Policy", "", 75),
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'", 80),
        ("Content-Security-Policy", "default-src 'none'; img-src http:; frame-ancestors 'none'", 110),
        ("Strict-Transport-Security", "", 80),
        ("Strict-Transport-Security", "max-age=86400", 120),
        ("Referrer-Policy", "unsafe-url", 120),
        ("X-Content-Type-Options", "", 125),
        ("Cross-Origin-Resource-Policy", "", 120),
        ("Access-Control-Allow-Origin", "*", 130),
        ("Set-Cookie", "session=x; Secure; SameSite=Lax", 70),
        ("Set-Cookie", "theme=x", 125),
        ("Set-Cookie", "session=x; Secure; HttpOnly; SameSite=Strict", 135),
        ("Script", '<script src="https://cdn.example/x.js"></script>', 125),
        ("Script", '<script src="//cdn.example/x.js"></script>', 50),
        ("Route", f"http://{SITE}/", 80),
    ],
)
def test_the_observatorys_rules_take_points_off(walk, name, value, points):
    page = seen(walk, "/")
    if name == "Set-Cookie":
        page.cookies = [value]
    elif name == "Script":
        page.body += value
    elif name == "Route":
        page.route = [value]
    else:
        page.headers[name] = value
    assert score(page) == points
    assert observatory.BONUS_FROM == 90


AWAY = "postgres://campaign:marked-pa55word@127.0.0.1:{}/campaign"
MAIL = "smtp://campaign:marked-mail-pa55word@127.0.0.1:1"
TAKEN_OUT = """
from pathlib import Path
from django.core.management import call_command
from articles import previews
from articles.models import Post
out = Path({root!r}) / "out"
out.mkdir()
call_command("mirror", str(out / "mirror"), jobs=1, stdout=(out / "mirror.log").open("w"))
call_command("export", str(out / "export"), stdout=(out / "export.log").open("w"))
call_command("export", jsonl=True, stdout=(out / "lines.jsonl").open("w"))
print(previews.link(Post.objects.exclude(status="published").first()))
"""
FAILS = """

def fails(request):
    raise ValueError(f"{settings.SECRET_KEY} {settings.EMAIL_HOST_PASSWORD} {request.COOKIES} {request.META} {request.POST}")


urlpatterns.insert(0, path("fails/", fails, name="fails"))
"""
HOLDERS = {"srv/campaign/.env", "etc/campaign/secret-key", "var/lib/campaign/mirror.key", "var/lib/campaign/site.sqlite3", "var/lib/campaign/site.sqlite3-wal"}


def logged_in(walk: Walk) -> dict[str, str]:
    """The cookies of an editor past the password."""
    page, _form = walk.ask("/desk/login/")
    csrf = page.headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', _form)[1]
    form = urllib.parse.urlencode({"username": "editor", "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/desk/"})
    sent = {"Cookie": csrf, "Origin": f"https://{SITE}", "Content_Type": "application/x-www-form-urlencoded"}
    answer, _page = walk.ask("/desk/login/", "POST", form, **sent)
    return dict(cookie.partition(";")[0].split("=", 1) for cookie in (csrf, *answer.headers.get_all("Set-Cookie")))


def plant(walk: Walk) -> dict[str, str]:
    """What must be found nowhere, by what it is; each of them works."""
    preview = urllib.parse.urlsplit(walk.manage("shell", "-v0", "-c", TAKEN_OUT.format(root=str(walk.root))).strip()).path
    cookies = logged_in(walk)
    assert walk.ask(preview)[0].status == 200
    assert walk.ask("/desk/", Cookie=f"__Secure-session={cookies['__Secure-session']}")[0].headers["Location"].startswith("/desk/factor/")
    return {
        "SECRET_KEY": (walk.root / "etc/campaign/secret-key").read_text().strip(),
        "mirror.key": (walk.root / "var/lib/campaign/mirror.key").read_text().split()[-1],
        "preview": preview.split("/")[2],
        "session": cookies["__Secure-session"],
        "csrf": cookies["__Secure-csrf"],
        "e-mail": EMAIL,
        "password": PASSWORD,
        "DATABASE_URL": "marked-pa55word",
        "EMAIL_URL": "marked-mail-pa55word",
    }


def broken(walk: Walk, marks: dict[str, str]) -> list[str]:
    """Everything that goes wrong at once, with the secrets at hand; what was answered."""
    with (walk.code / ".env").open("a") as env, (walk.code / "campaign/urls.py").open("a") as urls:
        env.write(f"\nADMINS={EMAIL}\nEMAIL_URL={MAIL}\n")
        urls.write(FAILS)
    (walk.code / "templates/appeals/appeals.html").write_text("{% if %}" + EMAIL)
    old = workers(walk)
    walk.reload()
    wait_until(lambda: not old & workers(walk))
    cookie = f"__Secure-session={marks['session']}; __Secure-csrf={marks['csrf']}"
    asked = [
        walk.ask(f"/fails/?token={marks['preview']}", Cookie=cookie),
        walk.ask(f"/fails/?e-mail={EMAIL}", "POST", f"password={urllib.parse.quote(PASSWORD)}", Cookie=cookie),
        walk.ask(f"/appeals/?fresh={marks['preview']}", Cookie=cookie),
        walk.ask(f"/preview/{marks['preview']}x/", Cookie=cookie, Referer=f"https://{SITE}/preview/{marks['preview']}/"),
        walk.ask("/", Cookie=cookie, Host=f"{EMAIL.partition('@')[0]}.example"),
        walk.ask("/", "TRACE", Cookie=cookie),
    ]
    assert [answer.status for answer, _body in asked] == [500, 500, 500, 404, 400, 405]
    return [f"{answer.headers}{body}" for answer, body in asked]


def without_database(walk: Walk) -> list[str]:
    """A start that fails, and a site whose database is away."""
    found(machine.postgresql)
    said = [walk.manage("prepare", status=1, DATABASE_URL=AWAY.format(port)) for port in (1, 5432)]
    assert [line.startswith("CommandError: The database does not answer: ") for line in said] == [True, True]
    port = free_port()
    env = FEW | {"DATABASE_URL": AWAY.format(1), "PORT": str(port), "WEB_CONCURRENCY": "1"}
    with (
        (walk.root / "away").open("w") as log,
        subprocess.Popen([*walk.unit("campaign.service", "ExecStart").split()], cwd=walk.code, env=env, stderr=log, stdout=subprocess.PIPE) as away,
    ):
        away.stdout.readline()
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request("GET", "/labels/", headers={"Host": SITE, "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            said.append(f"{answer.headers}{answer.read().decode()}")
        away.terminate()
    assert answer.status == 503
    return said


def test_no_secret_reaches_a_log_an_error_page_an_export_or_a_mirror(walk):
    marks = plant(walk)
    answers = broken(walk, marks) + without_database(walk)
    files = {
        name: file for file in walk.root.rglob("*") if file.is_file() and not file.is_symlink() and (name := str(file.relative_to(walk.root))) not in HOLDERS
    }
    searched = {name: file.read_bytes() for name, file in files.items() if not name.startswith(("srv/campaign/.git/", "srv/campaign/campaign/tests/"))}
    holding = [(what, name) for what, mark in marks.items() for name, content in searched.items() if mark.encode() in content]
    assert holding == [("e-mail", "srv/campaign/templates/appeals/appeals.html")]  # where this test has put it
    assert [what for what, mark in marks.items() if any(mark in answer for answer in answers)] == []
    assert walk.log.count(": ValueError at ") == 2
    assert walk.log.count(": TemplateSyntaxError at ") == 1
    assert walk.log.count("could not be mailed to the administrators: ConnectionRefusedError") >= 2  # each worker mails for itself
    assert {"journal", "away", "walked", "out/lines.jsonl", "out/mirror/index.html", "out/export.log", "var/log/nginx/campaign.log"} <= searched.keys()
    assert any(name.startswith("out/export/") for name in searched)


def press(walk: Walk, address: str) -> int:
    """One supporter's "sent": the status of the answer that acknowledges it, or of the form if that is refused."""
    with closing(walk.connection(address=address)) as connection:
        connection.request("GET", f"{APPEAL}sent/")
        form = connection.getresponse()
        token = TOKEN.search(form.read().decode())
        if form.status != 200 or not token:
            return form.status
        body = urllib.parse.urlencode({"token": token[1]})
        connection.request("POST", f"{APPEAL}sent/", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status if "counted" in answer.read().decode() else 0


class Readers:
    """Readers and supporters who go on asking, each time from another address, and what they were answered."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.over, self.answers = walk, threading.Event(), Counter()
        self.threads = [threading.Thread(target=self.ask, args=[number]) for number in range(6)]

    def ask(self, number: int) -> None:
        asked = 0
        while not self.over.is_set():
            asked += 1
            self.answers[self.once(number, asked)] += 1
            time.sleep(0.05)

    def once(self, number: int, asked: int) -> str:
        address = f"127.0.{number + 1}.{asked % 250 + 2}"
        try:
            if number < 2:
                return f"press {press(self.walk, address)}"
            if number < 4:
                return f"slow {self.walk.ask('/slow/', 'POST', 'x=1', address=address)[0].status}"
            return f"page {self.walk.ask(f'/search/?q={number}-{asked}', address=address)[0].status}"
        except Exception as error:  # a lost request is what is counted here
            return f"lost: {error!r}"

    def __enter__(self) -> "Readers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_args: object) -> None:
        time.sleep(0.5)
        self.over.set()
        for thread in self.threads:
            thread.join()


def presses(walk: Walk) -> int:
    with closing(sqlite3.connect(walk.root / "var/lib/campaign/site.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM appeals_press").fetchone()[0]


def test_an_upgrade_and_a_restart_lose_no_request(walk):
    before, old = presses(walk), workers(walk)
    with Readers(walk) as readers:
        walk.run(UPGRADING)
        walk.reload()
        wait_until(lambda: not old & workers(walk))
        walk.stop()
        walk.start()
        wait_until(lambda: len(workers(walk)) == len(old))
    print(readers.answers)
    assert readers.answers.keys() == {"page 200", "press 200", "slow 200"}
    assert presses(walk) - before == readers.answers["press 200"] > 10


def workers(walk: Walk) -> set[str]:
    return set(Path(f"/proc/{walk.service.pid}/task/{walk.service.pid}/children").read_text().split())


def wait_until(true) -> None:
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_sigterm_finishes_what_has_begun(walk):
    """A form whose second half comes after the signal, at gunicorn itself: nginx would have kept it until it was whole.

    Stands last: the site is not started again.
    """
    body = urllib.parse.urlencode({"token": TOKEN.search(walk.ask(f"{APPEAL}sent/")[1])[1]}).encode()
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(20)
        client.connect(walk.unit("campaign.socket", "ListenStream"))
        head = f"POST {APPEAL}sent/ HTTP/1.1\r\nHost: {SITE}\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 127.0.0.9\r\n"
        client.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[:10])
        time.sleep(0.5)
        walk.service.terminate()
        time.sleep(1)
        assert walk.service.poll() is None
        client.sendall(body[10:])
        answer = client.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 200 ")
    assert "counted" in answer
    assert walk.service.wait(10) == 0
