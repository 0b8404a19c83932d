"""What readers must not see, marked, and every public answer searched for the marks: pages, feeds, texts, downloads, search, sitemaps, mirror."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.models import Channel, Party
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles.memo import memo
from articles.models import MessageState, Origin, Post, Status, Version
from articles.tests.factories import make_article, make_event, make_label, make_message, make_obituary, make_page
from campaign.tests.accounts import at_desk, make_account
from campaign.tests.crawl import ask, crawl
from campaign.tests.export.test_round_trip import Pages

pytestmark = pytest.mark.django_db

MARK = "Marmoset"
"""Begins every word that readers must not find; in the addresses of hidden posts it is written small."""
SOUGHT = "tamarin"
"""Stands beside it everywhere: pages of results repeat the question, and so must not be asked for the mark itself."""
MARKS = re.compile(rb"marmoset|777.?00.?[01]\d", re.IGNORECASE)
STATES = {
    "draft": {"status": Status.DRAFT, "published_at": None},
    "dated draft": {"status": Status.DRAFT},
    "private": {"status": Status.PRIVATE},
    "withdrawn": {"status": Status.WITHDRAWN, "withdrawn_reason": "It named a witness."},
    "scheduled": {"published_at": timezone.now() + timedelta(days=3)},
}


def marked(name: str) -> str:
    return f"{MARK}{name.replace(' ', '')} {SOUGHT}"


def slug(name: str, make: Callable[..., Any]) -> str:
    return f"{MARK}{name.replace(' ', '')}-{make.__name__}".lower().replace("_", "-")


def hide(make: Callable[..., Any], name: str, **more: object) -> None:
    """A post in a state that hides it, with everything that may hang on one."""
    words = marked(name)
    fields = dict.fromkeys(("title", "standfirst", "byline", "dateline", "body", "source_name", "correction"), words)
    post = make(labels=("Strike",), **fields, slug=slug(name, make), lead=True, **STATES[name], **more)
    post.updates.create(text=words, at=timezone.now())
    make_event(post, title=words, place=words, organiser=words, contact=words)
    make_message(post, text=words, name=words)


def hidden_appeal(name: str, number: str) -> None:
    appeal = make_appeal(title=marked(name), demands=[marked(name)], urgent=True, slug=slug(name, hidden_appeal), **STATES[name])
    address = make_address(make_recipient(name=marked(name)), channel=Channel.PHONE, value=number, note=marked(name))
    add_address(appeal, address=address)
    make_letter(appeal, subject=marked(name), body=marked(name))


def withdrawn_from_readers(appeal: Any) -> None:
    """On a public appeal: a number past its day, one retired, one no appeal prints, words that nobody has let through."""
    yesterday = timezone.localdate() - timedelta(days=1)
    who = make_recipient(name="The inspector", office="the police", party=Party.POLICE)
    add_address(appeal, address=make_address(who, channel=Channel.PHONE, value="+77017770001", show_until=yesterday, note=marked("note")))
    make_address(who, channel=Channel.PHONE, value="+77017770002", note=marked("ledger"), source=marked("source"))
    for state in (MessageState.WAITING, MessageState.REJECTED):
        make_message(appeal, text=marked(state), name=marked(state), organisation=marked(state), place=marked(state), state=state)


@pytest.fixture
def paths(settings, tmp_path) -> Iterator[list[str]]:
    """Made for each test: on PostgreSQL the end of one closes the connection, and all that a module shares would go with it."""
    settings.MEDIA_ROOT = tmp_path
    yield made()
    memo.forget()


def made() -> list[str]:
    """A public site that everything hidden hangs on; the addresses of what is hidden, which readers may guess."""
    report, appeal = make_article(labels=("Strike",), body="In the open."), make_appeal(labels=("Strike",), title="Free them")
    add_address(appeal, address=make_address(value="minister@example.org"))
    make_letter(appeal)
    make_page(title="About", slug="about")
    for number, name in enumerate(STATES):
        hide(make_article, name)
        hide(make_obituary, name)
        hide(make_appeal, name, demands=[marked(name)], urgent=True)
        make_page(title=marked(name), body=marked(name), slug=slug(name, make_page), **STATES[name])
        hidden_appeal(name, f"+7701777001{number}")
    withdrawn_from_readers(appeal)
    report.carries, report.translation_of = appeal, report
    report.save()
    Version.objects.create(post=report, data={"title": marked("version")})
    Origin.objects.create(post=report, source=marked("origin"), entry_id="1", digest="0")
    make_account("editor", name=f"{MARK}editor", email="marmoset-editor@example.org")
    hidden = Post.objects.exclude(pk__in=Post.objects.public())
    hidden.first().set_labels([make_label(name=f"{MARK}label", slug="of-drafts-alone")])
    return ["/labels/of-drafts-alone/", *(post.get_absolute_url() or f"/2012/08/29/{post.slug}/" for post in hidden)]


def unseen(body: bytes) -> list[bytes]:
    """The marks in an answer, however they are spelled in it."""
    return MARKS.findall(body)


def guesses(paths: list[str]) -> Iterator[str]:
    """Every address that a reader could try: of what is hidden, of all that hangs on it, and of questions about it."""
    for path in paths:
        files = ("", "report.txt", "appeal.txt", "addresses.csv", "events.ics", "sheet/", "sent/", "messages/", "feed/", "2012/", "feed.json")
        yield from (path + file for file in files)
        for number in range(1, 8) if path.startswith("/appeals/") else ():
            yield from (f"{path}{number}.vcf", f"{path}letter-{number}.eml", f"{path}failed/{number}/")
    yield from (f"/search/?q={quote(words)}{order}" for words in (SOUGHT, SOUGHT[:4], "inspector", "police") for order in ("", "&order=newest"))
    yield from ("/feed.json", "/events.ics", "/sitemap.xml", "/sitemap-lists.xml", "/robots.txt", "/healthz", "/readyz", "/.well-known/security.txt")
    yield from (f"/sitemap-{month}.xml" for month in ("2012-08", f"{timezone.now() + timedelta(days=3):%Y-%m}"))
    yield from (f"/{timezone.now() + timedelta(days=3):%Y/%m/%d}/", "/2012/08/29/", "/?p=1", "/none/", "/2012/08/29/none/")


def test_no_answer_holds_a_hidden_word(paths, settings):
    settings.REVISION_MAX_AGE = 3600
    client = Client()
    walk = crawl("http://testserver", lambda path: ask(client, path))
    found = {path: unseen(answer.body) for path, answer in walk.answers.items() if unseen(answer.body)}
    tried = {path: client.get(path) for path in guesses(paths)}
    found |= {path: unseen(body) for path, answer in tried.items() if unseen(body := answer.getvalue().replace(path.encode(), b""))}
    assert found == {}
    assert len(walk.answers) > 25
    assert {answer.status_code for answer in tried.values()} <= {200, 301, 404, 410}


def test_no_file_of_the_mirror_holds_a_hidden_word(paths, settings):
    settings.REVISION_MAX_AGE, settings.STATIC_ROOT = 3600, configured.BASE_DIR / "static"
    files = {file.name: file.content for file in Pages().files(timezone.now())}
    assert {name: unseen(name.encode() + content) for name, content in files.items() if unseen(name.encode() + content)} == {}
    assert len(files) > 25


def test_the_marks_are_there_to_be_found(paths):
    """The search above can fail: the desk shows them, each once at least."""
    editor = at_desk("editor")
    lists = ("articles_article", "articles_page", "articles_message", "appeals_appeal", "appeals_address", "articles_event")
    shown = b"".join(editor.get(reverse(f"admin:{name}_changelist")).content for name in lists)
    words = {marked(name) for name in (*STATES, MessageState.WAITING, MessageState.REJECTED)}
    assert {word for word in words if word.encode() not in shown} == set()
    assert unseen(b"/2012/marmosetprivate-post/ +7 701 777 0001 Marmoset-editor@") == [b"marmoset", b"777 0001", b"Marmoset"]
