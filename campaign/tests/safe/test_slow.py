"""P8: slow, many and huge clients from fifty addresses, and a reader who is answered as if they were not there."""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from campaign.tests import machine, nginx
from campaign.tests.test_load import ADDRESSES, open_files  # noqa: F401  a fixture
from conftest import found

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("open_files")]

SLOW, IDLE, HUGE = 500, 2_000, 20
BODY = 10_000_000
READER = """
import http.client, sys, time
port, ends, slowest, asked = int(sys.argv[1]), time.monotonic() + float(sys.argv[2]), 0, 0
while time.monotonic() < ends:
    for path in ("/", "/appeals/open-the-zhanaozen-files/", f"/search/?q=strike-{asked}", "/admin/login/", "/static/down.html"):
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read(), (path, answer.status)
        connection.close()
        slowest, asked = max(slowest, time.monotonic() - began), asked + 1
    time.sleep(0.2)
print(slowest, asked)
"""
"""A reader like any other, from an address and a process that take no part; a connection for each page, the worst case."""


class Crowd:
    """Clients that hold what they get for as long as they are let, and come back; what became of them."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port, self.ends, self.became = port, time.monotonic() + seconds, Counter[str]()
        self.host = f"Host: localhost:{port}\r\n"

    async def run(self) -> None:
        kinds = [*[self.idle] * IDLE, *[self.drips_head] * (SLOW // 3), *[self.drips_body] * (SLOW // 3), *[self.sips] * (SLOW // 3 + 2), *[self.floods] * HUGE]
        await asyncio.gather(*(self.again(kind, ADDRESSES[number % len(ADDRESSES)]) for number, kind in enumerate(kinds)))

    async def again(self, kind, address: str) -> None:
        while time.monotonic() < self.ends:
            try:
                async with asyncio.timeout(max(0.1, self.ends - time.monotonic())):
                    reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(address, 0))
                    try:
                        self.became[kind.__name__] += 1
                        await kind(reader, writer)
                    finally:
                        writer.transport.abort()
            except TimeoutError:  # held to the end
                return
            except OSError:
                self.became["thrown out"] += 1
                await asyncio.sleep(0.2)

    async def idle(self, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def drips_head(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"GET /?{os.urandom(4).hex()} HTTP/1.1\r\n{self.host}".encode())
        await self.drip(reader, writer, "X-Slow: 1\r\n")

    async def drips_body(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"POST /appeals/open-the-zhanaozen-files/sent/ HTTP/1.1\r\n{self.host}Content-Length: 60000\r\n\r\n".encode())
        await self.drip(reader, writer, "x")

    async def drip(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, drop: str) -> None:
        while not reader.at_eof():
            writer.write(drop.encode())
            await writer.drain()
            await asyncio.sleep(1)
        self.became["thrown out"] += 1

    async def sips(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Asks for much, and takes a few bytes a second."""
        writer.write(f"GET /archive/ HTTP/1.1\r\n{self.host}\r\n".encode() * 20)
        while await reader.read(16):
            await asyncio.sleep(1)

    async def floods(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Ten megabytes where that much may be sent, and where it may not."""
        path = "/admin/login/" if self.became["floods"] % 2 else "/search/"
        writer.write(f"POST {path} HTTP/1.1\r\n{self.host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {BODY}\r\n\r\n".encode())
        for _part in range(BODY // 100_000):
            writer.write(b"x" * 100_000)
            await writer.drain()
        self.became[f"floods {(await reader.readline())[9:12].decode()}"] += 1
        await asyncio.sleep(1)


@pytest.mark.parametrize("seconds", [8, pytest.param(90, marks=pytest.mark.soak)])
def test_a_reader_among_slow_and_huge_clients_is_answered_within_two_seconds(site, tmp_path_factory, seconds):
    with nginx.in_front_of(found(machine.nginx), tmp_path_factory.mktemp("slow"), site) as front:
        port = urlsplit(front.url).port
        crowd = Crowd(port, seconds)
        with (
            ThreadPoolExecutor(1) as apart,
            subprocess.Popen([sys.executable, "-c", READER, str(port), str(seconds)], stdout=subprocess.PIPE, text=True) as look,
        ):
            apart.submit(asyncio.run, crowd.run()).result()
            slowest, asked = look.communicate()[0].split()
    print(f"slowest of {asked}: {slowest} s; {dict(crowd.became)}")
    assert crowd.became["idle"] >= IDLE
    assert crowd.became["drips_head"] + crowd.became["drips_body"] + crowd.became["sips"] >= SLOW
    assert crowd.became["thrown out"] > 100
    assert crowd.became["floods 413"] > 0
    assert int(asked) > 5 * seconds
    assert float(slowest) < 2
