"""What holds for every page of the demo archive, whoever wrote it."""

import json
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, resolve

from campaign.tests.crawl import Walk, ask, crawl, inside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

UNLINKED = {"preview", "mirror_zip", "healthz", "readyz", "security", "robots", "sitemap", "sitemap_lists", "sitemap_month", "picture", "day"}
"""Views for machines, of pictures, of a mirror that is not made yet, and of addresses cut short: no link need lead there."""


@pytest.fixture(scope="module")
def walk(demo: None) -> Walk:
    client = Client()
    return crawl(settings.SITE_URL, lambda path: ask(client, path))


def test_every_internal_link_answers(walk):
    assert {path: (answer.status, walk.led[path]) for path, answer in walk.answers.items() if answer.status != 200} == {}


def test_every_page_has_one_heading_a_title_and_a_language(walk):
    assert {path: (page.h1, page.title, page.lang) for path, page in walk.pages.items() if page.h1 != 1 or not page.title.strip() or not page.lang} == {}


def test_every_fragment_is_on_its_page(walk):
    lost = [
        (path, link)
        for path, page in walk.pages.items()
        for link in page.links
        if (to := inside(settings.SITE_URL + path, link)) and (fragment := urldefrag(link).fragment) and fragment not in walk.pages[to].ids
    ]
    assert lost == []


def test_no_id_stands_twice_on_a_page(walk):
    assert {path: twice for path, page in walk.pages.items() if (twice := [name for name, times in Counter(page.ids).items() if times > 1])} == {}


def test_every_view_is_reached_by_links(walk):
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    reached = {resolve(path.partition("?")[0]).view_name for path in walk.answers}
    assert names - reached - UNLINKED == set()


@pytest.mark.once
def test_every_page_is_valid_html(walk, html_checker, tmp_path):
    """By the W3C's own checker."""
    names = {}
    for number, path in enumerate(walk.pages):
        (tmp_path / f"{number}.html").write_bytes(walk.answers[path].body)
        names[f"{number}.html"] = path
    ran = subprocess.run([*html_checker, "--format", "json", "--exit-zero-always", str(tmp_path)], capture_output=True, text=True, check=True)
    said = json.loads(ran.stderr or ran.stdout)["messages"]
    assert [(names[Path(message["url"]).name], message["message"], message.get("extract")) for message in said] == []
