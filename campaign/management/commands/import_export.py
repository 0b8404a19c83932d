from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from campaign.export.folder import ExportError
from campaign.export.restore import restore


class Command(BaseCommand):
    help = "Reads a folder that manage.py export wrote into an empty site: every public page is the same afterwards. Editors' accounts are not in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder")

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            made = restore(directory)
        except ExportError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"Read from {directory}: " + ", ".join(f"{count} {what}" for what, count in made.items() if count) + ".")
