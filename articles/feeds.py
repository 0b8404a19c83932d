"""Entries written as Atom (RFC 4287) and as JSON Feed 1.1."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.entries import Entry, picture_url

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without entries: it must have one, and must not change with the clock."""
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


@dataclass(frozen=True)
class Feed:
    """A feed's own head: `url` is its address, `page` that of the page it follows."""

    title: str
    subtitle: str
    url: str
    page: str
    language: str
    author: str


def words(text: str) -> str:
    return NO_XML.sub("", text)


class AtomWriter(Atom1Feed):
    """Django's Atom, each entry with its language and its whole content beside the summary."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})
        handler.addQuickElement("content", item["content"], {"type": "html"})


def atom(feed: Feed, entries: Iterable[Entry]) -> str:
    writer = AtomWriter(
        words(feed.title), feed.page, None, language=feed.language, subtitle=words(feed.subtitle) or None, author_name=words(feed.author), feed_url=feed.url
    )
    for entry in entries:
        writer.add_item(
            words(entry.title),
            entry.url,
            words(entry.summary),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=words(entry.author),
            categories=map(words, entry.labels),
            language=words(entry.language),
            content=words(entry.html),
        )
    return writer.writeString("utf-8")


def json_feed(feed: Feed, entries: Iterable[Entry]) -> str:
    """https://www.jsonfeed.org/version/1.1/"""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [json_item(entry) for entry in entries],
    }
    return json.dumps(said(head), ensure_ascii=False)


def json_item(entry: Entry) -> dict[str, Any]:
    return said(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "date_published": rfc3339_date(entry.published),
            "date_modified": rfc3339_date(entry.updated),
            "authors": [{"name": entry.author}],
            "tags": list(entry.labels),
            "language": entry.language,
            "image": picture_url(entry),
        }
    )


def said(members: dict[str, Any]) -> dict[str, Any]:
    """Without members that say nothing; a feed's list of items stays, empty or not."""
    return {name: value for name, value in members.items() if value or name == "items"}
