from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from campaign.backup import restoring
from campaign.backup.archive import BackupError

OTHER_KEY = (
    "This site has another SECRET_KEY than the one that was backed up: no second factor opens. Set the old key, or `manage.py reset_factor` for each account."
)


class Command(BaseCommand):
    help = "Reads a file that `backup` wrote into an empty site, once every byte of it has been verified. The database may be of the other kind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the backup; - is standard input")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            with restoring.at_hand(file) as path:
                restored = restoring.restore(path)
        except BackupError as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{file} could not be restored: {error.strerror or error}. Nothing was restored.", returncode=2) from error
        except DatabaseError as error:
            raise CommandError(f"The database does not answer, and nothing was restored: {error}", returncode=2) from error
        files = restored.counts.pop("files", 0)
        self.stdout.write(
            f"Restored {restored.counts.total()} rows and {files} files. Run `manage.py prepare` before serving, and `manage.py check_data` once."
        )
        if not restored.same_key:
            self.stderr.write(OTHER_KEY)
