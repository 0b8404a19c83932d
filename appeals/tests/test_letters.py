from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from appeals import letters
from appeals.letters import ready
from appeals.models import Party, Role
from appeals.tests.factories import make_address, make_letter, make_recipient

DEMANDS = ["Free the strikers", "End torture [in prisons] & camps"]


@given(body=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="[]")))
def test_letter_without_brackets_is_left_as_it_is(body):
    assert letters.fill(body, DEMANDS, "Dear Minister") == body


def test_demands_and_salutation_are_filled_once_and_gaps_stay():
    assert letters.fill("[salutation],\n\n[Demands]\n\n[your name]", ["Free [demands]", "Stop"], "Dear [salutation]") == (
        "Dear [salutation],\n\n1. Free [demands]\n2. Stop\n\n[your name]"
    )


@given(text=st.text(st.sampled_from("a<>&\"'[]\n ä")))
def test_marked_letter_is_escaped(text):
    html = letters.marked(text)
    for tag in ("<mark>", "</mark>", "<p>", "</p>", "<br>"):
        html = html.replace(tag, "")
    assert "<" not in html
    assert html.replace("\n", "").replace(" ", "") == escape(text).replace("\n", "").replace(" ", "")


def test_gaps_are_marked():
    assert letters.marked("I am [your name] & <b>\n[town]") == "<p>I am <mark>[your name]</mark> &amp; &lt;b&gt;<br><mark>[town]</mark></p>"


@pytest.mark.django_db
def test_one_recipient_is_greeted_by_their_own_salutation():
    minister, other = make_recipient(salutation="Dear Minister"), make_recipient(salutation="Dear Sir")
    one, both = make_address(minister), [make_address(minister), make_address(other)]
    letter = make_letter(body="[salutation]!", salutation="To all concerned")
    bare = make_letter(body="[salutation]!")
    assert ready(letter, [], [one]).text == "Dear Minister!"
    assert ready(letter, [], both).text == "To all concerned!"
    assert ready(bare, [], both).text == "To whom it may concern!"
    assert ready(bare, [], [make_address()]).text == "To whom it may concern!"


@pytest.mark.django_db
def test_letter_of_a_party_goes_to_that_party_and_every_copy():
    company, police = make_address(make_recipient(party=Party.COMPANY)), make_address(make_recipient(party=Party.POLICE))
    copies = make_address()
    to_police = ready(make_letter(party=Party.POLICE), [], [company, police], [copies])
    to_all = ready(make_letter(), [], [company, police], [copies, company])
    assert (to_police.to, to_police.cc) == ((police.value,), (copies.value,))
    assert (to_all.to, to_all.cc) == ((company.value, police.value), (copies.value,))


@pytest.mark.django_db
def test_ready_letter_is_counted_and_measured_as_it_will_be_sent():
    letter = ready(make_letter(body="[salutation], act:\n[demands]\n[your name] [your name]", subject="Now"), DEMANDS, [make_address(value="a@example.org")])
    assert letter.role == Role.PROTEST
    assert letter.gaps == ["in prisons", "your name"]
    assert letter.words == 21
    assert dict(parse_qsl(urlsplit(letter.links.url).query)) == {"subject": "Now", "body": letter.text.replace("\n", "\r\n")}
    assert letter.draft.startswith(b"X-Unsent: 1\r\nTo: a@example.org\r\nSubject: Now\r\n")


@pytest.mark.django_db
def test_nobody_to_write_to_means_no_link():
    assert ready(make_letter(), DEMANDS).links is None
