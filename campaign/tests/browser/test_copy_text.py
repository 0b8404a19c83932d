"""Copying: a button that is there only where it works, and says what it did."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.once]

APPEAL = "/appeals/open-the-zhanaozen-files/"


def shown_buttons(page: Page) -> int:
    return page.locator("copy-text button[data-done]:visible").count()


def test_without_scripts_no_button_shows_and_addresses_select_whole(reader):
    page = reader.open(APPEAL, java_script_enabled=False)
    assert shown_buttons(page) == 0
    assert page.locator("a.at").first.evaluate("address => getComputedStyle(address).userSelect") == "all"


def test_one_address_is_copied_as_it_is_written(reader):
    page = reader.open(APPEAL, permissions=["clipboard-read", "clipboard-write"])
    entry = page.locator(".panel .address").first
    address = entry.locator("[data-copy]").text_content().strip()
    assert entry.locator("button").get_attribute("aria-label") == f"Copy {address}"
    entry.locator("button").click()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert entry.locator("button").text_content() == "Copied"
    assert entry.get_by_role("status").text_content() == f"Copied: {address}"
    expect(entry.locator("button")).to_have_text("Copy")


def test_all_addresses_are_copied_as_the_box_shows_them(reader):
    page = reader.open(APPEAL, permissions=["clipboard-read", "clipboard-write"])
    box = page.locator(".together").first
    box.locator("button").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == box.locator("textarea").input_value()


def test_a_clipboard_that_refuses_leaves_the_words_selected(reader):
    page = reader.open(APPEAL)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    entry = page.locator(".panel .address").first
    entry.locator("button").click()
    assert entry.locator("button").text_content() == "Press Ctrl C"
    assert page.evaluate("getSelection().toString()") == entry.locator("[data-copy]").text_content().strip()


def test_without_a_clipboard_no_button_shows(reader):
    page = reader.open("/")
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})")
    page.goto(APPEAL)
    assert shown_buttons(page) == 0
