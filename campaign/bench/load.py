"""Load: the pages of one archive under wrk, rendered, from the page cache and behind nginx, beside servers that do nothing else."""

import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

from articles.models import Post
from campaign.bench import archive
from campaign.bench.pages import addresses
from campaign.bench.servers import Load, Server, behind_nginx, gunicorn, taking_turns
from campaign.management.commands.prepare import collect

SITE, FIXED = "campaign.wsgi", "campaign.bench.fixed:application"
CEILINGS = {"post": 3, "home": 5, "label": 5, "month": 5, "feed": 5, "appeal": 8, "search": 30}
"""Milliseconds of processor for a rendered page; said of a machine on which gunicorn, with one processor, answers a fixed body of 15 KB so often a second: """
REFERENCE, REFERENCE_BYTES = 10_200, 15_000
CACHED, FRONT = 0.70, 0.65
"""Of what the server reaches that does nothing but send as many bytes."""
STARTED, MEGABYTES = 2.0, 120
STORE_FILLED = 2_500
"""Posts that are read to fill the page store."""
HEADER = (
    f"{'':8} {'bytes':>7} │ {'CPU ms':>7} {'here':>5} {'scaled':>6} {'':5} {'at most':>7} {'req/s':>6} {'p50 ms':>7} {'p99 ms':>7} "
    f"│ {'cached/s':>8} {'ratio':>5} {'304/s':>6} {'p99 ms':>7} │ {'nginx/s':>7} {'ratio':>5}"
)


@dataclass(frozen=True)
class Line:
    page: str
    size: int
    scale: float
    """This machine's speed as a part of that of the machine of the ceilings."""
    rendered: Load
    cached: Load | None = None
    unchanged: Load | None = None
    fixed: Load | None = None
    front: Load | None = None
    static: Load | None = None

    @property
    def here(self) -> bool:
        """Whether the ceiling is kept by what this machine spent, as it stands."""
        return self.rendered.cpu <= CEILINGS[self.page]

    @property
    def scaled(self) -> float:
        """The CPU time on the machine of the ceilings, by what a fixed body costs here and cost there."""
        return self.rendered.cpu * self.scale

    @property
    def there(self) -> bool:
        return self.scaled <= CEILINGS[self.page]

    @property
    def kept(self) -> bool:
        """What the run is judged by: the ceiling, on the machine it was said of, and the ratios, on this one."""
        if not self.there:
            return False
        return self.cached is None or (min(self.cached.rate, self.unchanged.rate) >= CACHED * self.fixed.rate and self.front.rate >= FRONT * self.static.rate)

    def __str__(self) -> str:
        seen = self.rendered
        text = f"{self.page:8} {self.size:7,} │ {seen.cpu:7.2f} {verdict(self.here):>5} {self.scaled:6.2f} {verdict(self.there):>5} {CEILINGS[self.page]:7} "
        text += f"{seen.rate:6.0f} {seen.p50:7.1f} {seen.p99:7.1f} │ "
        if self.cached:
            text += f"{self.cached.rate:8,.0f} {self.cached.rate / self.fixed.rate:5.2f} {self.unchanged.rate:6,.0f} {self.cached.p99:7.1f} │ "
            text += f"{self.front.rate:7,.0f} {self.front.rate / self.static.rate:5.2f}"
        return f"{text}  {verdict(self.kept)}"


def verdict(kept: bool) -> str:
    return "PASS" if kept else "FAIL"


@dataclass(frozen=True)
class Fact:
    """A single figure and its limit."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def kept(self) -> bool:
        return self.value < self.limit

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.1f} {self.unit} (under {self.limit:g})  {verdict(self.kept)}"


def load(posts: int) -> Iterator[str | Line | Fact]:
    """What is to be printed, line by line. Runs in a site of its own: VAR_DIR and the database are new."""
    call_command("migrate", verbosity=0)
    collect()
    archive.fill(posts)
    pages = {name: address for name, address in addresses(posts).items() if name in CEILINGS}
    with gunicorn(FIXED) as fixed:
        bare = fixed.loaded(f"/{REFERENCE_BYTES}")
        scale = 1000 / REFERENCE / bare.cpu
        yield (
            f"{posts:,} posts. A fixed body of {REFERENCE_BYTES:,} bytes costs gunicorn {bare.cpu:.3f} ms of processor here ({bare.rate:,.0f} a second), "
            f"and cost {1000 / REFERENCE:.3f} where the ceilings were measured ({REFERENCE:,}).\n“here” holds the CPU time as it is against the ceiling, "
            f"“scaled” holds {scale:.2f} of it; the last column is that and the ratios."
        )
        yield HEADER
        with gunicorn(SITE, PAGE_CACHE_MB="0") as rendering, gunicorn(SITE) as caching, tempfile.TemporaryDirectory(prefix="bench-nginx-") as folder:
            started = first_answer(caching)
            with behind_nginx(caching, Path(folder)) as front:
                for page, address in pages.items():
                    yield measured(page, address, scale, rendering, caching, fixed, front, Path(folder))
            yield Fact("start-up until the first page", started, STARTED, "s")
            fill_store(caching)
            yield Fact("memory of a worker with a full page store", caching.memory(), MEGABYTES, "MB")


def first_answer(server: Server) -> float:
    urllib.request.urlopen(f"{server.url}/", timeout=30).close()
    return time.perf_counter() - server.began


def measured(page: str, address: str, scale: float, rendering: Server, caching: Server, fixed: Server, front: Server, folder: Path) -> Line:
    with urllib.request.urlopen(rendering.url + address, timeout=30) as answer:
        size = len(answer.read())
    rendered = rendering.loaded(address, connections=4)
    if page == "search":  # what each reader asks differently is not what a cache is for
        return Line(page, size, scale, rendered)
    same = folder / "static" / f"{page}.html"
    same.parent.mkdir(exist_ok=True)
    same.write_bytes(b"x" * size)
    unchanged = f"If-None-Match: {caching.etag(address)}"
    asked = (caching, address), (caching, address, unchanged), (fixed, f"/{size}"), (front, address), (front, f"/static/{page}.html")
    return Line(page, size, scale, rendered, *taking_turns(*asked))


def fill_store(server: Server) -> None:
    for post in Post.objects.public().listed().newest_first().defer("body", "body_html", "body_text")[:STORE_FILLED]:
        urllib.request.urlopen(server.url + post.get_absolute_url(), timeout=30).close()
