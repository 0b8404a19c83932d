"""The whole ledger as a table, for an editor's spreadsheet; nothing in it can be a formula."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from appeals.models import Address
from appeals.table import cell


def rows() -> Iterator[str]:
    """CSV (RFC 4180), a piece a row, begun with the byte order mark by which Excel knows UTF-8. One query."""
    yield "\ufeff" + line(head())
    for address in Address.objects.select_related("recipient", "replaced_by").iterator(chunk_size=500):
        yield line(row(address))


def line(cells: list[str]) -> str:
    paper = StringIO()
    csv.writer(paper).writerow(map(cell, cells))
    return paper.getvalue()


def head() -> list[str]:
    who = [_("Recipient"), _("Office"), _("Party"), _("Country")]
    state = [_("Status"), _("Since"), _("Verified"), _("Replaced by"), _("Shown until"), _("Reported not working since")]
    return [*who, _("Channel"), _("Address"), *state, _("Note"), _("Take care"), _("Source")]


def row(address: Address) -> list[str]:
    who = address.recipient
    dates = (address.status_on, address.verified_on, address.show_until, address.reported_since)
    since, verified, until, reported = (day.isoformat() if day else "" for day in dates)
    owner = [who.name, who.office, str(who.get_party_display()), str(who.country.name or "")]
    state = [str(address.get_status_display()), since, verified, str(address.replaced_by or ""), until, reported]
    return [*owner, str(address.get_channel_display()), str(address), *state, address.note, address.risk_note, address.source]
