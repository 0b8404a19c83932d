"""What a helping process does: convert entries that it reads from the spool itself. Imports no model: Django is set up after it."""

import multiprocessing
import os
import threading
from pathlib import Path

import django

from campaign.imports.bare import bare
from campaign.imports.convert import Converted, Converter, comment_text
from campaign.imports.entries import Comment, Entry
from campaign.imports.spool import Spool

Job = tuple[int, bool, list[Comment]]
"""An entry's number, whether it is wanted itself, its comments."""


def convert(converter: Converter, job: Job) -> Converted:
    n, wanted, comments = job
    made = converted(converter, converter.spool.entry(n)) if wanted else Converted()
    made.comments = [comment_text(comment) for comment in comments]
    return made


def converted(converter: Converter, entry: Entry) -> Converted:
    """One post that nobody foresaw must not stop the other thousands: its words come bare, and the report says so."""
    try:
        return converter.convert(entry)
    except Exception as error:
        return bare(entry, error)


class Helper:
    """The converter of a helping process."""

    converter: Converter


def begin(path: Path, settings: str) -> None:
    """In the helping process, once: it ends with the one that started it, however that ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    django.setup()
    Helper.converter = Converter(Spool.reopened(path))
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)


def convert_share(jobs: list[Job]) -> list[Converted]:
    return [convert(Helper.converter, job) for job in jobs]
