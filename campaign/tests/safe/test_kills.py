"""The server, and on PostgreSQL the database too, is killed at any moment: what was acknowledged is there, once. And a backup taken meanwhile."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from campaign.tests import machine
from campaign.tests.machine import BASE_DIR
from campaign.tests.safe.cluster import Cluster, cluster
from campaign.tests.safe.writers import Correspondent, Editor, Supporter, Writer
from campaign.tests.site import Site, end, environment_of, prepare, start
from conftest import SOAK, found

KILLS = 25 if SOAK else 5
STANDING = """
import json
from appeals.models import Press
from articles.models import Article, Message, Version
report = Article.objects.filter(kind="report", status="published").order_by("pk").first()
print(json.dumps({
    "report": report.pk, "standfirst": report.standfirst,
    "presses": list(Press.objects.values_list("token", flat=True)),
    "messages": list(Message.objects.filter(text__startswith="Message ").values_list("text", flat=True)),
    "versions": [version.data["fields"]["standfirst"] for version in Version.objects.filter(post=report).order_by("pk")],
}))
"""


class Living:
    """A site that is killed and started again; on PostgreSQL with a database server of its own."""

    def __init__(self, var: Path, database: Cluster | None) -> None:
        self.var, self.database = var, database
        more = {"DATABASE_URL": database.url} if database else {}
        self.env = environment_of(var, TRUSTED_PROXY="X-Real-IP", **more)
        self.password = prepare(self.env)
        self.site: Site = start(var, self.env)

    def kill(self, chance: random.Random) -> None:
        """The server, or the database, or both; and start again what was killed."""
        what = chance.choice(["site", "database", "both"]) if self.database else "site"
        if what != "site":
            self.database.kill()
        if what != "database":
            self.site.kill()
            self.site.process.stdout.close()
        if what != "site":
            self.database.start()
        if what != "database":
            self.site = start(self.var, self.env)

    def python(self, *words: object, **env: str) -> bytes:
        done = subprocess.run([sys.executable, *map(str, words)], cwd=BASE_DIR, env={**self.env, **env}, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def standing(self) -> dict:
        return json.loads(self.python("manage.py", "shell", "-v0", "-c", STANDING))


@pytest.fixture(scope="module")
def living(tmp_path_factory) -> Iterator[Living]:
    with ExitStack() as stack:
        server = stack.enter_context(cluster(found(machine.postgresql_programs))) if connection.vendor == "postgresql" else None
        living = Living(tmp_path_factory.mktemp("living"), server)
        yield living
        end(living.site)


@contextmanager
def written_to(living: Living) -> Iterator[list[Writer]]:
    ending = threading.Event()
    port = living.env["PORT"]
    writers = [Supporter(port, ending), Correspondent(port, ending), Editor(port, ending, living.password, living.standing()["report"])]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        ending.set()
        for writer in writers:
            writer.join(60)
    assert [writer.error for writer in writers if writer.error] == []


def wait_for_more(writers: list[Writer], more: int = 1) -> None:
    """Until each has had so many acknowledged since."""
    since, wanted = time.monotonic(), [len(writer.acknowledged) + more for writer in writers]
    while any(len(writer.acknowledged) < number for writer, number in zip(writers, wanted, strict=True)):
        assert time.monotonic() - since < 60, [(len(writer.acknowledged), writer.error) for writer in writers]
        time.sleep(0.01)


def test_a_backup_under_load_restores_to_the_pages_of_its_moment(living, tmp_path):
    """The pages are read and the backup is taken within one moment of a database that is written to; read back on SQLite."""
    with written_to(living) as writers:
        wait_for_more(writers)
        then = json.loads(living.python("-m", "campaign.tests.safe.frozen", tmp_path / "backup"))
        wait_for_more(writers)
    assert len(living.standing()["presses"]) > then["presses"]  # the site went on
    new = tmp_path / "new"
    elsewhere = {"VAR_DIR": str(new), "DATABASE_URL": f"sqlite:///{new}/site.sqlite3"}
    living.python("manage.py", "restore", tmp_path / "backup", **elsewhere)
    (new / "static").symlink_to(living.var / "static")
    now = json.loads(living.python("-m", "campaign.tests.safe.frozen", **elsewhere))
    assert now["presses"] == then["presses"]
    assert len(then["pages"]) > 100
    assert {name for name in then["pages"].keys() | now["pages"].keys() if then["pages"].get(name) != now["pages"].get(name)} == set()
    assert living.python("manage.py", "check_data", **elsewhere) == b"Everything fits together.\n"


def test_what_was_acknowledged_outlives_every_kill_and_counts_once(living):
    seed = int(os.environ.get("KILLS_SEED") or random.randrange(10**6))
    chance = random.Random(seed)
    before = living.standing()
    with written_to(living) as writers:
        for _kill in range(KILLS):
            wait_for_more(writers)
            time.sleep(chance.uniform(0, 0.6))
            living.kill(chance)
        wait_for_more(writers)
    after = living.standing()
    for writer, kind in zip(writers, ("presses", "messages", "versions"), strict=True):
        there = Counter(after[kind]) - Counter(before[kind])
        assert {words: there[words] for words in writer.acknowledged} == dict.fromkeys(writer.acknowledged, 1), (seed, kind)
        assert (there.keys() - set(writer.sent), max(there.values())) == (set(), 1), (seed, kind)
        assert writer.failures > 0, (seed, kind)
    assert after["standfirst"] == after["versions"][-1]
    assert living.python("manage.py", "check_data") == b"Everything fits together.\n"
