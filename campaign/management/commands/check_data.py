from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from campaign.export.snapshot import snapshot
from campaign.soundness import CHECKS, Check

SHOWN = 20


class Command(BaseCommand):
    help = "Looks whether all that the site holds fits together, and fails if not; --repair mends what a machine can, and says what is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what can be made again from what editors wrote")

    def handle(self, *, repair: bool, **options: Any) -> None:
        try:
            left = sum(self.look(check, repair) for check in CHECKS)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}. If it is damaged, restore the last backup into a new one.") from error
        if left:
            advice = "What is left needs a person, or the last backup." if repair else "`manage.py check_data --repair` mends what a machine can."
            raise CommandError(f"{left} faults. {advice}")
        self.stdout.write("Everything fits together.")

    def look(self, check: Check, repair: bool) -> int:
        """How many faults are left."""
        found = self.faults(check)
        if found and repair and check.mend:
            check.mend_all([key for key, _words in found])
            before, found = len(found), self.faults(check)
            self.stdout.write(f"{check.title}: {before - len(found)} mended.")
        if found:
            more = [f"… and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
            self.stderr.write("\n    ".join([f"Not so: {check.title}.", *(words for _key, words in found[:SHOWN]), *more]))
        return len(found)

    def faults(self, check: Check) -> list[tuple[Any, str]]:
        with snapshot():
            return list(check.find())
