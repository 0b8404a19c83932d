from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from campaign.backup import taking
from campaign.backup.archive import BackupError


class Command(BaseCommand):
    help = "Writes everything the site holds, accounts and pictures too, into one file that `restore` reads; the site goes on meanwhile. Keys are not in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to write; - is standard output, to be encrypted on its way")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            made = taking.to_output() if file == "-" else taking.to_file(Path(file).absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        files = made.pop("files", 0)
        say = self.stderr if file == "-" else self.stdout
        say.write(f"A backup of {made.total()} rows and {files} files. Keep SECRET_KEY and the mirror's key elsewhere: they are not in it.")
