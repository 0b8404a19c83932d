"""What a post is: its day and address, who may see it, what a change of it moves."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Article, Kind, Labelling, OldAddress, Page, Post, Revision, Status
from articles.tests.factories import NOON, make_article, make_hidden_articles, make_label, make_page

pytestmark = pytest.mark.django_db


def counter() -> int:
    return Revision.objects.get(pk=1).counter


def test_public_and_is_public_agree():
    posts = [make_article(), make_page(), *make_hidden_articles()]
    assert {post.pk for post in posts if post.is_public()} == set(Post.objects.public().values_list("pk", flat=True)) == {posts[0].pk, posts[1].pk}


def test_a_labels_rows_say_what_public_says():
    label = make_label()
    make_article(labels=(label,))
    make_hidden_articles(labels=(label,))
    assert list(Labelling.objects.public().values_list("post", flat=True)) == list(Post.objects.public().values_list("pk", flat=True))


def test_the_day_is_that_of_the_sites_zone(settings):
    settings.TIME_ZONE = "Asia/Almaty"
    post = make_article(published_at=datetime(2012, 8, 29, 20, tzinfo=UTC))
    assert post.published_on == date(2012, 8, 30)


def test_an_imported_day_is_kept():
    assert make_article(published_at=NOON, published_on=date(2012, 8, 28)).published_on == date(2012, 8, 28)


def test_a_scheduled_posts_day_follows_until_it_is_due():
    with time_machine.travel(NOON, tick=False):
        post = make_article(published_at=NOON + timedelta(days=2))
        post.published_at = NOON + timedelta(days=5)
        post.save()
        assert post.published_on == date(2012, 9, 3)
    with time_machine.travel(NOON + timedelta(days=6), tick=False):
        post.published_at = NOON + timedelta(days=9)
        post.save()
        assert post.published_on == date(2012, 9, 3)


def test_a_draft_has_no_day_and_no_address_until_it_is_published():
    draft = make_article(status=Status.DRAFT, published_at=None)
    assert (draft.published_on, draft.get_absolute_url()) == (None, "")
    draft.status = Status.PUBLISHED
    with time_machine.travel(NOON, tick=False):
        draft.save()
    assert draft.get_absolute_url() == f"/2012/08/29/{draft.slug}/"


def test_a_moved_post_leaves_its_old_address_behind():
    post = make_article(slug="frist", published_at=NOON)
    post.slug = "first"
    post.save()
    assert list(OldAddress.objects.values_list("path", "target")) == [("/2012/08/29/frist/", "/2012/08/29/first/")]
    post.slug = "frist"
    post.save()
    assert list(OldAddress.objects.values_list("path", "target")) == [("/2012/08/29/first/", "/2012/08/29/frist/")]


def test_a_moved_label_leaves_its_old_address_behind():
    label = make_label(slug="zhanaosen")
    label.slug = "zhanaozen"
    label.save()
    assert OldAddress.objects.get(path="/labels/zhanaosen/").target == "/labels/zhanaozen/"


def test_slugs_are_made_from_titles_of_any_script_and_never_collide():
    first, second = (make_article(title="Забастовка в Жанаозене", slug="") for _number in range(2))
    assert (first.slug, second.slug) == ("zabastovka-v-zhanaozene", "zabastovka-v-zhanaozene-2")
    assert make_article(title="!!!", slug="").slug == "report"


def test_a_slug_is_unique_in_its_day_and_a_pages_for_good():
    make_article(slug="one")
    make_article(slug="one", published_at=NOON + timedelta(days=1))
    make_page(slug="about")
    for make in (lambda: make_article(slug="one"), lambda: make_page(slug="about")):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


@pytest.mark.parametrize("slug", ["2012", "appeals", "labels", "reports", "feed", "en", "search", "admin", "mirror"])
def test_a_page_may_not_take_a_part_of_the_site(slug):
    with pytest.raises(ValidationError) as refused:
        Page(title="x", slug=slug, kind=Kind.PAGE).full_clean()
    assert "slug" in refused.value.message_dict


def test_update_of_status_reaches_labelling():
    post = make_article(labels=("Zhanaozen",))
    Post.objects.filter(pk=post.pk).update(status=Status.WITHDRAWN)
    assert list(Labelling.objects.values_list("status", flat=True)) == [Status.WITHDRAWN]


def test_what_readers_see_moves_the_revision_and_drafts_do_not():
    draft = make_article(status=Status.DRAFT, published_at=None)
    before = counter()
    draft.body = "still nothing"
    draft.save()
    assert counter() == before
    draft.status = Status.PUBLISHED
    draft.save()
    assert counter() > before


def test_withdrawing_and_hiding_move_the_revision():
    for status in (Status.WITHDRAWN, Status.PRIVATE, Status.DRAFT):
        post = make_article()
        before = counter()
        post.status = status
        post.save()
        assert counter() > before, status


def test_one_bump_stands_for_many():
    before = counter()
    with Revision.one_bump():
        for _number in range(3):
            make_article(labels=("A", "B"))
    assert counter() == before + 1


def test_presses_move_the_revision_once_a_minute():
    before = counter()
    with time_machine.travel(NOON, tick=False) as clock:
        for _number in range(3):
            Revision.bump_at_most_every(60)
        clock.shift(61)
        Revision.bump_at_most_every(60)
    assert counter() == before + 2


def test_an_address_outlives_a_spell_as_a_draft():
    post = make_article(published_on=date(2012, 8, 28))
    for status in (Status.DRAFT, Status.DRAFT, Status.PUBLISHED):
        post.status = status
        post.save()
    assert post.published_on == date(2012, 8, 28)


def test_saving_one_field_keeps_the_others():
    post = make_article(title="as it was", body="as it was")
    Post.objects.filter(pk=post.pk).update(title="changed meanwhile")
    post.lead = True
    post.save(update_fields=["lead"])
    post.refresh_from_db()
    assert (post.title, post.lead) == ("changed meanwhile", True)


def test_articles_and_pages_see_only_their_own():
    article, page = make_article(), make_page()
    assert (list(Article.objects.values_list("pk", flat=True)), list(Page.objects.values_list("pk", flat=True))) == ([article.pk], [page.pk])


def test_a_post_saved_twice_keeps_its_place_in_the_search():
    post = make_article()
    post.published_at += timedelta(days=1)
    post.save()
    moved = Post.objects.get(pk=post.pk).search_order
    post.save()
    assert moved is not None
    assert Post.objects.get(pk=post.pk).search_order == moved
