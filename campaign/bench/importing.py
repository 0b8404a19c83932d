"""Import: a WordPress export of posts of 4 KB, brought in by the command itself into an empty SQLite site, with its speed and its peak memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from campaign.bench.archive import Writer

POSTS_A_SECOND = 150
MEGABYTES = 300
SAMPLED = 0.2
"""Seconds between two looks at memory."""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Bench</title><link>https://bench.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://bench.example.org</wp:base_site_url><wp:base_blog_url>https://bench.example.org</wp:base_blog_url>
"""
ITEM = """<item><title>{title}</title><link>https://bench.example.org/{at:%Y/%m/%d}/post-{number}/</link><dc:creator>dana</dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{at:%Y-%m-%d %H:%M:%S}</wp:post_date><wp:post_date_gmt>{at:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt><wp:post_name>post-{number}</wp:post_name>
<wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<category domain="category" nicename="label-{label}"><![CDATA[Label {label}]]></category></item>
"""
LINK = '<a href="https://bench.example.org/{at:%Y/%m/%d}/post-{number}/">before</a>'


@dataclass(frozen=True)
class Line:
    posts: int
    seconds: float
    megabytes: float

    @property
    def rate(self) -> float:
        return self.posts / self.seconds

    @property
    def kept(self) -> bool:
        return self.rate >= POSTS_A_SECOND and self.megabytes < MEGABYTES

    def __str__(self) -> str:
        limits = f"at least {POSTS_A_SECOND}/s, under {MEGABYTES} MB"
        verdict = "PASS" if self.kept else "FAIL"
        return f"import {self.posts:,} posts: {self.seconds:.0f} s, {self.rate:.0f}/s, {self.megabytes:.0f} MB of memory ({limits})  {verdict}"


def importing(posts: int) -> Line:
    """In a site of its own beside the one in use, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-import-", dir=settings.VAR_DIR) as folder:
        export = Path(folder) / "export.xml"
        with export.open("w", encoding="utf-8") as file:
            file.writelines(wxr(posts))
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=settings.BASE_DIR, env=environment, check=True)
        command = [sys.executable, "manage.py", "import_wordpress", str(export)]
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
        peak = watched(process)
        if process.returncode:
            raise RuntimeError("The import of the bench failed; what it said stands above.")
        return Line(posts, time.perf_counter() - began, peak / 1024**2)


def watched(process: subprocess.Popen) -> int:
    """The most bytes that it and its helpers together held at one moment; pages they share count once."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(proportional, family(process.pid))))
        time.sleep(SAMPLED)
    return peak


def family(parent: int) -> Iterator[int]:
    yield parent
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:  # it has just ended
        return
    for child in children:
        yield from family(int(child))


def proportional(process: int) -> int:
    """Its PSS in bytes."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def wxr(posts: int) -> Iterator[str]:
    """Posts of the growth bench's own words, with what posts have: links to the one before, emphasis, paragraphs without elements."""
    writer, at = Writer(), datetime(2010, 1, 1, tzinfo=UTC)
    yield HEAD
    for number in range(1, posts + 1):
        at += timedelta(minutes=57)
        post = writer.post(number, at)
        link = LINK.format(at=at - timedelta(minutes=57), number=number - 1)
        paragraphs = [f"{words.replace(' ', f' {link} ', 1)}" if not place else words for place, words in enumerate(post.body.split("\n\n"))]
        yield ITEM.format(title=post.title, content="\n\n".join(paragraphs), number=number, at=at, label=f"{number % 60:02}")
    yield "</channel></rss>\n"
