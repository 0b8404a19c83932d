"""Every kind of public page, in Chromium: what only a browser shows."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page

from campaign.tests.crawl import Walk, crawl, fetch

pytestmark = [pytest.mark.browser, pytest.mark.once]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def walk(site) -> Walk:
    return crawl(site.url, lambda path: fetch(site, path))


@pytest.fixture(scope="module")
def paths(walk) -> list[str]:
    """Pages that between them show every element and class that each view ever shows."""
    seen: set[tuple[str, str]] = set()
    chosen = ["/search/?q=zzzzzz"]
    for path, page in walk.pages.items():
        shapes = {(resolve(path.partition("?")[0]).view_name, shape) for shape in page.shapes}
        if shapes - seen:
            seen |= shapes
            chosen.append(path)
    return chosen


def violations(page: Page, rules: list[str]) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("width", "scheme", "rules"), [(360, "light", WCAG), (1280, "light", WCAG), (1280, "dark", ["color-contrast"])])
def test_no_page_has_an_accessibility_violation(reader, paths, width, scheme, rules):
    page = reader.open("/", width=width, color_scheme=scheme)
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = violations(page, rules)
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_no_page_scrolls_sideways(reader, paths):
    page = reader.open("/")
    wide = []
    for path in paths:
        page.goto(path)
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert wide == []


def test_the_first_stop_of_every_page_is_the_skip_link(reader, paths):
    page = reader.open("/")
    stops = {}
    for path in paths:
        page.goto(path)
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        stops[path] = (first, page.evaluate("document.activeElement.tagName"))
    assert {path: stop for path, stop in stops.items() if stop != ("#main", "MAIN")} == {}


def test_nothing_is_hidden_where_scripts_are_off(reader, paths):
    """But the controls that a script would show, and what is folded away."""
    page = reader.open("/", java_script_enabled=False)
    words = "main :is(h1, h2, h3, p, li, dt, dd, td, address):not([hidden], [hidden] *, details:not([open]) *, .unseen, .unseen *)"
    hidden = {}
    for path in paths:
        page.goto(path)
        hidden[path] = [box.text_content() for box in page.locator(words).all() if not box.is_visible() and box.text_content().strip()]
    assert {path: boxes for path, boxes in hidden.items() if boxes} == {}


def test_paper_holds_the_words_and_nothing_to_press(reader, paths):
    page = reader.open("/")
    pressed = {}
    for path in paths:
        page.goto(path)
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible(), path
        pressed[path] = [box.inner_text() for box in page.locator("nav, button, .button, .skip, .banner").all() if box.is_visible()]
    assert {path: boxes for path, boxes in pressed.items() if boxes} == {}


def test_searching_works_with_scripts_off(reader):
    page = reader.open("/search/", java_script_enabled=False)
    page.locator("input[name=q]").first.fill("strike")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=strike*")
    assert page.locator("main h3 a").count() > 0


def test_the_page_of_a_wrong_address_is_ours(reader):
    page = reader.open("/2012/02/30/")
    assert page.locator("h1").inner_text() != ""
    assert violations(page, WCAG) == []
    assert ["404" in line for line in reader.said] == [True]  # the browser itself notes the status
    reader.said.clear()
