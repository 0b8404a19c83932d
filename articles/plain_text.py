"""A post as plain text: everything its page says, for a terminal, a printer or a phone with one bar of signal.

Each part is a list of lines; `joined` sets them one under another with a blank line between. The appeals build on the same parts.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.links import absolute, canonical, in_full
from articles.markup.plain import plain
from articles.models import Event, Life, Message, Picture, Post, Update
from articles.moments import at, when
from articles.templatetags.articles import known_date, language_name, long_date

Lines = list[str]


def report(post: Post) -> str:
    """The whole post, as `for_page()` fetched it, with the addresses of the appeal it carries."""
    carried = post.carried_appeal
    return joined(
        title(post),
        facts(post),
        [post.standfirst] if post.standfirst else [],
        life(getattr(post, "life", None)),
        updates(post),
        words(post),
        picture(post.picture),
        *(carried.lines() if carried else []),
        events(post.events.all()),
        messages(post.shown_messages),
        foot(post),
    )


def joined(*parts: Lines) -> str:
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def title(post: Post) -> Lines:
    return [post.title, "=" * len(post.title)]


def section(heading: str, blocks: Iterable[Lines]) -> Lines:
    """A heading over blocks of lines, a blank line before each; nothing where there are none."""
    lines = [line for block in blocks for line in ("", *block)]
    return [heading, "-" * len(heading), *lines] if lines else []


def fact(name: str, *values: str) -> Lines:
    """ "Name: value, value" of the values that are there; nothing where none is."""
    said = ", ".join(value for value in values if value)
    return [f"{name}: {said}"] if said else []


def facts(post: Post) -> Lines:
    """What it is, when, where, by whom and where it stands."""
    return [
        post.get_kind_display(),
        *fact(_("Published"), long_date(post.published_on)),
        *fact(_("About"), long_date(post.event_date) if post.event_differs else ""),
        *fact(_("Revised"), long_date(post.revised_at)),
        *fact(_("Place"), post.dateline),
        *fact(_("By"), post.byline),
        *fact(_("First published by"), post.source_name, post.source_url),
        *fact(_("Language"), language_name(post.language)),
        *fact(_("Labels"), *(label.name for label in post.labels.all())),
        *fact(_("Address of this page"), canonical(post)),
    ]


def life(life: Life | None) -> Lines:
    """Who an obituary remembers."""
    if life is None:
        return []
    return [
        ", ".join(filter(None, (life.name, life.what_they_did))),
        *fact(_("Born"), known_date(life.born)),
        *fact(_("Died"), known_date(life.died)),
        *fact(_("Found dead"), known_date(life.found)),
        *fact(_("Place"), life.place),
        *fact(_("Age"), str(life.age or "")),
    ]


def words(post: Post) -> Lines:
    return text_of(post.body_html, canonical(post))


def text_of(html: str, page: str) -> Lines:
    """Stored HTML as lines; links to this site say their whole address, for a text that has left it."""
    return plain(in_full(html, page, anchors=False)).splitlines()


def updates(post: Post) -> Lines:
    page = canonical(post)
    return section(_("Updates"), (update_lines(update, page) for update in post.updates.all()))


def update_lines(update: Update, page: str) -> Lines:
    return [at(update), *text_of(update.text_html, page)]


def picture(picture: Picture | None) -> Lines:
    if picture is None:
        return []
    return [*fact(_("Picture"), picture.alt, picture.caption, picture.credit), absolute(picture.url)]


def events(events: Iterable[Event]) -> Lines:
    return section(_("Pickets and protests"), map(event_lines, events))


def event_lines(event: Event) -> Lines:
    return [
        *([_("CANCELLED")] if event.cancelled else []),
        when(event),
        ", ".join(filter(None, (event.title, event.place))),
        *fact(_("Called by"), event.organiser),
        *fact(_("Contact"), event.contact),
    ]


def messages(messages: Iterable[Message]) -> Lines:
    return section(_("Messages"), map(message_lines, messages))


def message_lines(message: Message) -> Lines:
    signed = ", ".join(filter(None, (message.name, message.organisation, message.place, long_date(message.sent_at))))
    return [*message.text.splitlines(), f"-- {signed}"]


def foot(post: Post) -> Lines:
    """What was put right since, and when."""
    return fact(_("Corrected"), long_date(post.revised_at), post.correction) if post.correction else []
