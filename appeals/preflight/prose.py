"""Checks of addresses that stand in a text instead of in the ledger's panel."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appeals.models import Address, AddressStatus, Channel, Party, Recipient
from appeals.preflight.private import looks_private
from appeals.preflight.roles import Asked, asked
from articles.models import Kind, Post
from articles.preflight.addresses import JOINED
from articles.preflight.findings import Finding, Severity, around
from articles.preflight.reading import Reading, Run, parse
from articles.preflight.registry import check
from articles.preflight.spotting import Spot

ELSEWHERE = 20
"""Posts looked at for what they ask of an address whose side the ledger does not know."""


def key(kind: str, value: str) -> str:
    """One spelling for comparison: mailboxes without case, numbers by their digits."""
    return value.casefold() if kind == "email" else re.sub(r"\D", "", value).removeprefix("00")


def known(run: Run, spot: Spot) -> Address | None:
    """The ledger's row for an address in prose; the ledger is read once a run."""
    return run.keep("ledger", ledger).get(key(spot.kind, spot.value))


def ledger() -> dict[str, Address]:
    """E-mail and numbers, by their key."""
    rows = Address.objects.exclude(channel__in=(Channel.POST, Channel.WEB)).select_related("recipient", "replaced_by__recipient")
    return {key(row.channel, row.value): row for row in rows}


def addresses(reading: Reading) -> Iterator[Asked]:
    """Those of the text; letters have none of their own, and pages such as About print the campaign's."""
    if reading.post.kind != Kind.PAGE:
        yield from (one for one in asked(reading.blocks) if not one.block.letter or one.block.tag != "pre")


def once(reading: Reading) -> Iterator[Asked]:
    """Each of them where it stands first."""
    seen = set()
    for one in addresses(reading):
        if (same := key(one.spot.kind, one.spot.value)) not in seen:
            seen.add(same)
            yield one


def quote(one: Asked) -> str:
    return around(one.block.text, one.spot.start, one.spot.end)


@check
def greets_the_other_side(reading: Reading) -> Iterator[Finding]:
    """The role guard, in prose: solidarity asked for at the employer's or the state's address."""
    for one in addresses(reading):
        if one.role != "solidarity":
            continue
        row = known(reading.run, one.spot)
        who = next((owner for owner in owners(row) if owner.other_side), None)
        if who:
            severity = Severity.ERROR if one.near else Severity.WARNING
            names = {"value": one.spot.value, "name": who.name, "party": who.get_party_display().lower()}
            why = _("%(value)s is the other side's (%(name)s, %(party)s): a greeting sent there tells them who stands with the strikers.") % names
            yield Finding("other-side", severity, quote(one), why, _("Ask for protest there, or give the address of those who are meant."), one.block.field)
        elif nobodys(row) and one.spot.kind == "email" and not one.copy and (other := asks_for_protest(reading, one.spot.value)):
            why = _("%(value)s is asked for solidarity here, but for protest in “%(title)s”.") % {"value": one.spot.value, "title": other}
            mend = _("Find out whose address it is, and say so in the ledger.")
            yield Finding("other-side", Severity.WARNING, quote(one), why, mend, one.block.field, add_url(one.spot))


def owners(row: Address | None) -> list[Recipient]:
    return [address.recipient for address in (row, row.replaced_by) if address] if row else []


def nobodys(row: Address | None) -> bool:
    """Whether the ledger cannot say whose side it is."""
    return all(owner.party == Party.NOT_KNOWN for owner in owners(row))


def asks_for_protest(reading: Reading, value: str) -> str:
    """The title of another public post that wants protests sent to this mailbox; one query for each mailbox of a run."""
    titles = reading.run.keep(("protest", value.casefold()), lambda: protests(value))
    return next((title for pk, title in titles if pk != reading.post.pk), "")


def protests(value: str) -> list[tuple[int, str]]:
    posts = Post.objects.public().filter(body_text__icontains=value).only("title", "body_html")[:ELSEWHERE]
    return [(post.pk, post.title) for post in posts if wants_protest(post, value)]


def wants_protest(post: Post, value: str) -> bool:
    return any(one.role == "protest" and not one.copy and one.spot.value.casefold() == value.casefold() for one in asked(parse(post.body_html).blocks))


@check
def not_in_the_ledger(reading: Reading) -> Iterator[Finding]:
    """An address whose owner and state nobody knows, or one that is no longer used."""
    for one in once(reading):
        row, spot = known(reading.run, one.spot), one.spot
        if row is None and not JOINED.match(spot.value) and (spot.kind == "email" or spot.value.startswith(("+", "00"))):
            yield Finding(
                "not-in-ledger", Severity.WARNING, quote(one),
                _("%(value)s is not in the ledger: when it fails or changes, nobody will find it here.") % {"value": spot.value},
                _("Add it to the ledger, with its owner; an appeal then prints it in its panel."), one.block.field, add_url(spot),
            )  # fmt: skip
        elif row and row.status == AddressStatus.RETIRED:
            names = {"value": row, "day": date_format(row.status_on, "j F Y"), "new": row.replaced_by}
            new = _("Write %(new)s instead.") if row.replaced_by else _("Take it out.")
            severity = Severity.ERROR if reading.post.sends() and reading.post.kind == Kind.APPEAL else Severity.WARNING
            why = _("The ledger says that %(value)s is out of use since %(day)s.") % names
            yield Finding("retired", severity, quote(one), why, new % names, one.block.field, reverse("admin:appeals_address_change", args=[row.pk]))


def add_url(spot: Spot) -> str:
    """The ledger's form with the address filled in."""
    return f"{reverse('admin:appeals_address_add')}?{urlencode({'channel': spot.kind, 'value': spot.value})}"


@check
def private_in_prose(reading: Reading) -> Iterator[Finding]:
    for one in once(reading):
        if looks_private(one.spot.kind, one.spot.value):
            yield Finding(
                "private-number", Severity.WARNING, quote(one),
                _("%(value)s looks like one person's own, and in a text it can be read for ever.") % {"value": one.spot.value},
                _("Put it into the ledger with the last day on which readers may see it, and take it out of the text."), one.block.field,
            )  # fmt: skip
