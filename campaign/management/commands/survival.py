from typing import Any

from django.core.management import BaseCommand, CommandError

from appeals import survival
from appeals.models import Appeal
from campaign.mirror.crawl import Crawl


class Command(BaseCommand):
    help = "Reads every public appeal as readers get it and fails if an address, demand, date or event is missing, or one is offered that must not be."

    def handle(self, **options: Any) -> None:
        appeals = list(Appeal.objects.public().prefetch_related("events"))
        complaints = [complaint for appeal in appeals for complaint in survival.complaints(appeal, fetch)]
        for complaint in complaints:
            self.stderr.write(complaint)
        if complaints:
            raise CommandError(f"{len(complaints)} complaints about {len(appeals)} appeals.")
        self.stdout.write(f"{len(appeals)} appeals: nothing of their records is missing, and nothing is offered that must not be.")


def fetch(path: str) -> str:
    """The page as our own server would answer it."""
    status, _content_type, body = Crawl().ask(path)
    if status != 200:
        raise CommandError(f"{path} answers {status}.")
    return body.decode()
