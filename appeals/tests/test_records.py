"""What one takes away from an appeal, read by libraries that are not ours, against the records."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import vobject
from django.test import Client
from icalendar import Calendar

from appeals.models import Appeal, Channel, Outcome, Party, Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles.models import Status
from articles.tests.factories import make_article, make_event, make_hidden_articles, make_label, make_update

pytestmark = pytest.mark.django_db

PRIVATE = "+77292435599"
FILES = ("appeal.txt", "addresses.csv", "events.ics", "sheet/")


def url(appeal: Appeal, name: str = "") -> str:
    return f"/appeals/{appeal.slug}/{name}"


def full_appeal() -> Appeal:
    appeal = make_appeal(title="Free the strikers", demands=["Free them", "Pay, now"], act_by=date.today() + timedelta(days=9), embassies_of="KZ")
    company = make_recipient(
        name='KazMunaiGas; "KMG", Ltd', office="the company", party=Party.COMPANY, country="KZ", zone="Asia/Almaty", salutation="Dear Sirs"
    )
    add_address(appeal, Role.PROTEST, make_address(company, value="boss@müller.example.org", note="=Mornings, only", risk_note="Read by the police."))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.PHONE, value="+77172976000"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.FAX, value="+77172976001"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.POST, value="19 Example Avenue, floor 2\nАстана; 010000"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.WEB, value="https://example.org/write?to=1,2"))
    add_address(appeal, Role.PROTEST, make_address(company, channel=Channel.PHONE, value=PRIVATE, show_until=date(2012, 1, 1)))
    add_address(appeal, Role.PROTEST, make_address(value="copies@example.org"), copy=True)
    add_address(appeal, Role.SOLIDARITY, make_address(make_recipient(name="Strike committee", office="", party=Party.STRIKERS), value="strikers@example.org"))
    make_address(make_recipient(name="Embassy", office="", party=Party.EMBASSY, country="KZ", host_country="GB"), value="embassy@example.org")
    make_letter(appeal, subject="Свободу, сейчас & always", body="[salutation],\n\n[demands]\n\nэто + 100 %\n[your name]")
    make_event(appeal, place="1 Example Square, London")
    make_update(appeal, text="They are on hunger strike.")
    return appeal


ADDRESSES = ("boss@müller.example.org", "+7 7172 97 60 00", "+7 7172 97 60 01", "Астана; 010000", "https://example.org/write?to=1,2", "copies@example.org")
ADDRESSES += ("strikers@example.org", "embassy@example.org")


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(client: Client, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def test_two_clicks_open_a_draft_with_everything_filled_in(client):
    appeal = full_appeal()
    (link,) = {link for link in page(client, url(appeal)).links if re.match("mailto:[^?].*body=", link)}
    parts = urlsplit(link)
    assert [unquote(address) for address in parts.path.split(",")] == ["boss@xn--mller-kva.example.org"]
    assert dict(parse_qsl(parts.query)) == {
        "cc": "copies@example.org",
        "subject": "Свободу, сейчас & always",
        "body": "Dear Sirs,\r\n\r\n1. Free them\r\n2. Pay, now\r\n\r\nэто + 100 %\r\n[your name]",
    }


def test_draft_file_holds_the_same(client):
    appeal = full_appeal()
    answer = client.get(url(appeal, f"letter-{appeal.letters.get().pk}.eml"))
    message = message_from_bytes(answer.content, policy=default)
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"] == f'attachment; filename="letter-{appeal.letters.get().pk}.eml"'
    assert [address.addr_spec for address in message["To"].addresses] == ["boss@xn--mller-kva.example.org"]
    assert [address.addr_spec for address in message["Cc"].addresses] == ["copies@example.org"]
    assert (message["Subject"], message["X-Unsent"]) == ("Свободу, сейчас & always", "1")
    assert message.get_content().splitlines() == ["Dear Sirs,", "", "1. Free them", "2. Pay, now", "", "это + 100 %", "[your name]"]


@pytest.mark.parametrize("name", ["", "appeal.txt", "sheet/"])
def test_page_text_and_sheet_are_complete_and_hide_private_numbers(client, name):
    appeal = full_appeal()
    answer = client.get(url(appeal, name)).content.decode()
    words = answer if name.endswith(".txt") else Page(answer).words
    wanted = (*ADDRESSES, "Free them", "Pay, now", "KAZAKHSTAN", "Read by the police.", "1 Example Square, London", "Свободу, сейчас & always", "[your name]")
    assert [word for word in wanted if word not in words] == []
    assert "435599" not in re.sub(r"\D", "", words)


def test_text_names_owner_and_role_of_every_address(client):
    appeal = make_appeal(title="Free them", demands=["Free them all"])
    add_address(
        appeal, Role.PROTEST, make_address(make_recipient(name="Ministry", office="Minister"), value="minister@example.org", verified_on=date(2012, 2, 3))
    )
    add_address(appeal, Role.SOLIDARITY, make_address(make_recipient(name="Strikers", office=""), channel=Channel.SMS, value="+77292435500"))
    words = client.get(url(appeal, "appeal.txt")).content.decode()
    assert words.startswith("Free them\n=========\n\nState: Open\nOpened: 29 August 2012\n\nAppeal\nPublished: 29 August 2012\n")
    assert "We call for\n-----------\n\n1. Free them all\n\n" in words
    assert (
        "Protest to\n----------\n\nThose responsible. Put these in “To”.\n\nMinistry, Minister\nminister@example.org\nLast checked: 3 February 2012\n\n"
        "By phone\n--------\n\nSay who you are, what you ask for, and be polite.\n\nStrikers\nSMS: +7 7292 43 55 00\n\n"
    ) in words


def test_spreadsheet_has_every_address_and_no_formula(client):
    appeal = full_appeal()
    answer = client.get(url(appeal, "addresses.csv"))
    head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert head == ["Use", "Role", "Recipient", "Office", "Party", "Country", "Channel", "Address", "Status", "Note", "Take care"]
    assert [row[7] for row in rows] == [
        "boss@müller.example.org",
        "copies@example.org",
        "strikers@example.org",
        "'+7 7172 97 60 00",
        "'+7 7172 97 60 01",
        "19 Example Avenue, floor 2\nАстана; 010000\nKAZAKHSTAN",
        "https://example.org/write?to=1,2",
        "embassy@example.org",
    ]
    assert rows[0][:7] == ["Protest to", "Protest", 'KazMunaiGas; "KMG", Ltd', "the company", "Company", "Kazakhstan", "E-mail"]
    assert rows[0][9:] == ["'=Mornings, only", "Read by the police."]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_begins_with_what_makes_a_formula(first):
    from appeals.table import cell

    assert cell(f"{first}1+1") == f"'{first}1+1"
    assert cell("1=1") == "1=1"


def test_card_parses_with_every_address_of_the_recipient(client):
    appeal = full_appeal()
    company = appeal.appeal_addresses.first().address.recipient
    answer = client.get(url(appeal, f"{company.pk}.vcf"))
    card = vobject.readOne(answer.content.decode())
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert (card.version.value, card.fn.value, card.title.value) == ("3.0", 'KazMunaiGas; "KMG", Ltd', "the company")
    assert [email.value for email in card.email_list] == ["boss@xn--mller-kva.example.org"]
    assert [(tel.value, tel.type_paramlist) for tel in card.tel_list] == [("+77172976000", ["WORK", "VOICE"]), ("+77172976001", ["WORK", "FAX"])]
    assert (card.adr.value.street, card.adr.value.country) == ("19 Example Avenue, floor 2\nАстана; 010000", "Kazakhstan")
    assert card.label.value == "19 Example Avenue, floor 2\nАстана; 010000\nKAZAKHSTAN"
    assert card.url.value == "https://example.org/write?to=1%2C2"
    assert card.note.value == "Company\nboss@müller.example.org: =Mornings, only\nboss@müller.example.org: Read by the police."
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


def test_card_of_somebody_not_on_the_appeal_is_nowhere(client):
    appeal, stranger = full_appeal(), make_address().recipient
    assert client.get(url(appeal, f"{stranger.pk}.vcf")).status_code == 404


def test_calendar_holds_the_events_of_this_appeal(client):
    appeal = full_appeal()
    make_event(make_article())
    calendar = Calendar.from_ical(client.get(url(appeal, "events.ics")).content)
    assert [(str(event["UID"]), str(event["LOCATION"])) for event in calendar.walk("VEVENT")] == [
        (f"event-{appeal.events.get().pk}@localhost", "1 Example Square, London")
    ]


def test_sheet_has_a_code_of_the_page_and_nothing_the_policy_forbids(client):
    appeal = full_appeal()
    html = client.get(url(appeal, "sheet/")).content.decode()
    assert html.count('<svg viewBox="0 0') == 1
    assert f"http://localhost:8000/appeals/{appeal.slug}/" in html
    assert " style=" not in html
    assert html.count("<h1") == 1


def test_closed_appeal_sends_nothing_and_keeps_where_letters_went(client):
    appeal = full_appeal()
    letter, company = appeal.letters.get(), appeal.appeal_addresses.first().address.recipient
    appeal.close(Outcome.WON, "They are free.")
    for name in ("", *FILES):
        answer = client.get(url(appeal, name)).content.decode("utf-8-sig")
        links = re.findall(r"(?:mailto|tel|sms):\S|https://(?:mail|outlook)\.\S", answer)
        assert links == (["mailto:?"] if name == "" else [])  # which hands the page on, to nobody in particular
        assert "435599" not in re.sub(r"\D", "", answer)
    for name in ("", "appeal.txt", "sheet/"):
        words = Page(client.get(url(appeal, name)).content.decode()).words
        assert [word for word in (*ADDRESSES, "Where letters went", "They are free.") if word not in words] == []
    assert [client.get(url(appeal, name)).status_code for name in (f"letter-{letter.pk}.eml", f"{company.pk}.vcf")] == [410, 410]


def test_nothing_of_a_hidden_appeal_can_be_taken_away(client):
    for post in make_hidden_articles():
        appeal = make_appeal(title=post.title, status=post.status, published_at=post.published_at)
        letter, row = make_letter(appeal), add_address(appeal)
        names = ("", *FILES, f"letter-{letter.pk}.eml", f"{row.address.recipient.pk}.vcf")
        status = 410 if post.status == Status.WITHDRAWN else 404
        assert [client.get(url(appeal, name)).status_code for name in names] == [status] * len(names)


def test_long_letter_says_so_and_offers_a_short_link_and_the_file(client):
    appeal = make_appeal()
    add_address(appeal, Role.PROTEST, make_address(value="a@example.org"))
    letter = make_letter(appeal, body="x" * 3083, subject="Now")
    found = page(client, url(appeal))
    assert "The letter is 1221 characters too long for a mail link" in found.words
    assert {link for link in found.links if link.startswith("mailto:a@example.org?")} == {
        "mailto:a@example.org?subject=Now&body=%5BPaste%20the%20letter%20here%5D"
    }
    assert url(appeal, f"letter-{letter.pk}.eml") in found.links
    assert [link for link in found.links if "outlook" in link or "google" in link] == []


def test_many_recipients_get_numbered_links(client):
    appeal = make_appeal()
    for number in range(60):
        add_address(appeal, Role.PROTEST, make_address(value=f"the-office-of-number-{number}@example.org"))
    make_letter(appeal)
    found = page(client, url(appeal))
    assert "Protest: mail 1 of 2" in found.words
    assert "These addresses are too many for one mail link: send 2 mails" in found.words


@pytest.mark.parametrize("recipients", [1, 60])
@pytest.mark.parametrize(("name", "queries"), [("", 12), ("appeal.txt", 12), ("addresses.csv", 12), ("sheet/", 12)])
def test_pages_take_at_most_twelve_queries_for_one_recipient_and_sixty(client, warm_frame, django_assert_max_num_queries, name, queries, recipients):
    appeal = full_appeal()
    appeal.set_labels([make_label(), make_label()])
    make_article(translation_of=appeal, language="ru")
    for _number in range(recipients):
        add_address(appeal, Role.PROTEST, make_address())
        make_address(make_recipient(party=Party.EMBASSY, country="KZ", host_country="IE"))
    warm_frame()
    with django_assert_max_num_queries(queries):
        assert client.get(url(appeal, name)).status_code == 200


def test_address_that_took_anothers_place_and_an_embassy_can_be_reported(client):
    appeal, old, new = full_appeal(), make_address(), make_address()
    add_address(appeal, Role.PROTEST, old)
    old.replace_by(new, datetime.now(UTC).date())
    links = page(client, url(appeal)).links
    failed = [link for link in links if "/failed/" in link]
    assert url(appeal, f"failed/{new.pk}/") in failed
    assert {client.get(link).status_code for link in failed} == {200}
