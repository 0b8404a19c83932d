"""The demo archive taken out and read back into an empty site: every public page, feed, text and picture is the same, byte by byte."""

import io
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image

from appeals.models import Address, Appeal, Recipient
from appeals.tests.factories import make_recipient
from articles.memo import memo
from articles.models import Event, Label, Message, MessageState, OldAddress, Origin, Picture, Post, Version
from articles.tests.factories import make_article
from campaign.export import tables
from campaign.mirror.crawl import Crawl
from campaign.models import SiteProfile

NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = settings.BASE_DIR / "static"


class Pages(Crawl):
    """As the mirror walks, on the test's own connection."""

    def ask(self, path: str) -> tuple[int, str, bytes]:
        answer = Client().get(path)
        return answer.status_code, answer["Content-Type"], answer.getvalue()


def pages() -> dict[str, bytes]:
    memo.forget()
    return {file.name: file.content for file in Pages().files(NOW)}


def rows() -> dict[str, list[dict]]:
    """Everything, drafts and private numbers too, but for when it was last changed in the search index."""
    return {name: list(model._base_manager.order_by("pk").values()) for name, model in {**tables.tables(), "posts": Post}.items()}


def empty() -> None:
    """As a new site is."""
    Post.objects.all().delete()
    for model in (Address, Recipient, Label, Picture, OldAddress):
        model.objects.all().delete()
    SiteProfile.objects.all().delete()
    SiteProfile.objects.create(pk=1)


def filled() -> None:
    call_command("demo", verbosity=0)
    post = Post.objects.filter(kind="report", status="published").first()
    OldAddress.objects.moved("/?p=5", post.get_absolute_url())
    Version.objects.create(post=post, data={"title": "Before"})
    Message.objects.create(post=post, text="Waiting\u2028words", state=MessageState.WAITING)
    make_article(title="A draft: with “marks” # and ---", body="One\n\n---\n\nTwo\n---\nThree\u2028four\x85\t", status="draft", published_at=None)


def test_what_is_exported_reads_back_to_the_same_site(tmp_path):
    filled()
    before, kept = pages(), rows()
    call_command("export", tmp_path / "site")
    empty()
    call_command("import_export", tmp_path / "site")
    assert rows() == kept
    after = pages()
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert make_article().pk > max(row["id"] for row in kept["posts"])


def test_an_export_is_the_operator_s_alone_and_whole_or_not_there(tmp_path):
    make_article(title="One")
    call_command("export", tmp_path / "site")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "site").rglob("*") if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "site", *(tmp_path / "site").rglob("*")] if path.is_dir()} == {0o700}
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_that_holds_anything_is_left_alone(tmp_path):
    make_article()
    call_command("export", tmp_path / "site")
    with pytest.raises(CommandError, match="not empty: it has posts"):
        call_command("import_export", tmp_path / "site")


def exported(folder: Path) -> Path:
    """A site with a row or two in the tables that the tests change."""
    post = make_article(("Gas",))
    make_recipient()
    Event.objects.create(post=post, starts=NOW, place="The gate", zone="Asia/Aqtau")
    Message.objects.create(post=post, text="Solidarity")
    OldAddress.objects.create(path="/old.html", target="/2012/")
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, "PNG")
    Picture.objects.create(file=ContentFile(stream.getvalue(), name="a.png"), alt="The gate")
    call_command("export", folder)
    empty()
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("export.json", '"format": 1', '"format": 9', "another version"),
        ("labels.json", '"name"', '"nam"', "labels.json, line 2"),
        ("recipients.json", "[\n", "[\n{\n", "recipients.json, line 2"),
        ("pictures.json", "pictures/", "../pictures/", "is not the picture that was exported"),
        ("events.json", '"zone": "', '"zone": "Mars/', "not a time zone"),
        ("profile.json", '"fund_link": ""', '"fund_link": "javascript:alert(1)"', "no address that a page may link"),
        ("old-addresses.json", '"target": "/', '"target": "//evil.example/', "leads to a page of this site"),
        ("messages.json", '"post": ', '"post": 99999', "do not fit each other"),
    ],
)
def test_a_folder_that_was_changed_is_refused_in_a_sentence(tmp_path, file, old, new, says):
    path = exported(tmp_path / "site") / file
    words = path.read_text()
    assert old in words
    path.write_text(words.replace(old, new, 1))
    with pytest.raises(CommandError, match=says) as refusal:
        call_command("import_export", tmp_path / "site")
    assert refusal.value.returncode == 2
    assert Post.objects.count() == Recipient.objects.count() == 0


def test_nothing_that_an_export_s_folder_says_becomes_markup_unclean(tmp_path):
    make_article(title="Marked", body="One")
    folder = tmp_path / "site"
    call_command("export", folder)
    [path] = folder.rglob("*.md")
    path.write_text(path.read_text() + "<script>alert(1)</script><img src=x onerror=alert(1)>")
    Post.objects.all().delete()
    call_command("import_export", folder)
    assert "<script" not in Post.objects.get().body_html
    assert "onerror" not in Post.objects.get().body_html


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"no folder that manage\.py export wrote"):
        call_command("import_export", tmp_path)


def test_every_table_of_ours_is_exported():
    assert {Message, Origin, Appeal, SiteProfile, Version, OldAddress} <= set(tables.tables().values())
    assert {"appeals", "recipients", "addresses", "appeal-addresses", "letters", "messages", "labels", "profile"} <= tables.tables().keys()
