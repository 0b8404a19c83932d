"""The desk's first page: what it names, for whom, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appeals.models import AddressStatus, FailureReport, ReportState
from appeals.tests.factories import add_address, make_address, make_appeal
from articles.models import Article, MessageState, Status
from articles.models.audit import acting
from articles.tests.factories import make_article, make_message, make_update, post_fields
from campaign.desk.todo import Section
from campaign.tests.accounts import at_desk, make_account

pytestmark = pytest.mark.django_db
MOST = 20
"""Queries of the desk, whatever the archive holds."""


def opened(client) -> dict[str, Section]:
    """The sections of the desk by their names."""
    board = client.get(reverse("admin:index")).context["board"]
    return {section.name: section for section in (*board.needs, *board.beside)}


def words(section: Section) -> list[str]:
    return [line.words for line in section.lines]


def days(number: int) -> dict[str, object]:
    return {"published_at": timezone.now() - timedelta(days=number)}


def test_it_opens_with_what_an_editor_begins(client):
    page = at_desk("editor").get(reverse("admin:index")).content.decode()
    links = [reverse(f"admin:{name}_add") for name in ("appeals_appeal", "articles_article")]
    places = [page.index(f'href="{link}"') for link in links]
    assert places == sorted(places)
    assert places[-1] < page.index("todo-waiting")


def test_appeals_near_or_past_their_day_come_worst_first():
    today = timezone.localdate()
    for title, left in (("near", 7), ("far", 8), ("past", -1), ("today", 0), ("none", None)):
        make_appeal(title=title, act_by=left if left is None else today + timedelta(days=left))
    make_appeal(title="closed", act_by=today).close("won")
    make_appeal(title="draft", act_by=today, status=Status.DRAFT)
    section = opened(at_desk("editor"))["closing"]
    assert [(line.words, line.about) for line in section.lines] == [("past", "1 day past its date"), ("today", "closes today"), ("near", "closes in 7 days")]
    assert [step.label for step in section.lines[0].steps] == ["Close", "Extend"]


def test_addresses_of_open_appeals_that_fail():
    appeal, closed, today = make_appeal(), make_appeal(), timezone.localdate()
    bouncing, said, waiting, dismissed, fine, elsewhere = (make_address(value=f"{name}@example.org", verified_on=today) for name in "abcdef")
    for address in (bouncing, said, waiting, dismissed, fine):
        add_address(appeal, address=address)
    add_address(closed, address=elsewhere)
    closed.close("won")
    for address in (bouncing, elsewhere):
        address.mark_bouncing()
    said.confirm_failure(today)
    for number, (address, state) in enumerate([(waiting, ReportState.WAITING), (waiting, ReportState.WAITING), (dismissed, ReportState.DISMISSED)]):
        FailureReport.objects.create(address=address, appeal=appeal, token=str(number), state=state)
    section = opened(at_desk("editor"))["failing"]
    assert words(section) == ["c@example.org", "a@example.org", "b@example.org"]
    assert section.lines[0].about.endswith("2 reports")


def test_an_address_that_stands_in_for_a_retired_one_is_looked_after():
    old, new = make_address(), make_address(value="new@example.org", status=AddressStatus.BOUNCING)
    add_address(make_appeal(), address=old)
    old.replace_by(new)
    assert words(opened(at_desk("editor"))["failing"]) == ["new@example.org"]


def test_addresses_not_checked_for_90_days():
    appeal, today = make_appeal(), timezone.localdate()
    dates = {"long-ago": (90, 200), "lately": (89, 200), "never": (None, 95), "new": (None, 3)}
    for name, (verified, status) in dates.items():
        address = make_address(value=f"{name}@example.org", verified_on=verified and today - timedelta(days=verified), status_on=today - timedelta(days=status))
        add_address(appeal, address=address)
    assert words(opened(at_desk("editor"))["unchecked"]) == ["never@example.org", "long-ago@example.org"]


def test_open_appeals_that_have_been_silent():
    make_appeal(title="silent", **days(15))
    make_appeal(title="new", **days(13))
    for title, ago in (("told", 13), ("told long ago", 20)):
        make_update(make_appeal(title=title, **days(30)), at=timezone.now() - timedelta(days=ago))
    assert words(opened(at_desk("editor"))["silent"]) == ["told long ago", "silent"]


def test_drafts_of_mine_come_first_and_a_reporter_gets_no_others():
    reporter, other = at_desk("reporter"), make_account("reporter", name="other")
    for user, title in ((reporter.user, "mine"), (other, "theirs")):
        with acting(user):
            make_article(title=title, status=Status.DRAFT, published_at=None)
    make_message(make_article(), state=MessageState.WAITING)
    sections = opened(reporter)
    assert {name: words(section) for name, section in sections.items()} == {"drafts": ["mine"]}
    editor = at_desk("editor")
    with acting(editor.user):
        old = make_article(title="the editor's", status=Status.DRAFT, published_at=None)
    Article.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=9))
    assert words(opened(editor)["drafts"]) == ["the editor's", "theirs", "mine"]


def test_scheduled_posts_and_waiting_messages():
    make_article(title="tomorrow", **days(-1))
    make_article(title="out")
    make_message(text="first", state=MessageState.WAITING, sent_at=timezone.now() - timedelta(hours=1))
    make_message(text="second", state=MessageState.WAITING, sent_at=timezone.now())
    make_message(text="shown")
    sections = opened(at_desk("editor"))
    assert words(sections["scheduled"]) == ["tomorrow"]
    assert words(sections["waiting"]) == ["“first”", "“second”"]


def test_an_administrator_gets_accounts_and_no_drafts():
    make_article(title="Secret draft", status=Status.DRAFT, published_at=None)
    answer = at_desk("administrator").get(reverse("admin:index"))
    assert reverse("admin:auth_user_changelist") in answer.content.decode()
    assert "Secret draft" not in answer.content.decode()
    assert reverse("admin:appeals_appeal_add") not in answer.content.decode()


def test_it_costs_the_same_with_10_posts_and_with_10_000():
    client, counted = at_desk("editor"), []
    for number in (10, 10_000):
        fill(number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("admin:index")).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[1] <= MOST


def fill(number: int) -> None:
    """Drafts, scheduled and public posts in equal parts, and a few rows for every other section."""
    states = [{"status": Status.DRAFT, "published_at": None}, days(-3), days(30)]
    posts = [Article(**post_fields("report", states[nth % 3])) for nth in range(number)]
    for post in posts:
        post.published_on = post.published_at and timezone.localdate(post.published_at)
    made = Article.objects.bulk_create(posts)
    for nth in range(3):
        appeal = make_appeal(act_by=timezone.localdate(), **days(20))
        make_message(made[nth], state=MessageState.WAITING)
        add_address(appeal, address=make_address(status=AddressStatus.BOUNCING))
        add_address(appeal, address=make_address(status_on=timezone.localdate() - timedelta(days=100)))
