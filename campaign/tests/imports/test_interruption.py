"""An import that is killed and run again ends where one clean run ends."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from campaign.tests.imports.exports import item, saved, wp_comment, wxr
from campaign.tests.machine import BASE_DIR

STATE = {
    "posts": "SELECT kind, title, slug, status, published_at, published_on, body, body_html, body_text, byline FROM articles_post",
    "labels": "SELECT name, slug FROM articles_label",
    "labellings": "SELECT p.title, name, g.status, g.published_on FROM articles_labelling g "
                  "JOIN articles_post p ON p.id = post_id JOIN articles_label l ON l.id = label_id",
    "messages": "SELECT m.token, m.text, m.state, p.title, r.token FROM articles_message m "
                "JOIN articles_post p ON p.id = m.post_id LEFT JOIN articles_message r ON r.id = m.reply_to_id",
    "origins": "SELECT source, entry_id, url, html, digest, title FROM articles_origin JOIN articles_post p ON p.id = post_id",
    "old addresses": "SELECT path, query, target FROM articles_oldaddress",
    "search": "SELECT search_order IS NOT NULL, title FROM articles_post",
}  # fmt: skip


def archive(posts: int) -> str:
    """Slugs that collide, labels in several spellings, comments that answer each other."""
    comments = wp_comment("First", comment_id="{0}1") + wp_comment("Answer", comment_id="{0}2", comment_parent="{0}1")
    items = (
        item(
            f"Coal and steel {number}.\n\nWages and hours.",
            post_id=number,
            post_name=f"gate-{number % 7}",
            labels={("Coal", "coal", "COAL")[number % 3]: "category", f"Tag {number % 11}": "post_tag"},
            status=("publish", "publish", "draft", "private")[number % 4],
            inside=comments.replace("{0}", str(number)) if number % 8 == 0 else "",
        )
        for number in range(1, posts + 1)
    )
    return wxr(*items)


class Site:
    """A site of its own, with its own database and processes."""

    def __init__(self, var: Path, empty: Path | None = None) -> None:
        self.var = var
        var.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(var),
            "SECRET_KEY": "a secret of the tests alone, of fifty letters or more, really",
        }
        if empty:
            shutil.copy(empty, self.database)
        else:
            self.start("migrate", "-v0").communicate()

    @property
    def database(self) -> Path:
        return self.var / "site.sqlite3"

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=BASE_DIR, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def count(self) -> int:
        with sqlite3.connect(self.database, timeout=20) as database:
            return database.execute("SELECT count(*) FROM articles_post").fetchone()[0]

    def state(self) -> str:
        with sqlite3.connect(self.database, timeout=20) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return json.dumps({name: sorted(map(repr, database.execute(query))) for name, query in STATE.items()}, indent=1)


def kill_at(site: Site, path: str, seconds: float) -> int:
    """Starts the import, ends it without warning so long after it began; answers with how many posts were there."""
    process = site.start("import_wordpress", path)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return site.count()


def interrupted(tmp_path: Path, kills: int) -> None:
    path = saved(tmp_path, archive(800))
    clean = Site(tmp_path / "clean")
    shutil.copy(clean.database, tmp_path / "empty.sqlite3")
    began = time.monotonic()
    assert "Came: " in clean.start("import_wordpress", path).communicate()[0]
    duration, wanted = time.monotonic() - began, clean.state()
    for number in range(kills):
        site = Site(tmp_path / f"site-{number}", tmp_path / "empty.sqlite3")
        moment = random.uniform(duration / 4, duration)
        there = kill_at(site, path, moment)
        assert "Came: " in site.start("import_wordpress", path).communicate()[0]
        assert site.state() == wanted, f"killed after {moment:.2f} s with {there} posts"


@pytest.mark.sqlite
def test_a_killed_import_goes_on_where_it_stood(tmp_path):
    interrupted(tmp_path, kills=3)


@pytest.mark.sqlite
@pytest.mark.soak
def test_an_import_killed_often_goes_on_where_it_stood(tmp_path):
    interrupted(tmp_path, kills=20)


@pytest.mark.sqlite
def test_a_killed_import_leaves_no_helpers_and_its_spool_is_cleared_later(tmp_path):
    site = Site(tmp_path / "site")
    path = saved(tmp_path, archive(1200))
    process = site.start("import_wordpress", path)
    while not helpers(process.pid):
        time.sleep(0.05)
    children = helpers(process.pid)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert len(list(site.var.glob(".import-*"))) == 1
    assert "Came: " in site.start("import_wordpress", path).communicate()[0]
    assert list(site.var.glob(".import-*")) == []


def helpers(parent: int) -> list[str]:
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()


SMALL_DISK = """
import sys
import django
django.setup()
from django.core.management import execute_from_command_line
from django.db.backends.signals import connection_created
connection_created.connect(lambda connection, **_: connection.connection.execute(f"PRAGMA max_page_count = {sys.argv[1]}"), weak=False)
execute_from_command_line(["manage.py", *sys.argv[2:]])
"""


@pytest.mark.sqlite
def test_a_full_disk_keeps_whole_batches_and_says_so_in_a_line(tmp_path):
    path, site, clean = saved(tmp_path, archive(800)), Site(tmp_path / "site"), Site(tmp_path / "clean")
    assert "Came: " in clean.start("import_wordpress", path).communicate()[0]
    with sqlite3.connect(site.database) as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "campaign.settings", "PYTHONPATH": str(BASE_DIR)}
    command = [sys.executable, "-c", SMALL_DISK, str(pages + 200), "import_wordpress", path]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "CommandError: The disk is full. What was brought in is whole and stays; make room and run the same command again.\n"
    assert 0 < site.count() < 800
    assert site.count() % 200 == 0
    assert "Came: " in site.start("import_wordpress", path).communicate()[0]
    assert site.state() == clean.state()
