"""Checks of an appeal's records: whose addresses they are, how long they may be seen, whether its letters fit a link."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from appeals import panel
from appeals.mailto import LIMIT
from appeals.models import Address, Appeal, AppealAddress, Party, Role
from appeals.preflight.private import looks_private
from articles.preflight.findings import Finding, Severity
from articles.preflight.reading import Reading
from articles.preflight.registry import check

FIELD = "appeal_addresses"


def used(reading: Reading) -> list[AppealAddress]:
    """The rows of the appeal; a closed one still prints them, as a record of where letters went."""
    return list(reading.post.appeal_addresses.all()) if isinstance(reading.post, Appeal) else []


def open_appeal(reading: Reading) -> Appeal | None:
    return reading.post if isinstance(reading.post, Appeal) and reading.post.sends() else None


def record(address: Address) -> str:
    return reverse("admin:appeals_address_change", args=[address.pk])


@check
def without_party(reading: Reading) -> Iterator[Finding]:
    """In an open appeal every address has a side."""
    for row in used(reading) if open_appeal(reading) else ():
        who = row.address.recipient
        if who.party == Party.NOT_KNOWN:
            yield Finding(
                "no-owner", Severity.ERROR if row.role == Role.SOLIDARITY else Severity.WARNING, str(row),
                _("Nobody has said whose address this is. It could be the other side's."),
                _("Name its owner and their party in the ledger."), FIELD, reverse("admin:appeals_recipient_change", args=[who.pk]),
            )  # fmt: skip


@check
def without_name(reading: Reading) -> Iterator[Finding]:
    """An address that has only itself for an owner, as an import or a hasty paste leaves it."""
    rows = [row for row in used(reading) if row.address.recipient.name.strip(" ?-–").casefold() in ("", row.address.value.casefold())]
    if rows:
        yield Finding(
            "no-owner", Severity.WARNING, ", ".join(dict.fromkeys(str(row.address) for row in rows)),
            _("Readers are not told whose addresses these are."), _("Name their owners in the ledger."),
            FIELD, reverse("admin:appeals_recipient_change", args=[rows[0].address.recipient_id]),
        )  # fmt: skip


@check
def private_without_end(reading: Reading) -> Iterator[Finding]:
    for row in {row.address_id: row for row in reversed(used(reading))}.values():
        if row.address.show_until is None and looks_private(row.address.channel, row.address.value):
            yield Finding(
                "private-number", Severity.WARNING, str(row.address),
                _("This looks like one person's own number or mailbox, and nothing says until when readers may see it."),
                _("Set “show until” in the ledger."), FIELD, record(row.address),
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
