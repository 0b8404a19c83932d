"""Reporter, editor, administrator: who gets which page of the desk, and what a reporter's form can do."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from appeals.models import Appeal, FailureReport, Press
from appeals.tests.factories import add_address, make_appeal, make_letter
from articles.models import Article, AuditEntry, Origin, Status, Version
from articles.models.audit import acting
from articles.tests.factories import make_article, make_event, make_label, make_message, make_obituary, make_old_address, make_page, make_update
from articles.tests.test_pictures import picture_bytes, upload
from campaign.models import SiteProfile
from campaign.tests.accounts import at_desk, make_account

pytestmark = pytest.mark.django_db

ROLES = ("reporter", "editor", "administrator")
VIEWS = ("changelist", "add", "change", "delete", "history")
ALL, READ, NONE = "vacdh", "vch", ""
"""v list, a add, c one of them (to change or read), d delete, h history."""
TABLE = {
    # model: what reporters, editors and administrators get where the row is nobody's draft of their own
    "articles.article": ("va", ALL, NONE),
    "articles.page": (NONE, ALL, NONE),
    "articles.label": (READ, ALL, NONE),
    "articles.message": (NONE, ALL, NONE),
    "articles.picture": ("vach", ALL, NONE),
    "articles.update": (NONE, ALL, NONE),
    "articles.event": (NONE, ALL, NONE),
    "articles.life": (NONE, ALL, NONE),
    "articles.oldaddress": (NONE, ALL, NONE),
    "articles.origin": (NONE, READ, NONE),
    "articles.version": (NONE, READ, NONE),
    "articles.auditentry": (NONE, READ, READ),
    "appeals.appeal": ("va", ALL, NONE),
    "appeals.recipient": (READ, ALL, NONE),
    "appeals.address": (READ, ALL, NONE),
    "appeals.failurereport": (NONE, READ, NONE),
    "appeals.press": (NONE, READ, NONE),
    "campaign.siteprofile": (NONE, READ, NONE),
    "auth.user": (NONE, NONE, ALL),
}


@pytest.fixture
def rows(settings, tmp_path) -> dict[str, int]:
    """One row of every table the desk shows, by no account."""
    settings.MEDIA_ROOT = tmp_path
    article, appeal = make_article(), make_appeal()
    used = add_address(appeal)
    make_letter(appeal)
    objects = [
        article, appeal, make_page(), make_label(), make_message(article), upload(picture_bytes((40, 20))), make_update(article), make_event(article),
        make_obituary().life, make_old_address("/x/", "/y/"), Origin.objects.create(post=article, source="x", entry_id="1", digest="0"),
        used.address, used.address.recipient, Version.objects.create(post=article, data={}), AuditEntry.objects.create(act="login"),
        FailureReport.objects.create(appeal=appeal, address=used.address, token="f"), Press.objects.create(appeal=appeal, token="p"),
        SiteProfile.objects.get(), make_account(name="x"),
    ]  # fmt: skip
    return {row._meta.label_lower: row.pk for row in objects}


def path(model: str, view: str, pk: int) -> str:
    return reverse(f"admin:{model.replace('.', '_')}_{view}", args=[pk] if view not in ("changelist", "add") else [])


def opened(client: Client, rows: dict[str, int], model: str) -> str:
    return "".join(letter for letter, view in zip("vacdh", VIEWS, strict=True) if client.get(path(model, view, rows[model])).status_code == 200)


def test_the_table_names_every_model_of_the_desk():
    assert {model._meta.label_lower for model in admin.site._registry} == set(TABLE)


@pytest.mark.parametrize("number", range(3), ids=ROLES)
def test_each_role_gets_the_pages_of_the_table_and_no_others(rows, number):
    client = at_desk(ROLES[number])
    assert {model: opened(client, rows, model) for model in TABLE} == {model: rights[number] for model, rights in TABLE.items()}


def test_nobody_gets_in_without_an_account_or_without_a_role(client, rows):
    paths = [path(model, view, rows[model]) for model in TABLE for view in VIEWS]
    assert {answer.status_code for answer in map(client.get, paths)} == {302}
    assert {answer.url.partition("?")[0] for answer in map(client.get, paths)} == {reverse("admin:login")}
    staff = at_desk("")
    assert {path for path in paths if staff.get(path).status_code == 200} == set()


def draft(user: User, **overrides: object) -> Article:
    with acting(user):
        return make_article(**{"status": Status.DRAFT, "published_at": None, **overrides})


def test_a_reporter_sees_drafts_of_their_own_alone():
    reporter = at_desk("reporter")
    mine, other = draft(reporter.user), draft(make_account("reporter", name="other"))
    published = make_article(created_by=reporter.user)
    answers = {post: reporter.get(path("articles.article", "change", post.pk)).status_code for post in (mine, other, published)}
    assert answers == {mine: 200, other: 302, published: 302}
    listed = reporter.get(path("articles.article", "changelist", 0)).content.decode()
    assert [post.title in listed for post in (mine, other, published)] == [True, False, False]


NO_ROWS = {f"{name}-{field}": number for name in ("updates", "events", "life", "letters", "appeal_addresses", "letter_claims")
           for field, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}  # fmt: skip


def test_a_reporter_learns_of_no_label_which_drafts_of_others_carry_it():
    label, other = make_label(name="Arrests"), make_label(name="Wages")
    make_article(labels=(label,))
    draft = make_article(labels=(label,), status=Status.DRAFT)
    found = {}
    for role in ("reporter", "editor"):
        client, labels = at_desk(role), reverse("admin:articles_label_changelist")
        counts = {row.name: row.number for row in client.get(labels).context["cl"].result_list}
        found[role] = (counts, client.get(labels, {"posts": draft.pk}).status_code)
    assert other.pk
    assert found == {"reporter": ({"Arrests": 1, "Wages": 0}, 400), "editor": ({"Arrests": 2, "Wages": 0}, 200)}


def test_a_reporter_cannot_publish_whatever_is_posted():
    reporter = at_desk("reporter")
    forged = {"status": "published", "published_at_0": "2026-01-01", "published_at_1": "12:00", "published_at": "2026-01-01 12:00", "lead": "on"}
    answer = reporter.post(
        path("articles.article", "add", 0), {"kind": "report", "title": "Night shift", "language": "en", "body": "x", **forged, **NO_ROWS}, follow=True
    )
    post = Article.objects.get(title="Night shift")
    assert (answer.status_code, post.status, post.published_at, post.lead, post.created_by) == (200, "draft", None, False, reporter.user)
    reporter.post(path("articles.article", "change", post.pk), {"kind": "report", "title": "Night shift 2", "language": "en", "body": "x", **forged, **NO_ROWS})
    post.refresh_from_db()
    assert (post.title, post.status, post.is_public()) == ("Night shift 2", "draft", False)


def test_a_reporter_gets_no_action_that_publishes_or_deletes():
    reporter = at_desk("reporter")
    appeal, label = make_appeal(status=Status.DRAFT, published_at=None), make_label()
    listed = path("appeals.appeal", "changelist", 0)
    for action in ("publish_chosen", "add_label", "delete_selected"):
        reporter.post(listed, {"action": action, "_selected_action": [appeal.pk], "label": label.pk})
    assert (Appeal.objects.get().status, Appeal.objects.get().labels.count()) == (Status.DRAFT, 0)


def test_an_administrator_sees_and_changes_no_superuser():
    administrator, chief = at_desk("administrator"), make_account("superuser")
    page = path("auth.user", "change", chief.pk)
    assert administrator.get(page).status_code == 302
    assert administrator.post(f"{page.replace('change/', '')}password/", {"password1": "x", "password2": "x"}).status_code in (302, 404)
    forged = {"username": "administrator", "groups": [Group.objects.get(name="administrator").pk], "is_superuser": "on", "is_active": "on"}
    answer = administrator.post(path("auth.user", "change", administrator.user.pk), forged)
    administrator.user.refresh_from_db()
    assert (answer.status_code, administrator.user.is_superuser) == (302, False)
