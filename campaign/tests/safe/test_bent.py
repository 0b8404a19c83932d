"""Nothing that is typed bends what leaves the site: every download, link and header of an appeal, read by libraries that are not ours."""

import csv
import io
import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import icalendar
import pytest
import vobject
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from appeals.models import Address, Appeal, Channel, Letter, Recipient
from appeals.table import FORMULA
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles.models import Event, Label
from articles.tests.factories import make_article, make_event, make_label, make_old_address
from campaign.tests.accounts import at_desk
from campaign.tests.safe.hostile_site import one_line

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SPY = "spy@example.com"
ENDS = ("\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "%0d%0a", "%0A", "=0D=0A", "\r\n ", "\\n", "\u560d\u560a")
BENDS = (
    *(carrier.format(end)
    for end in ENDS
    for carrier in (
        "x{0}Bcc: spy@example.com{0}{0}<script>alert(1)</script>",
        "=x{0}END:VEVENT{0}ATTENDEE:mailto:spy@example.com{0}BEGIN:VALARM",
        '"x{0}END:VCARD{0}BEGIN:VCARD{0}EMAIL:spy@example.com;,\\',
    )),
    "x?cc=spy@example.com&bcc=spy@example.com", "x,spy@example.com;spy@example.com", "<spy@example.com>", "x\u202e\u2066spy@example.com", "@SUM(1)", "+1",
    "-1", "\t=1", "\r=1", "\n=1", "＝1", '","=1', "=?utf-8?q?=0ABcc:_spy=40example.com?=", "x" * 200, "\U0001f525" * 60, "a:b", "&bcc=spy@example.com#x", "%",
)  # fmt: skip


def bent(words: str) -> Appeal:
    """An appeal with these words in every field, put there past every check."""
    appeal = make_appeal(title=words, demands=[words], standfirst=words, byline=words, urgent=True)
    who = make_recipient()
    Recipient.objects.filter(pk=who.pk).update(name=words, office=words, salutation=words)
    for given in ({}, {"channel": Channel.PHONE, "value": f"+7717297{appeal.pk:04}"}, {"channel": Channel.POST, "value": f"{appeal.pk} {one_line(words)}"}):
        address = make_address(who, **given)
        Address.objects.filter(pk=address.pk).update(note=words, risk_note=words, source=words)
        add_address(appeal, address=address)
    letter, event = make_letter(appeal), make_event(appeal)
    Letter.objects.filter(pk=letter.pk).update(subject=words, salutation=words, body=f"[salutation]{words}[demands]")
    Event.objects.filter(pk=event.pk).update(title=words, place=words, organiser=words, contact=words)
    return appeal


def asked(path: str, name: str, *args: object) -> HttpResponse:
    answer = Client().get(reverse(name, args=[path, *args]))
    assert answer.status_code == 200
    assert not [header for pair in answer.items() for header in pair if set(header) & set("\r\n\0") or "spy" in header]
    return answer


def hrefs(answer: HttpResponse) -> Iterator[str]:
    document = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    yield from (one.get("href") for one in document.iter() if one.get("href"))


def check_links(answer: HttpResponse, email: str) -> None:
    """Every mail link writes to the one address there is, or (to share the page) to nobody."""
    for href in hrefs(answer):
        parts = urlsplit(href)
        fields = parse_qsl(parts.query)
        if parts.scheme == "mailto":
            assert unquote(parts.path) in (email, "")
            assert {name for name, _value in fields} <= {"subject", "body"}
            assert len(fields) == len({name for name, _value in fields})
        elif parts.netloc in ("mail.google.com", "outlook.office.com"):
            assert {name for name, _value in fields} <= {"view", "fs", "to", "su", "subject", "body"}
            assert dict(fields)["to"] == email
        assert parts.scheme in ("", "http", "https", "mailto", "tel")


def check_draft(answer: HttpResponse, email: str) -> None:
    message = message_from_bytes(answer.content, policy=default)
    assert message.keys() == ["X-Unsent", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    assert [f"{one.username}@{one.domain}" for one in message["To"].addresses] == [email]
    assert not message.defects


def check_card(answer: HttpResponse, email: str) -> None:
    assert len([line for line in answer.content.decode().replace("\r\n ", "").splitlines() if line.startswith(("BEGIN:", "EMAIL"))]) == 2
    (card,) = vobject.readComponents(answer.content.decode())
    assert sorted(card.contents) == ["adr", "email", "fn", "label", "n", "note", "source", "tel", "title", "version"]
    assert [one.value for one in card.email_list] == [email]


def check_calendar(answer: HttpResponse) -> None:
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    allowed = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CONTACT", "STATUS", "SEQUENCE"}
    lines = answer.content.decode().replace("\r\n ", "").splitlines()
    assert (set(event) <= allowed, event.subcomponents, len([line for line in lines if line.startswith("BEGIN:")])) == (True, [], 2)


def check_table(answer: HttpResponse) -> None:
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [11] * 4
    assert [cell for row in rows[1:] for cell in row if cell.startswith((*FORMULA, "\n"))] == []


@pytest.mark.parametrize("part", range(4))
def test_nothing_typed_bends_what_leaves_the_site(part, settings):
    settings.REVISION_MAX_AGE = 3600
    for words in BENDS[part::4]:
        appeal = bent(words)
        email, who = appeal.appeal_addresses.get(address__channel=Channel.EMAIL).address.value, appeal.appeal_addresses.first().address.recipient_id
        for page in ("appeal", "appeal_sheet"):
            check_links(asked(appeal.slug, page), email)
        check_draft(asked(appeal.slug, "appeal_draft", appeal.letters.get().pk), email)
        check_card(asked(appeal.slug, "appeal_card", who), email)
        check_calendar(asked(appeal.slug, "appeal_ics"))
        check_table(asked(appeal.slug, "appeal_csv"))
        asked(appeal.slug, "appeal_txt")


def test_feeds_and_the_calendar_of_all_stay_whole(client):
    appeals = [bent(words) for words in BENDS[::3]]
    items = json.loads(client.get("/feed.json").content)["items"]
    entries = ElementTree.fromstring(client.get("/appeals/feed/").content).findall("{http://www.w3.org/2005/Atom}entry")
    events = icalendar.Calendar.from_ical(client.get("/events.ics").content).walk("VEVENT")
    assert (len(items), len(entries) > 10, len(events)) == (20, True, len(appeals))


def test_cells_of_the_ledgers_export_are_text():
    editor = at_desk("editor")
    for words in BENDS[::5]:
        bent(words)
    rows = list(csv.reader(io.StringIO(editor.post(reverse("admin:ledger_export")).getvalue().decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + Address.objects.count()
    assert [cell for row in rows[1:] for cell in row if cell.startswith((*FORMULA, "\n"))] == []


TARGETS = ("/x\r\nSet-Cookie: a=b", "/x%0d%0aSet-Cookie:a=b", "/\u560d\u560aSet-Cookie:a", "/x?a=\r\n\r\n<script>", "//evil.example/", "/\\evil.example/")


@pytest.mark.parametrize("target", TARGETS)
def test_an_old_address_leads_on_in_one_line(client, target):
    make_old_address("/old/", target)
    answer = client.get("/old/")
    assert (answer.status_code, answer.headers.keys() & {"Set-Cookie"}) == (301, set())
    assert not set(answer["Location"]) & set("\r\n\0 <>")


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "/%5cevil.example", "/%2f%2fevil.example", "/%0d%0aLocation:x", "/.//evil.example"]
)
def test_no_address_of_ours_leads_elsewhere(client, path):
    """The slash that Django adds, the login's way on."""
    answer = client.get("/", PATH_INFO=unquote(path))
    leads = urlsplit(answer.get("Location", ""))
    assert (answer.status_code in (301, 404), leads.netloc, leads.path.startswith(("//", "/\\"))) == (True, "", False)
    login = at_desk("editor").get(f"{reverse('admin:login')}?next={quote(path)}")
    assert urlsplit(login["Location"]).netloc == ""
    assert not login["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize("words", BENDS[:6])
def test_a_labels_feed_keeps_its_headers(client, words):
    label = make_label()
    make_article(labels=(label,))
    Label.objects.filter(pk=label.pk).update(name=words)
    answer = client.get(reverse("label_feed", args=[label.slug]))
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)
