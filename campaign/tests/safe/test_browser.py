"""Hostile texts in every field, in Chromium: nothing runs, nothing leaves, nobody else is asked. With the policy, and without it."""

from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles import previews, versions
from articles.models import Post
from articles.tests.factories import make_article
from articles.tests.hostile import MARKUP
from articles.tests.hostile import VECTORS as SPELLED
from campaign.tests.accounts import at_desk
from campaign.tests.safe import vectors
from campaign.tests.safe.hostile_site import make_site, stored
from campaign.tests.safe.watching import HOST, Watcher

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]

BOTH = pytest.mark.parametrize("bypass_csp", [False, True], ids=["with the policy", "without it"])


@pytest.fixture(autouse=True)
def quiet(settings) -> None:
    """Nothing changes while pages are opened."""
    settings.REVISION_MAX_AGE = 3600


def public_pages(site) -> Iterator[str]:
    yield from (site.report.get_absolute_url(), site.appeal.get_absolute_url(), site.life.get_absolute_url(), site.posts[0].get_absolute_url())
    yield from ("/", "/labels/", "/appeals/", "/archive/", "/2012/08/", "/events/", "/mirror/", "/feed/", site.posts[0].labels.first().get_absolute_url())
    yield f"{site.appeal.get_absolute_url()}sheet/"
    yield reverse("appeal_messages", args=[site.appeal.slug])
    hidden = make_article(title=site.vectors[0], body=site.vectors[1], status="draft", published_at=None)
    yield urlsplit(previews.link(hidden)).path


def questions(texts: tuple[str, ...]) -> Iterator[str]:
    for words in texts:
        yield f"/search/?q={quote(stored(words))}"
        yield f"/{quote(stored(words), safe='')}/"


def desk_pages(site) -> Iterator[str]:
    models = ("articles_article", "articles_label", "articles_message", "articles_picture", "articles_event", "articles_update", "articles_life")
    for model in (*models, "appeals_appeal", "appeals_recipient", "appeals_address"):
        yield reverse(f"admin:{model}_changelist")
    for name in ("index", "queue", "ledger"):
        yield reverse(f"admin:{name}")
    for post in (site.posts[0], site.posts[-1]):
        version = versions.keep(post, None)
        yield from (reverse(f"admin:articles_article_{page}", args=[post.pk]) for page in ("change", "versions", "history"))
        yield reverse("admin:preview", args=[post.pk])
        yield reverse("admin:articles_article_version", args=[post.pk, version.pk])
    yield reverse("admin:appeals_appeal_change", args=[site.appeal.pk])
    yield reverse("admin:campaign_siteprofile_change", args=[1])
    yield reverse("admin:ledger_address", args=[site.appeal.appeal_addresses.first().address_id])
    yield reverse("admin:close", args=[site.appeal.pk])


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The nastiest texts, stored once for the tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_site(vectors.NASTIEST, letters=8)
        transaction.set_rollback(True)


def test_the_nastiest_texts_run_nowhere(browser, site):
    """Without the policy: the first wall stands by itself."""
    watcher = Watcher(browser, Client(raise_request_exception=False), bypass_csp=True)
    for number, path in enumerate((*public_pages(site), *questions(vectors.NASTIEST[::13]))):
        watcher.open(path, by_hand=25 if number < 2 else 0)
    assert watcher.close() == []


def test_the_nastiest_texts_do_not_even_meet_the_policy(browser, site):
    watcher = Watcher(browser, Client(raise_request_exception=False), bypass_csp=False)
    for path in (site.report.get_absolute_url(), site.appeal.get_absolute_url(), "/"):
        watcher.open(path)
    assert watcher.close() == []


def test_the_nastiest_texts_run_nowhere_at_the_desk(browser, site):
    watcher = Watcher(browser, at_desk("editor"), bypass_csp=True)
    for path in desk_pages(site):
        watcher.open(path)
    assert watcher.close() == []


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
@BOTH
def test_no_text_runs_anywhere(browser, bypass_csp, part):
    texts = (*vectors.VECTORS, *MARKUP, *SPELLED[len(MARKUP) :: 4])[part::8]
    site = make_site(tuple(dict.fromkeys(texts)), letters=6)
    watcher = Watcher(browser, Client(raise_request_exception=False), bypass_csp)
    for number, path in enumerate((*public_pages(site), *(post.get_absolute_url() for post in site.posts[:: 2 + bypass_csp]), *questions(texts[::8]))):
        watcher.open(path, by_hand=0 if number > 1 else 100)
    watcher.client = at_desk("editor")
    for path in desk_pages(site):
        watcher.open(path)
    assert watcher.close() == []


PLANTED = (
    "<script>alert(1)</script><img src=x onerror=alert(1)><a id=x href='javascript:alert(1)'>x</a><img src='https://elsewhere.example/x.gif'>"
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><form action='https://elsewhere.example/'><button>x</button></form><p onclick=alert(1)>y</p>"
)


@BOTH
def test_the_policy_stops_what_is_planted(browser, bypass_csp):
    """The second wall alone; and that a browser without it would see what this looks for."""
    post = make_article()
    Post.objects.filter(pk=post.pk).update(body_html=PLANTED)
    watcher = Watcher(browser, Client(), bypass_csp)
    watcher.open(post.get_absolute_url(), by_hand=60)
    ran = {what for _path, what in watcher.close() if what.startswith(("RAN", "asked", "a dialog"))}
    assert ran == ({"RAN alert", "asked https://elsewhere.example/x.gif"} if bypass_csp else set())
    assert HOST not in str(ran)
