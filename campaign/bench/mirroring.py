"""The mirror of a large archive: made, and asked for again when nothing has changed."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command

from campaign.bench import archive
from campaign.management.commands.prepare import collect

MADE, UNCHANGED = 180, 20
"""Seconds, on two processors."""


@dataclass(frozen=True)
class Line:
    what: str
    seconds: float
    limit: float

    @property
    def kept(self) -> bool:
        return self.seconds < self.limit

    def __str__(self) -> str:
        return f"{self.what}: {self.seconds:.1f} s (under {self.limit:g})  {'PASS' if self.kept else 'FAIL'}"


def mirroring(posts: int) -> Iterator[Line]:
    """In a site of its own, which it fills."""
    call_command("migrate", verbosity=0)
    collect()
    archive.fill(posts)
    run("--make-key")
    yield Line(f"mirror of {posts:,} posts, on {os.cpu_count()} processors", run("--no-zip", "mirror"), MADE)
    yield Line("the same again, nothing changed", run("--no-zip", "mirror"), UNCHANGED)


def run(*arguments: str) -> float:
    began = time.perf_counter()
    *options, directory = [*arguments] if "mirror" in arguments else [*arguments, ""]
    place = [str(settings.VAR_DIR / directory)] if directory else []
    subprocess.run([sys.executable, "manage.py", "mirror", *options, *place], cwd=settings.BASE_DIR, env=os.environ, check=True, capture_output=True)
    return time.perf_counter() - began
