"""The lists of posts: what is missing is found, several are published or labelled at once, an appeal is found by an address of it."""

import pytest
from django.urls import reverse

from appeals.tests.factories import add_address, make_address, make_appeal
from articles.models import Picture, Status
from articles.tests.factories import make_article, make_label
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db

ARTICLES, APPEALS = "admin:articles_article_changelist", "admin:appeals_appeal_changelist"
DRAFT = {"status": Status.DRAFT, "published_at": None}


@pytest.fixture
def desk():
    return at_desk("editor")


def listed(desk, name: str, query: str = "") -> set[str]:
    return {post.title for post in desk.get(reverse(name) + query).context["cl"].result_list}


def act(client, action: str, *posts, **data):
    return client.post(reverse(ARTICLES), {"action": action, "_selected_action": [post.pk for post in posts], **data}, follow=True)


def test_a_list_finds_what_has_no_label_and_what_has_a_picture_without_words(desk):
    make_article(title="Bare")
    make_article(title="Labelled", labels=("Strikes",))
    for title, alt in (("Silent", ""), ("Described", "A square")):
        make_article(title=title, labels=("Strikes",), picture=Picture.objects.create(file=f"pictures/{title}.jpg", alt=alt))
    assert listed(desk, ARTICLES, "?missing=label") == {"Bare"}
    assert listed(desk, ARTICLES, "?missing=alt") == {"Silent"}


def test_an_appeal_is_found_by_an_address_of_it(desk):
    add_address(make_appeal(title="Ours"), address=make_address(value="minister@example.org"))
    add_address(make_appeal(title="Another"), address=make_address(value="office@example.org"))
    assert listed(desk, APPEALS, "?q=minister@example.org") == {"Ours"}


def test_of_several_drafts_those_without_a_fault_are_published_and_the_others_named(desk):
    good, faulty = (make_article(labels=("Strikes",), title=title, body=body, **DRAFT) for title, body in (("Good", "Words."), ("Faulty", "Click above.")))
    page = act(desk, "publish_chosen", good, faulty).content.decode()
    good.refresh_from_db()
    faulty.refresh_from_db()
    assert (good.is_public(), faulty.status, good.versions.count(), faulty.versions.count()) == (True, "draft", 1, 0)
    assert ("1 draft is published." in page, "“Faulty” is not published" in page, reverse("admin:preview", args=[faulty.pk]) in page) == (True, True, True)


def test_a_label_is_added_to_several_posts_and_none_is_lost(desk):
    one, other, label = make_article(labels=("Strikes",)), make_article(), make_label(name="Aktau")
    page = act(desk, "add_label", one, other, label=label.pk).content.decode()
    assert [sorted(label.name for label in post.labels.all()) for post in (one, other)] == [["Aktau", "Strikes"], ["Aktau"]]
    assert "“Aktau” is on all 2 posts." in page
    assert "nothing was changed" in act(desk, "add_label", one, label="").content.decode()


def test_a_reporter_publishes_nothing_from_a_list():
    reporter = at_desk("reporter")
    own = make_article(labels=("Strikes",), created_by=reporter.user, **DRAFT)
    act(reporter, "publish_chosen", own)
    own.refresh_from_db()
    assert own.status == "draft"


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_with_one_post_or_three(desk, number, django_assert_num_queries):
    for _ in range(number):
        make_article(labels=("Strikes",))
    desk.get(reverse(ARTICLES))
    with django_assert_num_queries(12):
        desk.get(reverse(ARTICLES))
