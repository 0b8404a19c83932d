"""Static files with hashed names; the stylesheet's parts are joined into one when they are collected, the only build step."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_CSS = "css/site.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\);\n?')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
INDENT = re.compile(r"^\s+", re.MULTILINE)


def read(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()


def join(sheet: str, part: Callable[[str], str]) -> str:
    """The list of @imports with each file in its place, without comments and indentation; readers pay by the megabyte."""
    joined = IMPORT.sub(lambda found: part(found[1]), sheet)
    return INDENT.sub("", COMMENT.sub("", joined))


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """`css/site.css` is a list of @imports in layer order: a browser in development follows them, readers get one file."""

    def post_process(self, paths: dict, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        if SITE_CSS in paths and not dry_run:
            storage, path = paths[SITE_CSS]
            joined = join(read(storage, path), lambda name: read(storage, f"css/{name}"))
            self.delete(SITE_CSS)
            self._save(SITE_CSS, ContentFile(joined.encode()))
            paths = {**paths, SITE_CSS: (self, SITE_CSS)}
        yield from super().post_process(paths, dry_run, **options)
