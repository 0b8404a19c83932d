"""Static files with hashed names; the stylesheet's parts are joined into one when they are collected, the only build step."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_CSS = "css/site.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\);\n?')


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """`css/site.css` is a list of @imports in layer order: a browser in development follows them, readers get one file."""

    def post_process(self, paths: dict, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        if SITE_CSS in paths and not dry_run:
            storage, path = paths[SITE_CSS]
            sheet = storage.open(path).read().decode()
            joined = IMPORT.sub(lambda part: storage.open(f"css/{part[1]}").read().decode(), sheet)
            self.delete(SITE_CSS)
            self._save(SITE_CSS, ContentFile(joined.encode()))
            paths = {**paths, SITE_CSS: (self, SITE_CSS)}
        yield from super().post_process(paths, dry_run, **options)
