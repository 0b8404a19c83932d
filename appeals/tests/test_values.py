import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from appeals import values
from appeals.tests.strategies import emails
from appeals.values import Channel

pytestmark = pytest.mark.once


def sentence(channel: str, value: str, country: str = "") -> str:
    with pytest.raises(ValidationError) as refused:
        values.cleaned(channel, value, country)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (" Press.Office@KMG.Example.org ", "Press.Office@kmg.example.org"),
        ("info@MÜLLER.example.org", "info@müller.example.org"),
        ("info@xn--mller-kva.example.org", "info@müller.example.org"),
        ("почта@пример.example.org", "почта@пример.example.org"),
    ],
)
def test_email_keeps_a_readable_lower_case_domain(value, kept):
    assert values.cleaned(Channel.EMAIL, value) == kept


@given(email=emails)
def test_email_is_kept_the_same_however_often_it_is_saved(email):
    assert values.cleaned(Channel.EMAIL, values.cleaned(Channel.EMAIL, email)) == values.cleaned(Channel.EMAIL, email)


@pytest.mark.parametrize("bad", ["\r", "\n", "\r\n", "\0", "\u2028", "\x85", "\t"])
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.WEB])
def test_control_characters_are_refused_in_what_is_one_line(channel, bad):
    value = {Channel.EMAIL: f"a@example.org{bad}Bcc: spy@example.com", Channel.WEB: f"https://example.org/{bad}x"}[channel]
    assert sentence(channel, value).endswith("has a line break or a control character in it. An address is one line.")


def test_comma_in_an_email_is_refused_with_its_reason():
    assert sentence(Channel.EMAIL, "a@example.org,b@example.org") == (
        "“a@example.org,b@example.org” has a comma in it: in a letter's To line that would make two recipients. Save each address by itself."
    )


@pytest.mark.parametrize("local_part", ["=?utf-8?q?=0ABcc=3Aspy?=", "=?utf-8?q?=2C_spy?=", "=?utf-8?b?CkJjYzogc3B5?="])
def test_an_email_in_the_code_of_headers_is_refused(local_part):
    """A mail program would decode it, and with it a line end or a comma."""
    assert sentence(Channel.EMAIL, f"{local_part}@example.org") == (
        f"“{local_part}@example.org” is spelled in the code of mail headers. Write the address as it is read."
    )


@pytest.mark.parametrize("value", ["nobody", "a b@example.org", "a@@example.org", "<a@example.org>", "A <a@example.org>", "a@[127.0.0.1]", "a@localhost", ""])
def test_what_is_no_email_is_refused(value):
    assert sentence(Channel.EMAIL, value)


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("+7 (7172) 97 60 00, 97 60 01", ["+77172976000", "+77172976001"]),
        ("+7 7172 97-60-00; 97-60-01 / 02", ["+77172976000", "+77172976001", "+77172976002"]),
        ("+44 20 7946 0100 and 020 7946 0101", ["+442079460100", "+442079460101"]),
        ("+44 20 7946 0100, 0161 496 0000", ["+442079460100", "+441614960000"]),
        ("+49 30 12345678, 040 123456", ["+493012345678", "+4940123456"]),
        ("+7 7292 43 55 00\n+44 20 7946 0100\n0101", ["+77292435500", "+442079460100", "+442079460101"]),
        ("0044 20 7946 0100", ["+442079460100"]),
        ("+7 7172 976000, +7 (7172) 97 60 00", ["+77172976000"]),
    ],
)
def test_several_numbers_in_a_field_are_split_and_inherit_what_they_lack(field, numbers):
    assert values.cleaned_many(Channel.PHONE, field) == numbers


def test_several_numbers_are_refused_as_one_address():
    assert sentence(Channel.FAX, "+7 (7172) 97 60 00, 97 60 01") == (
        "These are several numbers (+7 7172 97 60 00, +7 7172 97 60 01): an address is one. Save each by itself."
    )


