"""Every address of the site, and everybody: who may see it, who gets the login, a refusal or nothing. An address without a row fails.

The pages that each table of the desk has (list, add, change, delete, history) have their rows in campaign/tests/desk/test_roles.py.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from appeals.models import Appeal, Outcome
from appeals.tests.factories import add_address, make_appeal, make_letter
from articles import previews, versions
from articles.models import Article, Page, Status
from articles.tests.factories import make_article, make_event, make_label, make_page
from articles.tests.test_pictures import picture_bytes, upload
from campaign.tests.accounts import at_desk, make_account
from campaign.tests.desk import test_roles

pytestmark = pytest.mark.django_db

WHO = ("", "reporter", "editor", "administrator")
L, D, FACTOR, ON = "login", "desk", "factor", "on"
"""Led to the login, back to the desk's first page, to the second factor, or on to where it is about."""

FOR_ALL = (
    "healthz", "readyz", "picture", "robots", "sitemap", "sitemap_lists", "sitemap_month", "home", "archive", "year", "month", "day", "article",
    "report_txt", "labels", "label", "label_year", "label_feed", "reports", "strike-updates", "obituaries", "statements", "press-releases",
    "open-letters", "interviews", "search", "events", "events_ics", "feed", "json_feed", "appeals_feed", "appeals", "appeal", "appeal_txt",
    "appeal_csv", "appeal_card", "appeal_ics", "appeal_draft", "appeal_sheet", "appeal_sent", "appeal_messages", "appeal_failed", "mirror", "page",
    "preview", "security", "mirror_zip",
)  # fmt: skip
ANYBODY = (L, 200, 200, 200)
EDITORS, SEEN_BY_EDITORS = (L, 403, 200, 403), (L, 404, 200, 404)
DESK: dict[str, tuple[object, ...]] = {
    # nobody, reporter, editor, administrator: about what is public and nobody's own draft
    **dict.fromkeys(("index", "guide", "sessions", "factor", "password_change", "password_change_done", "jsi18n", "app_list"), ANYBODY),
    **dict.fromkeys(("render_text", "paste_text", "mail_length"), (L, 405, 405, 405)),
    **dict.fromkeys(("queue", "add_update", "withdraw", "close", "reopen", "extend", "ledger", "ledger_address", "ledger_replace"), EDITORS),
    **dict.fromkeys(("preview", "articles_article_versions", "articles_article_version", "articles_page_versions"), SEEN_BY_EDITORS),
    **dict.fromkeys(("articles_page_version", "appeals_appeal_versions", "appeals_appeal_version"), SEEN_BY_EDITORS),
    "paste": (L, 200, 200, 403),
    "ledger_export": (L, 403, 405, 403),
    "view_on_site": (L, 404, ON, 404),
    "auth_user_password_change": (L, 403, 403, 200),
    "autocomplete": (L, 403, 403, 403),
    "factor_renew": (L, FACTOR, FACTOR, FACTOR),
    "login": (200, D, D, D),
    "logout": (D, 405, 405, 405),
}
DESK = {f"admin:{name}": row for name, row in DESK.items()}
TABLES = {f"admin:{model.replace('.', '_')}_{view}" for model in test_roles.TABLE for view in test_roles.VIEWS}


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield space + pattern.name


@pytest.fixture
def given(settings, tmp_path) -> dict[str, dict[str, object]]:
    """What each address is about; everything is there and public."""
    settings.MEDIA_ROOT, settings.MIRROR_ZIP = tmp_path, tmp_path / "mirror.zip"
    settings.MIRROR_ZIP.write_bytes(b"PK")
    article, page, appeal, ended, label = make_article(), make_page(), make_appeal(), make_appeal(), make_label(name="Strike")
    article.set_labels([label])
    make_event(appeal)
    ended.close(Outcome.WON)
    address, letter, picture = add_address(appeal).address, make_letter(appeal), upload(picture_bytes((40, 20)))
    name, form = picture.file.name.removeprefix("pictures/").split(".")
    day = article.published_on
    about: dict[str, dict[str, object]] = {
        "picture": {"name": name, "form": form}, "page": {"slug": page.slug}, "year": {"year": day.year}, "day": {"day": day},
        "label": {"slug": label.slug}, "label_feed": {"slug": label.slug}, "label_year": {"slug": label.slug, "year": day.year},
        "preview": {"token": previews.link(make_article(status=Status.DRAFT, published_at=None)).rstrip("/").rpartition("/")[2]},
    }  # fmt: skip
    about |= {key: {"year": day.year, "month": day.month} for key in ("month", "sitemap_month")}
    about |= {key: {"day": day, "slug": article.slug} for key in ("article", "report_txt")}
    about |= {name: {"slug": appeal.slug} for name in FOR_ALL if name.startswith("appeal_") or name == "appeal"}
    about["appeal_card"]["recipient"], about["appeal_draft"]["letter"], about["appeal_failed"]["address"] = address.recipient_id, letter.pk, address.pk
    return about | at_the_desk(article, page, appeal, ended, address.pk)


