"""Odd but real content, from the export to the lines of `export --jsonl`: each word, link and picture that a browser would show is there."""

import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from campaign.tests.imports.expected import addresses, words
from campaign.tests.imports.exports import classic, classic_entry, item, saved, takeout, takeout_entry, wxr

pytestmark = pytest.mark.django_db


def contents(kind: str) -> dict[str, str]:
    """Invented posts, by the fault or the habit that each is about."""
    return {path.stem: path.read_bytes().decode() for path in sorted((Path(__file__).parent / "odd" / kind).glob("*.html"))}


BLOGGER, WORDPRESS = contents("blogger"), contents("wordpress")


def lines() -> dict[str, dict]:
    out = io.StringIO()
    call_command("export", jsonl=True, stdout=out)
    return {line["title"]: line for line in map(json.loads, out.getvalue().rstrip("\n").split("\n"))}


def lost(html: str, line: dict) -> dict[str, Counter]:
    """What the export holds and the line lacks."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    pictures = Counter(address for picture in line["images"] for address in {picture["src"], picture["original"]})
    return {
        "words": Counter(words(html.replace("\n\n", "<p>"))) - Counter(re.findall(r"\w+", line["text"])),
        "links": addresses(html, "a", "href") - Counter(line["links"]),
        "pictures": addresses(html, "img", "src") - pictures,
    }


def check(contents: dict[str, str]) -> None:
    found = lines()
    assert found.keys() == contents.keys()
    missing = {name: {what: which for what, which in lost(html, found[name]).items() if which} for name, html in contents.items()}
    assert {name: what for name, what in missing.items() if what} == {}


def test_a_classic_backup_loses_nothing(tmp_path):
    call_command("import_blogger", saved(tmp_path, classic(*(classic_entry(html, title=name) for name, html in BLOGGER.items()))))
    check(BLOGGER)


def test_a_takeout_loses_nothing(tmp_path):
    call_command("import_blogger", saved(tmp_path, takeout(*(takeout_entry(html, title=name) for name, html in BLOGGER.items()))))
    check(BLOGGER)


def test_a_wordpress_export_loses_nothing(tmp_path):
    call_command("import_wordpress", saved(tmp_path, wxr(*(item(html, title=name) for name, html in WORDPRESS.items()))))
    check(WORDPRESS)
