"""What a search finds, in what order, and what it never shows; the same on both databases."""

import unicodedata
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import search
from articles.memo import memo
from articles.models import Kind, Label, Post, Status
from articles.search import finding
from articles.search.folding import fold, fold_aligned
from articles.search.marking import excerpt, pattern
from articles.tests.factories import NOON, label_named, make_article, make_hidden_articles, make_page

pytestmark = pytest.mark.django_db


def found(typed: str, *tags: str) -> list[str]:
    """Titles, best first."""
    query = search.parse(typed)
    return [post.title for post in search.posts(search.find(query, tags).best(), query)]


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_search")
        return cursor.fetchone()[0]


def page(client, **params):
    memo.forget()
    return client.get(reverse("search"), params)


def test_it_works(client):
    make_article(title="The strike at Zhanaozen", body="Oil workers are on strike.")
    response = page(client, q="zhanaozen")
    assert response.status_code == 200
    assert [post.title for post in response.context["posts"]] == ["The strike at Zhanaozen"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


@pytest.mark.parametrize(
    "typed",
    [
        "Zhanaoz", "ZHANAOZEN", "striker", "strike zhanaozen", "zhanaozen strike", '"oil workers"', "“oil workers”", "“oil workers", "Esenbek", "ésenbek",
        "уктешбаев", "ёлка", "елка", "ЕЛКА", "ел\u0308ка", "Жаңаөзен", "жанаозен", "miners' union", "the strikers",
        "Osakarovka 2011", "zhana\u00adozen", "\u200fzhanaozen\u200e",
    ],
)  # fmt: skip
def test_a_post_is_found_by(typed):
    make_article(
        title="The strikers of Zhanaozen",
        standfirst="Жаңаөзен, Ёлка.",
        byline="Esenbek Уктешбаев",
        body="Oil workers went out. The miners' union too.",
        labels=("Osakarovka 2011",),
    )
    make_article(title="Another", body="Something else.")
    assert found(typed) == ["The strikers of Zhanaozen"]


@pytest.mark.parametrize("typed", ["anaozen", '"workers oil"', '"strik"', "мои", "st", "strike nothing", "2011", "", "***", '"', "- ()", "\0"])
def test_a_post_is_not_found_by(typed):
    make_article(title="The strikers of Zhanaozen", body="Oil workers went out. Мой.")
    query = search.parse(typed)
    assert (found(typed) if query else []) == []


def test_a_phrase_does_not_run_from_one_field_into_the_next():
    make_article(title="Oil", standfirst="workers", byline="of", body="Zhanaozen")
    assert found('"oil workers"') == []


def test_the_title_counts_most_then_the_labels_then_the_words_of_the_text():
    make_article(title="In the text", body="Now the miners of Karaganda are out. " * 3)
    make_article(title="In a label", labels=("Karaganda",))
    make_article(title="Karaganda", body="Now others are out.")
    assert found("karaganda") == ["Karaganda", "In a label", "In the text"]


def test_a_renamed_label_is_found_by_its_new_name_at_once():
    make_article(title="Labelled", labels=("Janaozen",))
    label = Label.objects.get()
    label.name = "Zhanaozen"
    label.save()
    memo.forget()
    assert (found("janaozen"), found("zhanaoz")) == ([], ["Labelled"])


def test_a_label_taken_off_or_deleted_is_not_found():
    post = make_article(title="Labelled", labels=("Karaganda", "Aktau"))
    post.set_labels([label_named("Aktau")])
    assert found("karaganda") == []
    Label.objects.all().delete()
    memo.forget()
    assert found("aktau") == []


def test_what_readers_may_not_see_is_never_found(client):
    make_hidden_articles(body="About Zhanaozen.")
    make_page(title="Hidden page", body="About Zhanaozen.")
    make_article(title="Shown", body="About Zhanaozen.")
    for order in ({}, {"order": "newest"}, {"order": "newest", "before": "9999999999999999-1"}):
        response = page(client, q="zhanaozen", **order)
        assert [post.title for post in response.context["posts"]] == ["Shown"]
        assert response.context["found"].number == 1
        assert [(kind.name, kind.count) for kind in response.context["kinds"]] == [("Report", 1)]


def test_a_scheduled_post_is_found_once_it_is_due():
    make_article(title="Later", published_at=timezone.now() + timedelta(days=3))
    assert found("later") == []
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        memo.forget()
        assert found("later") == ["Later"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PRIVATE, Status.WITHDRAWN])
def test_a_post_that_is_taken_back_leaves_no_row(status):
    post = make_article()
    assert rows() == 1
    post.status = status
    post.save()
    assert (rows(), Post.objects.get().search_order) == (0, None)


