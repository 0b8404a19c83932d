"""The desk in Chromium: for everybody, on a phone, without script."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from campaign.tests.reader import Reader
from campaign.tests.site import Site, serve

pytestmark = [pytest.mark.browser, pytest.mark.once]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [f"/admin/{path}" for path in ("", "messages/", "messages/?state=published", "ledger/", "guide/", "sessions/", "articles/auditentry/")]
"""Those without a number; pages() adds those of the first appeal and address that the desk names."""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory) -> Iterator[Site]:
    """A site of these tests' own: they log in and change what they find."""
    with serve(tmp_path_factory.mktemp("desk")) as site:
        yield site


@pytest.fixture
def editor(browser, own_site) -> Iterator[Reader]:
    """An editor at the desk. The browser stays silent and asks no other host; cookies are those of the desk's path."""
    reader = Reader(browser, own_site)
    yield reader
    left = ([line for line in reader.said if "Content Security Policy" not in line], reader.elsewhere())
    reader.close()
    assert left == ([], [])


def enter(editor: Reader, **options) -> Page:
    page = editor.open("/admin/login/", **options)
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(editor.site.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page


def pages(page: Page) -> list[str]:
    """Every page of the desk's own, by what its first page leads to."""
    links = [link.get_attribute("href") for link in page.locator(".todo a").all()]
    address = next(link for link in links if link.startswith("/admin/ledger/") and link[14:-1].isdigit())
    steps = {link.rsplit("/", 2)[1]: link for link in links if link.endswith(("/close/", "/extend/", "/update/"))}
    close = steps["close"]
    return [
        *PAGES,
        *steps.values(),
        address,
        f"{address}replace/",
        f"/admin/posts/{close.split('/')[3]}/withdraw/",
        next(link for link in links if link.endswith("/preview/")),
    ]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "light"), (360, "dark")])
def test_the_desk_has_no_accessibility_violation_and_never_scrolls_sideways(editor, width, scheme):
    page = enter(editor, width=width, color_scheme=scheme)
    wrong = {}
    for path in pages(page):
        page.goto(path)
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"], "preload": False}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        wrong[path] = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] + (["wide"] if wide else [])
    assert {path: faults for path, faults in wrong.items() if faults} == {}


def test_a_message_is_published_and_an_appeal_closed_on_a_phone_without_script(editor):
    page = enter(editor, width=360, java_script_enabled=False)
    waiting = page.locator(".todo", has_text="Messages waiting")
    before = waiting.locator("li").count()
    waiting.get_by_role("button", name="Publish").first.click()
    page.get_by_text("1 message is published.").wait_for()  # a busy machine answers late
    assert waiting.locator("li").count() == before - 1
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone for 1 message.").wait_for()
    page.goto("/admin/")
    assert waiting.locator("li").count() == before
    page.get_by_role("link", name="Close").first.click()
    page.get_by_label("won", exact=True).check()
    page.get_by_label("In a sentence or two").fill("The hearing was held.")
    page.get_by_role("button", name="Close the appeal").click()
    page.get_by_text("is closed.").wait_for()
    page.get_by_role("link", name="Open it again").click()
    page.get_by_role("button", name="Open it again").click()
    page.get_by_text("is open again.").wait_for()
