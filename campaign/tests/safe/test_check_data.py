"""`manage.py check_data` finds each kind of fault, mends what can be made again, and leaves the rest for a person."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, models
from PIL import Image

from appeals.models import AppealAddress, Party
from appeals.tests.factories import add_address, make_address, make_appeal, make_recipient
from articles import search
from articles.models import Label, Labelling, Message, Picture, Post, Revision, Update
from articles.search.rows import run_many
from articles.search.vendor import vendor
from articles.tests.factories import make_article
from campaign.models import SiteProfile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(settings, tmp_path) -> Path:
    """One of everything that is looked into; answers with the folder of pictures."""
    settings.MEDIA_ROOT = tmp_path
    post = make_article(("Strikes",), title="One", body="Some *words*.")
    make_article(title="Two", translation_of=post)
    Label.objects.update(description="What *it* means", description_html="<p>What <em>it</em> means</p>\n")
    Label.objects.get().save()
    Update.objects.create(post=post, text="They are *free*")
    theirs = make_address(recipient=make_recipient(party=Party.EMPLOYER))
    add_address(make_appeal(title="Three", closed_at="2012-01-01T00:00Z", outcome="lost", body="Write to gate@example.org"), address=theirs)
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, "PNG")
    picture = Picture.objects.create(file=ContentFile(stream.getvalue(), name="a.png"), alt="The gate")
    make_article(title="Four", body=f"![The gate]({picture.url})")
    return tmp_path / "pictures"


def check(*words: str) -> tuple[int, str]:
    """The exit status and all that was said."""
    said = io.StringIO()
    try:
        call_command("check_data", *words, stdout=said, stderr=said, no_color=True)
    except CommandError as error:
        return error.returncode, said.getvalue() + str(error)
    return 0, said.getvalue()


def raw(model: type[models.Model], **values: object) -> None:
    """Past all that keeps things in step."""
    models.QuerySet(model).update(**values)


def index_a_stranger() -> None:
    post = Post.objects.get(title="One")
    run_many(vendor().INSERT, [vendor().values(search.indexing.row_of(post, 5, []))])


MENDED: dict[str, tuple[Callable[[], object], str]] = {
    "a label's date": (lambda: raw(Labelling, published_at=None), "under label"),
    "a label's status": (lambda: raw(Labelling, status="draft"), "under label"),
    "no search row": (lambda: search.forget(Post.objects.filter(title="One").values_list("search_order", flat=True)), "search index knows the posts"),
    "another search row": (lambda: raw(Post, standfirst="Words that nobody finds"), "search index knows the posts"),
    "no search order": (lambda: raw(Post, search_order=None), "search index knows"),
    "a stranger in the index": (index_a_stranger, "row 5"),
    "stale HTML": (lambda: raw(Post, body_html="<p>Old"), "“One”"),
    "stale text": (lambda: raw(Post, body_text="Old"), "“One”"),
    "a label's HTML": (lambda: raw(Label, description_html="Old"), "label"),
    "an update's HTML": (lambda: raw(Update, text_html="Old"), "update"),
    "a side": (lambda: raw(AppealAddress, other_side=False), "in appeal"),
    "a translation of nothing": (lambda: models.QuerySet(Post).filter(title="Two").update(translation_of=99_999), "names translation_of 99999"),
    "a label on nothing": (lambda: raw(Labelling, post=99_999), "names post 99999"),
    "no revision": (lambda: Revision.objects.all().delete(), "articles.Revision has no row"),
    "no profile": (lambda: models.QuerySet(SiteProfile).delete(), "campaign.SiteProfile has no row"),
}


@pytest.mark.parametrize("fault", MENDED)
def test_a_fault_is_found_and_mended(fault):
    before = list(Post.objects.order_by("pk").values("body_html", "body_text", "search_order"))
    assert check() == (0, "Everything fits together.\n")
    spoil, words = MENDED[fault]
    spoil()
    status, said = check()
    assert (status, words in said, "--repair" in said) == (1, True, True), said
    status, said = check("--repair")
    assert (status, "mended" in said) == (0, True), said
    assert check() == (0, "Everything fits together.\n")
    assert list(Post.objects.order_by("pk").values("body_html", "body_text", "search_order")) == before


def lose(folder: Path) -> None:
    next(folder.glob("*.webp")).unlink()


def damage(folder: Path) -> None:
    file = next(folder.glob("*.png"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")


def forget_record(folder: Path) -> None:
    """The body of a post shows it still."""
    models.QuerySet(Picture).delete()
    for file in folder.iterdir():
        file.unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lose, "cannot be read: No such file"),
        (damage, "is not what was stored under this name"),
        (forget_record, "of post"),
        (lambda _folder: Message.objects.create(post_id=99_999, text="Somebody's words"), "names post 99999"),
    ],
    ids=["lost", "damaged", "shown", "words"],
)
def test_what_no_machine_can_mend_is_named_and_left(archive, spoil, words):
    spoil(archive)
    for asked in ([], ["--repair"]):
        status, said = check(*asked)
        assert (status, words in said) == (1, True), said
    assert "needs a person" in said
    assert Message.objects.count() == ("post 99999" in words)
    Message.objects.all().delete()


@pytest.mark.sqlite
def test_a_damaged_database_is_said_in_a_sentence(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE articles_search")
    status, said = check()
    assert (status, "The database does not answer as it should: no such table" in said) == (1, True)
