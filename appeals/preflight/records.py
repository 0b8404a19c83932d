"""Checks of an open appeal's records: whose addresses they are, how long they may be seen, whether its letters fit a link."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from appeals import panel
from appeals.mailto import LIMIT
from appeals.models import Address, Appeal, Party, Role
from appeals.preflight.private import looks_private
from articles.preflight.findings import Finding, Severity
from articles.preflight.reading import Reading
from articles.preflight.registry import check

FIELD = "appeal_addresses"


def open_appeal(reading: Reading) -> Appeal | None:
    return reading.post if isinstance(reading.post, Appeal) and reading.post.sends() else None


def record(address: Address) -> str:
    return reverse("admin:appeals_address_change", args=[address.pk])


@check
def without_owner(reading: Reading) -> Iterator[Finding]:
    appeal = open_appeal(reading)
    for used in appeal.appeal_addresses.all() if appeal else ():
        who = used.address.recipient
        if who.party == Party.NOT_KNOWN or not who.name.strip(" ?-–"):
            yield Finding(
                "no-owner", Severity.ERROR if used.role == Role.SOLIDARITY else Severity.WARNING, str(used),
                _("Nobody has said whose address this is. It could be the other side's."),
                _("Name its owner and their party in the ledger."), FIELD, reverse("admin:appeals_recipient_change", args=[who.pk]),
            )  # fmt: skip


@check
def private_without_end(reading: Reading) -> Iterator[Finding]:
    appeal = open_appeal(reading)
    for used in appeal.appeal_addresses.all() if appeal else ():
        if used.address.show_until is None and looks_private(used.address.channel, used.address.value):
            yield Finding(
                "private-number", Severity.WARNING, str(used),
                _("This looks like one person's own number or mailbox, and nothing says until when readers may see it."),
                _("Set “show until” in the ledger."), FIELD, record(used.address),
            )  # fmt: skip


@check
def letter_too_long(reading: Reading) -> Iterator[Finding]:
    appeal = open_appeal(reading)
    for letter in panel.of(appeal).letters if appeal else ():
        if letter.pk and letter.links and letter.links.over:
            numbers = {"over": letter.links.over, "limit": LIMIT}
            yield Finding(
                "long-letter", Severity.WARNING, letter.subject,
                _("With its addresses the letter is %(over)d characters longer than a mail link can be (%(limit)d): supporters have to paste it.") % numbers,
                _("Shorten the letter, or leave it: the page offers a short link and a button that copies the letter."), "letters",
            )  # fmt: skip
