from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appeals import mailto
from appeals.mailto import LIMIT, LinkKind, mail_links
from appeals.tests.strategies import LETTER, WORDS, emails, in_ascii, subjects, texts

pytestmark = pytest.mark.once


def decode(url: str) -> dict[str, object]:
    """What a mail program makes of a link, by the standard library alone."""
    parts = urlsplit(url)
    fields = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    return {
        "to": [unquote(address) for address in parts.path.split(",") if address],
        "cc": [address for address in fields.get("cc", "").split(",") if address],
        "subject": fields.get("subject", ""),
        "body": fields.get("body", ""),
    }


def crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


@given(to=st.lists(emails, max_size=60), cc=st.lists(emails, max_size=5), subject=subjects, body=texts)
@example(to=["a@example.org"], cc=[], subject=mailto.one_line(WORDS), body=WORDS)
@example(to=[f"office-{number}@example.org" for number in range(60)], cc=["copies@example.com"], subject="60 recipients", body=LETTER)
def test_mailto_decodes_to_what_was_stored(to, cc, subject, body):
    assert decode(mailto.mailto(to, cc, subject, body)) == {"to": in_ascii(to), "cc": in_ascii(cc), "subject": subject, "body": crlf(body)}


@given(to=st.lists(emails, max_size=5), cc=st.lists(emails, max_size=3), subject=texts, body=texts)
def test_mailto_holds_no_character_that_needs_reading_twice(to, cc, subject, body):
    url = mailto.mailto(to, cc, subject, body)
    assert url.isascii()
    assert not set(url) & set("+ \"'<>#\r\n\0")
    assert url.count("?") <= 1


def test_mailto_spells_line_ends_spaces_and_signs():
    assert mailto.mailto(["a+b@example.org", "c@example.org"], ["d@example.com"], "1 + 1, 100%", "ä\nb") == (
        "mailto:a%2Bb@example.org,c@example.org?cc=d@example.com&subject=1%20%2B%201%2C%20100%25&body=%C3%A4%0D%0Ab"
    )


def test_local_part_is_utf_8_and_domain_is_idna():
    assert mailto.mailto(["почта@Bücher.example"]) == "mailto:%D0%BF%D0%BE%D1%87%D1%82%D0%B0@xn--bcher-kva.example"


@pytest.mark.parametrize("bad", ["a@example.org\r\nBcc: x@example.com", "a@example.org,x@example.com", "a@example.org?bcc=x@example.com", "a@example.org\0"])
def test_no_address_can_add_a_recipient_or_a_field(bad):
    url = mailto.mailto([bad], [bad], bad, "")
    assert url.count(",") == 0
    assert [name for name, _value in parse_qsl(urlsplit(url).query)] == ["cc", "subject"]


def test_full_link_up_to_the_limit_and_short_past_it():
    room = LIMIT - len(mailto.mailto(["a@example.org"], [], "Free them", "x")) + 1
    fits, long = mail_links(["a@example.org"], [], "Free them", "x" * room), mail_links(["a@example.org"], [], "Free them", "x" * (room + 1))
    assert (fits.kind, fits.length, fits.over, len(fits.url)) == (LinkKind.FULL, 1900, 0, 1900)
    assert (long.kind, long.length, long.over) == (LinkKind.SHORT, 1901, 1)
    assert decode(long.url) == {"to": ["a@example.org"], "cc": [], "subject": "Free them", "body": "[Paste the letter here]"}
    assert not long.links[0].whole_letter


def test_sixty_recipients_are_numbered_groups_that_lose_nobody():
    to = [f"the-office-of-number-{number}@example.org" for number in range(60)]
    links = mail_links(to, ["copies@example.com"], "Free them", LETTER)
    assert links.kind == LinkKind.GROUPS
    assert [address for link in links.links for address in decode(link.url)["to"]] == to
    assert [decode(link.url)["cc"] for link in links.links] == [["copies@example.com"]] * 2


def test_groups_carry_a_letter_that_leaves_room():
    links = mail_links([f"the-office-of-number-{number}@example.org" for number in range(60)], [], "Free them", "Free them all.")
    assert [decode(link.url)["body"] for link in links.links] == ["Free them all."] * 2
    assert [link.whole_letter for link in links.links] == [True, True]


@given(to=st.lists(emails, min_size=1, max_size=80), cc=st.lists(emails, max_size=80), subject=st.text(max_size=200).map(mailto.one_line), body=texts)
def test_every_link_fits_and_together_they_reach_everybody(to, cc, subject, body):
    links = mail_links(to, cc, subject, body)
    assert max(len(link.url) for link in links.links) <= LIMIT
    assert [address for link in links.links for address in link.to] == to
    assert {address for link in links.links for address in link.cc} == set(cc)


def test_longest_address_the_rfc_allows_still_gets_a_link():
    longest = "ж" * 32 + "@" + ".".join(["x" * 61] * 4) + ".org"
    links = mail_links([longest, longest], [longest, longest], "\U0001f525" * 200, LETTER)
    assert max(len(link.url) for link in links.links) <= LIMIT


def test_webmail_links_only_while_they_fit():
    short, middle, long = (mail_links(["a@example.org"], ["c@example.org"], "Free + them", "x" * length) for length in (100, 1650, 2500))
    assert short.gmail == "https://mail.google.com/mail/?view=cm&fs=1&to=a@example.org&cc=c@example.org&su=Free%20%2B%20them&body=" + "x" * 100
    assert short.outlook == "https://outlook.office.com/mail/deeplink/compose?to=a@example.org&cc=c@example.org&subject=Free%20%2B%20them&body=" + "x" * 100
    assert (bool(middle.gmail), bool(middle.outlook)) == (False, True)
    assert (long.gmail, long.outlook) == ("", "")


@given(subject=texts, body=texts)
def test_webmail_links_decode_to_what_was_stored(subject, body):
    link = mailto.gmail(["a@example.org"], [], subject, body)
    if link:
        fields = dict(parse_qsl(urlsplit(link).query))
        assert (fields.get("su", ""), fields.get("body", "")) == (mailto.one_line(subject), crlf(body))
    else:
        assert len(mailto.encode(subject + body)) > 1400


def test_numbers_are_dialled_in_e164():
    assert mailto.tel("+77172976000") == "tel:+77172976000"
    assert mailto.sms("+77172976000") == "sms:+77172976000"
    assert mailto.sms("+77172976000", "Free them, now\n") == "sms:+77172976000?body=Free%20them%2C%20now%0D%0A"


def test_share_links_name_page_and_title_alone():
    links = mailto.share_links("https://example.org/appeals/zhanaozen/", "Free them & all")
    assert decode(links["email"]) == {"to": [], "cc": [], "subject": "Free them & all", "body": "Free them & all\r\nhttps://example.org/appeals/zhanaozen/"}
    assert dict(parse_qsl(urlsplit(links["whatsapp"]).query)) == {"text": "Free them & all https://example.org/appeals/zhanaozen/"}
    assert dict(parse_qsl(urlsplit(links["telegram"]).query)) == {"url": "https://example.org/appeals/zhanaozen/", "text": "Free them & all"}
