from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from campaign.export.folder import ExportError, write
from campaign.export.lines import lines


class Command(BaseCommand):
    help = "Takes the whole site out, drafts and the whole ledger too: as a folder that import_export reads back, or as lines of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="the folder to write: a new one")
        parser.add_argument("--jsonl", action="store_true", help="write one JSON object for every post and page to standard output instead")

    def handle(self, *, directory: Path | None, jsonl: bool, **options: Any) -> None:
        if jsonl == bool(directory):
            raise CommandError("Name a new folder: manage.py export DIR. Or write lines of JSON to standard output: manage.py export --jsonl")
        if directory:
            self.folder(directory)
            return
        for line in lines():
            self.stdout.write(line)

    def folder(self, directory: Path) -> None:
        try:
            made = write(directory)
        except ExportError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Exported to {directory}: " + ", ".join(f"{count} {what}" for what, count in made.items() if count) + ".")
