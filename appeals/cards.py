"""A recipient as a card for an address book: vCard 3.0 (RFC 2426), which every telephone reads."""

import re
from collections.abc import Iterable

from appeals.entries import Entry
from appeals.mailto import ascii_domain
from appeals.models import Channel, Recipient

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
CONTENT_TYPE = "text/vcard; charset=utf-8"
FOLD = 75
"""Octets of a line, without its end (RFC 2426, 2.6)."""
NAMES = {
    Channel.EMAIL: "EMAIL;TYPE=INTERNET",
    Channel.PHONE: "TEL;TYPE=WORK,VOICE",
    Channel.SMS: "TEL;TYPE=CELL,MSG",
    Channel.FAX: "TEL;TYPE=WORK,FAX",
    Channel.WEB: "URL",
}


def card(recipient: Recipient, entries: Iterable[Entry], url: str) -> bytes:
    """The recipient with these addresses of theirs; `url` is the page that asks one to write."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{text(recipient.name)}", f"N:{text(recipient.name)};;;;"]
    if recipient.office:
        lines.append(f"TITLE:{text(recipient.office)}")
    notes = [recipient.get_party_display()]
    for entry in entries:
        lines += address_lines(entry)
        notes += [f"{entry.value}: {note}" for note in (*entry.notes, entry.address.risk_note) if note]
    lines += ["NOTE:" + text("\n".join(notes)), f"SOURCE:{url}", "END:VCARD"]
    return b"".join(map(folded, lines))


def address_lines(entry: Entry) -> list[str]:
    address = entry.address
    if address.channel == Channel.POST:
        return post_lines(entry)
    value = address.value
    if address.channel == Channel.EMAIL:
        local, at, domain = value.rpartition("@")
        value = text(f"{local}{at}{ascii_domain(domain)}")
    elif address.channel == Channel.WEB:
        value = value.replace(",", "%2C")  # a comma parts values; some readers unescape it in a URI and some do not
    return [f"{NAMES[Channel(address.channel)]}:{value}"]


def post_lines(entry: Entry) -> list[str]:
    """The lines as street (an address book cannot know which of them is the town), the country apart; and as they stand on an envelope."""
    country = entry.recipient.host_country or entry.recipient.country
    street = text(entry.address.value)
    return [f"ADR;TYPE=WORK:;;{street};;;;{text(country.name or '')}", "LABEL;TYPE=WORK:" + text("\n".join(entry.lines))]


def text(value: object) -> str:
    """Escaped (RFC 2426, 5): nothing in it can end its line or begin a field."""
    said = CONTROLS.sub(" ", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return said.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def folded(line: str) -> bytes:
    """The line in UTF-8 with its CRLF, folded between characters."""
    pieces, room = [b""], FOLD
    for character in line:
        octets = character.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = FOLD - 1  # the space that a continued line begins with
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
