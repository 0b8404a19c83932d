"""`manage.py intake FILE`: what the desk's paste page would find in a text, for people and for programs."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from appeals.intake import Intake, read
from appeals.intake.decoding import decoded


class Command(BaseCommand):
    help = "Reads a pasted text as the desk would: title, addresses with role and owner, letters, demands, events, and what has no place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="A file of text, or - for the standard input.")
        parser.add_argument("--json", action="store_true", help="Print the reading as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = read(decoded(content(options["file"])))
        if found.problem and not options["json"]:
            raise CommandError(found.problem)
        if found.problem:
            self.stderr.write(found.problem)
        self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2) if options["json"] else readable(found))


def content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def as_json(found: Intake) -> dict[str, Any]:
    return {
        "title": found.title,
        "standfirst": found.standfirst,
        "byline": found.byline,
        "dateline": found.dateline,
        "deadline": found.deadline,
        "demands": list(found.demands),
        "events": [{"starts": event.starts, "place": event.place} for event in found.events],
        "letters": [{"subject": letter.subject, "body": letter.body, "language": letter.language} for letter in found.letters],
        "addresses": [{"channel": one.channel, "value": one.value, "role": one.role, "copy_of": one.copy_of, "owner": one.owner} for one in found.addresses],
        "unplaced": [*map(str, found.unplaced), *([found.problem] if found.problem else [])],
    }


def readable(found: Intake) -> str:
    lines = [f"{name.capitalize()}: {getattr(found, name)}" for name in ("title", "standfirst", "byline", "dateline", "deadline") if getattr(found, name)]
    lines += listed("Demands", found.demands)
    lines += listed("Events", [f"{event.starts}, {event.place}" for event in found.events])
    lines += listed("Letters", [f"{letter.subject or 'no subject'} ({letter.language}, {len(letter.body)} characters)" for letter in found.letters])
    lines += listed("Addresses", [in_words(one) for one in found.addresses])
    lines += listed("Without a place", found.unplaced)
    lines += listed("Mended", [f"{repair.reason} {repair.was} → {repair.now}" for repair in found.repairs])
    return "\n".join(lines)


def listed(name: str, items: Any) -> list[str]:
    return [f"{name}:", *(f"  {item}" for item in items)] if items else []


def in_words(one: Any) -> str:
    role = f"copy of {one.copy_of}" if one.role == "copy" and one.copy_of else one.role
    words = [f"{role}: {one.channel} {', '.join(one.value.split(chr(10)))}", one.owner and f"({one.owner})", one.note, "" if one.sure else f"? {one.why}"]
    return " ".join(word for word in words if word)
