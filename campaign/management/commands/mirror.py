import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from campaign.minisign import SecretKey, SignatureError
from campaign.mirror import folder
from campaign.mirror.crawl import Crawl, MirrorError
from campaign.mirror.state import state
from campaign.models import SiteProfile


class Command(BaseCommand):
    help = "Writes the whole public site as a signed folder that anyone can host, carry on a stick, and check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="the folder to write: empty, or a mirror of this site")
        parser.add_argument("--make-key", action="store_true", help="make the signing key, once, and say its public half")
        parser.add_argument("--key", type=Path, default=settings.MIRROR_KEY, help=f"the signing key (default: {settings.MIRROR_KEY.name} under var/)")
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that render pages (default: one for each processor)")
        parser.add_argument("--no-zip", action="store_true", help="do not write DIRECTORY.zip beside the folder")

    def handle(self, *, directory: Path | None, make_key: bool, key: Path, jobs: int, no_zip: bool, **options: Any) -> None:
        if make_key:
            self.make_key(key)
        if directory:
            self.mirror(directory.resolve(), read_key(key), max(1, jobs), no_zip)
        elif not make_key:
            raise CommandError("Name a folder: manage.py mirror DIRECTORY")

    def make_key(self, path: Path) -> None:
        try:
            SecretKey.make().write(path)
        except FileExistsError as error:
            raise CommandError(f"{path} is there already. Readers know the key that is in use: move it away yourself if you mean to change it.") from error
        self.stdout.write(f"Made {path}; keep a copy where the server is not. Readers check mirrors with:\n{SecretKey.read(path).public.line}")

    def mirror(self, target: Path, key: SecretKey, jobs: int, no_zip: bool) -> None:
        now, standing = timezone.now().replace(microsecond=0), state()
        if folder.is_current(target, standing, key.public) and (no_zip or folder.zip_of(target).is_file()):
            self.stdout.write(f"Nothing has changed since {target} was made: it is whole, and stays as it is.")
            return
        comment = f"{SiteProfile.objects.get(pk=1).name}, {now.isoformat()}, sequence {folder.next_sequence(target)}, state {standing}"
        try:
            made = folder.write(target, Crawl().files(now, jobs), key, comment)
            if not no_zip and made.changed:
                folder.zip_beside(target)
        except MirrorError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.files} files in {target}: {len(made.written)} written, {len(made.gone)} removed.")


def read_key(path: Path) -> SecretKey:
    try:
        return SecretKey.read(path)
    except FileNotFoundError as error:
        raise CommandError(f"There is no key at {path}. Make one first: manage.py mirror --make-key") from error
    except SignatureError as error:
        raise CommandError(str(error)) from error