@pytest.mark.parametrize(
    ("value", "country", "says"),
    [
        ("020 7946 0100", "GB", "“020 7946 0100” has no country code. If it is a number in United Kingdom, write +44 20 7946 0100."),
        ("8 (7172) 97 60 00", "KZ", "“8 (7172) 97 60 00” has no country code. If it is a number in Kazakhstan, write +7 7172 97 60 00."),
        ("97 60 00", "KZ", "“97 60 00” has no country code. If it is a number in Kazakhstan, write it with its area code after +7."),
        ("020 7581 4646", "", "“020 7581 4646” has no country code. If it is a number in United Kingdom, write +44 20 7581 4646."),
        ("97 60 00", "", "“97 60 00” has no country code. Write it with a plus and the code, such as +7 for Kazakhstan or +44 for the United Kingdom."),
    ],
)
def test_number_without_country_code_is_refused_with_the_country_suggested(value, country, says):
    assert sentence(Channel.PHONE, value, country) == says


@pytest.mark.parametrize("value", ["call me", "+7 7172 97 60 00 ext 5", "+7", "+7 7172 97 60 00 11 22 33", "+999 123456789", "", "+7 7172\0 976000"])
def test_what_is_no_number_is_refused(value):
    assert sentence(Channel.SMS, value)


@pytest.mark.parametrize(
    ("stored", "shown"), [("+77172976000", "+7 7172 97 60 00"), ("+442079460100", "+44 20 7946 0100"), ("+12125550100", "+1 212-555-0100")]
)
def test_numbers_are_printed_as_their_country_groups_them(stored, shown):
    assert values.printed(Channel.PHONE, stored) == shown
    assert values.cleaned(Channel.PHONE, shown) == stored


@pytest.mark.parametrize(
    "bad", ["javascript:alert(1)", "mailto:a@example.org", "example.org/form", "https://user:secret@example.org/", "https://[::1/", "ftp://example.org/", ""]
)
def test_web_form_is_reached_by_http_alone(bad):
    assert sentence(Channel.WEB, bad)


def test_web_form_keeps_its_query():
    assert values.cleaned(Channel.WEB, "HTTPS://Example.org/Write?to=1,2") == "https://example.org/Write?to=1,2"


def test_post_is_kept_as_written():
    assert values.cleaned(Channel.POST, " Embassy of Kazakhstan\r\n\r\n33 Example Square, 2nd floor \nLondon") == (
        "Embassy of Kazakhstan\n33 Example Square, 2nd floor\nLondon"
    )


@pytest.mark.parametrize("value", ["", "  \n ", "Street\0", "Street\x07"])
def test_post_that_cannot_be_printed_is_refused(value):
    assert sentence(Channel.POST, value)


def test_country_stands_last_on_an_envelope_once():
    assert values.envelope("33 Example Square\nLondon", "GB") == ["33 Example Square", "London", "UNITED KINGDOM"]
    assert values.envelope("Republic of Kazakhstan\nAstana", "KZ") == ["Republic of Kazakhstan", "Astana", "KAZAKHSTAN"]
    assert values.envelope("Astana\nKazakhstan", "KZ") == ["Astana", "Kazakhstan"]
    assert values.envelope("Astana", "") == ["Astana"]


@given(channel=st.sampled_from(Channel.values), text=st.text(max_size=1200))
@example(channel="phone", text="+" * 1000)
@example(channel="phone", text="+7" + " " * 990 + "x")
@example(channel="email", text="a." * 400 + "@example.org")
@example(channel="web", text="https://" + "a." * 490 + "/")
def test_anything_typed_is_kept_or_refused_at_once(channel, text):
    began = time.perf_counter()
    with suppress(ValidationError):
        kept = values.cleaned_many(channel, text)
        assert [values.cleaned(channel, value) for value in kept] == kept
    assert time.perf_counter() - began < 1


def test_unknown_channel_is_refused():
    assert sentence("pigeon", "x") == "Choose how this recipient is reached: e-mail, phone, SMS, fax, post or web form."
