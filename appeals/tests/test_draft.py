from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appeals.draft import draft
from appeals.mailto import one_line
from appeals.tests.strategies import LETTER, WORDS, emails, in_ascii, subjects, texts

pytestmark = pytest.mark.once


def opened(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def specs(addresses: tuple[Address, ...]) -> list[str]:
    return [f"{address.username}@{address.domain}" for address in addresses]


def lines(text: str) -> list[str]:
    """As text ends in a file: with a line end, of whatever kind."""
    return (text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n").split("\n")


@given(to=st.lists(emails, min_size=1, max_size=60), cc=st.lists(emails, min_size=1, max_size=5), subject=subjects, body=texts)
@example(to=["a@example.org"], cc=["b@example.org"], subject=one_line(WORDS), body=WORDS)
@example(to=[f"office-{number}@example.org" for number in range(60)], cc=["b@example.org"], subject=one_line("Қазақстан " * 19), body=LETTER)
def test_draft_opens_to_what_was_stored(to, cc, subject, body):
    message = opened(draft(to, cc, subject, body))
    assert specs(message["To"].addresses) == in_ascii(to)
    assert specs(message["Cc"].addresses) == in_ascii(cc)
    assert message["Subject"] == subject
    assert lines(message.get_content()) == lines(body)


@given(subject=texts, body=texts)
def test_draft_is_seven_bits_of_short_lines_ending_in_crlf(subject, body):
    raw = draft(["a@example.org"], [], subject, body)
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_draft_waits_to_be_sent_by_whoever_opens_it():
    message = opened(draft(["a@example.org"], [], "Free them", "Now."))
    assert message.items() == [
        ("X-Unsent", "1"),
        ("To", "a@example.org"),
        ("Subject", "Free them"),
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("Content-Transfer-Encoding", "7bit"),
        ("MIME-Version", "1.0"),
    ]


def test_local_part_outside_ascii_is_written_in_utf_8():
    assert "To: почта@xn--e1afmkfd.example.org\r\n".encode() in draft(["почта@пример.example.org"], [], "Письмо", "Текст")


@pytest.mark.parametrize(
    "bad",
    [
        "x\r\nBcc: spy@example.com",
        "x\nBcc: spy@example.com",
        "x\rBcc: spy@example.com",
        "x\u2028Bcc: spy@example.com",
        "x\0y",
        "x\x85y",
        "=?utf-8?q?=0ABcc:_spy=40example.com?=",
        "=?utf-8?b?CkJjYzogc3B5?=",
    ],
)
def test_nothing_typed_can_add_a_header(bad):
    message = opened(draft([f"{bad}@example.org"], [f"{bad}@example.org"], bad, bad))
    assert message.keys() == ["X-Unsent", "To", "Cc", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    assert message["Subject"] == one_line(bad).replace("=?", "= ?")
    assert b"\nBcc" not in draft([f"{bad}@example.org"], [f"{bad}@example.org"], bad, "x")


def test_comma_in_an_address_names_nobody_else():
    assert len(opened(draft(["a@example.org,spy@example.com"], [], "x", "y"))["To"].addresses) == 1
