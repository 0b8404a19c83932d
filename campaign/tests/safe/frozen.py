"""`python -m campaign.tests.safe.frozen [FILE]`: every public page of one moment, as digests by name; with FILE, a backup of that moment too."""

import hashlib
import json
import os
import sys
from datetime import UTC, datetime

import django

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def main(file: str = "") -> None:
    from django.core.management import call_command
    from django.test import Client

    from appeals.models import Press
    from campaign.export.snapshot import snapshot
    from campaign.mirror.crawl import Crawl

    class Pages(Crawl):
        """As the mirror walks, on the connection that holds the moment."""

        client = Client(SERVER_NAME="localhost")

        def ask(self, path: str) -> tuple[int, str, bytes]:
            answer = self.client.get(path)
            return answer.status_code, answer["Content-Type"], answer.getvalue()

    with snapshot():
        presses = Press.objects.count()
        if file:
            call_command("backup", file, stdout=sys.stderr)
        pages = {one.name: hashlib.sha256(one.content).hexdigest() for one in Pages().files(NOW)}
    print(json.dumps({"presses": presses, "pages": pages}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
    django.setup()
    main(*sys.argv[1:])
