"""The letter as a file that a mail program opens ready to send: no limit of length, no script, no link."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from django.utils.text import normalize_newlines

from appeals.mailto import ascii_domain, one_line


def draft(to: Sequence[str], cc: Sequence[str], subject: str, body: str) -> bytes:
    """An RFC 5322 message still to be sent, with To, Cc, Subject and text.

    `X-Unsent: 1` makes Outlook and Thunderbird open it for writing; Apple Mail opens it and sends it by "Send Again". From, Date and
    Message-ID are missing on purpose: they are the sender's, and every program fills them in as it sends (a From of ours would stay in).
    Header values cannot end a header: `uncoded` takes what could, and the library refuses what is left.
    """
    # A local part outside ASCII has no other spelling than UTF-8 (RFC 6532); everything else is plain old mail (RFC 2047, 7 bit).
    policy = SMTP if all(local_part(address).isascii() for address in (*to, *cc)) else SMTPUTF8
    message = EmailMessage(policy=policy.clone(cte_type="7bit"))
    message["X-Unsent"] = "1"
    for name, values in (("To", to), ("Cc", cc)):
        if values:
            message[name] = [Address(username=local_part(value), domain=ascii_domain(uncoded(value).rpartition("@")[2])) for value in values]
    message["Subject"] = uncoded(subject)
    message.set_content(normalize_newlines(body), charset="utf-8")
    return message.as_bytes()


def local_part(address: str) -> str:
    return uncoded(address).rpartition("@")[0]


def uncoded(text: str) -> str:
    """One line in which nothing is an encoded word (RFC 2047): the library would decode "=?utf-8?q?=0A?=" and write the line end in it."""
    return one_line(text).replace("=?", "= ?")
