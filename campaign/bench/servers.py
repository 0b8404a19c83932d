"""Servers on one processor, and wrk on another, so that neither takes from what it measures."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from campaign.tests.machine import nginx, wrk
from campaign.tests.nginx import in_front_of
from campaign.tests.site import Site, free_port

CORES = sorted(os.sched_getaffinity(0))
SERVING, LOADING = CORES[:1], CORES[-1:]
TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS, SECONDS, ROUNDS = 16, 1, 5
UNITS = {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}
LINES = {
    "p50": re.compile(r"^ +50% +([\d.]+)(us|ms|s|m)$", re.MULTILINE),
    "p99": re.compile(r"^ +99% +([\d.]+)(us|ms|s|m)$", re.MULTILINE),
    "rate": re.compile(r"^Requests/sec: +([\d.]+)$", re.MULTILINE),
    "requests": re.compile(r"^ +(\d+) requests in ", re.MULTILINE),
}


@dataclass(frozen=True)
class Load:
    """What wrk saw: answers a second, and milliseconds until half and until all but a hundredth of them had come."""

    rate: float
    p50: float
    p99: float
    requests: int
    cpu: float
    """Milliseconds of the server's processor for each answer."""


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[str]
    began: float

    @property
    def workers(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()]

    def cpu(self) -> float:
        """Seconds of processor that its workers have had."""
        fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.workers)
        return sum(int(stat[11]) + int(stat[12]) for stat in fields) / TICKS

    def memory(self) -> float:
        """Megabytes of its largest worker, with its share of what it has in common with others."""
        sizes = (re.search(r"^Pss: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE) for pid in self.workers)
        return max(int(size[1]) for size in sizes) / 1024

    def etag(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return answer.headers["ETag"]

    def loaded(self, path: str, connections: int = CONNECTIONS) -> Load:
        return taking_turns((self, path), connections=connections)[0]

    def round(self, path: str, headers: tuple[str, ...], connections: int) -> Load:
        """Every answer has to be what a reader wants."""
        cpu = self.cpu()
        said = run_wrk(self.url + path, SECONDS, connections, headers)
        found = {name: line.search(said) for name, line in LINES.items()}
        if not all(found.values()):
            raise RuntimeError(f"What wrk says of {path} cannot be read:\n{said}")
        requests = int(found["requests"][1])
        milliseconds = {name: float(found[name][1]) * UNITS[found[name][2]] for name in ("p50", "p99")}
        return Load(float(found["rate"][1]), requests=requests, cpu=1000 * (self.cpu() - cpu) / max(1, requests), **milliseconds)


def taking_turns(*asked: tuple[Server, str, *tuple[str, ...]], connections: int = CONNECTIONS) -> list[Load]:
    """What each server reached with that path and those headers, after a warm-up, in the best of its rounds.

    Whatever else the machine does can only take from them, and takes from all of them alike, since they take turns.
    """
    for server, path, *headers in asked:
        run_wrk(server.url + path, 1, connections, tuple(headers))
    rounds = [[server.round(path, tuple(headers), connections) for server, path, *headers in asked] for _round in range(ROUNDS)]
    return [max(loads, key=lambda load: load.rate) for loads in zip(*rounds, strict=True)]


def run_wrk(url: str, seconds: int, connections: int, headers: tuple[str, ...]) -> str:
    command = [
        wrk(),
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "10s",
        "--latency",
        *(part for header in headers for part in ("-H", header)),
        url,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True, preexec_fn=lambda: os.sched_setaffinity(0, LOADING)).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{url} was not answered well:\n{said}")
    return said


@contextmanager
def gunicorn(application: str, **environment: str) -> Iterator[Server]:
    """Our own configuration with one worker; it is handed out when the worker has said that it serves."""
    port, began = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "gunicorn", "--config", "campaign/gunicorn.py", application]
    env = {**os.environ, "PORT": str(port), "WEB_CONCURRENCY": "1", **environment}
    pin = {"preexec_fn": lambda: os.sched_setaffinity(0, SERVING)}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, text=True, **pin) as process:
        try:
            yield Server(process.stdout.readline().strip(), process, began)
        finally:
            process.terminate()


@contextmanager
def behind_nginx(server: Server, folder: Path) -> Iterator[Server]:
    """deploy/nginx.conf before this server, on the same processor; its files come from `folder`."""
    folder.chmod(0o755)
    with in_front_of(nginx(), folder, Site(server.url, folder, server.process)) as site:
        front = Server(site.url, site.process, time.perf_counter())
        for pid in (site.process.pid, *front.workers):
            os.sched_setaffinity(pid, SERVING)
        yield front
