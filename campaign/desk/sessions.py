"""A session of the desk ends at a set hour after its login, whatever is done in it; on a change of password Django ends it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone


def listen() -> None:
    user_logged_in.connect(begin, dispatch_uid="sessions")


def begin(request: HttpRequest | None, **kwargs: Any) -> None:
    """A moment, not a number of seconds: Django would count those anew from every change of the session."""
    if request is not None and hasattr(request, "session"):
        request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
