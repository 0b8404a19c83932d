"""A backup holds everything, restores to the same, and is refused when a byte of it is not as it was."""

import gzip
import io
import secrets
import stat
import tarfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image

from articles import search
from articles.models import AuditEntry, Message, Origin, Picture, Post, Version
from articles.tests.factories import make_article
from campaign.backup import archive, taking
from campaign.models import DeskSession, SecondFactor
from campaign.tests.accounts import at_desk
from campaign.tests.safe.commands import manage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def contents(file: Path) -> list[tuple[str, bytes]]:
    with file.open("rb") as stream:
        return [(name, content.read()) for name, content in archive.members(stream)]


def held(file: Path) -> dict[str, bytes]:
    """Every member, rows unpacked; but for what says when it was made, and the counter that a restored site moves on."""
    found = dict(contents(file))
    rows = {name: gzip.decompress(content) if name.startswith("rows/") else content for name, content in found.items()}
    return {name: content for name, content in rows.items() if name != "backup.json" and not name.startswith("rows/articles.Revision/")}


def make_picture() -> Picture:
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, "PNG")
    return Picture.objects.create(file=ContentFile(stream.getvalue(), name="a.png"), alt="The gate")


def make_everything() -> None:
    """What an export leaves behind too: an account with its factor and session, the audit log, versions, origins, waiting words."""
    call_command("demo", verbosity=0)
    desk = at_desk("editor")
    SecondFactor.objects.create(account=desk.user, sealed="sealed", paper=["a hash"])
    AuditEntry.objects.note("login", by=desk.user)
    post = make_article(title="A draft: “marks”\u2028\x85 and \U0001f3f4", status="draft", published_at=None)
    Version.objects.create(post=post, by=desk.user, data={"fields": {"title": "Before", "ключ": [1, None, 2.5]}})
    Origin.objects.create(post=post, source="https://old.example.org", entry_id="1", html="<p>As it came</p>")
    Message.objects.create(post=post, text="Waiting words")
    make_picture()
    assert DeskSession.objects.exists()


def test_a_backup_restores_to_the_same_rows_and_files_whatever_the_database(tmp_path):
    """Taken on this database, restored on SQLite from a pipe, and taken again."""
    make_everything()
    call_command("backup", tmp_path / "first", verbosity=0)
    restored = manage(tmp_path / "new", "restore", "-", stdin=(tmp_path / "first").read_bytes(), SECRET_KEY=secrets.token_urlsafe(50))
    assert restored.returncode == 0, restored.stderr
    assert b"another SECRET_KEY" in restored.stderr
    again = manage(tmp_path / "new", "backup", "-")
    (tmp_path / "second").write_bytes(again.stdout)
    archive.check(tmp_path / "second")
    assert stat.S_IMODE((tmp_path / "new" / "site.sqlite3").stat().st_mode) == 0o600
    first, second = held(tmp_path / "first"), held(tmp_path / "second")
    assert first == second
    assert {"SecondFactor", "AuditEntry", "User", "User_groups", "Version", "Origin", "Message", "Post", "Appeal"} <= {
        name.split("/")[1].split(".")[1] for name in first if name.startswith("rows/")
    }
    assert [name for name in first if "Session" in name] == []
    assert len([name for name in first if name.startswith("media/")]) > 10
    assert stat.S_IMODE((tmp_path / "first").stat().st_mode) == 0o600


@pytest.fixture(scope="module")
def sealed(django_db_setup, django_db_blocker, tmp_path_factory) -> bytes:
    """A backup of a site with one article and one picture."""
    folder = tmp_path_factory.mktemp("small")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media"), transaction.atomic():
        make_article(title="One")
        make_picture()
        taking.to_file(folder / "small")
        transaction.set_rollback(True)
    return (folder / "small").read_bytes()


@pytest.fixture
def small(sealed, tmp_path) -> Path:
    """The same as a file, beside an empty site."""
    (tmp_path / "small").write_bytes(sealed)
    return tmp_path / "small"


