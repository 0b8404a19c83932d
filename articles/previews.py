"""Signed links to posts that are not public: whoever has the link may read, for seven days, without an account."""

from datetime import UTC, datetime, timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from articles.links import absolute
from articles.models import Post

AGE = timedelta(days=7)
SALT = "preview of a post"


class Expired(Exception):
    """The link was good, and its time is over."""


def link(post: Post) -> str:
    """The whole address, good from now on for `AGE`."""
    return absolute(reverse("preview", args=[signing.dumps([post.pk, int(expires().timestamp())], salt=SALT)]))


def expires() -> datetime:
    """When a link made now ceases to work."""
    return timezone.now() + AGE


def read(token: str) -> tuple[int, datetime]:
    """The post's number, and until when the link works. Expired, or BadSignature for what is no link of ours."""
    pk, until = signing.loads(token, salt=SALT)
    moment = datetime.fromtimestamp(until, UTC)
    if moment < timezone.now():
        raise Expired
    return pk, moment
