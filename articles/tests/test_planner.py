"""What SQLite is told of its tables, so that a site that grows keeps its plans (campaign/tests/test_growth.py has the effect)."""

import pytest
from django.db import connection

from articles import planner
from articles.models import Label, Labelling, Post

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def told() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL")
        return {index for (index,) in cursor.fetchall()}


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({', '.join(['%s'] * len(planner.TABLES))})", planner.TABLES)
        return {index for (index,) in cursor.fetchall()}


def test_every_index_has_its_figures_after_migrate():
    assert told() == indexes()


def test_figures_of_a_rebuilt_table_are_written_again():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'articles_post'")
    planner.inform()
    assert told() == indexes()


def test_figures_say_how_many_rows_agree():
    assert planner.figures(["label_id", "status", "published_at", "post_id"]) == "100000 1666 833 1 1"


@pytest.mark.parametrize(
    ("rows", "walked"),
    [
        (lambda: Post.objects.public().filter(slug="strike").order_by(), "articles_post_slug"),
        (lambda: Post.objects.public().filter(pk__in=[1, 2, 3]).order_by(), "INTEGER PRIMARY KEY"),
        (lambda: Post.objects.public().listed().newest_first(), "post_archive (status=? AND published_at<?)"),
        (lambda: Post.objects.public().filter(lead=True).newest_first(), "post_lead (status=? AND published_at<?)"),
        (lambda: Labelling.objects.public().filter(label=Label(pk=1)).order_by("-published_at", "-post_id"), "labelling_archive (label_id=? AND status=?"),
    ],
)
def test_a_plan_walks_the_index_that_was_made_for_it(rows, walked):
    plan = rows().explain()
    assert walked in plan
    assert "TEMP B-TREE" not in plan
