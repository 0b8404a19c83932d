"""From a pasted e-mail to the live appeal, in Chromium: counted in interactions; by keyboard alone on a phone; for everybody."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from campaign.tests.browser.test_desk import WCAG, enter
from campaign.tests.reader import Reader
from campaign.tests.site import Site, serve

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST = 8
"""Interactions: a press, a choice, a paste; moving the focus is none."""
TEXT = """From: Desk <desk@example.com>
Sent: Monday, 14 January 2030 09:12
To: list@example.net
Subject: Fwd: Oil workers of {town} arrested

> Dear friends,
>
> Twelve oil workers were arrested in {town}, Mangistau, this morning. They had
> asked for their wages.
>
> We demand:
> - the release of the twelve
> - all wages paid
>
> Please send protests before 25 January 2031 to the Ministry of Labour:
> minister@labour.example.org, and to the Mayor of {town}: mayor@{host}.example.com
> with copies to copies@example.org
>
> Messages of solidarity to the strike committee: committee@strikers.example.org
>
> Model letter
>
> Subject: Release the twelve
>
> Dear Minister,
>
> Release the twelve oil workers, and pay their wages.
>
> Yours faithfully,
> [Name]
"""
ROLES = {
    "minister@labour.example.org": "protest",
    "mayor@{host}.example.com": "protest",
    "copies@example.org": "copy-protest",
    "committee@strikers.example.org": "solidarity",
}


@pytest.fixture(scope="module")
def own_site(tmp_path_factory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("paste")) as site:
        yield site


@pytest.fixture
def editor(browser, own_site) -> Iterator[Reader]:
    reader = Reader(browser, own_site)
    yield reader
    left = ([line for line in reader.said if "Content Security Policy" not in line and "status of 422" not in line], reader.elsewhere())
    reader.close()
    assert left == ([], [])


def roles_read(page: Page) -> dict[str, str]:
    rows = page.locator(".pasted-row").all()
    return {row.get_by_label("Address").input_value(): row.get_by_label("Role").input_value() for row in rows}


def expected(town: str) -> dict[str, str]:
    return {value.format(host=town.lower()): role for value, role in ROLES.items()}


def assert_live(page: Page, town: str) -> None:
    """The appeal as readers get it: demands, letter, and every address."""
    page.get_by_role("link", name="Read it").click()
    assert page.locator("h1").inner_text() == f"Oil workers of {town} arrested"
    shown = page.content()
    assert [value for value in expected(town) if value not in shown] == []
    assert "the release of the twelve" in shown


def test_from_a_pasted_mail_to_the_live_appeal_in_at_most_eight_interactions(editor):
    page, done = enter(editor), 0

    def did(_result: object) -> None:
        nonlocal done
        done += 1

    did(page.get_by_role("link", name="Paste a text").click())
    did(page.get_by_label("The text").fill(TEXT.format(town="Sampletown", host="sampletown")))
    did(press(page, "Read it"))
    assert roles_read(page) == expected("Sampletown")
    did(press(page, "Publish"))
    if page.get_by_label("Publish all the same").count():
        did(page.get_by_label("Publish all the same").check())
        did(press(page, "Publish"))
    assert page.url.endswith("/admin/"), page.locator("main").inner_text()[:3000]
    assert_live(page, "Sampletown")
    print(f"{done} interactions")
    assert done <= MOST


def press(page: Page, button: str) -> None:
    """A button that sends the form; the page that answers is there when it returns."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def reach(page: Page, what: str) -> None:
    """Tab on until the focus is on what the selector names."""
    for _press in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"the keyboard never reaches {what}")


def test_the_same_by_keyboard_alone_on_a_phone(editor):
    page = enter(editor, width=360)
    reach(page, "a[href$='/paste/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paste/")
    page.wait_for_function("document.activeElement.id === 'pasted-text'")
    page.keyboard.insert_text(TEXT.format(town="Patternville", host="patternville"))
    reach(page, "button.main")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert roles_read(page) == expected("Patternville")
    for _attempt in range(2):
        reach(page, "[name=_publish]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if page.url.endswith("/admin/"):
            break
        reach(page, "[name=_publish_anyway]")
        page.keyboard.press("Space")
    assert_live(page, "Patternville")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_pages_have_no_accessibility_violation_and_never_scroll_sideways(editor, width, scheme):
    page = enter(editor, width=width, color_scheme=scheme)
    page.goto("/admin/paste/")
    wrong = {"box": faults(page, width)}
    page.get_by_label("The text").fill(" ")
    press(page, "Read it")
    wrong["refused"] = faults(page, width)
    page.get_by_label("The text").fill(TEXT.format(town="Exampleville", host="exampleville"))
    press(page, "Read it")
    wrong["form"] = faults(page, width)
    assert {name: found for name, found in wrong.items() if found} == {}


def faults(page: Page, width: int) -> list:
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"], "preload": False}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] + (["wide"] if wide else [])
