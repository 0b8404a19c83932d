"""What both import commands do around an import: options, progress, the report."""

import errno
import sqlite3
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import available_timezones

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from tqdm import tqdm

from campaign.imports.addresses import split
from campaign.imports.importing import Options, run
from campaign.imports.plan import APPEALS, CLOSED

LINES_EVERY = 1000
"""Posts between two lines of progress where nobody watches a bar."""


class ImportCommand(BaseCommand):
    """Reads exports and writes posts. Subclasses say which kind."""

    command = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="an export: a file, a .gz, a .zip or a folder; several parts of one export together")
        parser.add_argument("--base-url", default="", metavar="URL", help="where the old site stood, if its export does not tell")
        parser.add_argument("--time-zone", default="", metavar="ZONE", help="the old site's time zone, if its export does not tell: Asia/Almaty")
        parser.add_argument("--media", action="append", default=[], metavar="PATH", help="a folder or zip of the old site's pictures (wp-content/uploads)")
        parser.add_argument("--appeals", choices=APPEALS, default=CLOSED, help="what becomes of posts that tell readers where to protest (default: closed)")
        parser.add_argument("--redirects", type=Path, metavar="CSV", help="a list of your own: old address, where it leads now; with or without an export")
        parser.add_argument("--update", action="store_true", help="say what the export would change in posts that are here already; they stay as they are")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, report the same")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write all of the report as JSON")

    def handle(self, *, paths: list[str], report: Path | None, **given: Any) -> None:
        check(paths, given)
        options = Options(**{name: given[name] for name in ("base_url", "time_zone", "dry_run", "update", "redirects", "appeals")}, media=tuple(given["media"]))
        progress = Bar() if sys.stderr.isatty() else Lines(self.stdout)
        try:
            made = run(self.command, paths, options, progress)
        except (OSError, OperationalError, sqlite3.OperationalError) as error:
            raise disk_full(error) from error
        finally:
            progress.close()
        made.tell(self.stdout)
        if report:
            made.write(report)


def check(paths: list[str], given: dict[str, Any]) -> None:
    """What was typed, before anything is read."""
    if not paths and not given["redirects"]:
        raise CommandError("Name an export: a file, a zip or a folder.", returncode=2)
    if given["base_url"] and not split(given["base_url"]).netloc:
        raise CommandError(f"{given['base_url']} is no address of a site. Write it whole: https://old.example.org", returncode=2)
    if given["time_zone"] and given["time_zone"] not in available_timezones():
        raise CommandError(f"{given['time_zone']} is not a time zone. Write it like Asia/Almaty or Europe/London.", returncode=2)


def disk_full(error: Exception) -> Exception:
    """A sentence for the one fault of a disk that the user can mend; any other error as it is."""
    if getattr(error, "errno", None) != errno.ENOSPC and "full" not in str(error):
        return error
    return CommandError("The disk is full. What was brought in is whole and stays; make room and run the same command again.")


class Bar:
    """On a terminal: how far, how fast, how long yet."""

    def __init__(self) -> None:
        self.bar: tqdm | None = None

    def __call__(self, done: int, total: int) -> None:
        self.bar = self.bar or tqdm(total=total, unit=" posts")
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar:
            self.bar.close()


class Lines:
    """Elsewhere: a line now and then."""

    def __init__(self, out: TextIO) -> None:
        self.out, self.said = out, 0

    def __call__(self, done: int, total: int) -> None:
        if done - self.said >= LINES_EVERY:
            self.said = done
            self.out.write(f"{done} of {total} posts …")

    def close(self) -> None:
        pass
