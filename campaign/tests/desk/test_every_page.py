"""Every address of the desk that is not one of a table's five pages (test_roles.py has those), and every role: who gets in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from appeals.models import Appeal, Outcome
from appeals.tests.factories import add_address, make_appeal
from articles import versions
from articles.models import Article, Page
from articles.tests.factories import make_article, make_page
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db

ROLES = {"r": "reporter", "e": "editor", "a": "administrator"}
TABLE = {
    # name: whom it lets in where the post is public and nobody's own draft
    "index": "rea", "guide": "rea", "factor": "rea", "factor_renew": "rea", "sessions": "rea", "login": "", "logout": "rea", "jsi18n": "rea",
    "password_change_done": "rea", "autocomplete": "", "app_list": "rea", "view_on_site": "e",
    "render_text": "rea", "paste_text": "rea", "mail_length": "rea", "paste": "re",
    "preview": "e", "queue": "e", "add_update": "e", "withdraw": "e", "close": "e", "reopen": "e", "extend": "e",
    "ledger": "e", "ledger_export": "e", "ledger_address": "e", "ledger_replace": "e",
    "articles_article_versions": "e", "articles_article_version": "e",
    "articles_page_versions": "e", "articles_page_version": "e",
    "appeals_appeal_versions": "e", "appeals_appeal_version": "e",
}  # fmt: skip
OF_TABLES = ("_changelist", "_add", "_change", "_delete", "_history")
WITHOUT_LOGIN = {"login"}


def names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        elif pattern.name and not pattern.name.endswith(OF_TABLES):
            yield pattern.name


@pytest.fixture
def paths() -> dict[str, str]:
    """A path for every name, each about something that is there."""
    rows = {"article": make_article(), "page": make_page(), "appeal": make_appeal()}
    ended, address = make_appeal(), add_address(rows["appeal"]).address
    ended.close(Outcome.WON)
    of = {"appeal": Appeal, "article": Article, "page": Page}
    found = {"app_list": {"app_label": "articles"}, "view_on_site": {"content_type_id": content_type(rows["article"]), "object_id": rows["article"].pk}}
    for kind, row in rows.items():
        version = versions.keep(of[kind].objects.get(pk=row.pk), None)
        label = row._meta.label_lower.replace(".", "_")
        found |= {f"{label}_versions": {"pk": row.pk}, f"{label}_version": {"pk": row.pk, "version": version.pk}}
    found |= {name: {"pk": rows["appeal"].pk} for name in ("add_update", "withdraw", "close", "extend", "preview")} | {"reopen": {"pk": ended.pk}}
    found |= {name: {"pk": address.pk} for name in ("ledger_address", "ledger_replace")}
    return {name: path for name in TABLE if (path := reversed_or_none(name, found.get(name, {})))}


def content_type(row: Any) -> int:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(row).pk


def reversed_or_none(name: str, kwargs: dict[str, Any]) -> str:
    try:
        return reverse(f"admin:{name}", kwargs=kwargs)
    except NoReverseMatch:
        return ""


def gets_in(client: Client, path: str) -> bool:
    """A page, a refusal of GET alone, or a way on that is neither the login nor back to the desk."""
    answer = client.get(path)
    away = answer.status_code == 302 and answer.url != reverse("admin:index") and not answer.url.startswith(reverse("admin:login"))
    return away or answer.status_code in (200, 400, 405)


def test_every_address_has_a_row(paths):
    assert set(names(admin.site.urls[0])) == paths.keys()


def test_each_role_gets_into_its_own(paths):
    found = dict.fromkeys(paths, "")
    for letter, role in ROLES.items():
        client = at_desk(role)
        for name, path in paths.items():
            found[name] += letter if gets_in(client, path) else ""
    assert found == {name: TABLE[name] for name in paths}


def test_without_a_login_there_is_the_login_alone(paths, client):
    assert {name for name, path in paths.items() if gets_in(client, path)} == WITHOUT_LOGIN