def test_a_post_that_changes_in_bulk_is_in_step():
    make_article(title="One")
    Post.objects.update(status=Status.WITHDRAWN)
    assert rows() == 0
    Post.objects.update(status=Status.PUBLISHED, kind=Kind.INTERVIEW)
    assert found("one", "=interview") == ["One"]


def test_deleted_posts_leave_no_row():
    one, _two, _three = (make_article() for _ in range(3))
    one.delete()
    assert rows() == 2
    Post.objects.all().delete()
    assert rows() == 0


def test_the_order_of_search_is_the_order_of_publication():
    years = (1, 1834, 1969, 1970, 2012, 2106)
    posts = [make_article(published_at=datetime(year, 6, 1, tzinfo=UTC)) for year in years]
    assert [post.pk for post in Post.objects.order_by("search_order")] == [post.pk for post in posts]


def test_newest_first_walks_past_the_counted_matches_by_its_cursor(client, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 35)
    posts = [make_article(published_at=NOON + timedelta(hours=number)) for number in range(70)]
    first = page(client, q="shaft", order="newest")
    assert (first.context["found"].number, first.context["found"].more) == (35, True)
    assert "More than 1,000 posts" in first.text
    walked, address = [], "?q=shaft&order=newest"
    while address:
        response = client.get(reverse("search") + address)
        walked += [post.pk for post in response.context["posts"]]
        address = response.context["following"].url if response.context["following"] else None
    assert walked == [post.pk for post in reversed(posts)]


def test_best_first_turns_its_pages(client):
    for _ in range(65):
        make_article()
    pages = [page(client, q="shaft", page=number) for number in (1, 2, 3)]
    assert len({post.pk for response in pages for post in response.context["posts"]}) == 65
    assert [response.context["following"] and response.context["following"].label for response in pages] == ["31 to 60", "61 to 65", None]
    assert [response.context["preceding"] and response.context["preceding"].label for response in pages] == [None, "1 to 30", "31 to 60"]
    assert page(client, q="shaft", page=4).status_code == 404


def test_a_search_is_narrowed_by_kind_and_year(client):
    make_article(title="Report 2011", body="pit", published_at=datetime(2011, 6, 1, tzinfo=UTC))
    make_article(title="Report 2012", body="pit")
    make_article(title="Interview 2012", body="pit", kind=Kind.INTERVIEW)
    whole, narrowed = page(client, q="pit"), page(client, q="pit", kind="report", year="2012")
    assert [(kind.name, kind.count) for kind in whole.context["kinds"]] == [("Report", 2), ("Interview", 1)]
    assert [(year.name, year.count, year.url) for year in whole.context["years"]] == [("2012", 2, "?q=pit&year=2012"), ("2011", 1, "?q=pit&year=2011")]
    assert [post.title for post in narrowed.context["posts"]] == ["Report 2012"]
    assert [(kind.url, kind.chosen) for kind in narrowed.context["kinds"]] == [("?q=pit&year=2012", True)]


@pytest.mark.parametrize(
    "params", [{"kind": "page"}, {"kind": "x"}, {"year": "0000"}, {"year": "x"}, {"order": "x"}, {"before": "x"}, {"page": "0"}, {"page": "99"}]
)
def test_a_parameter_of_rubbish_is_no_page(client, params):
    make_article()
    assert page(client, q="shaft", **params).status_code == 404


def test_nothing_found_offers_the_largest_labels(client):
    make_article(labels=("Aktau", "Zhanaozen"))
    response = page(client, q="nothing")
    assert [label.name for label in response.context["labels"]] == ["Aktau", "Zhanaozen"]
    assert "Nothing found for “nothing”" in response.text


def test_a_search_for_nothing_is_the_form(client):
    for params in ({}, {"q": ""}, {"q": "  "}):
        response = page(client, **params)
        assert (response.status_code, "found" in response.context) == (200, False)


def test_of_a_long_search_the_first_words_are_looked_for(client):
    make_article(title="One two three four five six seven eight nine ten eleven twelve")
    response = page(client, q="one two three four five six seven eight nine ten eleven twelve nothing")
    assert response.context["found"].number == 1
    assert "only its first 12 words" in response.text


