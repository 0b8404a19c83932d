from datetime import timedelta

import pytest

from articles.models import Post
from articles.tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_a_post_saved_twice_keeps_its_place_in_the_search():
    post = make_article()
    post.published_at += timedelta(days=1)
    post.save()
    post.save()
    stored = Post.objects.get(pk=post.pk)
    post.save()
    assert stored.search_order is not None
    assert Post.objects.get(pk=post.pk).search_order == stored.search_order
