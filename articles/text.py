"""Markdown to safe HTML: the one way in which anybody's words become markup."""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from articles.markup import rendering
from articles.markup.cleaning import sanitise
from articles.markup.rendering import Rendered

__all__ = ["Rendered", "TextRefused", "render", "render_message"]

LONGEST = 400_000
"""Characters; past it no text is rendered at all."""
LONG = 100_000
PLAIN_ENOUGH = 20_000
NESTS = "[](){}<>*_`~#!+-=|&\\\n"
NESTED_ENOUGH = 500
SECONDS = 1
"""Of CPU time, which a busy machine does not shorten, for a child; twice that for a `LONG` text."""
STARVED = 5
"""Seconds on the clock after which a machine too busy to give the child its time is not waited for."""

TOO_SLOW = gettext_noop(
    "This text takes too long to render: it nests lists, quotes, brackets or emphasis too deeply, or repeats them too often. Simplify it and save again."
)


class TextRefused(ValueError):
    """A text that cannot be rendered in bounded time; the message says so to the editor."""


def render(markdown: str, *, live: bool = True, patient: bool = False) -> Rendered:
    """Markdown → safe HTML and the same as plain text. `live=False`: mail, telephone and SMS links become plain text.

    About 4 ms for a post of 4 KB. What is long, or built of characters that nest, is rendered in a child process
    that is ended after 1 s (signals do not work in threads), one of over 100 KB after 2 s.
    `patient`: at a terminal, where no worker is kept and no archive may lose its longest post, whatever it takes.
    """
    source = rendering.tidy(markdown)
    if len(source) > LONGEST and not patient:
        raise TextRefused(gettext("This text is longer than %(most)d characters. Divide it into several posts.") % {"most": LONGEST})
    try:
        if patient or (len(source) <= PLAIN_ENOUGH and sum(map(source.count, NESTS)) <= NESTED_ENOUGH):
            return rendering.convert(source, live=live)
        return in_child(source, live)
    except rendering.Unrenderable as error:
        raise TextRefused(gettext(TOO_SLOW)) from error


def in_child(source: str, live: bool) -> Rendered:
    asked = json.dumps({"source": source, "live": live}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", rendering.__name__, str(2 * SECONDS if len(source) > LONG else SECONDS)],
            input=asked, capture_output=True, timeout=STARVED, check=True, env={}, cwd=Path(__file__).parents[1],
        )  # fmt: skip
    except subprocess.SubprocessError as error:
        raise rendering.Unrenderable from error
    return Rendered(*json.loads(done.stdout))


def render_message(plain: str) -> SafeString:
    """A reader's words: never Markdown, only lines, paragraphs and links that lend nobody weight with search engines."""
    return mark_safe(sanitise(linebreaks(escape(rendering.tidy(plain).strip())), rel="nofollow noopener"))