@pytest.mark.parametrize(
    "typed",
    [
        '"', '""', '"""', "'", "a'b", "*", "strike*", '"strike*"', "NEAR(a b)", "a AND", "OR", "NOT strike", "title:strike",
        "{title}:x", "^strike", "-strike", "a:*",
        "!strike", "a & b | c", "<->", "\\", "'strike':*A", "%s", "%", "\0", "strike\0miners", "\ud800", "\u202estrike", "x" * 4000, "strike " * 600, "я" * 300,
        "𝔰𝔱𝔯𝔦𝔨𝔢", "罢工", "إضراب", "=report", "=label1", "🔥", "½ ㎏ ﬁ ß",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_no_error(client, typed):
    make_article(title="The strikers of Zhanaozen")
    assert page(client, q=typed.encode("utf-8", "surrogatepass")).status_code == 200
    assert len(search.parse(typed).text) <= 200


@hypothesis.settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=120))
def test_a_text_made_of_anything_can_be_indexed_and_asked_for(typed, text):
    post = Post.objects.filter(slug="anything").first() or make_article(slug="anything")
    Post.objects.filter(pk=post.pk).update(body_text=text.replace("\0", "").encode("utf-8", "replace").decode(), status=Status.PUBLISHED)
    query = search.parse(typed)
    if query:
        search.posts(search.find(query).best(), query)


@pytest.mark.sqlite
def test_a_beginning_of_too_many_words_says_so(client):
    make_article(title=" ".join(f"strike{number}" for number in range(30)), body=" ".join(f"strike{number}" for number in range(500)))
    response = page(client, q="strike")
    assert response.context["found"].number == 1
    assert "Very many words begin with “strike”" in response.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(client, settings, django_assert_num_queries, number):
    settings.REVISION_MAX_AGE = 60  # as in service: the frame stays warm
    for each in range(number):
        make_article(labels=(f"Label {each}",))
    expected = 3 if connection.vendor == "sqlite" else 2  # the forms of the words, the matches, their texts; the cards are there already
    page(client, q="shaft")
    with django_assert_num_queries(expected):
        assert len(client.get("/search/?q=shaft").context["posts"]) == number
    with django_assert_num_queries(expected * 2 - 1):
        client.get("/search/?q=shaft&order=newest&before=9999999999999999-1")


def test_a_result_is_the_card_of_every_list_with_the_words_found(client):
    make_article(title="Strike", standfirst="How it began.", body="The miners went on strike.", labels=("Aktau",))
    make_article(title="Strike without a text", standfirst="", body="")
    cards = {post.title: post.card for post in page(client, q="strike").context["posts"]}
    whole, empty = cards["Strike"], cards["Strike without a text"]
    assert '<p class="standfirst">The miners went on <mark>strike</mark>.</p>' in whole
    assert "How it began." not in whole
    assert '<a href="/labels/aktau/">Aktau</a>' in whole
    assert ("standfirst" in empty, "snippet" in whole + empty) == (False, False)


@given(st.text(max_size=200))
def test_a_place_in_the_folded_text_is_the_place_in_the_text(text):
    text = unicodedata.normalize("NFC", text)
    assert [fold_aligned(letter) for letter in text] == list(fold_aligned(text))


def marked(text: str, typed: str) -> str:
    return excerpt(text, pattern(search.parse(typed)))


def test_an_excerpt_marks_the_words_and_escapes_the_rest():
    assert marked("<b>The strikers</b> & Ёлка", "strike елка") == "&lt;b&gt;The <mark>strikers</mark>&lt;/b&gt; &amp; <mark>Ёлка</mark>"


def test_an_excerpt_marks_phrases_and_whole_words_alone():
    assert marked("Oil workers, the oil and workers; as", '"oil workers" a') == "<mark>Oil workers</mark>, the oil and workers; as"


def test_an_excerpt_is_the_stretch_with_most_of_the_words():
    text = f"The strike. {'Nothing here. ' * 40}The strike of the miners. {'Nothing there. ' * 40}"
    shown = marked(text, "strike miners")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "<mark>strike</mark> of the <mark>miners</mark>" in shown
    assert len(shown) < 300


def test_an_excerpt_says_a_links_words_and_not_where_it_leads_to_on_this_site():
    text = "The day (/2011/12/16/strike/), and its list (https://example.org/strike), of the strike."
    assert marked(text, "strike") == "The day, and its list (https://example.org/<mark>strike</mark>), of the <mark>strike</mark>."


def test_an_excerpt_says_a_quotation_without_its_marks():
    assert marked("She said:\n\n> The strike, 3 > 2\n>\n> > goes on", "strike") == "She said: The <mark>strike</mark>, 3 &gt; 2 goes on"


def test_an_excerpt_without_the_words_is_the_beginning():
    assert marked("Nothing here. " * 40, "strike").startswith("Nothing here. Nothing")


@given(st.text(max_size=400), st.text(min_size=1, max_size=20))
def test_an_excerpt_holds_no_markup_but_the_marks(text, typed):
    shown = marked(text, typed) if search.parse(typed) else ""
    assert not {"<", ">"} & set(shown.replace("<mark>", "").replace("</mark>", ""))


def test_folding():
    assert fold("Ёлка ÉCOLE Straße ﬁn Й é\u0301 Қазақ Łódź") == "елка ecole strasse fin й e казак lodz"
