"""The revision: one counter that moves with every change readers can see, and so tells every cache when to let go."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

_held: ContextVar[list[bool] | None] = ContextVar("held bumps", default=None)


class Revision(models.Model):
    """One row, made by the first migration."""

    counter = models.BigIntegerField(default=0)
    pressed_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return str(self.counter)

    @classmethod
    def bump(cls) -> None:
        """Tell every cache that what readers see has changed; belongs in the transaction of the change itself."""
        held = _held.get()
        if held is None:
            cls.objects.filter(pk=1).update(counter=F("counter") + 1)
        else:
            held.append(True)

    @classmethod
    def bump_at_most_every(cls, seconds: int) -> None:
        """For what may come by the hundred a second: one conditional UPDATE, which locks nothing when it changes nothing."""
        now = timezone.now()
        long_ago = Q(pressed_at__isnull=True) | Q(pressed_at__lte=now - timedelta(seconds=seconds))
        cls.objects.filter(long_ago, pk=1).update(counter=F("counter") + 1, pressed_at=now)

    @classmethod
    @contextmanager
    def one_bump(cls) -> Iterator[None]:
        """Many changes, one transaction, one bump at its end: the row is locked as late and as briefly as can be."""
        with transaction.atomic():
            held: list[bool] = []
            token = _held.set(held)
            try:
                yield
            finally:
                _held.reset(token)
            if held:
                cls.bump()


class ShownQuerySet(models.QuerySet):
    """A queryset whose bulk changes move the revision too."""

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic():
            changed = super().update(**kwargs)
            if changed:
                Revision.bump()
            return changed

    update.alters_data = True

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list:
        with transaction.atomic():
            made = super().bulk_create(objs, *args, **kwargs)
            if made:
                Revision.bump()
            return made

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            gone = super().delete()
            if gone[0]:
                Revision.bump()
            return gone

    delete.alters_data = True
    delete.queryset_only = True


class Shown(models.Model):
    """Base of what readers see: every save and delete moves the revision, in the same transaction."""

    objects = ShownQuerySet.as_manager()

    class Meta:
        abstract = True

    def shows(self) -> bool:
        """Whether readers can see this row, so that its change must reach the caches; drafts and waiting words say no."""
        return True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.shows():
                Revision.bump()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            Revision.bump()
            return gone
