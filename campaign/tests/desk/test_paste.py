"""Paste a text: the form of a new appeal filled in, and an appeal with every address in its role made of it."""

import pytest
from django.urls import reverse

from appeals.mailto import mailto
from appeals.models import Address, Appeal, AppealAddress, Party, Recipient
from appeals.tests.factories import make_address, make_recipient
from articles.tests.factories import make_label
from campaign.tests.accounts import at_desk
from campaign.tests.desk.typing import typed

pytestmark = pytest.mark.django_db

TEXT = """Subject: Fwd: Miners of Exampletown locked out

Miners of Exampletown locked out

By A. Reporter, Exampletown

The company has closed the gates of the pit to four hundred miners who asked for their wages.

We demand:
- the gates opened
- all wages paid

Please send protests before 25 January 2030 to the company: pit@example.org, with copies to campaign@example.org
Messages of solidarity to Miners' Union: miners@example.net

Picket on Saturday 12 January 2030 at 12 noon outside the Embassy of Exampleland, 5 Sample Street, London EX1 1EX.

Model letter

Subject: Open the gates

Dear Sir or Madam,

Open the gates of the pit, and pay the wages. Answer to me@example.com.

Yours faithfully,
[Name]
"""


@pytest.fixture
def desk():
    return at_desk("editor")


def paste(desk, text: str = TEXT):
    return desk.post(reverse("admin:paste"), typed(desk.get(reverse("admin:paste")), _pasted=text))


def save(desk, page, press: str = "_save", **changes):
    return desk.post(reverse("admin:appeals_appeal_add"), typed(page, press, **changes))


def used() -> list[tuple]:
    rows = AppealAddress.objects.order_by("order").values_list("address__value", "role", "copy", "address__recipient__name", "address__recipient__party")
    return list(rows)


def test_the_form_is_filled_in_and_nothing_is_saved(desk):
    make_label(name="Miners")
    form = typed(paste(desk))
    assert (form["title"], form["byline"], form["act_by"]) == ("Miners of Exampletown locked out", "A. Reporter, Exampletown", "2030-01-25")
    assert form["demands"].split() == ["the", "gates", "opened", "all", "wages", "paid"]
    assert form["body"].startswith("The company has closed the gates")
    assert "@" not in form["body"]
    assert (form["letters-0-subject"], form["letters-0-body"].split("\n")[0].strip()) == ("Open the gates", "Dear Sir or Madam,")
    assert (form["events-0-place"], form["events-0-starts"][:10]) == ("Embassy of Exampleland, 5 Sample Street, London EX1 1EX", "2030-01-12")
    assert form["_pasted"].replace("\r\n", "\n") == TEXT
    assert len(form["labelled"]) == 1
    assert [model.objects.count() for model in (Appeal, Address, Recipient)] == [0, 0, 0]


def test_lines_that_a_mail_program_has_cut_are_no_standfirst_and_demands_stand_once(desk):
    form = typed(
        paste(
            desk,
            "Twelve arrested\n\nTwelve miners were arrested this morning in Exampletown when they asked\nfor their wages.\n\nWe demand:\n- their release\n",
        )
    )
    assert (form["title"], form["standfirst"], form["demands"].strip()) == ("Twelve arrested", "", "their release")
    assert form["body"].strip() == "Twelve miners were arrested this morning in Exampletown when they asked for their wages."


def test_saving_makes_the_appeal_with_every_address_in_its_role(desk):
    answer = save(desk, paste(desk), **{"pasted-1-owner": "Campaign Exampletown", "pasted-1-party": "campaign"})
    assert answer.status_code == 302, answer.context["errors"]
    assert used() == [
        ("pit@example.org", "protest", False, "company", "company"),
        ("campaign@example.org", "protest", True, "Campaign Exampletown", "campaign"),
        ("miners@example.net", "solidarity", False, "Miners' Union", "union"),
    ]
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.letters.get().subject, appeal.events.count()) == ("draft", "Open the gates", 1)


def test_what_the_ledger_knows_is_used_with_its_party_and_state(desk):
    company = make_recipient(name="Example Coal", party=Party.COMPANY)
    known = make_address(recipient=company, value="pit@example.org")
    page = paste(desk)
    assert "(company, unverified)" in page.content.decode()
    assert save(desk, page, **{"pasted-1-owner": "Campaign"}).status_code == 302
    assert AppealAddress.objects.get(role="protest", copy=False).address == known


