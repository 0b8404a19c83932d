"""Queries put into SQL once: they find what the same query written anew finds."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import whole
from articles.models import Label, Post
from articles.prepared import MANY, prepared
from articles.tests.factories import NOON, make_article, make_event, make_label, make_message, make_obituary, make_update

pytestmark = pytest.mark.django_db


@prepared
def labelled(label: str, day: date, now: datetime, but: int):
    """Posts of a label and a day."""
    return Post.objects.public(now).filter(labels__name=label, published_on=day).exclude(pk=but).select_related("life").prefetch_related("labels")


def test_every_call_puts_its_own_values():
    first, second = make_article(labels=("A",)), make_article(labels=("A", "B"))
    later = make_article(labels=("A",), published_at=NOON + timedelta(days=1))
    asked = {"day": NOON.date(), "now": timezone.now(), "but": 0}
    assert {post.pk for post in labelled(label="A", **asked)} == {first.pk, second.pk}
    assert [post.pk for post in labelled(label="B", **asked)] == [second.pk]
    assert [post.pk for post in labelled(label="A", **asked | {"day": NOON.date() + timedelta(days=1)})] == [later.pk]
    assert [post.pk for post in labelled(label="A", **asked | {"but": first.pk})] == [second.pk]
    assert labelled(label="A", **asked | {"now": NOON - timedelta(seconds=1)}) == []


def test_rows_come_whole():
    post = make_obituary(labels=("A", "B"))
    (found,) = labelled(label="A", day=NOON.date(), now=timezone.now(), but=0)
    assert [getattr(found, field.attname) for field in Post._meta.concrete_fields] == [
        getattr(Post.objects.get(pk=post.pk), field.attname) for field in Post._meta.concrete_fields
    ]
    assert found.life.name == "Aigul Example"
    assert [label.name for label in found.labels.all()] == ["A", "B"]


def test_it_is_put_into_sql_once(monkeypatch, django_assert_num_queries):
    made = []

    @prepared
    def named(name: str):
        made.append(name)
        return Label.objects.filter(name=name)

    labels = [make_label(name=name) for name in ("A", "B", "C")]
    with django_assert_num_queries(3):
        assert [named(name=label.name) for label in labels] == [[label] for label in labels]
    assert len(made) == 1


def test_a_value_that_quotes_or_stands_in_is_a_value():
    label = make_label(name="O'Brien % \ue0000")
    post = make_article(labels=(label,))
    assert [found.pk for found in labelled(label=label.name, day=NOON.date(), now=timezone.now(), but=0)] == [post.pk]


def test_a_whole_article_is_what_for_page_fetches(django_assert_num_queries):
    post = make_article(labels=("A", "B"))
    make_update(post), make_event(post), make_message(post), make_message(post, state="waiting")
    expected = Post.objects.for_page().get(pk=post.pk)
    with django_assert_num_queries(5):
        found = whole.article(post.published_on, post.slug)
        for rows in ("labels", "updates", "events"):
            assert list(getattr(found, rows).all()) == list(getattr(expected, rows).all()) != []
        assert found.shown_messages == expected.shown_messages != []
        assert {row.post for row in [*found.updates.all(), *found.events.all(), *found.shown_messages]} == {found}


def test_what_an_article_has_not_is_not_asked_for(django_assert_num_queries):
    post = make_article(labels=("A",))
    make_update(make_article()), make_event(make_article()), make_message(post, state="waiting")
    with django_assert_num_queries(2):
        found = whole.article(post.published_on, post.slug)
        assert [label.name for label in found.labels.all()] == ["A"]
        assert [*found.updates.all(), *found.events.all(), *found.shown_messages] == []


def test_no_article_is_not_there(django_assert_num_queries):
    post = make_article(status="draft")
    assert whole.article(NOON.date(), post.slug) is None


@prepared
def among(ids: list[int], but: int):
    """Posts of a list."""
    return Post.objects.filter(pk__in=ids).exclude(pk=but).order_by("pk")


@pytest.mark.parametrize("number", [1, 2, MANY])
def test_a_list_may_be_shorter_than_its_room(number):
    ids = [make_article().pk for _number in range(MANY)]
    assert [post.pk for post in among(ids=ids[:number], but=0)] == ids[:number]
    assert [post.pk for post in among(ids=ids[:number], but=ids[0])] == ids[1:number]
