"""What a post of the old site held and does not bring along, counted for the report."""

import re
from collections import Counter

from campaign.imports.words import IMAGE, attributes

LINK = re.compile(r"""<a\s[^<>]*?\bhref\s*=\s*["']?\s*(javascript|vbscript|data|file):(?![^"'<>]*#_)""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
STYLE = re.compile(r"<style\b", re.IGNORECASE)

SCRIPTS, STYLES = "Scripts in posts", "Style sheets in posts"
RUNS = "Links that ran a script; their words came"
ON_DISK = "Links to a file on its author's own disk; their words and addresses came as text"
COUNTERS = "Counters of visitors (pictures of one pixel)"


def dropped(html: str) -> Counter[str]:
    found = Counter({SCRIPTS: len(SCRIPT.findall(html)), STYLES: len(STYLE.findall(html))})
    found.update(ON_DISK if scheme.lower() == "file" else RUNS for scheme in LINK.findall(html))
    found[COUNTERS] = sum(map(is_counter, IMAGE.findall(html)))
    return +found


def is_counter(tag: str) -> bool:
    given = attributes(tag)
    return {given.get("width"), given.get("height")} <= {"0", "1"}
