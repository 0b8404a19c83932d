"""The survival test: every address, demand, date and event of an appeal's records stands in every text readers get of it,
and nothing that is retired, expired or closed is offered for sending.

It works from the rows themselves and from the answers themselves, and shares no step with the panel that lies between.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from appeals.mailto import ascii_domain
from appeals.models import Address, AddressStatus, Appeal, AppealAddress, Channel, Party
from appeals.readable import Readable, of_html, of_text
from appeals.values import TELEPHONES, printed
from articles.entries import post_entry, whole_posts
from articles.links import interface_of

Fetch = Callable[[str], str]
"""Answers the body of one of our own pages, by its path."""

STRUCK_FOR = timedelta(days=30)


def complaints(appeal: Appeal, fetch: Fetch) -> list[str]:
    """What is wrong with this public appeal, in sentences; none if it has survived."""
    today = timezone.localdate()
    with override(interface_of(appeal.language)):
        texts = texts_of(appeal, fetch)
        missing = [f"“{appeal}”: {what} is missing from {where}." for where, text in texts.items() for what in missing_from(text, appeal, where, today)]
        wrong = [f"“{appeal}”: {what} in {where}." for where, text in texts.items() for what in wrong_with(text, appeal, today)]
    return missing + wrong


def texts_of(appeal: Appeal, fetch: Fetch) -> dict[str, Readable]:
    return {
        "its page": of_html(fetch(reverse("appeal", args=[appeal.slug]))),
        "appeal.txt": of_text(fetch(reverse("appeal_txt", args=[appeal.slug])), _("To"), _("Copies")),
        "its printed sheet": of_html(fetch(reverse("appeal_sheet", args=[appeal.slug]))),
        "its feed entry": of_html(post_entry(whole_posts([appeal.pk])[appeal.pk]).html),
    }


def missing_from(text: Readable, appeal: Appeal, where: str, today: date) -> Iterator[str]:
    yield from (f"the demand “{demand}”" for demand in appeal.demands if not text.says(demand))
    for day in days_of(appeal):
        if not (text.says(date_format(day, "j F Y")) or day.isoformat() in text.days):
            yield f"the date {day.isoformat()}"
    for event in appeal.events.all():
        day = event.local_starts.date()
        words = [event.title, event.place, event.organiser, event.contact, _("Cancelled") if event.cancelled else ""]
        if not (text.says(date_format(day, "j F Y")) or day.isoformat() in text.days):
            yield f"the day of the event at {event.place}"
        yield from (f"“{said}” of an event" for said in words if said and not text.says(said) and not text.says(said.upper()))
    for address in expected(appeal, today, with_embassies=where != "its feed entry"):
        yield from (f"the address {line}" for line in printed(address.channel, address.value).split("\n") if not text.says(line))
        struck = address.status == AddressStatus.RETIRED and not appeal.closed_at  # stands under whoever took its place
        if not (struck or text.says(address.recipient.name)):
            yield f"the owner of {address}"


def days_of(appeal: Appeal) -> list[date]:
    closed = timezone.localdate(appeal.closed_at) if appeal.closed_at else None
    return [day for day in (appeal.opens or appeal.published_on, appeal.act_by, closed) if day]


def expected(appeal: Appeal, today: date, *, with_embassies: bool) -> Iterator[Address]:
    """The addresses that a reader must find today."""
    found = Address.objects.shown(today).select_related("recipient")
    for address in found.filter(appeal_addresses__appeal=appeal).distinct():
        if appeal.closed_at or address.status != AddressStatus.RETIRED or today < address.status_on + STRUCK_FOR:
            yield address
    if not appeal.closed_at:
        yield from found.in_use(today).filter(replaces__appeal_addresses__appeal=appeal).distinct()
        if with_embassies and appeal.embassies_of:
            yield from found.in_use(today).filter(recipient__party=Party.EMBASSY, recipient__country=appeal.embassies_of).exclude(recipient__host_country="")


def wrong_with(text: Readable, appeal: Appeal, today: date) -> Iterator[str]:
    """What is offered that must not be, and private numbers that are still there."""
    mine = Address.objects.filter(pk__in=AppealAddress.objects.filter(appeal=appeal).values("address"))
    never = Address.objects.exclude(pk__in=Address.objects.in_use(today))
    offered = {spelling.casefold() for spelling in text.offered}
    for address in never | (mine.exclude(channel=Channel.WEB) if appeal.closed_at else never):
        if offered & {spelling.casefold() for spelling in spellings(address)}:
            yield f"{address}, which is not to be written to, is offered for sending"
    for address in mine.exclude(pk__in=Address.objects.shown(today)):
        if text.holds_number(address.value.removeprefix("+")) if address.channel in TELEPHONES else text.says(address.value):
            yield f"{address.get_channel_display()} number {address.pk}, shown until {address.show_until}, is still there"


def spellings(address: Address) -> Iterable[str]:
    """How a link may write it."""
    local, at, domain = address.value.rpartition("@")
    return {address.value, f"{local}{at}{ascii_domain(domain)}"}
