"""What `make run` and every deployment do before serving; quick when there is nothing to do."""

import hashlib
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, transaction
from django.urls import reverse

from articles.models import Post
from campaign.private import keep_private


class Command(BaseCommand):
    help = "Brings the database and the static files up to date. With --demo, an empty site gets the demo archive and an editor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo archive and make a demo editor if the site is empty")

    def handle(self, *, demo: bool, **options: Any) -> None:
        keep_private()
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        collect()
        if demo:
            self.load_demo()
            self.make_editor()

    def load_demo(self) -> None:
        if not Post.objects.exists():
            self.stdout.write("The site is empty: loading the demo archive.")
            with transaction.atomic():  # an interrupted load leaves nothing behind
                call_command("demo", stdout=self.stdout)

    def make_editor(self) -> None:
        users = get_user_model().objects
        if not users.exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("editor", "editor@example.org", password)
            self.stdout.write(f"The desk is at {settings.SITE_URL}{reverse('admin:index')}. Sign in as: editor  Password, shown only now: {password}")


def collect() -> None:
    """Collect the static files, if any of them has changed since they were collected."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = os.stat(storage.path(path))
            state.update(f"{path} {file.st_mtime_ns} {file.st_size}\n".encode())
    collected = Path(settings.STATIC_ROOT) / ".collected"
    if not collected.is_file() or collected.read_text() != state.hexdigest():
        before = os.umask(0o022)  # whatever it is: the web server reads these
        try:
            call_command("collectstatic", interactive=False, verbosity=0)
        finally:
            os.umask(before)
        collected.write_text(state.hexdigest())
