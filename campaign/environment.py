"""What the environment may say wrongly: a start that fails says what to set, and never what was set, for that may be a password."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST = 50
LOOKED_AT = 100
"""Characters of the key whose repetitions are counted: past them even a random key of few letters repeats itself."""


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Around the reading of an address that may hold a password: what the parser says of it, as a warning too, quotes it."""
    try:
        with warnings.catch_warnings(action="error"):
            yield
    except Exception:
        raise ImproperlyConfigured(f"{name} cannot be read: give it the form scheme://name:password@host:port/path, with % codes for signs.") from None


def secret_key(given: str, file: Path) -> str:
    """The key from the environment, else from its file; refused where it is missing or weak."""
    key = (given or key_in(file)).strip()
    if is_weak(key):
        raise ImproperlyConfigured("SECRET_KEY is too weak: set at least 50 random characters, for example from `openssl rand -base64 48`.")
    return key


def key_in(file: Path) -> str:
    try:
        return file.read_text()
    except FileNotFoundError:
        words = f"Set SECRET_KEY in the environment, or SECRET_KEY_FILE to a file that holds it ({file} is not there). `make run` makes one."
    except (OSError, UnicodeDecodeError):
        words = f"The file of the SECRET_KEY, {file}, cannot be read as text: let the site's user read it, or set SECRET_KEY_FILE to another."
    raise ImproperlyConfigured(words)


def is_weak(key: str) -> bool:
    """Short, an example, or one that repeats itself: of a random key nearly all runs of three characters differ."""
    runs = [key[at : at + 3] for at in range(min(len(key), LOOKED_AT) - 2)]
    return len(key) < SHORTEST or key.startswith("django-insecure-") or len(set(runs)) < 0.75 * len(runs)


if __name__ == "__main__":  # `campaign/gunicorn.py` asks, before it starts a worker
    from django.conf import settings

    try:
        settings.SECRET_KEY  # noqa: B018  reads them all
    except ImproperlyConfigured as error:
        sys.exit(str(error))
