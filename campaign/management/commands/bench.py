import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from campaign.bench.growth import growth
from campaign.bench.importing import importing
from campaign.bench.load import load
from campaign.bench.mirroring import mirroring
from campaign.management.commands.prepare import collect
from campaign.tests.machine import Missing, nginx, postgresql, wrk

PARTS = ("growth", "load", "mirror", "import")


class Command(BaseCommand):
    help = "Measures the site in databases of its own: growth of the archive on each database engine, load, the mirror, an import."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure (default: all): {', '.join(PARTS)}")
        parser.add_argument("--sizes", default="1000,10000,100000", help="growth: posts of each archive, the smallest first")
        parser.add_argument("--short", action="store_true", help="growth: posts of one sentence and no search, so that a million of them take minutes")
        parser.add_argument("--posts", type=int, default=10_000, help="load and mirror: posts of the archive")
        parser.add_argument("--imports", type=int, default=100_000, help="import: posts of the export")
        parser.add_argument("--here", action="store_true", help="one part, in the database and the folder in use, which it fills")

    def handle(self, *, parts: list[str], here: bool, **options: Any) -> None:
        if unknown := set(parts) - set(PARTS):
            raise CommandError(f"There is no part {', '.join(sorted(unknown))}. The parts are {', '.join(PARTS)}.")
        if min(options["posts"], *sizes_of(options["sizes"])) < 1_000:
            raise CommandError("An archive needs at least 1,000 posts, or its pages are not full.")
        failed = [self.printed(self.measure(parts[0], options))] if here else [self.apart(part, options) for part in parts or PARTS]
        if any(failed):
            raise CommandError("At least one measure is not kept.")

    def measure(self, part: str, options: dict[str, Any]) -> Iterable[Any]:
        if part == "growth":
            collect()
            return growth(sizes_of(options["sizes"]), options["short"])
        if part == "import":
            return [importing(options["imports"])]
        return load(options["posts"]) if part == "load" else mirroring(options["posts"])

    def printed(self, lines: Iterable[Any]) -> bool:
        """Whether one of them is a measure that is not kept."""
        failed = False
        for line in lines:
            self.stdout.write(str(line))
            self.stdout.flush()
            failed |= not getattr(line, "kept", True)
        return failed

    def apart(self, part: str, options: dict[str, Any]) -> bool:
        """Each in a process of its own (settings are read once), in a folder that is gone afterwards."""
        numbers = [f"--{name}={options[name]}" for name in ("sizes", "posts", "imports")] + ["--short"] * options["short"]
        failed = False
        for engine in self.engines(part):
            with tempfile.TemporaryDirectory(prefix="bench-", dir=settings.VAR_DIR) as folder:
                database = engine or f"sqlite:///{folder}/site.sqlite3"
                env = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": database, "SECRET_KEY": settings.SECRET_KEY}
                command = [sys.executable, "manage.py", "bench", part, "--here", *numbers]
                failed |= subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=False).returncode != 0
        return failed

    def engines(self, part: str) -> Iterator[str]:
        """URLs of databases; an empty one is SQLite in the part's own folder."""
        try:
            if part == "load":
                wrk(), nginx()
            yield ""
            if part == "growth":
                yield postgresql()
        except Missing as reason:
            self.stdout.write(f"Not measured: {part}: {reason}")


def sizes_of(words: str) -> list[int]:
    try:
        return sorted(int(size.replace("_", "")) for size in words.split(","))
    except ValueError as error:
        raise CommandError(f"“{words}” is no list of sizes: write them as 1000,100000.") from error
