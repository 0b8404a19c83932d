"""A site that is killed, starved and started again; on PostgreSQL with a database server of its own, on SQLite on a small disk of its own."""

import contextlib
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign.tests import machine
from campaign.tests.machine import BASE_DIR
from campaign.tests.safe.cluster import Cluster
from campaign.tests.site import Site, end, environment_of, prepare, start

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
ROOM = 1 << 30
"""Of the small disk, while it is not full; it takes no memory that is not used."""


class Living:
    def __init__(self, var: Path, database: Cluster | None) -> None:
        self.var, self.database = var, database
        self.mails = socket.create_server(("127.0.0.1", 0))
        """A mail server that takes connections and never says a word."""
        more = {"DATABASE_URL": database.url} if database else {}
        mail = {"ADMINS": "admin@example.org", "EMAIL_URL": f"smtp://127.0.0.1:{self.mails.getsockname()[1]}"}
        self.env = environment_of(var, TRUSTED_PROXY="X-Real-IP", **mail, **more)
        self.password = prepare(self.env)
        self.site: Site = start(var, self.env)

    def end(self) -> None:
        end(self.site)
        self.mails.close()

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

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """The database server stopped; or, where there is none, the disk full to the last byte."""
        if self.database:
            self.database.stop()
            yield
            self.database.start()
            return
        with contextlib.closing(sqlite3.connect(self.var / "site.sqlite3")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or there might be room in the log for a few rows yet
        disk = os.statvfs(self.var)
        mount(f"remount,size={(disk.f_blocks - disk.f_bfree) * disk.f_frsize}", self.var)
        yield
        mount(f"remount,size={ROOM}", self.var)

    def python(self, *words: object, **env: str) -> bytes:
        done = subprocess.run([sys.executable, *map(str, words)], cwd=BASE_DIR, env={**self.env, **env}, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def standing(self) -> dict:
        return json.loads(self.python("manage.py", "shell", "-v0", "-c", STANDING))


def mount(options: str, disk: Path) -> None:
    subprocess.run([*machine.mounting(), "mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mounted there for a while, where this machine allows it."""
    try:
        mount(f"size={ROOM},mode=711,uid={os.getuid()},gid={os.getgid()}", folder)
    except machine.Missing:
        yield
        return
    try:
        yield
    finally:
        subprocess.run([*machine.mounting(), "umount", "-l", folder], check=True)
