"""Rendering what is too much for one piece: an archive may hold what no editor could save."""

import re

from django.utils.html import escape, linebreaks

from articles import text
from articles.text import Rendered, TextRefused

PART = 15_000
"""Characters of a part, where its paragraphs allow."""
PARAGRAPH = re.compile(r"\n{2,}")


def render_in_parts(markdown: str, *, live: bool = True) -> tuple[Rendered, bool]:
    """The rendered text, and whether it could be rendered whole."""
    try:
        return text.render(markdown, live=live), True
    except TextRefused:
        rendered = [render_part(part, live) for part in parts_of(markdown)]
        return Rendered("\n".join(part.html for part in rendered), "\n\n".join(part.text for part in rendered)), False


def render_part(markdown: str, live: bool) -> Rendered:
    """Markdown that even alone is too much is shown as it was written."""
    try:
        return text.render(markdown, live=live)
    except TextRefused:
        return Rendered(linebreaks(escape(markdown)), markdown)


def parts_of(markdown: str) -> list[str]:
    """Paragraphs, gathered up to PART characters; code between fences is not cut."""
    parts, size, fenced = [[]], 0, False
    for paragraph in PARAGRAPH.split(markdown):
        if size + len(paragraph) > PART and parts[-1] and not fenced:
            parts.append([])
            size = 0
        parts[-1].append(paragraph)
        size += len(paragraph)
        fenced ^= paragraph.count("```") % 2 == 1
    return ["\n\n".join(part) for part in parts]