def at_the_desk(article: Any, page: Any, appeal: Any, ended: Any, address: int) -> dict[str, dict[str, object]]:
    kind = ContentType.objects.get_for_model(Article).pk
    about: dict[str, dict[str, object]] = {"app_list": {"app_label": "articles"}, "view_on_site": {"content_type_id": kind, "object_id": article.pk}}
    for row, model in ((article, Article), (page, Page), (appeal, Appeal)):
        version = versions.keep(model.objects.get(pk=row.pk), None)
        label = model._meta.label_lower.replace(".", "_")
        about |= {f"{label}_versions": {"pk": row.pk}, f"{label}_version": {"pk": row.pk, "version": version.pk}}
    about |= {key: {"pk": appeal.pk} for key in ("add_update", "withdraw", "close", "extend", "preview")} | {"reopen": {"pk": ended.pk}}
    about |= {key: {"pk": address} for key in ("ledger_address", "ledger_replace")}
    about["auth_user_password_change"] = {"id": make_account("reporter", name="somebody").pk}
    return {f"admin:{name}": one for name, one in about.items()}


def said(answer: HttpResponse) -> object:
    """The status, or where it leads: to the login, to the desk's first page, to the second factor."""
    if answer.status_code != 302:
        return answer.status_code
    leads = answer.url.partition("?")[0]
    return {reverse("admin:login"): L, reverse("admin:index"): D, reverse("admin:factor"): FACTOR}.get(leads, ON)


def everybody() -> list[Client]:
    return [Client() if not role else at_desk(role) for role in WHO]


def answers(client: Client, given: dict[str, dict[str, object]], rows: Any) -> dict[str, object]:
    return {name: said(client.get(reverse(name, kwargs=given.get(name, {})))) for name in rows}


def test_every_address_has_a_row():
    assert sorted(names(get_resolver().url_patterns)) == sorted((*FOR_ALL, *DESK, *TABLES))


def test_every_page_of_the_site_is_the_same_for_everybody(given, settings):
    settings.REVISION_MAX_AGE = 3600
    settings.SECURITY_CONTACT = "mailto:safe@example.org"
    everyone = everybody()
    with time_machine.travel(timezone.now(), tick=False):  # a preview is dated the moment it is looked at
        seen = everything(everyone, given)
    assert {name: pages for name, pages in seen.items() if len(pages) != 1 or next(iter(pages))[0] != 200} == {}


def everything(everyone: list[Client], given: dict[str, dict[str, object]]) -> dict[str, set[tuple[int, bytes, str]]]:
    return {name: {page(client.get(reverse(name, kwargs=given.get(name, {})))) for client in everyone} for name in FOR_ALL}


def page(answer: HttpResponse) -> tuple[int, bytes, str]:
    """What a reader gets; a form's own token apart."""
    return answer.status_code, re.sub(rb'name="token" value="[^"]+"', b"", answer.getvalue()), answer.get("Set-Cookie", "")


def test_every_page_of_the_desk_answers_each_role_as_the_table_says(given):
    everyone = [answers(client, given, DESK) for client in everybody()]
    assert {name: tuple(one[name] for one in everyone) for name in DESK} == DESK


def test_without_the_second_factor_nothing_opens_but_the_way_to_it(given, settings):
    everyone = everybody()
    settings.SECOND_FACTOR = True
    open_to_all = {"admin:login", "admin:logout", "admin:jsi18n", "admin:factor"}
    rows = [name for name in DESK if name not in open_to_all]
    models = [test_roles.path(model, view, 1) for model in test_roles.TABLE for view in test_roles.VIEWS]
    for client in everyone[1:]:
        assert answers(client, given, rows) == dict.fromkeys(rows, FACTOR)
        assert {path: said(client.get(path)) for path in models} == dict.fromkeys(models, FACTOR)
    assert {path: said(everyone[0].get(path)) for path in models} == dict.fromkeys(models, L)


def test_the_desk_tells_nobody_what_it_has():
    """No address under it tells those without an account whether it is there."""
    root = reverse("admin:index")
    paths = [f"{root}{path}" for path in ("none/", "articles/none/", "articles/article/999999/change/", "r/1/1/", "posts/999999/preview/", "x.php")]
    assert {said(Client().get(path)) for path in paths} == {L}
