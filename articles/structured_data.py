"""What a page tells machines about itself (https://schema.org), as plain dictionaries."""

import unicodedata
from typing import Any

from django.utils.text import Truncator

from articles.links import absolute, canonical
from articles.markup.plain import plain
from articles.models import Event, Kind, Life, Picture, Post, Update

Data = dict[str, Any]
HEADLINE, DESCRIPTION, UPDATES = 110, 200, 20
"""Letters of a headline and of a description; updates told of one post."""


def of_post(post: Post, site: str, url: str, description: str) -> list[Data]:
    """The post itself, under its canonical address, then its events. Wants what `for_page()` fetches."""
    itself = page(post, url, description) if post.kind == Kind.PAGE else article(post, site, url, description)
    return [itself, *map(event, post.events.all())]


def described(post: Post) -> str:
    """Two lines that tell what it is about."""
    return shortened(" ".join((post.standfirst or post.body_text).split()), DESCRIPTION)


def shortened(text: str, letters: int) -> str:
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= letters else Truncator(text).chars(letters)


def page(post: Post, url: str, description: str) -> Data:
    return thing("WebPage", {"@id": url, "url": url, "name": post.title, "description": description, "inLanguage": post.language})


def article(post: Post, site: str, url: str, description: str) -> Data:
    updates = list(post.updates.all())
    moments = [post.published_at, post.revised_at, *(update.at for update in updates)]
    life = getattr(post, "life", None) if post.kind == Kind.OBITUARY else None
    data = {
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": shortened(post.title, HEADLINE),
        "description": description,
        "datePublished": post.published_at,
        "dateModified": max(filter(None, moments), default=None),
        "inLanguage": post.language,
        "articleSection": post.get_kind_display(),
        "keywords": [label.name for label in post.labels.all()],
        "author": thing("Person", {"name": post.byline}) if post.byline else publisher(site),
        "publisher": publisher(site),
        "locationCreated": place(post.dateline),
        "about": person(life) if life else None,
        "image": image(post.picture) if post.picture else None,
        "isBasedOn": post.source_url,
        "correction": post.correction,
    }
    return thing("NewsArticle", data) | (coverage(updates, url) if updates else {})


def coverage(updates: list[Update], url: str) -> Data:
    """What a LiveBlogPosting says besides; the updates come newest first."""
    told = [thing("BlogPosting", {"headline": headline(one), "datePublished": one.at, "url": f"{url}#{one.anchor}"}) for one in updates[:UPDATES]]
    return thing("LiveBlogPosting", {"coverageStartTime": updates[-1].at, "coverageEndTime": updates[0].at, "liveBlogUpdate": told})


def headline(update: Update) -> str:
    return shortened(" ".join(plain(update.text_html).split()), HEADLINE)


def event(event: Event) -> Data:
    state = "EventCancelled" if event.cancelled else "EventScheduled"
    data = {
        "name": event.title or event.post.title,
        "startDate": event.local_starts,
        "endDate": event.local_ends,
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": place(event.place),
        "organizer": organiser(event.organiser),
        "description": event.post.title,
        "url": canonical(event.post),
    }
    return thing("Event", data)


def publisher(site: str) -> Data:
    return thing("Organization", {"name": site, "url": absolute("/")})


def organiser(name: str) -> Data | None:
    return thing("Organization", {"name": name}) if name else None


def person(life: Life) -> Data:
    known = {"name": life.name, "jobTitle": life.what_they_did, "birthDate": life.born, "deathDate": life.died or life.found, "deathPlace": place(life.place)}
    return thing("Person", known)


def place(name: str) -> Data | None:
    return thing("Place", {"name": name, "address": name}) if name else None


def image(picture: Picture) -> Data:
    data = {"url": absolute(picture.url), "width": picture.width, "height": picture.height, "caption": picture.alt}
    return thing("ImageObject", data)


def thing(kind: str, members: Data) -> Data:
    """Without the members that say nothing; moments with their offset, as ISO 8601 has it."""
    said = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in members.items() if value}
    return {"@type": kind, **said}
