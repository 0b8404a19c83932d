"""HTML of any kind to safe HTML: bleach cleans and links in one pass, nh3 has the last word."""

import re
from functools import partial

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from articles.markup.allowed import ALLOWED
from articles.markup.entities import STRICT, as_entities, travel
from articles.markup.shaping import CODE, NEW, TURNED, Shape

# An address ends where its last letter, digit or slash stands: what follows is the sentence's punctuation.
BALANCED = r"\([^\s()<>\ufdd1-\ufdd4]*\)"
URL = re.compile(
    rf"(?:(?<![A-Za-z0-9])https?://|(?<![\w@./:-])www\.(?=[\w-]+\.\w))"
    rf"(?:[^\s()<>\[\]{{}}“”«»„\ufdd1-\ufdd4]|{BALANCED})*(?:[\w/=#%+~$@-]|{BALANCED})",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+/@=&\ufdd0\ufdd4-])\w[\w.+'-]*@(?:\w(?:[\w-]*\w)?\.)+[^\W\d_]{2,24}(?![\w@-])")

LAST_WORD = nh3.Cleaner(
    tags=set(ALLOWED.tags),
    attributes={tag: set(names) for tag, names in ALLOWED.attributes.items()},
    attribute_filter=ALLOWED.value,
    url_schemes=set(ALLOWED.protocols),
    clean_content_tags={"script", "style"},
    link_rel=None,
)


def sanitise(markup: str, *, live: bool = True, rel: str = "noopener") -> str:
    """Whatever markup this is, only the allow-list's comes out. `live=False`: mail, telephone and SMS links become plain text."""

    def link(attrs: dict, new: bool) -> dict | None:
        mail = attrs.get((None, "href"), "").startswith("mailto:")
        return None if new and mail and not live else attrs | {NEW: ""} if new else attrs

    # Built each time: a Cleaner is not safe to share between threads, and costs 30 µs.
    cleaner = Cleaner(
        tags=ALLOWED.tags | TURNED,
        attributes=lambda tag, name, value: tag in TURNED or ALLOWED.value(tag, name, value) is not None or (tag, name) == ("img", "src"),
        protocols=ALLOWED.protocols,
        strip=True,
        filters=[
            partial(LinkifyFilter, callbacks=[link], skip_tags=CODE, parse_email=True, url_re=URL, email_re=EMAIL),
            partial(Shape, live=live, rel=rel),
        ],
    )
    return LAST_WORD.clean(as_entities(cleaner.clean(STRICT.sub(travel, markup)).replace("<p></p>", "")))
