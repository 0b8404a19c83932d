"""Tells the administrators of an error by e-mail: the line that the log has of it, and so nothing of the reader."""

import logging
import threading
import time

from django.conf import settings
from django.core.mail import mail_admins

logger = logging.getLogger("campaign")

AGAIN = 60 * 60
"""Seconds until this process mails an error of the same kind and place again: a storm of errors is one e-mail."""
KNOWN = 1_000
told: dict[str, float] = {}


def tell(number: str, line: str, kind: str) -> None:
    """Sends from a thread of its own: whoever met the error has the answer at once, however slow the mail server is."""
    if settings.ADMINS and is_news(kind):
        threading.Thread(target=send, args=[number, line], name="alert").start()


def is_news(kind: str) -> bool:
    now = time.monotonic()
    if now - told.get(kind, -AGAIN) < AGAIN:
        return False
    if len(told) > KNOWN:
        told.clear()
    told[kind] = now
    return True


def send(number: str, line: str) -> None:
    try:
        mail_admins(f"error {number}", f"{line}\n\nThe same error is not mailed again within the hour; the log has each of them.")
    except Exception as error:
        logger.error("error %s could not be mailed to the administrators: %s", number, type(error).__name__)
