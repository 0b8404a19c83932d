from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from campaign.imports.recleaning import reclean


class Command(BaseCommand):
    help = "Makes the text of imported posts anew from the HTML that came, after the cleaner has got better. What an editor has changed stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say the same")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        said = reclean(dry_run=dry_run)
        verb = "Would clean anew" if dry_run else "Cleaned anew"
        self.stdout.write(f"{verb}: {said.cleaned} posts. {said.edited} were edited here and stay as they are.")
        for title in said.kept:
            self.stdout.write(f"“{title}” needs its export to be cleaned anew, and stays as it is.")
