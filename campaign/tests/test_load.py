"""A rush on one appeal: 5,000 connections from 50 addresses, while an editor adds an update and supporters say that they have sent it."""

import asyncio
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import pytest

from campaign.tests import machine, nginx
from campaign.tests.site import Site, serve
from campaign.tests.test_nginx import APPEAL, SETTING, shell
from conftest import found

pytestmark = pytest.mark.once

ADDRESSES = [f"127.0.0.{number}" for number in range(2, 52)]
CONNECTIONS = 5_000
SECONDS = 15
PAUSE = (2, 4)
"""Seconds a reader looks at a page before the next."""
SUPPORTERS = 100
LOOK = """
import sys, time, urllib.request
url, mark, ends, slowest, seen = sys.argv[1], sys.argv[2].encode(), time.monotonic() + float(sys.argv[3]), 0, False
while time.monotonic() < ends:
    began = time.monotonic()
    seen |= mark in urllib.request.urlopen(url, timeout=60).read()
    slowest = max(slowest, time.monotonic() - began)
    time.sleep(0.3)
print(slowest, seen)
"""
"""A reader like any other, from an address and a process that take no part in the rush."""
UPDATE = "Appeal.objects.get(slug='open-the-zhanaozen-files').updates.create(text='The rush is on')"
NOT_OURS = 0.05
"""Of all answers, those that may be refusals."""


@dataclass
class Rush:
    port: int
    ends: float
    statuses: Counter[int] = field(default_factory=Counter)
    counted: int = 0

    async def ask(self, streams, method: str = "GET", path: str = APPEAL, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        reader, writer = streams
        lines = {"Host": f"localhost:{self.port}", "Content-Length": str(len(body)), "Content-Type": "application/x-www-form-urlencoded", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        named = {name.lower(): value for name, value in re.findall(r"^([^:\r\n]+): ([^\r\n]*)", head, re.MULTILINE)}
        status = int(head.split()[1])
        return status, named, (await self.body(reader, status, named)).decode(errors="replace")

    async def body(self, reader: asyncio.StreamReader, status: int, headers: dict[str, str]) -> bytes:
        if status == 304:
            return b""
        if "content-length" in headers:
            return await reader.readexactly(int(headers["content-length"]))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    async def connected(self, address: str):
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(address, 0))

    async def read(self, address: str) -> None:
        """Comes back to the page again and again; asks only whether it has changed, as browsers do."""
        await asyncio.sleep(random.uniform(0, 5))
        etag = ""
        streams = await self.connected(address)
        while time.monotonic() < self.ends:
            try:
                status, headers, _page = await self.ask(streams, **({"If-None-Match": etag} if etag else {}))
            except (OSError, asyncio.IncompleteReadError):  # kept open too long: browsers connect anew
                streams[1].close()
                streams = await self.connected(address)
                continue
            self.statuses[status] += 1
            etag = headers.get("etag", "")
            await asyncio.sleep(random.uniform(*PAUSE))
        streams[1].close()

    async def press(self, address: str) -> None:
        await asyncio.sleep(random.uniform(1, 8))
        streams = await self.connected(address)
        status, _headers, page = await self.ask(streams, path=f"{APPEAL}sent/")
        self.statuses[status] += 1
        if token := re.search(r'name="token" value="([^"]+)"', page):
            status, _headers, page = await self.ask(streams, "POST", f"{APPEAL}sent/", urlencode({"token": token[1]}))
            self.statuses[status] += 1
            self.counted += "Your letter is counted" in page
        streams[1].close()

    async def run(self, edit) -> None:
        readers = (self.read(ADDRESSES[number % len(ADDRESSES)]) for number in range(CONNECTIONS))
        supporters = (self.press(ADDRESSES[number % len(ADDRESSES)]) for number in range(SUPPORTERS))
        await asyncio.gather(*readers, *supporters, asyncio.to_thread(edit))


def presses(gunicorn: Site) -> int:
    with closing(sqlite3.connect(gunicorn.var / "site.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM appeals_press").fetchone()[0]


@pytest.fixture
def open_files():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    assert before[1] == resource.RLIM_INFINITY or before[1] >= 2 * CONNECTIONS, f"this machine lets a process open {before[1]} files: ulimit -n 20000"
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("open_files")
def test_a_rush_is_answered_counted_and_not_felt(tmp_path_factory):
    program, folder, elsewhere = found(machine.nginx), tmp_path_factory.mktemp("rush"), tmp_path_factory.mktemp("front")
    with serve(folder, TRUSTED_PROXY="X-Real-IP") as gunicorn, nginx.in_front_of(program, elsewhere, gunicorn) as front:
        before = presses(gunicorn)
        command = [sys.executable, "-c", LOOK, front.url.replace("localhost", "127.0.0.1") + APPEAL, "The rush is on", str(SECONDS + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as look:
            rush = Rush(urlsplit(front.url).port, time.monotonic() + SECONDS)
            with ThreadPoolExecutor(1) as apart:  # browser tests of this process have an event loop of their own
                apart.submit(asyncio.run, rush.run(lambda: shell(gunicorn, SETTING + UPDATE))).result()
            slowest, updated = look.communicate()[0].split()
        kept = presses(gunicorn) - before
    answered = rush.statuses.total()
    print(f"{answered} answers {dict(rush.statuses)}, {kept} presses, slowest {slowest} s")
    assert answered > CONNECTIONS
    assert rush.statuses.keys() <= {200, 304, 429}
    assert rush.statuses[429] <= NOT_OURS * answered
    assert kept == rush.counted > 0
    assert updated == "True"
    assert float(slowest) < 2
