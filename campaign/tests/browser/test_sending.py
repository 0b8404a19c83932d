"""From an appeal's page to a letter that only has to be sent: two clicks, with scripts and without."""

import re
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import Page

from campaign.tests.crawl import Walk, crawl, fetch

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def walk(site) -> Walk:
    return crawl(site.url, lambda path: fetch(site, path))


@pytest.fixture(scope="module")
def path(walk) -> str:
    """An open appeal with a letter that fits a link and is a file too."""
    drafts = [path for path in walk.answers if path.endswith(".eml")]
    return min(draft.rpartition("/")[0] + "/" for draft in drafts)


def mail_button(page: Page) -> str:
    return page.locator("#write footer a[href^='mailto:']").first.get_attribute("href")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_clicks_from_the_list_to_an_open_draft(reader, path, scripts):
    page = reader.open("/appeals/", java_script_enabled=scripts)
    page.locator(f"main a[href='{path}']").first.click()
    link = urlsplit(mail_button(page))
    letter = page.locator("#letter")
    words = dict(parse_qsl(link.query))
    assert [unquote(address) for address in link.path.split(",")] == page.locator("[data-role=protest] a.at").all_inner_texts()
    assert words["subject"] == letter.locator("[data-copy]").first.inner_text()
    assert words["body"].split() == letter.locator(".words").inner_text().split()


def test_draft_file_says_the_same_as_the_link(reader, path):
    page = reader.open(path)
    with page.expect_download() as download:
        page.locator("#letter a[href$='.eml']").click()
    message = message_from_bytes(download.value.path().read_bytes(), policy=default)
    link = urlsplit(mail_button(page))
    words = dict(parse_qsl(link.query))
    assert [address.addr_spec for address in message["To"].addresses] == [unquote(address) for address in link.path.split(",")]
    assert message["Subject"] == words["subject"]
    assert message.get_content().splitlines() == words["body"].splitlines()


def test_all_addresses_of_a_role_are_copied_with_commas_or_semicolons(reader, walk):
    path = next(path for path, page in sorted(walk.pages.items()) if path.startswith("/appeals/") and ("all-protest" in page.ids))
    page = reader.open(path, permissions=["clipboard-read", "clipboard-write"])
    box = page.locator("[data-role=protest] .together")
    addresses = page.locator("[data-role=protest] a.at").all_inner_texts()
    copied = []
    for button in box.locator("button").all():
        button.click()
        box.locator("[role=status]").filter(has_text="Copied").wait_for(state="attached")
        copied.append(page.evaluate("navigator.clipboard.readText()").split())
    assert copied == [", ".join(addresses).split(), "; ".join(addresses).split()]


def test_without_script_addresses_select_whole_and_the_box_is_read_only(reader, walk):
    path = next(path for path, page in sorted(walk.pages.items()) if path.startswith("/appeals/") and ("all-protest" in page.ids))
    page = reader.open(path, java_script_enabled=False)
    assert page.locator("[data-role=protest] .together textarea").get_attribute("readonly") is not None
    assert page.locator("#write button:visible").count() == 0


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_sheet_prints_on_one_or_two_sides(reader, walk, paper):
    sheets = [path for path in walk.pages if path.endswith("/sheet/")]
    page = reader.open(sheets[0])
    sides = {}
    for path in sheets:
        page.goto(path)
        sides[path] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))
    assert len(sheets) > 5
    assert {path: number for path, number in sides.items() if number > 2} == {}
