"""The last resort for a post that the converter could not read."""

import re
from html import unescape

from django.utils.html import escape

from campaign.imports.convert import Converted, first_words
from campaign.imports.entries import Entry
from campaign.imports.parts import render_in_parts

SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
ADDRESS = re.compile(r"""(?:href|src)\s*=\s*["']?(https?://[^\s"'<>]+)""", re.IGNORECASE)
SAID = "could not be converted ({error}): its words came without markup, and its addresses stand below them; please report this"


def bare(entry: Entry, error: Exception) -> Converted:
    """Every word, then every address."""
    words = unescape(TAG.sub(" ", SILENT.sub(" ", entry.html or "")))
    lines = [" ".join(line.split()) for line in words.splitlines()]
    addresses = dict.fromkeys(map(unescape, ADDRESS.findall(entry.html or "")))
    paragraphs = [f"<p>{escape(line)}</p>" for line in lines if line] + [f'<p><a href="{escape(one)}">{escape(one)}</a></p>' for one in addresses]
    rendered = render_in_parts("\n".join(paragraphs))[0]
    title = entry.title or first_words(rendered.text) or entry.slug or entry.id
    return Converted(title[:300], "", "\n".join(paragraphs), rendered.html, rendered.text, remarks=[SAID.format(error=type(error).__name__)])
