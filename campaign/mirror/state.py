"""What a mirror depends on, in one word: the same word, the same mirror, so that nothing need be rendered to know it."""

import hashlib

from django.conf import settings
from django.utils import timezone

from articles.memo import read_token

SOURCES = ("articles", "appeals", "campaign", "templates", "static")


def state() -> str:
    """Sixteen hexadecimal digits of the revision and what has fallen due, the day, the settings that pages print, and the site's own files."""
    digest = hashlib.sha256()
    said = (*read_token()[:-1], timezone.localdate(), settings.SITE_URL, settings.ONION_URL, settings.LANGUAGES, settings.TIME_ZONE)
    digest.update(repr(said).encode())
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".html", ".css", ".js", ".svg", ".txt", ".mo"):
                digest.update(f"{path.relative_to(settings.BASE_DIR)} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
