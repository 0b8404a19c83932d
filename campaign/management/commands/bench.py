import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from campaign.bench.growth import Line, growth
from campaign.bench.importing import importing
from campaign.management.commands.prepare import collect
from campaign.tests.machine import Missing, postgresql


class Command(BaseCommand):
    help = "Measures pages with 1,000 and with 100,000 posts, in databases of its own, on SQLite and, where a server answers, on PostgreSQL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--small", type=int, default=1_000, help="posts of the small archive")
        parser.add_argument("--large", type=int, default=100_000, help="posts of the large archive")
        parser.add_argument("--imports", type=int, default=100_000, help="posts of the export that is imported; 0: none")
        parser.add_argument("--here", action="store_true", help="measure on the database engine in use, and no other")

    def handle(self, *, small: int, large: int, imports: int, here: bool, **options: Any) -> None:
        if small < 1_000 or large <= small:
            raise CommandError("The small archive needs at least 1,000 posts, or its pages are not full; the large one more than that.")
        collect()
        failed = [self.measure(small, large)] if here else [self.on(url, small, large) for url in self.engines()]
        failed += [self.imported(imports)] if imports and not here else []
        if any(failed):
            raise CommandError("At least one measure is not kept.")

    def imported(self, posts: int) -> bool:
        line = importing(posts)
        self.stdout.write(str(line))
        return not line.kept

    def engines(self) -> list[str]:
        try:
            return [f"sqlite:///{Path(settings.VAR_DIR) / 'bench.sqlite3'}", postgresql()]
        except Missing as reason:
            self.stdout.write(f"Not measured on PostgreSQL: {reason}")
            return [f"sqlite:///{Path(settings.VAR_DIR) / 'bench.sqlite3'}"]

    def on(self, url: str, small: int, large: int) -> bool:
        """In a process of its own: settings are read once."""
        command = [sys.executable, "manage.py", "bench", "--here", f"--small={small}", f"--large={large}"]
        return subprocess.run(command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": url}, check=False).returncode != 0

    def measure(self, small: int, large: int) -> bool:
        failed = False
        for line in growth(small, large):
            self.stdout.write(str(line))
            self.stdout.flush()
            failed |= isinstance(line, Line) and not line.kept
        return failed
