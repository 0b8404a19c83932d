"""Who did what at the desk: written by the site alone, changed by nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.models.posts import Post

_actor: ContextVar[Any] = ContextVar("who is at the desk", default=None)


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """Until it ends, what happens to posts is noted as this editor's doing; the desk's middleware does so for every request."""
    token = _actor.set(user)
    try:
        yield
    finally:
        _actor.reset(token)


def actor() -> Any:
    """The editor at work; None in commands and on public pages."""
    user = _actor.get()
    return user if user is not None and user.is_authenticated else None


class Act(models.TextChoices):
    LOGIN = "login", _("Logged in")
    FAILED_LOGIN = "failed-login", _("Failed to log in")
    LOCKED_OUT = "locked-out", _("Locked out for a while")
    LOGOUT = "logout", _("Logged out")
    PASSWORD = "password", _("Password changed")
    FACTOR = "factor", _("Second factor changed")
    ROLES = "roles", _("Roles changed")
    PUBLISHED = "published", _("Published")
    SCHEDULED = "scheduled", _("Scheduled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PRIVATE = "private", _("Made private")
    DRAFT = "draft", _("Taken back to draft")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    DELETED = "deleted", _("Deleted")
    EXPORT = "export", _("Exported")


class AuditQuerySet(models.QuerySet):
    def refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("The audit log is only ever added to.")

    update = delete = bulk_update = refuse

    def note(self, act: Act, what: str = "", *, post: "Post | None" = None, by: Any = None) -> None:
        """One line more; `by` is the editor at work unless it is said."""
        by = by or actor()
        self.create(act=act, what=what[:300], post_id=post and post.pk, by_id=by and by.pk, account=by.get_username() if by else "")

    def note_status(self, before: "Post | None", post: "Post") -> None:
        """What readers can see of a post has changed; noted only where an editor is at work (an import is no editor's doing)."""
        if actor() and (now := situation(post)) != (situation(before) if before else Act.DRAFT):
            self.note(now, post.title, post=post)


class AuditEntry(models.Model):
    """One line of the log. The account's name stays when the account goes; the words of a failed login are never kept."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("account"))
    account = models.CharField(_("who"), max_length=150, blank=True)
    act = models.CharField(_("what was done"), max_length=20, choices=Act)
    what = models.CharField(_("to what"), max_length=300, blank=True)
    post = models.ForeignKey("articles.Post", models.SET_NULL, null=True, related_name="+")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")

    def __str__(self) -> str:
        return f"{self.account or '?'}: {self.get_act_display()} {self.what}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            AuditEntry.objects.refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        AuditEntry.objects.refuse()


def situation(post: "Post") -> Act:
    """A post's status as readers meet it: published in the future is scheduled."""
    return Act.SCHEDULED if post.status == Act.PUBLISHED and not post.is_public() else Act(post.status)
