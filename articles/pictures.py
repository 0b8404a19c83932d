"""Uploaded pictures: re-encoded in a child process, stored under names made from their content."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

MAX_BYTES = 20 * 1024 * 1024
FREE_BYTES = 200 * 1024 * 1024
"""Disk that must stay free after an upload."""
FOLDER = "pictures"
REASONS = {
    "full": gettext_noop("The server's disk is nearly full, so the picture was not taken. Tell whoever runs the site."),
    "pixels": gettext_noop("The picture has more than 40 million pixels. Make it smaller and try again."),
    "memory": gettext_noop("The picture needs too much memory. Make it smaller and try again."),
    "slow": gettext_noop("The picture takes too long to read. Make it smaller or save it as JPEG, and try again."),
    "unreadable": gettext_noop("This file cannot be read as a picture. Save it as JPEG, PNG or WebP and try again."),
}
"""Why `pixels` refuses one, and what to do."""

SERVED, SERVED_FOLDER = 0o644, 0o755
"""Whatever the umask: the web server hands these files out itself."""


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ValidationError(_("The file has %(size)d MB. Make it smaller: 20 MB at most.") % {"size": size // 1024**2})
    if shutil.disk_usage(folder()).free < FREE_BYTES + 2 * size:
        raise ValidationError(_(REASONS["full"]))


def encode(data: bytes) -> dict:
    """What `pixels.encode` made, its files stored under MEDIA_ROOT/pictures. ValidationError says why a picture is refused."""
    try:
        check_size(len(data))
        with tempfile.TemporaryDirectory(dir=settings.MEDIA_ROOT, prefix=".upload-") as directory:
            made = json.loads(read_alone(data, directory))
            for file in Path(directory).iterdir():
                store(file)
    except OSError as error:
        if not is_full(error):
            raise
        raise ValidationError(_(REASONS["full"])) from error
    return made


def is_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def read_alone(data: bytes, directory: str) -> bytes:
    """In a process of its own, without Django and without the site's secrets, with bounded time and memory."""
    from articles import pixels  # loads Pillow

    command = [sys.executable, "-m", "articles.pixels", directory]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=2 * pixels.SECONDS, cwd=settings.BASE_DIR, env={}, check=False)
    except subprocess.TimeoutExpired as late:
        raise ValidationError(_(REASONS["slow"])) from late
    if child.returncode == -signal.SIGXCPU:
        raise ValidationError(_(REASONS["slow"]))
    if child.returncode:
        reason = child.stdout.decode().strip() if child.returncode == pixels.REFUSED else "unreadable"
        raise ValidationError(_(REASONS[reason]))
    return child.stdout


def store(file: Path) -> None:
    """Whole or not at all, and before any row that holds its name."""
    file.chmod(SERVED)
    settle(file, folder(FOLDER) / file.name)


def folder(name: str = "") -> Path:
    """That folder under MEDIA_ROOT, made if it is not there."""
    path = settings.MEDIA_ROOT / name
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(SERVED_FOLDER)
    return path


def settle(file: Path, target: Path) -> None:
    """Give it its name once it is on the disk, and see the name there too."""
    with file.open("rb") as written:
        os.fsync(written.fileno())
    file.replace(target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def take(picture: object) -> None:
    """Replace a Picture's new upload by what was made of it: nothing of the original is kept."""
    picture.file.open("rb")
    fill(picture, encode(picture.file.read()))


def fill(picture: object, made: dict) -> None:
    """Set a Picture's fields to what `encode` made."""
    picture.file = f"{FOLDER}/{made['file']}"
    picture.width, picture.height = made["width"], made["height"]
    picture.renditions = [{**one, "webp": f"{FOLDER}/{one['webp']}", "jpeg": f"{FOLDER}/{one['jpeg']}"} for one in made["renditions"]]
