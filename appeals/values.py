"""Values of the ledger: each kind of address checked, kept in one spelling, and printed the way people read it.

Nothing here asks the network: an address is checked by its syntax, a number by its length.
"""

import re
from unicodedata import category
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

LONGEST = 1000
"""Characters of a value; nothing slow is done with more."""


class Channel(models.TextChoices):
    EMAIL = "email", gettext_lazy("E-mail")
    PHONE = "phone", gettext_lazy("Phone")
    SMS = "sms", gettext_lazy("SMS")
    FAX = "fax", gettext_lazy("Fax")
    POST = "post", gettext_lazy("Post")
    WEB = "web", gettext_lazy("Web form")


TELEPHONES = (Channel.PHONE, Channel.SMS, Channel.FAX)

BETWEEN_NUMBERS = re.compile(r"[,;/\n]|\band\b|\bor\b|\bи\b|\bили\b")
EXTENSION = re.compile(r"(?i)ext|доб|#")
WITH_AREA_CODE = 7
"""Digits from which on a number beginning with 0 is a whole one, trunk prefix first, and not the end of the one before it."""
E164, INTERNATIONAL = PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL
NUMBER = re.compile(r"[+(\d][\d\s().\-\u2010-\u2015\u00a0]*")


def cleaned(channel: str, value: str, country: str = "") -> str:
    """The value as the ledger keeps it. ValidationError, in a sentence, for what cannot be written to.

    `country` (ISO 3166) only serves to suggest what is missing from a number.
    """
    values = cleaned_many(channel, value, country)
    if len(values) > 1:
        raise refused(_("These are several numbers (%(numbers)s): an address is one. Save each by itself."), numbers=", ".join(map(international, values)))
    return values[0]


def cleaned_many(channel: str, text: str, country: str = "") -> list[str]:
    """Several numbers in one field are several addresses; everything else is one."""
    if len(text) > LONGEST:
        raise refused(_("This is longer than any address: write one address of at most %(longest)s characters."), longest=LONGEST)
    if channel not in Channel.values:
        raise refused(_("Choose how this recipient is reached: e-mail, phone, SMS, fax, post or web form."))
    if channel in TELEPHONES:
        return cleaned_numbers(text, country)
    return [{Channel.EMAIL: cleaned_email, Channel.WEB: cleaned_web, Channel.POST: cleaned_post}[Channel(channel)](text)]


def printed(channel: str, value: str) -> str:
    """A stored value as readers see it; numbers in their country's own grouping, with its code."""
    return international(value) if channel in TELEPHONES else value


def cleaned_email(value: str) -> str:
    """Syntax and IDNA; the domain lower-cased and readable, the local part as written (RFC 5321, 2.4: it may tell case apart)."""
    value = in_one_line(value)
    if "," in value:
        raise refused(_("“%(value)s” has a comma in it: in a letter's To line that would make two recipients. Save each address by itself."), value=value)
    if "=?" in value:
        raise refused(_("“%(value)s” is spelled in the code of mail headers. Write the address as it is read."), value=value)
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise refused(_("“%(value)s” is not an e-mail address: %(reason)s"), value=value, reason=error) from error


def cleaned_web(value: str) -> str:
    value = in_one_line(value)
    try:
        URLValidator(schemes=["http", "https"])(value)
        parts = urlsplit(value)
    except (ValidationError, ValueError) as error:
        raise refused(_("“%(value)s” is not the address of a web form. It begins with https:// or http://."), value=value) from error
    if parts.username is not None:
        raise refused(_("“%(value)s” has a name or password in it. Leave out what stands before the @."), value=value)
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def cleaned_post(value: str) -> str:
    """As written, line by line."""
    value = normalize_newlines(value).strip()
    if any(category(character) == "Cc" and character != "\n" for character in value):
        raise refused(_("The postal address holds a control character. Type it again, line by line."))
    if not value:
        raise refused(_("Write the lines of the envelope."))
    return "\n".join(line.strip() for line in value.split("\n") if line.strip())


