"""For an editor who has lost both the phone and the paper."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from articles.models import Act, AuditEntry
from campaign.models import SecondFactor


class Command(BaseCommand):
    help = "Takes an account's second factor away: its sessions end, and its next login sets up a new one. Be sure who is asking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", help="the name the account logs in with")

    def handle(self, *, account: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=account).first()
        if user is None:
            raise CommandError(f"There is no account “{account}”.")
        with transaction.atomic():
            gone, _rows = SecondFactor.objects.filter(account=user).delete()
            if not gone:
                raise CommandError(f"“{account}” has no second factor: its next login sets one up.")
            user.desk_sessions.all().delete()
            AuditEntry.objects.note(Act.FACTOR, f"{account}: reset by command")
        self.stdout.write(f"“{account}” sets up a new second factor at the next login.")
