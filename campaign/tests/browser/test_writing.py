"""Writing at the desk in Chromium: what scripts add to the form of a post, and that it needs none of them."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from campaign.tests.browser.test_desk import WCAG, editor, enter, own_site
from campaign.tests.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]
__all__ = ["editor", "own_site"]

ADD = "/admin/articles/article/add/"


@pytest.fixture
def form(editor: Reader) -> Iterator[Page]:
    page = enter(editor)
    page.goto(ADD)
    return page


def appeal_form(page: Page) -> str:
    """The form of an appeal with addresses and letters."""
    page.goto("/admin/appeals/appeal/?q=open-the-zhanaozen-files")
    return page.locator("#result_list tbody th a").first.get_attribute("href")


def test_the_preview_follows_what_is_typed(form):
    form.get_by_label("Body").fill("Nobody went **down** today.")
    form.locator("live-preview .shown strong", has_text="down").wait_for()
    assert form.locator("live-preview [role=status]").inner_text() == "4 words"
    form.get_by_label("Body").fill("<img src=x onerror=alert(1)>One")
    form.get_by_text("1 words").wait_for()
    assert form.locator("live-preview .shown img").count() == 0


def test_what_is_pasted_from_a_page_becomes_markdown(form):
    box = form.get_by_label("Body")
    box.focus()
    form.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text/html", "<p>A <b>bold</b> word</p>");
        data.setData("text/plain", "A bold word");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }""")
    form.locator("live-preview .shown strong", has_text="bold").wait_for()
    assert box.input_value() == "A **bold** word"


def test_the_bar_sets_signs_round_what_is_selected(form):
    box = form.get_by_label("Body")
    box.fill("Nobody went down.")
    box.evaluate("(box) => box.setSelectionRange(12, 16)")
    form.get_by_role("button", name="Bold").click()
    assert box.input_value() == "Nobody went **down**."
    box.evaluate("(box) => box.setSelectionRange(0, 21)")
    form.get_by_role("button", name="Quotation").click()
    assert box.input_value() == "> Nobody went **down**.\n"
    form.locator("live-preview .shown blockquote strong", has_text="down").wait_for()


def test_leaving_unsaved_words_asks_first_and_saving_does_not(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("#id_title").fill("A report")
    form.goto("/admin/")
    assert asked == ["beforeunload"]
    form.goto(ADD)
    form.locator("#id_title").fill("A report")
    form.get_by_role("button", name="Save", exact=True).click()
    form.wait_for_url("**/admin/articles/article/")
    assert asked == ["beforeunload"]


def test_a_letters_length_follows_what_is_typed(editor):
    page = enter(editor)
    page.goto(appeal_form(page))
    page.locator("mail-length", has_text="of 1900").first.wait_for()
    page.locator("#id_letters-0-body").fill("a" * 1900)
    page.locator("mail-length[data-over]", has_text="too many").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "light"), (360, "dark")])
def test_the_forms_have_no_accessibility_violation_and_never_scroll_sideways(editor, width, scheme):
    page = enter(editor, width=width, color_scheme=scheme)
    change = appeal_form(page)
    appeal = change.split("?")[0]
    wrong = {}
    for path in (change, ADD, "/admin/appeals/appeal/add/", appeal.replace("change", "preview"), appeal.replace("change", "versions")):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"], "preload": False}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        wrong[path] = [(rule["id"], node["html"][:300]) for rule in found for node in rule["nodes"]] + (["wide"] if wide else [])
    assert {path: faults for path, faults in wrong.items() if faults} == {}


def test_a_report_is_published_on_a_phone_without_script(editor):
    page = enter(editor, width=360, java_script_enabled=False)
    page.goto(ADD)
    page.locator("#id_title").fill("Published without script")
    page.get_by_label("Body").fill("Please send messages of support to:")
    page.get_by_label("Labels").select_option(index=0)
    page.get_by_role("button", name="Publish").click()
    assert page.get_by_role("heading", name="Not published yet").is_visible()
    page.get_by_label("Body").fill("Click above to send the protest.")
    page.get_by_role("button", name="Publish").click()
    page.get_by_label("Publish all the same").check()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Read it").click()
    assert page.locator("h1").inner_text() == "Published without script"


def test_a_finding_leads_from_the_preview_to_its_field_and_what_is_mended_is_published_there(form):
    form.locator("#id_title").fill("Nobody went down")
    form.locator("#id_labelled").select_option(index=0)
    form.get_by_label("Body").fill("Send protests to:")
    form.get_by_role("button", name="Save and preview").click()
    form.get_by_role("link", name="Go to the field: text").click()
    form.locator("#id_body:focus").wait_for()
    form.get_by_label("Body").fill("All forty are out.")
    form.get_by_role("button", name="Save and preview").click()
    form.get_by_role("button", name="Publish", exact=True).click()
    form.get_by_text("“Nobody went down” is published.").wait_for()
