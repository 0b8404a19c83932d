from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from campaign.minisign import PublicKey, SignatureError
from campaign.mirror.folder import printable, signed, verify


class Command(BaseCommand):
    help = "Checks that a mirror is what was published: names every changed, missing or added file. Exit code 1 if anything is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--key", help="the public key as the campaign gave it to you; without it, the key in the folder is used")

    def handle(self, *, directory: Path, key: str | None, **options: Any) -> None:
        try:
            known = PublicKey.read(key) if key else None
            wrong = verify(directory, known)
        except SignatureError as error:
            raise CommandError(f"--key: {error}") from error
        if wrong:
            raise CommandError("\n".join(wrong), returncode=1)
        self.stdout.write(f"{directory} is whole and signed: {printable(signed(directory, known))}. An old copy is whole too: see that this one is not.")
        if not known:
            self.stdout.write("Pass --key with the key you know to be sure by whom.")
