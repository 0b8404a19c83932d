"""The audit log: what is noted, that nobody changes it, and that no editor's name reaches readers."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.models import Outcome
from appeals.tests.factories import add_address, make_appeal, make_letter
from articles.models import Act, AuditEntry, Post, Status
from articles.models.audit import acting
from articles.tests.factories import make_article, make_event, make_message, make_obituary, make_update
from campaign.tests.accounts import PASSWORD, at_desk, make_account
from campaign.tests.crawl import ask, crawl

pytestmark = pytest.mark.django_db


def lines(after: int = 0) -> list[tuple[str, str, str]]:
    """Oldest first, without the first so many: who, what was done, to what."""
    return list(AuditEntry.objects.order_by("pk").values_list("account", "act", "what"))[after:]


def test_logins_are_noted_and_no_word_of_a_failed_one_that_is_no_account(client):
    make_account("editor", name="dana")
    made = len(lines())
    page = reverse("admin:login")
    for name, password in (("dana", "wrong"), ("my secret passphrase", "x"), ("a\0b", "no name at all"), ("dana", PASSWORD)):
        client.post(page, {"username": name, "password": password})
    client.post(reverse("admin:logout"))
    failed = [("dana", "failed-login", ""), ("", "failed-login", "no account of ours")]
    assert lines(made) == [*failed, ("dana", "login", ""), ("dana", "logout", "")]


def test_a_change_of_roles_or_password_is_noted_with_who_did_it():
    administrator = at_desk("administrator")
    account = make_account("reporter", name="aidar")
    made = len(lines())
    change = reverse("admin:auth_user_change", args=[account.pk])
    administrator.post(change, {"username": "aidar", "groups": [Group.objects.get(name="editor").pk], "is_active": "on"})
    administrator.post(reverse("admin:auth_user_password_change", args=[account.pk]), {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    administrator.post(change, {"username": "aidar", "groups": [Group.objects.get(name="editor").pk]})
    administrator.post(reverse("admin:auth_user_delete", args=[account.pk]), {"post": "yes"})
    assert lines(made) == [
        ("administrator", "roles", "aidar: none"),
        ("administrator", "roles", "aidar: editor"),
        ("administrator", "password", "aidar"),
        ("administrator", "roles", "aidar: is_staff"),
        ("administrator", "roles", "aidar: account deleted"),
    ]


def test_what_readers_see_of_a_post_is_noted_whoever_asks_for_it():
    editor = make_account("editor")
    made = len(lines())
    with acting(editor):
        post = make_article(status=Status.DRAFT, published_at=None, title="Strike")
        post.published_at = timezone.now() + timedelta(days=1)
        post.status = Status.PUBLISHED
        post.save()
        post.save()
        Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(days=1))
        Post.objects.filter(pk=post.pk).update(status=Status.WITHDRAWN)
        appeal = make_appeal(title="Appeal")
        appeal.close(Outcome.WON)
        appeal.reopen()
        post.delete()
    assert lines(made) == [
        ("editor", act, title)
        for act, title in (
            ("scheduled", "Strike"), ("published", "Strike"), ("withdrawn", "Strike"), ("published", "Appeal"),
            ("closed", "Appeal"), ("reopened", "Appeal"), ("deleted", "Strike"),
        )
    ]  # fmt: skip


def test_no_command_and_no_import_fills_the_log():
    make_article().delete()
    assert lines() == []


def test_a_request_of_the_desk_is_somebodys_and_the_next_one_nobodys():
    editor = at_desk("editor")
    post = make_article()
    editor.post(reverse("admin:articles_article_delete", args=[post.pk]), {"post": "yes"})
    make_article().delete()
    assert lines()[-1] == ("editor", "deleted", post.title)


def test_no_role_changes_the_log_nor_does_the_code():
    entry = AuditEntry.objects.create(act=Act.LOGIN, account="dana")
    for role in ("reporter", "editor", "administrator", "superuser"):
        client = at_desk(role)
        for view, data in (("change", {"account": "nobody"}), ("delete", {"post": "yes"})):
            assert client.post(reverse(f"admin:articles_auditentry_{view}", args=[entry.pk]), data).status_code == 403
        assert client.post(reverse("admin:articles_auditentry_add"), {"act": "login"}).status_code == 403
        client.post(reverse("admin:articles_auditentry_changelist"), {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(account="x")):
        with pytest.raises(TypeError):
            change()
    assert AuditEntry.objects.filter(pk=entry.pk).values_list("account", "act").get() == ("dana", "login")


def test_the_log_outlives_the_account():
    user = make_account("editor", name="dana")
    AuditEntry.objects.note(Act.LOGIN, by=user)
    user.delete()
    assert AuditEntry.objects.filter(act="login").values_list("account", "by").get() == ("dana", None)


NAME = "zhuldyz-the-editor"


@pytest.fixture
def written_by_one() -> User:
    """A small site, every row of it made at the desk by one account that has a name, a surname and an address."""
    user = make_account("editor", name=NAME, first_name=f"{NAME}1", last_name=f"{NAME}2", email=f"{NAME}@example.org")
    with acting(user):
        article, appeal = make_article(labels=("Zhanaozen",)), make_appeal(urgent=True, labels=("Zhanaozen",))
        make_obituary()
        for post in (article, appeal):
            make_update(post)
            make_event(post)
            make_message(post)
        add_address(appeal)
        make_letter(appeal)
        ended = make_appeal()
        ended.close(Outcome.WON, "Free.")
    return user


def test_an_editors_name_reaches_no_page_feed_file_or_header(written_by_one):
    client, headers = Client(), []

    def get(path: str):
        headers.append(str(dict(client.get(path).headers)))
        return ask(client, path)

    walk = crawl("http://localhost:8000", get)
    assert Post.objects.filter(created_by=written_by_one).count() == 4
    assert {"/feed/", "/appeals/", "/sitemap.xml"} <= {urlsplit(path).path for path in walk.answers} | {"/sitemap.xml"}
    assert [path for path, answer in walk.answers.items() if NAME.encode() in answer.body] == []
    assert [line for line in headers if NAME in line] == []
    more = [f"/{page}" for page in ("sitemap.xml", "sitemap-lists.xml", "robots.txt", "feed.json", "events.ics", "no-such-page/")]
    assert [page for page in more if NAME.encode() in client.get(page).getvalue()] == []


def test_the_table_behind_the_log_has_an_index_for_its_order():
    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, AuditEntry._meta.db_table)
    assert ["at"] in [index["columns"] for index in indexes.values() if index["index"]]
