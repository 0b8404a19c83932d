"""What a page weighs on the wire: the reader pays by the megabyte."""

import pytest

from campaign.tests.crawl import Walk, crawl, fetch, inside

pytestmark = pytest.mark.once

PAGE, REQUESTS, POST, SCRIPTS = 30_000, 6, 14_000, 5_000
"""Bytes of all that comes before pictures, in how many requests; of HTML and CSS of a post; of scripts."""


@pytest.fixture(scope="module")
def walk(site) -> Walk:
    return crawl(site.url, lambda path: fetch(site, path))


@pytest.fixture(scope="module")
def weights(site, walk) -> dict[str, dict[str, int]]:
    """For every page, the bytes of each thing that comes with it."""
    seen: dict[str, int] = {}

    def weigh(path: str) -> int:
        if path not in seen:
            answer = fetch(site, path)
            assert answer.status == 200, path
            seen[path] = answer.transferred
        return seen[path]

    return {
        path: {path: walk.answers[path].transferred} | {to: weigh(to) for link in page.resources if (to := inside(site.url + path, link))}
        for path, page in walk.pages.items()
    }


def without_pictures(parts: dict[str, int]) -> dict[str, int]:
    return {path: size for path, size in parts.items() if not path.startswith("/media/")}


def test_a_page_is_light(weights):
    light = {path: without_pictures(parts) for path, parts in weights.items()}
    assert {path: parts for path, parts in light.items() if sum(parts.values()) > PAGE or len(parts) > REQUESTS} == {}


def test_html_and_css_of_a_post_are_light(weights):
    posts = {path: parts for path, parts in weights.items() if len(path.strip("/").split("/")) == 4 and path[1:5].isdigit()}
    assert posts != {}
    assert {path: parts for path, parts in posts.items() if parts[path] + sum(size for name, size in parts.items() if name.endswith(".css")) > POST} == {}


def test_scripts_are_light(weights):
    scripts = {path: {name: size for name, size in parts.items() if name.endswith(".js")} for path, parts in weights.items()}
    assert {path: parts for path, parts in scripts.items() if sum(parts.values()) > SCRIPTS} == {}
