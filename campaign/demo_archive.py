"""The demo archive: one Markdown file with a TOML head for every post, TOML for the ledger, the labels and the profile.

Everything is named as its model's field is. A date may be a distance from the day of loading: "+3d", "-2d 09:30".
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from appeals.models import Address, Appeal, AppealAddress, FailureReport, Letter, LetterClaim, Press, Recipient, Role
from articles.models import Article, Event, Kind, Label, Life, Message, Origin, Page, Picture, Post, Revision, Status, Update
from campaign.models import SiteProfile

ROOT = Path(__file__).parent / "demo"
SOURCE = "demo"
"""The name of this archive in Origin, by which a second run knows its posts."""

DISTANCE = re.compile(r"([+-]\d+)d(?: (\d\d:\d\d))?")
REFERENCES = {"carries": Post, "translation_of": Post, "outcome_post": Appeal, "successor": Appeal}
"""Fields that name another post of the archive, and the model whose table holds them."""
ROLES = {
    "protest": (Role.PROTEST, False),
    "protest_copies": (Role.PROTEST, True),
    "solidarity": (Role.SOLIDARITY, False),
    "solidarity_copies": (Role.SOLIDARITY, True),
    "contact": (Role.CONTACT, False),
}
ROWS: dict[str, tuple[type[models.Model], str]] = {
    "life": (Life, "post"),
    "updates": (Update, "post"),
    "events": (Event, "post"),
    "messages": (Message, "post"),
    "letters": (Letter, "appeal"),
    "letter_claims": (LetterClaim, "appeal"),
}
"""Tables of a head that become rows of their own, and the field by which these rows hang on their post."""
ASIDE = {"labels", "picture", "presses", "failure_reports", *REFERENCES, *ROLES, *ROWS}


@dataclass(frozen=True)
class Entry:
    """One file of the archive; its name is the post's slug."""

    slug: str
    head: dict[str, Any]
    body: str
    digest: str

    @property
    def model(self) -> type[Post]:
        return {Kind.APPEAL: Appeal, Kind.PAGE: Page}.get(self.head["kind"], Article)


@dataclass(frozen=True)
class Shelf:
    """What posts name: labels and pictures by their names, addresses as "recipient.address"."""

    labels: dict[str, Label]
    addresses: dict[str, Address]
    pictures: dict[str, Picture]


def load() -> dict[str, int]:
    """Loads what is missing, in one transaction; says how many posts of each sort that made."""
    entries = list(missing(read_entries()))
    posts = load_entries(entries) if entries else []
    sorts = {"reports": Article, "appeals": Appeal, "pages": Page}
    return {sort: sum(isinstance(post, model) for post in posts) for sort, model in sorts.items()}


def load_entries(entries: list[Entry]) -> list[Post]:
    with Revision.one_bump():
        shelf = Shelf(load_labels(read_toml("labels")), load_ledger(read_toml("ledger")), load_pictures(read_toml("pictures")))
        posts = [load_post(entry, shelf) for entry in entries]
        link(entries)
        load_profile(read_toml("profile"))
    return posts


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / f"{name}.toml").read_text(encoding="utf-8"))


def read_entries() -> list[Entry]:
    return [read_entry(path) for path in sorted(ROOT.rglob("*.md"))]


def read_entry(path: Path) -> Entry:
    text = path.read_text(encoding="utf-8")
    _, head, body = text.split("+++\n", 2)
    return Entry(path.stem, tomllib.loads(head), body.strip() + "\n", hashlib.sha256(text.encode()).hexdigest())


