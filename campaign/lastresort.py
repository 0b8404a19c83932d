"""The answer to an error that even Django's own did not catch: gunicorn would log the reader's path with it."""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from campaign.views import errors

WORDS = "Something broke on our side. If you write to us about this, name the number {}.\n"


class LastResort:
    """Wraps the WSGI application."""

    def __init__(self, application: Callable) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        try:
            return self.application(environ, start_response)
        except Exception as error:
            number = secrets.token_hex(4)
            errors.note(number, "no view", error)
            start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
            return [WORDS.format(number).encode()]
