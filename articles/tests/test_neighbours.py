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


def test_older_and_newer_in_time_and_in_each_label():
    first, other, post, last = at(0, labels=("A",)), at(1), at(2, labels=("A", "B")), at(3, labels=("B",))
    found = beside(post)
    assert (found.everywhere.older.pk, found.everywhere.newer.pk) == (other.pk, last.pk)
    assert [(side.label.name, side.older and side.older.pk, side.newer and side.newer.pk) for side in found.by_label] == [
        ("A", first.pk, None),
        ("B", None, last.pk),
    ]


def test_posts_of_one_moment_stand_in_the_order_they_were_made():
    first, second, third = (at(0) for _number in range(3))
    found = beside(second).everywhere
    assert (found.older.pk, found.newer.pk) == (first.pk, third.pk)


def test_related_are_those_that_share_most_labels_and_never_by_date_alone():
    post = at(5, labels=("A", "B", "C"))
    one, two = at(0, labels=("A",)), at(1, labels=("A", "B"))
    at(4)
    assert [other.pk for other in beside(post).related] == [two.pk, one.pk]


def test_a_translation_is_no_neighbour_of_its_own_original():
    post = at(1, labels=("A",))
    russian, kazakh = (at(1, labels=("A",), language=language, translation_of=post) for language in ("ru", "kk"))
    older = at(0, labels=("A",))
    for one, others in ((post, [russian, kazakh]), (russian, [post, kazakh])):
        found = beside(one)
        assert [other.pk for other in found.translations] == [other.pk for other in others]
        assert (found.everywhere.older.pk, found.everywhere.newer, [other.pk for other in found.related]) == (older.pk, None, [older.pk])


def test_what_readers_must_not_see_is_beside_nothing():
    post = at(1, labels=("A",))
    make_hidden_articles(labels=("A",))
    make_article(status="draft", translation_of=post)
    found = beside(post)
    assert (found.everywhere.older, found.everywhere.newer, found.by_label, found.related, found.translations) == (None, None, [], [], [])


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_whatever_the_labels(number, django_assert_num_queries):
    labels = tuple("ABC"[:number])
    post = at(5, labels=labels)
    for day in range(number):
        at(day, labels=labels)
    post = Post.objects.prefetch_related("labels").get(pk=post.pk)
    post.labels.all()
    with django_assert_num_queries(2):
        neighbours.of(post)