def restored_nothing(file: Path, media_root: Path) -> str:
    """Why it was refused."""
    with pytest.raises(CommandError) as refusal:
        call_command("restore", file)
    assert refusal.value.returncode == 2
    assert (Post.objects.count(), Picture.objects.count(), [path for path in media_root.rglob("*") if path.is_file()]) == (0, 0, [])
    return str(refusal.value)


def test_a_backup_restores_here_too(small, media_root):
    call_command("restore", small, verbosity=0)
    assert [post.title for post in Post.objects.all()] == ["One"]
    assert (media_root / Picture.objects.get().file.name).read_bytes().startswith(b"\x89PNG")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (media_root / "pictures").iterdir()} == {0o644}
    assert make_article().pk > Post.objects.get(title="One").pk


def test_one_flipped_byte_anywhere_is_refused(small, media_root):
    whole = small.read_bytes()
    for place in [*range(0, len(whole), len(whole) // 60), *range(-archive.SEAL_BYTES - 1, 0)]:
        for bit in (0x01, 0x20):
            changed = bytearray(whole)
            changed[place] ^= bit
            small.write_bytes(changed)
            with pytest.raises(archive.BackupError, match="not a whole backup"):
                archive.check(small)
    assert "not a whole backup" in restored_nothing(small, media_root)


@pytest.mark.parametrize("cut", [0, 1, archive.SEAL_BYTES - 1, archive.SEAL_BYTES, -10_000, -archive.SEAL_BYTES, -1])
def test_a_cut_backup_is_refused(small, cut):
    small.write_bytes(small.read_bytes()[:cut])
    with pytest.raises(archive.BackupError, match="not a whole backup"):
        archive.check(small)


def test_a_backup_with_something_after_it_is_refused(small):
    small.write_bytes(small.read_bytes() + b"\n")
    with pytest.raises(archive.BackupError, match="not a whole backup"):
        archive.check(small)


def forged(file: Path, name: str, content: bytes = b"", **fields: object) -> None:
    """The backup with one member more, sealed again: the seal keeps damage out, and is no signature."""
    found = contents(file)
    with file.open("wb") as stream, archive.Writer(stream) as writer:
        for member, body in found:
            writer.add(member, io.BytesIO(body), len(body))
        writer.tar.addfile(made(name, size=len(content), **fields), io.BytesIO(content))


def made(name: str, **fields: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    for key, value in fields.items():
        setattr(member, key, value)
    return member


ROW = b'{"id": 1, "name": "x", "slug": "x", "description": "", "description_html": ""}\n'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("media/../../outside", b"x", "no place"),
        ("/etc/outside", b"x", "no place"),
        ("media/pictures/.hidden", b"x", "no place"),
        ("rows/articles.Nothing/000000.jsonl.gz", gzip.compress(ROW), "not make"),
        ("rows/articles.Label/000000.jsonl.gz", gzip.compress(b'{"id": 1, "nam": "x"}\n'), "no field nam"),
        ("rows/articles.Label/000000.jsonl.gz", gzip.compress(ROW + ROW), "row 2"),
        ("rows/articles.Label/000000.jsonl.gz", gzip.compress(ROW)[:-9], "row"),
        (
            "rows/articles.Update/000000.jsonl.gz",
            gzip.compress(b'{"id": 1, "post": 999, "text": "x", "text_html": "x", "at": "2012-01-01T00:00:00Z"}\n'),
            "fit",
        ),
    ],
    ids=["above", "absolute", "hidden", "no table", "no field", "twice", "cut", "of nothing"],
)
def test_a_backup_of_another_s_making_is_refused_whole(small, media_root, name, content, says):
    forged(small, name, content)
    assert says in restored_nothing(small, media_root)
    assert not any(path.name == "outside" for path in small.parent.rglob("*"))


def test_a_link_in_a_backup_is_refused(small, media_root):
    forged(small, "media/pictures/a.png", type=tarfile.SYMTYPE, linkname="/etc/passwd")
    assert "not a plain file" in restored_nothing(small, media_root)


def test_a_site_that_holds_anything_is_left_alone(small):
    post = make_article(title="Here already")
    with pytest.raises(CommandError, match=r"not empty: it has rows in articles\.Post") as refusal:
        call_command("restore", small)
    assert refusal.value.returncode == 2
    assert list(Post.objects.values_list("pk", flat=True)) == [post.pk]


def test_a_backup_that_cannot_be_written_leaves_the_last_one(small, tmp_path):
    before = small.read_bytes()
    make_article(title="Two")
    with pytest.raises(CommandError, match=r"could not be written: .*Nothing is left of it"):
        call_command("backup", tmp_path / "none" / "file")
    assert small.read_bytes() == before


@pytest.mark.once
def test_a_full_disk_under_a_backup_is_said_in_a_sentence(tmp_path):
    var = tmp_path / "var"
    manage(var, "migrate", "-v0")
    (var / "media").mkdir()
    (var / "media" / "large.webp").write_bytes(bytes(100_000))
    last = tmp_path / "backup"
    last.write_text("the last one")
    made = manage(var, "backup", last, limit="ulimit -f 50;")
    assert (made.returncode, made.stderr.count(b"\n")) == (1, 1)
    assert b"could not be written: File too large. Nothing is left of it." in made.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["backup"]
    assert last.read_text() == "the last one"
    assert (manage(var, "backup", "-", limit="exec >/dev/full;").stderr.count(b"cut short: No space left on device")) == 1
    assert manage(tmp_path / "none", "backup", tmp_path / "other").stderr.count(b"no tables yet") == 1


OLDER = """
from django.core.management import call_command
import sys
call_command("migrate", "articles", "0006", verbosity=0)
from campaign.backup import schema, taking
from pathlib import Path
tables = schema.tables(schema.applied())
post = tables["articles.Post"].objects.create(title="Before the update", slug="before", kind="report", status="published",
    published_at="2012-08-29T12:00Z", published_on="2012-08-29")
tables["articles.Origin"].objects.create(post=post, source="old", entry_id="1", digest="x")
taking.to_file(Path(sys.argv[1]))
"""


@pytest.mark.once
def test_a_backup_from_before_an_update_restores_after_it(tmp_path):
    """Taken where the last migrations have not run (there is no column `made` yet), restored where they have."""
    script = f"import sys; sys.argv = ['', {str(tmp_path / 'older')!r}]\n{OLDER}"
    made = manage(tmp_path / "old", "shell", "-v0", "-c", script)
    assert made.returncode == 0, made.stderr
    assert b'"made"' not in held(tmp_path / "older")["rows/articles.Origin/000000.jsonl.gz"]
    restored = manage(tmp_path / "new", "restore", tmp_path / "older")
    assert restored.returncode == 0, restored.stderr
    (tmp_path / "newer").write_bytes(manage(tmp_path / "new", "backup", "-").stdout)
    rows = held(tmp_path / "newer")
    assert b'"made": ""' in rows["rows/articles.Origin/000000.jsonl.gz"]
    assert b"Before the update" in rows["rows/articles.Post/000000.jsonl.gz"]


ON_SQLITE = """
import sys
from django.core.management import call_command
call_command("migrate", verbosity=0)
from articles.models import Article, Label, Version
from pathlib import Path
post = Article.objects.create(title="Across", status="published", body="Some *words*")
post.set_labels([Label.objects.create(name="Strikes")])
Version.objects.create(post=post, data={"fields": {"title": "Before", "number": [1, None, True]}})
call_command("backup", sys.argv[1], verbosity=0)
"""


@pytest.mark.postgresql
def test_a_backup_from_sqlite_restores_on_postgresql(tmp_path):
    made = manage(tmp_path / "old", "shell", "-v0", "-c", f"import sys; sys.argv = ['', {str(tmp_path / 'across')!r}]\n{ON_SQLITE}")
    assert made.returncode == 0, made.stderr
    call_command("restore", tmp_path / "across", verbosity=0)
    [post] = Post.objects.all()
    assert (post.title, post.versions.get().data["fields"]["number"], [label.name for label in post.labels.all()]) == ("Across", [1, None, True], ["Strikes"])
    query = search.parse("words")
    assert [found.title for found in search.posts(search.find(query).best(), query)] == ["Across"]
    call_command("check_data")
    assert make_article().pk > post.pk
