"""What templates of posts need: dates in words, Markdown-free helpers."""

import re
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles import links, mirroring
from articles.models import Post

register = template.Library()

SPINE_LETTERS = 6
DAYS = 8_192
"""Dates whose words are kept."""
GAP = re.compile(r"\[[^\[\]\n]+\]")


@register.simple_tag
def mirrored_at() -> datetime | None:
    """When the mirror that this page is rendered for was begun; None on the live site."""
    return mirroring.made_at.get()


@register.filter
def long_date(day: date | datetime | None) -> str:
    """29 August 2012, in the interface language; moments in the site's zone."""
    return in_words(plain_day(localised(day)), "j F Y", get_language()) if day else ""


@lru_cache(DAYS)
def in_words(day: date, form: str, language: str) -> str:
    """A day as the language writes it: the same for every post of the day, and dear to work out."""
    return date_format(day, form)


@register.filter
def iso(day: date) -> str:
    """2012-08-29, for machines."""
    return plain_day(day).isoformat()


@register.filter
def absolute(path: str) -> str:
    return links.absolute(path)


@register.filter
def led(address: str) -> str:
    """A typed address as a link may have it: one that could run something leads nowhere, however it came to be stored."""
    return address if links.may_lead(address) else ""


@register.filter
def canonical(post: Post) -> str:
    return links.canonical(post)


@register.filter
def clock(moment: datetime) -> str:
    """09.30, as print writes it."""
    return f"{moment:%H.%M}"


@register.filter
def zone(moment: datetime) -> str:
    """The name of the moment's own zone, GMT; UTC+5 where the zone has none."""
    if (name := f"{moment:%Z}").isalpha():
        return name
    sign, hours, minutes = name[0], int(name[1:3]), name[3:]
    return f"UTC{sign.replace('-', '−')}{hours}" + (f".{minutes}" if minutes else "")


@register.filter
def spine_month(day: date) -> str:
    """August 2012, but Dec 2011: the spine is narrow."""
    month, language = plain_day(day).replace(day=1), get_language()
    return in_words(month, "F Y" if len(in_words(month, "F", language)) <= SPINE_LETTERS else "M Y", language)


@register.filter
def short_month(day: date) -> str:
    """Aug 2012."""
    return in_words(day.replace(day=1), "M Y", get_language())


@register.filter
def known_date(day: str) -> str:
    """`YYYY[-MM[-DD]]` in words, as far as it is known: 5 June 2012, June 2012, 2012."""
    if not day:
        return ""
    form = {4: "Y", 7: "F Y", 10: "j F Y"}[len(day)]
    return date_format(date.fromisoformat((day + "-01-01")[:10]), form)


@register.filter
def breakable(address: object) -> SafeString:
    """An e-mail address that narrow screens may break before its @, and nowhere else; its text stays as it is."""
    name, at, host = str(address).rpartition("@")
    return format_html("{}<wbr>@{}", name, host) if at else format_html("{}", host)


@register.filter
def gaps(words: str) -> SafeString:
    """Plain text in which every [gap to fill] is marked."""
    return mark_safe(GAP.sub(r"<mark>\g<0></mark>", escape(words)))


@register.filter
def language_name(language: str) -> str:
    """A language's name in itself, Русский; its tag where the name is not known."""
    return LANG_INFO.get(language.partition("-")[0], {}).get("name_local", language).capitalize()


@register.filter
def lang_attrs(language: str) -> str | SafeString:
    """` lang="ar" dir="rtl"` for a fragment whose language is not the interface's; nothing where it is."""
    base = language.partition("-")[0]
    if base == (get_language() or "").partition("-")[0]:
        return ""
    return format_html(' lang="{}" dir="{}"', language, "rtl" if LANG_INFO.get(base, {}).get("bidi") else "ltr")


def plain_day(day: date | datetime) -> date:
    return day.date() if isinstance(day, datetime) else day


def localised(day: date | datetime) -> date | datetime:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
