"""The hostile corpus against the renderer, asserted on what a browser's parser makes of the output."""

import re

import html5lib
import pytest
from hypothesis import given, settings

from articles.from_html import to_markdown
from articles.markup.allowed import ALLOWED, EVERYWHERE
from articles.markup.cleaning import LAST_WORD
from articles.markup.rendering import convert, tidy
from articles.tests.hostile import MARKUP, VECTORS
from articles.tests.strategies import fragments
from articles.text import render, render_message

pytestmark = pytest.mark.once

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
C0_AND_SPACE = "".join(map(chr, range(0x21)))


def scheme(address: str) -> str | None:
    """The scheme a browser sees (URL Standard, basic URL parser): trimmed, without tabs and line ends."""
    seen = SCHEME.match(re.sub(r"[\t\n\r]", "", address.strip(C0_AND_SPACE)))
    return seen and seen[1].lower()


def faults(markup: str) -> list[str]:
    """Everything in this markup that the allow-list does not hold."""
    found = []
    for element in html5lib.parseFragment(markup, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            found.append(f"a comment: {element.text}")
            continue
        if element.tag not in ALLOWED.tags | {"DOCUMENT_FRAGMENT"}:
            found.append(f"<{element.tag}>")
        for name, value in element.items():
            pattern = ALLOWED.values.get(name)
            if name not in EVERYWHERE | ALLOWED.attributes.get(element.tag, set()) or (pattern and not pattern.fullmatch(value)):
                found.append(f"<{element.tag} {name}={value!r}>")
            if name in ("href", "src") and scheme(value) not in (None, *ALLOWED.protocols):
                found.append(f"<{element.tag} {name}={value!r}>")
    return found


@pytest.mark.parametrize("part", range(8))
@pytest.mark.parametrize("live", [True, False], ids=["live", "closed"])
def test_nothing_hostile_passes(part, live):
    rendered = {vector: render(vector, live=live).html for vector in VECTORS[part::8]}
    assert {vector: found for vector, html in rendered.items() if (found := faults(html))} == {}
    assert {vector: html for vector, html in rendered.items() if LAST_WORD.clean(html) != html} == {}


def test_nothing_hostile_passes_in_messages():
    rendered = {vector: render_message(vector) for vector in MARKUP}
    assert {vector: found for vector, html in rendered.items() if (found := faults(html))} == {}


@settings(max_examples=300, deadline=None)
@given(fragments)
def test_nothing_hostile_passes_of_what_nobody_thought_of(written):
    for markdown in (written, to_markdown(written)):
        html = convert(tidy(markdown)).html
        assert faults(html) == []
        assert LAST_WORD.clean(html) == html


def test_faults_are_found():
    hostile = '<p onclick="x">a</p><script>b</script><a href="java\tscript:c">d</a><img src="//example.org/e"><!-- f -->'
    assert len(faults(hostile)) == 5
