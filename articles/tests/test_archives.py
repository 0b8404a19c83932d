"""Archives: keyset pages in both directions, by date, label and kind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from articles.archives import page_of, parse_cursor
from articles.models import Labelling, Post
from articles.tests.factories import NOON, make_article, make_label

pytestmark = pytest.mark.django_db
RUBBISH = ["", "x", "1", "1-", "-1", "1-1-1", "99999999999999999999-1", "1-" + "9" * 30, "١-٢", "1\0-1", "1-1 "]


def titles(page) -> list[str]:
    return [Post.objects.get(pk=entry.pk).title for entry in page.entries]


def series(number: int, **overrides) -> list[str]:
    """Titles "1" … in the order they were published, a day apart."""
    for day in range(1, number + 1):
        make_article(title=str(day), published_at=NOON + timedelta(days=day), **overrides)
    return [str(day) for day in range(number, 0, -1)]


def follow(neighbour) -> dict[str, str]:
    return dict(part.split("=") for part in neighbour.url.removeprefix("?").split("&"))


def test_older_links_walk_the_whole_archive_once():
    expected, params, seen = series(7), {}, []
    while True:
        page = page_of(Post.objects.public(), params, size=3)
        seen += titles(page)
        if not page.older:
            break
        params = follow(page.older)
    assert seen == expected


def test_newer_leads_back_to_the_same_page():
    series(7)
    first = page_of(Post.objects.public(), {}, size=3)
    second = page_of(Post.objects.public(), follow(first.older), size=3)
    assert titles(page_of(Post.objects.public(), follow(second.newer), size=3)) == titles(first)


def test_oldest_first_reads_the_other_way():
    expected, params, seen = series(7)[::-1], {"from": "oldest"}, []
    while True:
        page = page_of(Post.objects.public(), params, size=3)
        seen += titles(page)
        if not page.newer:
            break
        params = follow(page.newer)
    assert seen == expected


def test_posts_of_one_moment_are_neither_lost_nor_doubled():
    posts = [make_article(published_at=NOON).pk for _number in range(5)]
    first = page_of(Post.objects.public(), {}, size=2)
    second = page_of(Post.objects.public(), follow(first.older), size=2)
    third = page_of(Post.objects.public(), follow(second.older), size=2)
    assert [entry.pk for page in (first, second, third) for entry in page.entries] == posts[::-1]


def test_an_old_link_stays_true_when_posts_are_added():
    series(4)
    older = follow(page_of(Post.objects.public(), {}, size=2).older)
    make_article(title="new", published_at=NOON + timedelta(days=30))
    assert titles(page_of(Post.objects.public(), older, size=2)) == ["2", "1"]


def test_a_month_cut_by_the_page_has_no_count():
    series(2)
    make_article(title="september", published_at=datetime(2012, 9, 20, tzinfo=UTC))
    months = page_of(Post.objects.public(), {}, size=2).months
    assert [(month.month.month, month.count) for month in months] == [(9, 1), (8, None)]


def test_a_label_walks_labelling_and_finds_what_public_finds():
    label = make_label()
    series(5, labels=(label,))
    make_article(title="other")
    make_article(title="draft", status="draft", labels=(label,))
    make_article(title="scheduled", published_at=datetime.now(UTC) + timedelta(days=1), labels=(label,))
    rows = Labelling.objects.public().filter(label=label)
    assert (
        titles(page_of(rows, {}, size=10)) == list(Post.objects.public().filter(labels=label).newest_first().values_list("title", flat=True)) == list("54321")
    )


@pytest.mark.parametrize("words", RUBBISH)
def test_a_cursor_of_rubbish_is_not_found(words):
    with pytest.raises(Http404):
        parse_cursor(words)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_whatever_it_holds_and_less_the_second_time(number, warm_frame, django_assert_num_queries):
    label = make_label()
    series(number, labels=(label,))
    warm_frame()
    for queries in (3, 1):
        with django_assert_num_queries(queries):
            page = page_of(Labelling.objects.public().filter(label=label), {})
        assert [entry.html.count(label.name) for entry in page.entries] == [1] * number


def test_a_card_that_was_listed_before_follows_its_post(client):
    post = make_article(title="Before")
    assert "Before" in page_of(Post.objects.public(), {}).entries[0].html
    post.title = "After"
    post.save()
    assert "After" in page_of(Post.objects.public(), {}).entries[0].html
    Post.objects.filter(pk=post.pk).update(standfirst="In other words.")
    assert "In other words." in page_of(Post.objects.public(), {}).entries[0].html
    post.labels.first() or post.set_labels([make_label(name="Shaft 5")])
    assert "Shaft 5" in page_of(Post.objects.public(), {}).entries[0].html
