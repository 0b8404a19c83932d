"""Loads the archive that the repository carries: the Kazakhstan strikes of 2010–2012, in our own words."""

from typing import Any

from django.core.management import BaseCommand

from campaign import demo_archive


class Command(BaseCommand):
    help = "Loads the demo archive (campaign/demo). What is there already stays as it is: a second run changes nothing."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        loaded = demo_archive.load()
        if verbosity:
            self.stdout.write(summary(loaded))


def summary(loaded: dict[str, int]) -> str:
    if not any(loaded.values()):
        return "The demo archive is here already: nothing was changed."
    return "Loaded the demo archive: " + ", ".join(f"{number} {what}" for what, number in loaded.items()) + "."
