"""The server, and on PostgreSQL the database too, is stopped, starved and killed at any moment: pages are read on, what was acknowledged is
there, once, and what was not comes back with its words. And a backup taken meanwhile.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace

import pytest
from django.db import connection

from campaign.tests import machine, nginx
from campaign.tests.desk.typing import typed
from campaign.tests.safe.cluster import cluster
from campaign.tests.safe.living import Living, small_disk
from campaign.tests.safe.writers import APPEAL, Correspondent, Editor, Supporter, Writer, nonce
from campaign.tests.site import Site
from conftest import found


@pytest.fixture(scope="module")
def living(tmp_path_factory) -> Iterator[Living]:
    var = tmp_path_factory.mktemp("living")
    with cluster(found(machine.postgresql_programs)) if connection.vendor == "postgresql" else nullcontext() as server, small_disk(var):
        living = Living(var, server)
        try:
            yield living
        finally:
            living.end()


@pytest.fixture(scope="module")
def front(living, tmp_path_factory) -> Iterator[Site]:
    with nginx.in_front_of(found(machine.nginx), tmp_path_factory.mktemp("front"), living.site) as front:
        yield front


SEEN = ["/", "/labels/", "/archive/", "/appeals/", f"{APPEAL}/", f"{APPEAL}/appeal.txt", "/feed/", "/search/?q=oil"]
WORDS = "Message of an evening: “until all are free”. <b>Aigul</b>, and forty others."


def test_with_the_database_away_or_the_disk_full_pages_are_read_on_and_words_are_kept(living, front):
    """And with a mail server that never answers, which is told of every error."""
    if living.database is None:
        found(machine.mounting)
    reader, desk = Writer(front.url.rpartition(":")[2]), Editor(living.env["PORT"], living.password, living.standing()["report"])
    before = {path: reader.until(200, path) for path in SEEN}
    desk.log_in()
    tokens = [reader.token(name) for name in ("messages", "sent")]
    forms = [
        (reader, f"{APPEAL}/messages/", {"token": tokens[0], "text": WORDS}, 200),
        (reader, f"{APPEAL}/sent/", {"token": tokens[1]}, 200),
        (desk, desk.url, desk.form(standfirst=WORDS), 302),
    ]
    time.sleep(1.2)  # nginx's copies are of a second that is over
    kept = []
    with living.trouble():
        assert [path for path in SEEN if reader.ask(path) != (200, before[path])] == []
        for who, url, form, _status in forms:
            since = time.monotonic()
            status, page = who.ask(url, form)
            assert (status, b"Not kept yet" in page, b"<b>Aigul" in page, time.monotonic() - since < 8) == (503, True, False, True), page.decode()
            kept.append(typed(SimpleNamespace(content=page), "_pressed"))
    assert [back[name] for back, name in zip(kept, ("text", "token", "standfirst"), strict=True)] == [WORDS, tokens[1], WORDS]
    for (who, url, _form, status), back in zip(forms, kept, strict=True):
        who.until(status, url, back)
    reader.until(200, forms[0][1], kept[0])
    now = living.standing()
    assert (now["messages"].count(WORDS), now["presses"].count(nonce(tokens[1])), now["versions"].count(WORDS), now["standfirst"]) == (1, 1, 1, WORDS)
    assert living.python("manage.py", "check_data") == b"Everything fits together.\n"
    living.mails.settimeout(1)
    living.mails.accept()[0].close()  # it was rung up


@contextmanager
def written_to(living: Living) -> Iterator[list[Writer]]:
    port = living.env["PORT"]
    writers = [Supporter(port), Correspondent(port), Editor(port, living.password, living.standing()["report"])]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.ending.set()
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


@pytest.mark.parametrize("kills", [5, pytest.param(25, marks=pytest.mark.soak)])
def test_what_was_acknowledged_outlives_every_kill_and_counts_once(living, kills):
    seed = int(os.environ.get("KILLS_SEED") or random.randrange(10**6))
    chance = random.Random(seed)
    before = living.standing()
    with written_to(living) as writers:
        for _kill in range(kills):
            wait_for_more(writers)
            time.sleep(chance.uniform(0, 0.6))
            living.kill(chance)
        wait_for_more(writers)
    after = living.standing()
    for writer, kind in zip(writers, ("presses", "messages", "versions"), strict=True):
        there = Counter(after[kind]) - Counter(before[kind])
        assert {words: there[words] for words in writer.acknowledged} == dict.fromkeys(writer.acknowledged, 1), (seed, kind)
        assert (there.keys() - {*writer.sent, before["standfirst"]}, max(there.values())) == (set(), 1), (seed, kind)
        assert writer.failures > 0, (seed, kind)
    assert after["standfirst"] == after["versions"][-1]
    assert living.python("manage.py", "check_data") == b"Everything fits together.\n"
