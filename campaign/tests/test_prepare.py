"""`manage.py prepare`, the half of `make run` that knows Django."""

from io import StringIO
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command

from articles.models import Post
from articles.tests.factories import make_article


def prepare() -> str:
    said = StringIO()
    call_command("prepare", "--demo", stdout=said)
    return said.getvalue()


def test_prepare_fills_an_empty_site_and_tells_the_password_once(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    first = prepare()
    editor = get_user_model().objects.get()
    password = first.splitlines()[-1].rpartition(" ")[2]
    assert (editor.username, editor.check_password(password)) == ("editor", True)
    posts, collected = Post.objects.count(), files(settings.STATIC_ROOT)
    assert posts > 0
    assert "admin/css/base.css" in collected

    assert prepare() == ""
    assert (Post.objects.count(), get_user_model().objects.get().password) == (posts, editor.password)
    assert files(settings.STATIC_ROOT) == collected


def test_prepare_leaves_an_archive_alone_that_is_there(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    post = make_article()
    prepare()
    assert list(Post.objects.values_list("pk")) == [(post.pk,)]


def files(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
