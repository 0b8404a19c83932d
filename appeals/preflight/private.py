"""Which addresses look like one person's own."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

FREE = (
    "gmail.com googlemail.com yahoo.com hotmail.com outlook.com live.com icloud.com aol.com gmx.net gmx.de web.de proton.me protonmail.com riseup.net "
    "mail.ru bk.ru inbox.ru list.ru yandex.ru ya.ru yandex.kz rambler.ru mail.kz"
)
FREE_HOSTS = frozenset(FREE.split(" "))
"""Where people have their own mailboxes, and offices hardly any."""
FREE_EVERYWHERE = re.compile(r"(?i)(?:yahoo|hotmail|live|gmx|yandex)\.")
OFFICES = re.compile(
    r"(?i)(?:^|[._-])(?:info|office|press|contact|mail|post|admin|campaign|solidar\w*|protest\w*|union|editor\w*|secretar\w*|support|help|news|desk|kanz\w*)"
)
INITIAL_AND_NAME = re.compile(r"(?i)[a-z]\.[a-z]{3,}")


def looks_private(kind: str, value: str) -> bool:
    """A mobile number, or a mailbox that is a person's: at a host where people have their own, or an initial with a surname."""
    return private_mailbox(value) if kind == "email" else mobile(value)


def private_mailbox(value: str) -> bool:
    local, _, host = value.rpartition("@")
    if OFFICES.search(local):
        return False
    return host.casefold() in FREE_HOSTS or bool(FREE_EVERYWHERE.match(host)) or bool(INITIAL_AND_NAME.fullmatch(local))


def mobile(value: str) -> bool:
    try:
        return phonenumbers.number_type(phonenumbers.parse(value)) == PhoneNumberType.MOBILE
    except NumberParseException:
        return False