def envelope(value: str, country: str) -> list[str]:
    """The lines to write on an envelope: as stored, with the country last, in capitals (Universal Postal Union, S42), unless it stands there."""
    lines = value.split("\n")
    name = countries.name(country)
    if not name or name.casefold() in lines[-1].casefold():
        return lines
    return [*lines, name.upper()]


def in_one_line(value: str) -> str:
    value = value.strip(" ")
    if any(category(character) in ("Cc", "Zl", "Zp") for character in value):
        shown = " ".join("".join(" " if category(character)[0] in "CZ" else character for character in value).split())
        raise refused(_("“%(value)s” has a line break or a control character in it. An address is one line."), value=shown)
    if not value:
        raise refused(_("An address is missing."))
    return value


def cleaned_numbers(text: str, country: str = "") -> list[str]:
    """The numbers of a field, in E.164. One without a country code inherits what it lacks from the number before it:
    "+7 (7172) 97 60 00, 97 60 01" are two numbers of one office."""
    if any(category(character) == "Cc" and character not in "\n\r\t" for character in text):
        raise refused(_("The number holds a control character. Type it again."))
    found: list[PhoneNumber] = []
    for piece in BETWEEN_NUMBERS.split(normalize_newlines(text).strip()):
        number = parsed(piece.strip(), found[-1] if found else None, country)
        if number not in found:
            found.append(number)
    return [phonenumbers.format_number(number, E164) for number in found]


def parsed(piece: str, before: PhoneNumber | None, country: str) -> PhoneNumber:
    if EXTENSION.search(piece):
        raise refused(_("“%(value)s” has an extension. Write the number alone and the extension into the note."), value=piece)
    if not NUMBER.fullmatch(piece):
        raise refused(_("“%(value)s” is not a telephone number. Write it with its country code: +7 7172 97 60 00."), value=piece)
    international = re.sub(r"^00", "+", piece)
    if international.startswith("+"):
        number = possible(international)
    elif before:
        number = like(piece, before)
    else:
        raise without_country_code(piece, country)
    if number is None:
        raise refused(_("“%(value)s” has too few or too many digits for a telephone number."), value=piece)
    return number


def possible(text: str, region: str | None = None) -> PhoneNumber | None:
    """The number, if it has a possible length. Numbering plans change: one of 2011 need not be one that is given out today."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE else None


def like(piece: str, before: PhoneNumber) -> PhoneNumber | None:
    """A number written short after another: its last digits, or a whole number of the same country."""
    digits = re.sub(r"\D", "", piece)
    national = phonenumbers.national_significant_number(before)
    region = phonenumbers.region_code_for_number(before) or phonenumbers.region_code_for_country_code(before.country_code)
    whole = len(digits) >= (WITH_AREA_CODE if digits.startswith("0") else len(national))
    return possible(piece, region) if whole else possible(f"+{before.country_code}{national[: -len(digits)]}{digits}")


def without_country_code(piece: str, country: str) -> ValidationError:
    """Says which code is missing: that of the recipient's country, or of the site's if the number is one there."""
    here = settings.LANGUAGE_CODE.partition("-")[2].upper()
    region = country or here
    number = possible(piece, region) if region else None
    if number and (country or phonenumbers.is_valid_number(number)):
        sentence, hint = (
            _("“%(value)s” has no country code. If it is a number in %(country)s, write %(hint)s."),
            phonenumbers.format_number(number, INTERNATIONAL),
        )
    elif code := phonenumbers.country_code_for_region(country):
        sentence, hint = _("“%(value)s” has no country code. If it is a number in %(country)s, write it with its area code after +%(hint)s."), code
    else:
        return refused(
            _("“%(value)s” has no country code. Write it with a plus and the code, such as +7 for Kazakhstan or +44 for the United Kingdom."), value=piece
        )
    return refused(sentence, value=piece, country=countries.name(region), hint=hint)


def international(value: str) -> str:
    try:
        return phonenumbers.format_number(phonenumbers.parse(value), INTERNATIONAL)
    except NumberParseException:
        return value


def refused(sentence: str, **params: object) -> ValidationError:
    return ValidationError(sentence % params, code="value")
