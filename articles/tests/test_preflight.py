"""Each check finds its fault and quotes it, and is silent about what only looks like one."""

import time
from datetime import UTC, datetime

import pytest

from articles.models import Picture, Post
from articles.preflight import Severity, findings
from articles.tests.factories import make_article, make_event, make_page, make_update

pytestmark = pytest.mark.django_db

PUBLISHED = datetime(2011, 12, 14, 12, tzinfo=UTC)


def read(body: str = "", **fields: object) -> Post:
    return make_article(labels=("Strikes",), body=body, **{"published_at": PUBLISHED, **fields})


def found(post: Post) -> list[tuple[str, str]]:
    return [(finding.check, str(finding.severity)) for finding in findings(post) if finding.check not in FLOOR_ABOVE]


FLOOR_ABOVE = {"not-in-ledger", "private-number"}
"""Checks that the ledger brings: any address here is unknown to it."""


@pytest.mark.parametrize(
    ("check", "severity", "body"),
    [
        ("leads-nowhere", "error", "Please send messages of support to:\n\nFor those who go to the embassy: be loud, and stay together."),
        ("leads-nowhere", "error", "Please send messages of support to: and protests to:\n\nExample Company\n\nExampletown"),
        ("leads-nowhere", "error", "Phone: +44 20 7946 0000\n\ne-mail: and"),
        ("leads-nowhere", "error", "Write either by email:  \nOr by post, which takes two weeks to arrive there."),
        ("leads-nowhere", "error", "Write to the mayor through the site  \nPlease also write to your own union."),
        ("leads-nowhere", "error", "Письма протеста можно отправить по адресу:"),
        ("leads-nowhere", "error", "Please send protests to the following addresses:"),
        ("leads-nowhere", "error", "We ask for messages of solidarity to"),
        ("leads-nowhere", "warning", "For more information contact."),
        ("leads-nowhere", "warning", "Everything is told there (see)."),
        ("link-says-nothing", "warning", "The report is [here](https://example.org/report)."),
        ("link-says-nothing", "warning", "[This link](https://example.org/report) tells more."),
        ("link-says-nothing", "warning", "Отчёт [здесь](https://example.org/report)."),
        ("nothing-to-click", "warning", "Click above to send the protest"),
        ("placeholder", "warning", "On behalf of xxx workers"),
        ("placeholder", "warning", "The picket is at noon, place TBC."),
        ("placeholder", "warning", "The picket is at noon, place tbc."),
        ("placeholder", "warning", "Venue to be confirmed."),
        ("placeholder", "warning", "At the embassy; exact time to follow."),
        ("placeholder", "warning", "The trial goes on at ?? 14th of next month."),
        ("placeholder", "warning", "The picket is on XX December."),
        ("placeholder", "warning", "Write to [address] at once."),
        ("placeholder", "warning", "Meet us at: […]"),
        ("placeholder", "warning", "Protests go to [...]"),
        ("placeholder", "warning", "[link to follow]"),
        ("placeholder", "error", "Write to [email protected] at once."),
        ("internal-note", "warning", "New address for solidarity messages needed"),
        ("internal-note", "warning", "Check the spelling of his name"),
        ("internal-note", "warning", "The number of arrests is to be checked."),
        ("internal-note", "warning", "TO" + "DO the second half"),
        ("internal-note", "warning", "Can someone check the name of the judge?"),
        ("internal-note", "warning", "[Subs: shorten this]"),
        ("internal-note", "error", "Not for publication: her brother told us this."),
        ("said-twice", "warning", "Pickets were held in London, Moscow and Berlin. Pickets were held in London, Moscow and Berlin."),
        ("weekday", "error", "The picket is on Friday 17 December at noon."),
        ("weekday", "error", "The trial opened on Friday, December 17, 2011."),
        ("weekday", "error", "Пикет пройдёт в пятницу, 17 декабря."),
        ("weekday", "error", "The picket is on Friday 31 November."),
        ("weekday", "error", "Пикет: пятница, 17.12.2011"),
        ("weekday", "warning", "The picket of Friday 10 December was dispersed."),
        ("dateline-year", "warning", "Moscow, December 16, 2010, 08.30 GMT\n\nThe city is in chaos."),
        ("dateline-year", "warning", "Алматы, 14.12.2010\n\nСегодня нефтяники вышли на площадь."),
        ("glued", "error", "Write to office@example.org.Then ring."),
        ("glued", "error", "It is told atwww.example.org/report as well."),
        ("glued", "warning", "See https://example.org/report,and tell others."),
        ("glued", "error", "Send it via<http://www.example.org/contacts/>."),
        ("glued", "error", "Copies go tosolidarity@example.org at once."),
        ("glued", "error", "Copies go to<solidarity@example.org>."),
        ("glued", "error", "Write to <office@example.org>or ring."),
        ("glued", "warning", "E-mail:office@example.org"),
        ("glued", "warning", "Write to office@example.org,press@example.org at once."),
        ("no-country-code", "warning", "8 (701) 555 79 39"),
        ("no-country-code", "warning", "Telephone 0208 555 0100"),
        ("no-country-code", "warning", "Ring 020 7946 0958 for details of the march."),
        ("no-alt", "error", "![](/media/pictures/0123456789abcdef01234567-640.jpg)"),
    ],
)
def test_a_fault_is_found_once(check, severity, body):
    assert found(read(body)) == [(check, severity)]


