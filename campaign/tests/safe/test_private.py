"""Who can read what the site has written: its own user, and the web server what it hands out."""

import stat
from pathlib import Path

import pytest

from campaign.tests.safe.commands import manage

pytestmark = pytest.mark.once

PICTURE = """
import io
from PIL import Image
from django.core.files.base import ContentFile
from articles.models import Picture
stream = io.BytesIO()
Image.new("RGB", (30, 20)).save(stream, "PNG")
Picture.objects.create(file=ContentFile(stream.getvalue(), name="a.png"))
"""


def test_the_database_is_its_user_s_alone_and_the_web_server_reads_the_rest(tmp_path):
    """Though the database was open to all, and the umask would close everything."""
    var = tmp_path / "var"
    var.mkdir()
    (var / "site.sqlite3").touch(0o644)  # as an earlier version made it
    prepared = manage(var, "prepare", limit="umask 077;")
    taken = manage(var, "shell", "-v0", "-c", PICTURE, limit="umask 077;")
    assert (prepared.returncode, taken.returncode) == (0, 0), prepared.stderr + taken.stderr
    assert mode(var) & 0o066 == 0
    assert {path.name: mode(path) for path in var.glob("site.sqlite3*")} == {"site.sqlite3": 0o600}
    served = [path for name in ("static", "media") for path in [var / name, *(var / name).rglob("*")] if not path.name.startswith(".")]
    assert len(served) > 50
    assert [path for path in served if mode(path) & 0o055 != (0o055 if path.is_dir() else 0o044)] == []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