def missing(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Entries that this site does not hold yet; a page of its own under the same address wins."""
    known = set(Origin.objects.filter(source=SOURCE).values_list("entry_id", flat=True))
    pages = set(Page.objects.values_list("slug", flat=True))
    return (entry for entry in entries if entry.slug not in known and not (entry.model is Page and entry.slug in pages))


def load_post(entry: Entry, shelf: Shelf) -> Post:
    head = entry.head
    fields = {"status": Status.PUBLISHED, **{name: value for name, value in head.items() if name not in ASIDE}}
    post = make(entry.model, slug=entry.slug, body=entry.body, picture=shelf.pictures[head["picture"]] if "picture" in head else None, **fields)
    Origin.objects.create(post_id=post.pk, source=SOURCE, entry_id=entry.slug, digest=entry.digest)
    post.set_labels(shelf.labels[name] for name in head.get("labels", ()))
    for name, (model, owner) in ROWS.items():
        rows = head.get(name, ())
        for row in [rows] if isinstance(rows, dict) else rows:
            make(model, **{owner: post}, **row)
    if isinstance(post, Appeal):
        load_addresses(post, head, shelf.addresses)
        load_reports(post, head, shelf.addresses)
    return post


def load_addresses(appeal: Appeal, head: dict[str, Any], addresses: dict[str, Address]) -> None:
    used = [(role, copy, key) for name, (role, copy) in ROLES.items() for key in head.get(name, ())]
    for order, (role, copy, key) in enumerate(used):
        make(AppealAddress, appeal=appeal, address=addresses[key], role=role, copy=copy, order=order)


def load_reports(appeal: Appeal, head: dict[str, Any], addresses: dict[str, Address]) -> None:
    """What supporters reported: letters sent, by day, and addresses that failed."""
    for day, number in head.get("presses", {}).items():
        for nth in range(number):
            make(Press, appeal=appeal, day=day, token=f"{SOURCE} {appeal.slug} {day} {nth}")
    for nth, report in enumerate(head.get("failure_reports", ())):
        make(FailureReport, appeal=appeal, address=addresses[report["address"]], day=report["day"], token=f"{SOURCE} {appeal.slug} {nth}")


def link(entries: Iterable[Entry]) -> None:
    """Posts that name other posts do so once all are there."""
    ids = dict(Origin.objects.filter(source=SOURCE).values_list("entry_id", "post"))
    for entry in entries:
        for name in REFERENCES.keys() & entry.head.keys():
            REFERENCES[name].objects.filter(pk=ids[entry.slug]).update(**{f"{name}_id": ids[entry.head[name]]})


def load_pictures(about: dict[str, dict[str, str]]) -> dict[str, Picture]:
    known = {picture.original: picture for picture in Picture.objects.filter(original__startswith=f"{SOURCE}:")}
    return {name: known.get(f"{SOURCE}:{name}") or load_picture(name, words) for name, words in about.items()}


def load_picture(name: str, words: dict[str, str]) -> Picture:
    file = f"{name}.png"
    return make(Picture, file=ContentFile((ROOT / "pictures" / file).read_bytes(), name=file), original=f"{SOURCE}:{name}", **words)


def load_labels(descriptions: dict[str, str]) -> dict[str, Label]:
    known = {label.name: label for label in Label.objects.filter(name__in=descriptions)}
    return {name: known.get(name) or make(Label, name=name, description=words) for name, words in descriptions.items()}


def load_ledger(recipients: dict[str, dict[str, Any]]) -> dict[str, Address]:
    """Recipients by their keys; their tables are addresses, which appeals name "recipient.address"."""
    addresses, replaced = {}, {}
    for key, record in recipients.items():
        about = {name: value for name, value in record.items() if not isinstance(value, dict)}
        recipient = Recipient.objects.filter(name=about["name"], party=about["party"]).first() or make(Recipient, **about)
        for name, row in record.items():
            if isinstance(row, dict):
                replaced[f"{key}.{name}"] = row.pop("replaced_by", "")
                known = Address.objects.filter(channel=row["channel"], value=row["value"])
                addresses[f"{key}.{name}"] = known.first() or make(Address, recipient=recipient, **row)
    for old, new in replaced.items():
        if new:
            addresses[old].replaced_by = addresses[new]
            addresses[old].save()
    return addresses


def load_profile(fields: dict[str, Any]) -> None:
    """Only where nobody has filled it in yet."""
    profile = SiteProfile.objects.get_or_create(pk=1)[0]
    if profile.name == SiteProfile._meta.get_field("name").default:
        for name, value in fields.items():
            setattr(profile, name, value)
        profile.save()


def make(model: type[models.Model], **fields: Any) -> Any:
    """A row that has passed every check a form would make."""
    zone = ZoneInfo(fields.get("zone") or settings.TIME_ZONE)
    row = model(**{name: typed(model._meta.get_field(name), value, zone) for name, value in fields.items()})
    row.full_clean(exclude={field.name for field in model._meta.fields if not field.editable})
    row.save()
    return row


def typed(field: models.Field, value: Any, zone: ZoneInfo) -> Any:
    readers = {"DateTimeField": partial(moment, zone=zone), "DateField": day}
    return readers.get(field.get_internal_type(), lambda same: same)(value)


def day(value: date | str) -> date:
    return value if isinstance(value, date) else timezone.localdate() + timedelta(days=int(distance(value)[1]))


def moment(value: datetime | str, zone: ZoneInfo) -> datetime:
    """A distance counts days from today and reads its hour on the clocks of `zone`."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    return datetime.combine(day(value), time.fromisoformat(distance(value)[2] or "12:00"), zone)


def distance(value: str) -> re.Match[str]:
    if found := DISTANCE.fullmatch(value):
        return found
    raise ValueError(f"“{value}” is no date of the demo archive. Write 2011-12-16, or a distance in days such as +3d or -2d 09:30.")
