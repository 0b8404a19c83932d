"""What lies beside a post: in time, in its labels, by shared labels, in other languages."""

from datetime import timedelta

import pytest

from articles import neighbours
from articles.models import Post
from articles.tests.factories import NOON, make_article, make_hidden_articles

pytestmark = pytest.mark.django_db


def at(day, **overrides):
    return make_article(published_at=NOON + timedelta(days=day), **overrides)


def beside(post):
    return neighbours.of(Post.objects.prefetch_related("labels").get(pk=post.pk))


def address(post) -> str:
    return f'href="{post.get_absolute_url()}"'


def leads_to(piece, post) -> bool:
    """Whether a piece of a page is a link to this post, or is empty where there is no post."""
    return (address(post) in piece) if post else piece == ""


def test_older_and_newer_in_time_and_in_each_label():
    first, other, post, last = at(0, labels=("A",)), at(1), at(2, labels=("A", "B")), at(3, labels=("B",))
    found = beside(post)
    assert leads_to(found.everywhere.older, other)
    assert leads_to(found.everywhere.newer, last)
    assert [side.label.name for side in found.by_label] == ["A", "B"]
    for side, older, newer in zip(found.by_label, (first, None), (None, last), strict=True):
        assert leads_to(side.older, older)
        assert leads_to(side.newer, newer)


def test_posts_of_one_moment_stand_in_the_order_they_were_made():
    first, second, third = (at(0) for _number in range(3))
    found = beside(second).everywhere
    assert leads_to(found.older, first)
    assert leads_to(found.newer, third)


def test_related_are_those_that_share_most_labels_and_never_by_date_alone():
    post = at(5, labels=("A", "B", "C"))
    one, two = at(0, labels=("A",)), at(1, labels=("A", "B"))
    at(4)
    assert [leads_to(headline, other) for headline, other in zip(beside(post).related, (two, one), strict=True)] == [True, True]


def test_a_translation_is_no_neighbour_of_its_own_original():
    post = at(1, labels=("A",))
    russian, kazakh = (at(1, labels=("A",), language=language, translation_of=post) for language in ("ru", "kk"))
    older = at(0, labels=("A",))
    for one, others in ((post, [russian, kazakh]), (russian, [post, kazakh])):
        found = beside(one)
        assert {other.pk for other in found.translations} == {other.pk for other in others}
        assert leads_to(found.everywhere.older, older)
        assert leads_to(found.everywhere.newer, None)
        assert len(found.related) == 1
        assert leads_to(found.related[0], older)


def test_what_readers_must_not_see_is_beside_nothing():
    post = at(1, labels=("A",))
    make_hidden_articles(labels=("A",))
    make_article(status="draft", translation_of=post)
    found = beside(post)
    assert (found.everywhere.older, found.everywhere.newer, found.by_label, found.related, found.translations) == ("", "", [], [], [])


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_whatever_the_labels_and_less_the_second_time(number, warm_frame, django_assert_num_queries):
    labels = tuple("ABC"[:number])
    post = at(5, labels=labels)
    for day in range(number):
        at(day, labels=labels)
    post = Post.objects.prefetch_related("labels").get(pk=post.pk)
    post.labels.all()
    warm_frame()
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            neighbours.of(post)


def test_a_headline_that_was_printed_before_follows_its_post():
    post, other = at(1, labels=("A",)), at(0, labels=("A",), title="Before")
    assert "Before" in beside(post).related[0]
    other.title = "After"
    other.save()
    assert "After" in beside(post).related[0]
    assert "After" in beside(post).everywhere.older
    other.status = "withdrawn"
    other.save()
    assert (beside(post).related, beside(post).everywhere.older) == ([], "")