def test_the_guard_says_why_and_keeps_all_that_was_typed(desk):
    make_address(recipient=make_recipient(name="Example Coal", party=Party.COMPANY), value="miners@example.net")
    page = paste(desk)
    assert typed(page)["pasted-2-role"] == "solidarity"
    assert "the ledger knows it as the other side (company)" in page.content.decode()
    refused = save(desk, page, title="A title of my own", **{"pasted-1-owner": "Campaign"})
    words = refused.content.decode()
    assert (refused.status_code, Appeal.objects.count()) == (200, 0)
    assert "miners@example.net belongs to the other side (Example Coal, company)" in words
    kept = typed(refused)
    assert (kept["title"], kept["pasted-1-owner"], kept["pasted-2-role"]) == ("A title of my own", "Campaign", "solidarity")
    assert kept["_pasted"].replace("\r\n", "\n") == TEXT
    assert save(desk, refused, **{"pasted-2-role": "protest"}).status_code == 302


def test_a_new_address_needs_an_owner_and_a_row_left_out_needs_nothing(desk):
    page = paste(desk)
    refused = save(desk, page)
    words = refused.content.decode()
    assert "Write whose address this is" in words
    assert words.count('<li><a href="#id_pasted-') == 1
    assert '<li><a href="#id_pasted-1-value">' in words
    assert 'id="id_pasted-1-value"' in words
    data = typed(refused)
    del data["pasted-1-take"]
    assert desk.post(reverse("admin:appeals_appeal_add"), data).status_code == 302
    assert {value for value, *_rest in used()} == {"pit@example.org", "miners@example.net"}


def test_a_retired_address_is_shown_and_left_out(desk):
    make_address(recipient=make_recipient(name="Example Coal", party=Party.COMPANY), value="pit@example.org").retire()
    page = paste(desk)
    assert "The ledger calls it retired" in page.content.decode()
    assert "pasted-0-take" not in typed(page)


@pytest.mark.parametrize(("text", "words"), [(" ", "There is nothing to read"), ("x" * 1_000_000, "characters long"), ("\x00\x01\x02\x03" * 99, "like a file")])
def test_what_cannot_be_read_is_answered_in_words_and_kept(desk, text, words):
    answer = desk.post(reverse("admin:paste"), {"_pasted": text})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["text"] == text


def test_a_letters_length_counts_the_addresses_that_the_text_brought(desk):
    form = typed(paste(desk), row="letters-0")
    link = mailto(["pit@example.org"], ["campaign@example.org"], form["letters-0-subject"], form["letters-0-body"].replace("\r\n", "\n"))
    assert desk.post(reverse("admin:mail_length"), form).json()["words"] == f"The mail link has {len(link)} of 1900 characters."


def test_a_day_that_names_no_year_is_marked_at_its_field(desk):
    page = paste(desk, TEXT.replace("25 January 2030", "25 January")).content.decode()
    field = page[page.index('id="id_act_by_helptext"') :]
    assert 0 < field.index("Not sure: The text names no year.") < field.index("The last day on which writing helps")
    assert "Not sure: The text names no year." not in paste(desk).content.decode()


def test_the_untouched_text_stands_before_the_form_under_an_open_fold(desk):
    page = paste(desk).content.decode()
    places = [page.index(words) for words in ("Found, and not placed", "<details open><summary>The text as it came", "Dear Sir or Madam", 'id="id_title"')]
    assert places == sorted(places)


def test_a_last_day_to_show_is_asked_where_an_address_looks_private(desk):
    page = paste(desk, TEXT.replace("campaign@example.org", "robin.example@gmail.com")).content.decode()
    assert page.count('class="pasted-show_until"') == 1
    assert page.count('name="pasted-0-show_until"') == page.count('name="pasted-1-show_until"') == 1


def test_what_has_no_place_stands_beside_the_form(desk):
    page = paste(desk, TEXT + "\nThe address old@example.org no longer works.\n").content.decode()
    assert "<b>old@example.org</b> – the text itself says that it is out of use" in page


def test_an_event_of_a_day_alone_stands_beside_the_form(desk):
    page = paste(desk, TEXT.replace(" at 12 noon", "")).content.decode()
    assert "an event of 2030-01-12 without a time of day" in page
    assert "without a time of day" not in paste(desk).content.decode()


def test_a_reporter_drafts_with_known_addresses_alone():
    reporter = at_desk("reporter")
    make_address(recipient=make_recipient(name="Example Coal", party=Party.COMPANY), value="pit@example.org")
    page = paste(reporter)
    refused = save(reporter, page, **{"pasted-1-owner": "Campaign"})
    assert "Only an editor adds addresses to the ledger" in refused.content.decode()
    data = typed(refused)
    for row in ("pasted-1-take", "pasted-2-take"):
        del data[row]
    assert reporter.post(reverse("admin:appeals_appeal_add"), data).status_code == 302


def test_nobody_without_the_right_to_write_appeals_gets_in():
    assert at_desk("").get(reverse("admin:paste")).status_code in (302, 403)
