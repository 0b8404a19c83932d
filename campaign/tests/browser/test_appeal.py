"""A supporter on an appeal's page: with scripts off, with scripts on."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

pytestmark = pytest.mark.browser
APPEAL = "/appeals/open-the-zhanaozen-files/"


def decoded(link: str) -> dict[str, list[str]]:
    """A mail link as RFC 6068 reads it, by the standard library alone."""
    parts = urlsplit(link)
    return {"to": [unquote(one) for one in parts.path.split(",")], **parse_qs(parts.query.replace("+", "%2B"), keep_blank_values=True)}


def mail_button(page):
    return page.get_by_role("link", name="Open the letter in your mail app").first


def test_two_clicks_to_an_open_draft(reader):
    page = reader.open("/", java_script_enabled=False)
    page.get_by_role("link", name="What you can do now").click()
    letter = page.locator(".letter").first
    draft = decoded(mail_button(page).get_attribute("href"))
    assert draft["to"] == letter.locator(".subject .at").nth(0).inner_text().split(", ")
    assert draft["cc"] == [letter.locator(".subject .at").nth(1).inner_text().replace(", ", ",")]
    assert draft["subject"] == [letter.locator("[data-part=shown]").inner_text()]
    assert draft["body"][0].split() == letter.locator(".words").inner_text().split()


def test_without_scripts_addresses_are_text_that_selects_whole(reader):
    page = reader.open(APPEAL, java_script_enabled=False)
    address = page.locator(".role[data-role=protest] .at").first
    assert address.evaluate("element => getComputedStyle(element).userSelect") == "all"
    everyone = page.locator(".role[data-role=protest] textarea")
    assert everyone.get_attribute("readonly") is not None
    assert address.inner_text() in everyone.input_value()
    assert page.locator("button:visible").count() == 0


def test_without_scripts_a_supporter_presses_sent(reader):
    page = reader.open(APPEAL, java_script_enabled=False)
    page.locator("[id=write]").get_by_role("link", name="I have sent it").click()
    page.get_by_role("button", name="Count my letter").click()
    assert "Your letter is counted" in page.locator("main").inner_text()


def test_without_scripts_a_supporter_leaves_a_message(reader):
    page = reader.open(APPEAL, java_script_enabled=False)
    page.get_by_role("link", name="Add your message").click()
    page.get_by_label("Your message").fill("Dockers of Exampleport stand with you.")
    page.get_by_label("Place").fill("Exampleport")
    page.locator("main form button").click()
    assert "will be read before it appears" in page.locator("main").inner_text()


def test_a_button_copies_an_address_and_says_so(reader):
    page = reader.open(APPEAL, permissions=["clipboard-read", "clipboard-write"])
    entry = page.locator(".role[data-role=protest] copy-text.address").first
    entry.get_by_role("button").click()
    assert page.evaluate("navigator.clipboard.readText()") == entry.locator(".at").inner_text()
    assert entry.locator("[role=status]").inner_text().startswith("Copied")


def test_the_letter_in_ones_own_words_is_what_is_sent_and_copied(reader):
    page = reader.open(APPEAL, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Write it in my words").first.click()
    editor = page.locator("letter-editor").first
    editor.get_by_label("your name").fill("Ärgül & co + 100 %")
    editor.locator("[data-part=subject]").fill("Аманат?")
    body = editor.locator("[data-part=body]").input_value()
    assert "Ärgül & co + 100 %" in body
    draft = decoded(mail_button(page).get_attribute("href"))
    assert (draft["subject"], draft["body"]) == (["Аманат?"], [body.replace("\n", "\r\n")])
    editor.get_by_role("button", name="Copy the letter").click()
    assert page.evaluate("navigator.clipboard.readText()") == body


def test_a_letter_grown_too_long_says_by_how_much_and_sends_without_words(reader):
    page = reader.open(APPEAL)
    page.get_by_role("button", name="Write it in my words").first.click()
    editor = page.locator("letter-editor").first
    editor.locator("[data-part=body]").fill("x" * 3000)
    assert re.match(r"\d+ characters too long for a mail link", editor.locator("[data-part=status]").inner_text())
    assert "body" not in decoded(mail_button(page).get_attribute("href"))


def test_a_letter_outlives_a_reload_only_when_kept(reader):
    page = reader.open(APPEAL)

    def written():
        return page.locator("letter-editor").first.locator("[data-part=body]").input_value()

    model = written()
    page.get_by_role("button", name="Write it in my words").first.click()
    page.locator("[data-part=body]").first.fill("My own words")
    page.reload()
    assert written() == model
    page.get_by_role("button", name="Write it in my words").first.click()
    page.locator("[data-part=body]").first.fill("My own words")
    page.locator("letter-editor").first.get_by_role("button", name="Keep").click()
    page.reload()
    assert written() == "My own words"
    page.locator("letter-editor").first.get_by_role("button", name="Forget").click()
    page.reload()
    assert written() == model


def test_ticks_outlive_a_reload_only_when_kept(reader):
    page = reader.open(APPEAL)
    box = page.locator("written-to input").first

    def again():
        page.reload()
        page.locator("written-to summary").click()

    page.locator("written-to summary").click()
    box.check()
    again()
    assert not box.is_checked()
    box.check()
    page.locator("written-to").get_by_role("button", name="Keep").click()
    again()
    assert box.is_checked()
    page.locator("written-to").get_by_role("button", name="Forget").click()
    again()
    assert not box.is_checked()


DEVICE = """
Object.defineProperty(Navigator.prototype, 'canShare', {value: data => Boolean(data.url && data.title)});
Object.defineProperty(Navigator.prototype, 'share', {value: async data => { window.shared = data; throw new DOMException('closed', 'AbortError'); }});
"""


@pytest.mark.parametrize("appeal", [APPEAL, "/appeals/free-vadim-kuramshin/"], ids=["open", "closed"])
def test_where_the_device_can_share_a_button_hands_it_the_address_and_nothing_more(reader, appeal):
    page = reader.open(appeal)
    assert not page.get_by_role("button", name="Share from this device").is_visible()
    page.add_init_script(DEVICE)
    page.reload()
    page.get_by_role("button", name="Share from this device").click()
    assert page.evaluate("window.shared") == {"title": page.locator("h1").inner_text(), "url": f"{reader.site.url}{appeal}"}
    assert reader.said == []
