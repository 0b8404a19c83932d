"""The addresses of an appeal as a table that any spreadsheet opens, and in which nothing can be a formula."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from appeals.entries import Entry, Part
from appeals.models import Appeal
from appeals.panel import Panel

CONTENT_TYPE = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a cell more than text to a spreadsheet (OWASP, "CSV injection"), full width too."""


def table(appeal: Appeal, panel: Panel) -> bytes:
    """CSV (RFC 4180), one row an address; begins with a byte order mark, by which Excel knows UTF-8."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(head())
    for part in panel.parts:
        for entry in part.entries:
            writer.writerow(map(cell, row(appeal, part, entry)))
    return paper.getvalue().encode("utf-8-sig")


def head() -> list[str]:
    who = [_("Recipient"), _("Office"), _("Party"), _("Country")]
    return [_("Use"), _("Role"), *who, _("Channel"), _("Address"), _("Status"), _("Note"), _("Take care")]


def row(appeal: Appeal, part: Part, entry: Entry) -> list[str]:
    who, address = entry.recipient, entry.address
    country = who.host_country or who.country
    status = address.get_status_display() if entry.live else _("Not in use") if appeal.sends() else appeal.get_outcome_display()
    return [
        str(part.heading) if appeal.sends() else _("Where letters went"),
        str(entry.role.label),
        who.name,
        who.office,
        who.get_party_display(),
        str(country.name or ""),
        address.get_channel_display(),
        "\n".join(entry.lines),
        str(status),
        " ".join(entry.notes),
        address.risk_note,
    ]


def cell(value: str) -> str:
    """Text, whatever it begins with: an apostrophe before what would be a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
