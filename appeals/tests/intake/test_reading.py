"""The whole reading, on short texts of ours."""

from time import process_time

import pytest

from appeals.intake import FoundAddress, read

pytestmark = pytest.mark.once

APPEAL = """Miners of Exampletown locked out

By A. Reporter, Exampletown

Please send protests to: pit@example.org (Example Coal - the company) with copies to campaign@example.org
Messages of solidarity to strikers@example.org
"""


def test_it_works():
    found = read(APPEAL)
    assert (found.title, found.byline) == ("Miners of Exampletown locked out", "A. Reporter, Exampletown")
    assert found.addresses == (
        FoundAddress("email", "pit@example.org", "protest", owner="Example Coal - the company"),
        FoundAddress("email", "campaign@example.org", "copy", copy_of="protest"),
        FoundAddress("email", "strikers@example.org", "solidarity"),
    )


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x01\x02\x03" * 40, "x" * 1_000_000])
def test_what_cannot_be_read_is_answered_in_words(text):
    found = read(text)
    assert found.problem.endswith(".")
    assert not found.addresses


@pytest.mark.parametrize("section", ["<![CDATA[<![a", "<![x[y]]>", "<![ ", "<![1", "<![if !a]>z<![endif]>"])
def test_sections_of_no_known_kind_stop_nothing(section):
    found = read(f"<p>Send protests to a@example.org.</p><br>{section}<p>Now, and copies to b@example.org.</p>")
    assert "a@example.org" in [address.value for address in found.addresses]


LARGE = 100_000
SHAPES = [
    "someone@example.org, ", "name@example.org\n", "Please send protests to x@example.org and copies to y@example.org. ", "12 34 56 78 ", "+7 701 555 48 64, ",
    "a@", "(((", "> > > ", "   ", "\n", "x\n\n", "to ", "Send ", "a: ", "• demand it\n", "<", "<p>x</p>", "&amp;", "=3D=\n", "http://example.org/x ", "- ",
    "Dear Minister,\n", "Yours faithfully\n", "Model letter\n", "12 Sample Street\n", "16 December 2011 ", "From: x@example.org\n", "a (at) b (dot) c ",
    "Mr A B, ", "@name ", "By the 5th ", "A\tB\t", ".", "?! ", "0341 / 55 51 234 ", "✊ ", "wo-\nrd ",
]  # fmt: skip


def seconds(text: str) -> float:
    began = process_time()
    read(text)
    return process_time() - began


@pytest.mark.parametrize("shape", [APPEAL, "@name\n", "a@b "])
def test_a_hundred_kilobytes_take_less_than_a_second(shape):
    assert seconds((shape * LARGE)[:LARGE]) < 1


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length_and_no_faster(shape):
    """Ten times the text takes at most some thirty times as long, whatever it is made of; a quarter of a second is noise."""
    small, large = ((shape * LARGE)[:length] for length in (LARGE // 100, LARGE // 10))
    assert seconds(large) < max(30 * seconds(small), 0.25)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Protests to İzmir: İ@example.org and governor@example.org", "governor@example.org"),
        ("\u202eSend protests to \u200fa@example.org", "a@example.org"),
        ("أرسلوا الاحتجاجات إلى: boss@example.org", "boss@example.org"),
        ("Protests: na\u00adme@exam\u200bple.org", "name@example.org"),
        ("Protests: name(собака)example.org", "name@example.org"),
        ("Protests: name@example.org.Copies to x@example.net", "name@example.org"),
        ("Protests: name@example. \norg", "name@example.org"),
    ],
)
def test_an_address_is_read_whatever_stands_in_and_around_it(text, value):
    assert value in {one.value for one in read(text).addresses}


@pytest.mark.parametrize("words", ["Sign the Solidarity Campaign at example.org today", "We spoke of it at example.org, and\nlook at example.org for more"])
def test_no_address_is_made_of_running_words(words):
    assert [one.value for one in read(f"{words}. Protests: pit@example.org").addresses] == ["pit@example.org"]


def test_everything_found_is_placed_or_told_of():
    text = "Write to a@example.org. See www.example.net. Old: b@example (gone), [email protected], (0555) 123-456-78. Donations: c@example.org"
    found = read(text)
    said = " ".join([*(one.value for one in found.addresses), *map(str, found.unplaced)])
    assert [
        word for word in ("a@example.org", "www.example.net", "b@example", "[email protected]", "(0555) 123-456-78", "c@example.org") if word not in said
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "Our union, tel. +7 700 000 00 33 (не публиковать!)",
        "Our union, tel. +7 700 000 00 33 - not for publication",
        "Not for publication: our union, +7 700 000 00 33",
        "Our union, +7 700 000 00 33 (private)",
        "Our union, +7 700 000 00 33, please do not publish this",
    ],
)
def test_what_the_text_asks_not_to_publish_is_offered_nowhere(line):
    found = read(f"{APPEAL}\n\nThey have held the gate of the pit for nine days and nights.\n\n{line}\n")
    assert found.addresses == read(APPEAL).addresses
    assert [str(one) for one in found.unplaced] == ["+77000000033: the text asks not to publish it"]
    assert found.body == "They have held the gate of the pit for nine days and nights."


@pytest.mark.parametrize(
    "line",
    [
        "Private clinic: +7 700 000 00 33",
        "Fax to our union: +7 700 000 00 33. Do not post parcels.",
        "Don't post it, send it to ward@example.org or fax it to +7 700 000 00 33",
    ],
)
def test_other_words_of_that_kind_keep_no_number_back(line):
    assert "+77000000033" in [address.value for address in read(line).addresses]


@pytest.mark.parametrize("word", ["Picket", "Пикет"])
def test_a_picket_below_a_signature_is_none_of_the_letter(word):
    letter = "Dear Sir,\nI protest against the arrest of the three miners of Exampletown.\nYours faithfully,"
    picket = f"{word}: 4 December 2026, 17:30, Embassy of Kazakhstan, 33 Example Square, London"
    found = read(f"{APPEAL}\nModel letter:\n\n{letter}\n\n{picket}\n")
    assert [one.body for one in found.letters] == [letter]
    assert [(one.starts, one.place) for one in found.events] == [("2026-12-04T17:30", "Embassy of Kazakhstan, 33 Example Square, London")]


@pytest.mark.parametrize(
    ("letter", "language"),
    [
        ("Senhor Ministro,\n\nExigimos a libertação dos padeiros que estão presos.\n\nAtenciosamente,\n(nome)", "pt"),
        ("Szanowny Panie Ministrze,\n\nŻądamy natychmiastowego uwolnienia piekarzy.\n\nZ poważaniem\n(imię)", "pl"),
        ("Шановний пане міністре!\n\nВимагаємо негайно звільнити пекарів і їхніх родичів.\n\nЗ повагою,\n(підпис)", "uk"),
        ("Geachte minister,\n\nWij eisen dat de bakkers worden vrijgelaten.\n\nHoogachtend,\n(naam)", "nl"),
        ("Dear Sir,\n\nI am writing as a baker. I ask you to free them.\n\nYours,\n(name)", "en"),
    ],
)
def test_a_letter_is_found_without_a_heading(letter, language):
    found = read(f"Free the bakers\n\nEverybody may use these words, or better ones.\n\n{letter}\n\nSend it to: a@example.org\n")
    assert [(one.body, one.language) for one in found.letters] == [(letter, language)]
    assert [one.value for one in found.addresses] == ["a@example.org"]
