"""An appeal of an old site as one of ours: its addresses in the ledger, its letters and events; over, unless it waits as a draft."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone

from appeals.intake.records import COPY
from appeals.models import Address, Appeal, AppealAddress, Letter, Outcome, Recipient, Role
from appeals.values import cleaned_many
from articles.models import Event, Post, Status
from articles.models.renditions import with_renditions
from campaign.imports.parts import render_in_parts

NAME, NOTE, SOURCE, SUBJECT, PLACE = 200, 300, 500, 200, 300
CAME = "is an appeal that is over, with {count} addresses: check who is written to"
WAITS = "is a draft of an appeal, with {count} addresses: check them, and publish or close it"
GUARDED = "asked for solidarity at {value}, which is the other side's ({who}): it stands under protest"
REFUSED = "“{value}” could not be taken into the ledger: {why}"


class AppealWriter:
    """Makes one post, just written, an appeal. `remarks` is what the report must say of it."""

    def __init__(self, post: Post, found: dict[str, Any], *, zone: str, source: str) -> None:
        self.post, self.found, self.zone, self.source = post, found, zone, source[:SOURCE]
        self.remarks: list[str] = []

    def write(self) -> None:
        self.appeal()
        used = {(use.address_id, use.role): use for one in self.found["addresses"] for use in self.uses(one)}
        for order, use in enumerate(used.values()):
            use.order = order
        AppealAddress.objects.bulk_create(used.values())
        self.letters()
        for event in self.found["events"]:
            self.event(event)
        self.remarks.insert(0, came(self.post.status, len(used)))

    def appeal(self) -> None:
        """The row beside the post's. What is published is over since its deadline, or since it was published if it names none that fits."""
        at, act_by = self.post.published_at, day(self.found["deadline"])
        fits = act_by if act_by and at and at.date() <= act_by <= timezone.localdate() else None
        over = self.post.status == Status.PUBLISHED
        closed_at = (datetime.combine(fits, time(12), UTC) if fits else at) if over else None
        ended = {"closed_at": closed_at, "outcome": Outcome.ENDED} if over else {}
        Appeal(post_ptr_id=self.post.pk, act_by=fits, demands=list(self.found["demands"]), **ended).save_base(raw=True, force_insert=True)
        if over:
            rendered = render_in_parts(self.post.body, live=False)[0]
            Post.objects.filter(pk=self.post.pk).update(body_html=with_renditions(rendered.html), body_text=rendered.text)

    def uses(self, one: dict[str, Any]) -> list[AppealAddress]:
        copy = one["role"] == COPY
        role = one["copy_of"] or Role.PROTEST if copy else one["role"]
        return [self.use(address, role, copy=copy and role != Role.CONTACT) for address in self.addresses(one)]

    def use(self, address: Address, role: str, *, copy: bool) -> AppealAddress:
        """The role guard: nobody is greeted by mistake."""
        use = AppealAddress(appeal_id=self.post.pk, address=address, role=role, copy=copy)
        try:
            use.clean()
        except ValidationError:
            use.role = Role.PROTEST
            self.remarks.append(GUARDED.format(value=address, who=address.recipient.name))
        return use

    def addresses(self, one: dict[str, Any]) -> list[Address]:
        """Of the ledger, whoever they are said to belong to here; those that it lacks are put into it."""
        try:
            values = cleaned_many(one["channel"], one["value"])
        except ValidationError as refused:
            self.remarks.append(REFUSED.format(value=one["value"], why=" ".join(refused.messages)))
            return []
        return [self.known(one["channel"], value) or self.new(one, value) for value in values]

    def known(self, channel: str, value: str) -> Address | None:
        return Address.objects.select_related("recipient", "replaced_by__recipient").filter(channel=channel, value=value).first()

    def new(self, one: dict[str, Any], value: str) -> Address:
        name = " ".join((one["owner"] or value).split())[:NAME]
        recipient = Recipient.objects.filter(name=name).first() or Recipient.objects.create(name=name)
        return Address.objects.create(recipient=recipient, channel=one["channel"], value=value, note=one["note"][:NOTE], source=self.source)

    def letters(self) -> None:
        made: dict[tuple[str, str], Letter] = {}
        for one in self.found["letters"]:
            subject = " ".join(one["subject"].split())[:SUBJECT] or self.post.title[:SUBJECT]
            letter = Letter(appeal_id=self.post.pk, role=one["role"], language=one["language"] or self.post.language, subject=subject, body=one["body"])
            letter.salutation = one["salutation"][:NAME]
            made.setdefault((letter.role, letter.language), letter)
        Letter.objects.bulk_create(made.values())

    def event(self, one: dict[str, Any]) -> None:
        starts = moment(one["starts"], self.zone)
        if starts and one["place"]:
            Event(post_id=self.post.pk, starts=starts, zone=self.zone, place=one["place"][:PLACE]).save()


def came(status: str, count: int) -> str:
    return (CAME if status == Status.PUBLISHED else WAITS).format(count=count)


def day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def moment(words: str, zone: str) -> datetime | None:
    """On the clocks of the old site; a day without an hour begins at noon."""
    try:
        local = datetime.fromisoformat(words if "T" in words else f"{words}T12:00")
    except ValueError:
        return None
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))