@pytest.mark.parametrize(
    "body",
    [
        "Send protests to:\n\n- the ministry, <minister@example.org>",
        "Send protests to:\n\nMinistry of Foreign Affairs  \n1 Example Avenue  \nExampletown",
        "Send protests to: <minister@example.org>, with copies to <copies@example.org>.",
        "Messages can be left at:  \n<https://example.org/messages>",
        "Their families waited to see. Nobody came out, as everyone could see.",
        "He lost contact. She wanted no contact; neither did they.",
        "Read what [the report of the miners' union](https://example.org/report) says.",
        "Here is what we know; the link between them is above all doubt.",
        "“They came at night […] and left [the miners] nothing,” said Joe Example [an MEP for Ireland].",
        f"The {'X' * 3} Congress met in Rome.",
        "Dear Minister,\n\nI write for [organisation].\n\nYours faithfully,\n\n[your name]",
        "Free Natalia! Free Natalia! Nobody went down today.",
        "The trial opened on Friday 16 December. It began on Wednesday, 14 December 2011.",
        "Since Thursday 16 December 1993 a holiday has been kept, and in 2010 that was a Thursday.",
        "Shots on Friday 16 December: what was seen in 2011.",
        "Moscow, 10 December 2011\n\nThe strike of 4 March 2010 is remembered.",
        "In 2010, 11,500 workers struck for 18 days; 300 000 tenge were the fine (article 327).",
        "Rates are 01.02.2011 to 03.04.2011, 09.30 to 11.45, ISBN 0 306 40615 2, account 01234567.",
        "Ring +7 (7172) 97 60 00, 97 60 01 or +44 20 7946 0958.",
        "The workers march on the site",
        "Nobody had time to follow; the venue to be closed was theirs. TBC Bank paid. What?? Nothing.",
        "The lists are https://example.org/a?b=c,d and https://www.example.org/list; the day was Saturday, 17.12.2011.",
        "See <https://example.org/>, or write to <office@example.org>; both work.",
        "> Pickets were held in London, Moscow and Berlin.\n\nPickets were held in London, Moscow and Berlin.",
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(body):
    assert found(read(body)) == []


def test_a_finding_quotes_the_words_and_says_why_how_and_where():
    [finding] = findings(read("The pit is quiet. Please send messages of support to:"))
    assert (finding.check, finding.severity, finding.field) == ("leads-nowhere", Severity.ERROR, "body")
    assert "messages of support to:" in finding.quote
    assert finding.why == "Readers are told to write or look somewhere, and nothing follows."
    assert finding.mend.startswith("Put the address after these words")


def test_the_standfirst_is_not_printed_twice():
    twice = "Striking oil workers wanted to use the twentieth anniversary."
    [finding] = findings(read(f"{twice}\n\nSince May they have been out.", standfirst=twice))
    assert (finding.check, finding.why) == ("said-twice", "The standfirst already says this word for word.")


def test_a_title_of_90_characters_is_the_longest():
    assert found(read(title="a" * 90)) == []
    assert found(read(title="a" * 91)) == [("long-title", "warning")]


def test_a_placeholder_in_the_title_blocks():
    assert found(read(title="Picket at TBC")) == [("placeholder", "error")]


def test_a_post_without_a_label_is_named_but_a_page_needs_none():
    assert found(make_article(published_at=PUBLISHED)) == [("no-label", "warning")]
    assert found(make_page(published_at=PUBLISHED)) == []


def test_the_lead_picture_wants_words_too():
    picture = Picture.objects.create(file="pictures/a.jpg")
    assert found(read(picture=picture)) == [("no-alt", "error")]
    Picture.objects.update(alt="A square, full of people")
    assert found(Post.objects.get()) == []


def test_the_picket_of_the_headline_is_on_the_headlines_day():
    assert found(read("We will be holding a protest on Friday 16 December at noon.", title="Day of action on 17 December")) == [("other-day", "warning")]
    assert found(read("We will be holding a protest on Saturday 17 December at noon.", title="Day of action on 17 December")) == []
    assert found(read("A picket on 16 December last year drew 30. Nothing else.", title="Day of action on 17 December")) == []


def test_an_event_record_is_held_against_the_headline():
    post = read(title="Day of action on 17 December")
    make_event(post, starts=datetime(2011, 12, 16, 12, tzinfo=UTC))
    assert [finding.field for finding in findings(post)] == ["events"]
    post.events.update(cancelled=True)
    assert found(post) == []


def test_updates_are_read_too():
    post = read()
    make_update(post, text="Send protests to:")
    assert [(finding.check, finding.field) for finding in findings(post)] == [("leads-nowhere", "updates")]


def test_an_eaten_address_is_to_be_written_out():
    [finding] = findings(read("Write to [email protected] at once."))
    assert finding.mend == "Write the address out; if nobody has it any more, say so."


def test_the_records_are_read_too_but_say_twice_what_the_text_says():
    words = "The oil workers of Exampletown have been out since May of this year."
    post = read(words, correction=words)
    make_event(post, place="Square, TBC", title="Picket")
    assert [(finding.check, finding.field) for finding in findings(post)] == [("placeholder", "events")]


@pytest.mark.parametrize(
    "body",
    [
        "a" * 300_000, "to: " * 75_000, "@" * 300_000, "1 " * 150_000, "http://" * 40_000,
        "Friday 16 December " * 15_000, "A long sentence that stands twice. " * 8_000,
    ],
)  # fmt: skip
def test_a_long_text_takes_a_moment(body):
    """Of the processor's time; rendering is bounded elsewhere."""
    post = Post(title="Long", body_html=f"<p>{body}</p>", published_at=PUBLISHED)
    post.pk = read().pk
    before = time.process_time()
    findings(post)
    assert time.process_time() - before < 4
