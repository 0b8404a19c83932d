"""What templates of posts need: dates in words, Markdown-free helpers."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def long_date(day: date | datetime | None) -> str:
    """29 August 2012, in the interface language; moments in the site's zone."""
    return date_format(localised(day), "j F Y") if day else ""


@register.filter
def clock(moment: datetime) -> str:
    """09.30, as print writes it."""
    return f"{moment:%H.%M}"


def localised(day: date | datetime) -> date | datetime:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
