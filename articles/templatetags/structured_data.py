"""What machines read in a page's head: {% structured_post post site url description %}, {% structured_events events %}, {{ post|described }}."""

import json
from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles import structured_data
from articles.models import Event, Post

register = template.Library()
register.filter("described", structured_data.described)

ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""So that no words of ours can end the element they stand in: they are written as JSON's own escapes."""


@register.simple_tag
def structured_post(post: Post, site: str, url: str, description: str) -> SafeString:
    """`url` is its canonical address, `description` what `described` says of it: the page's head has both at hand."""
    return blocks(structured_data.of_post(post, site, url, description))


@register.simple_tag
def structured_events(events: Iterable[Event]) -> SafeString:
    return blocks(map(structured_data.event, events))


def blocks(things: Iterable[structured_data.Data]) -> SafeString:
    """One data block each: no script to a browser, nor to the policy that forbids inline scripts."""
    return format_html_join("\n", '<script type="application/ld+json">{}</script>', ((as_json(thing),) for thing in things))


def as_json(thing: structured_data.Data) -> SafeString:
    return mark_safe(json.dumps({"@context": "https://schema.org", **thing}, ensure_ascii=False).translate(ESCAPES))
