"""Where a post came from, and every address it used to have."""

import hashlib
import re
from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from articles.models.posts import Post

HERE = re.compile(r"/(?![\s/\\])")


class Origin(models.Model):
    """The entry of an export that a post was made from: its identity for a second run, its HTML for a better cleaner."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="origins")
    source = models.CharField(max_length=300, help_text="The old site: its blog id or base address.")
    entry_id = models.CharField(max_length=300)
    url = models.CharField(max_length=1000, blank=True)
    html = models.TextField(blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the entry as it stood in the export.")
    made = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the text that the import made of it: whether an editor has changed it since.")
    pictures = models.JSONField(default=list, blank=True, help_text="Where the text shows its pictures from, each with the address it had.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "entry_id"], name="origin_once"),)

    def __str__(self) -> str:
        return f"{self.source} {self.entry_id}"

    @staticmethod
    def digest_of(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    def edited(self, body: str) -> bool:
        """Whether this text of its post is another than the import made; True where it is not known."""
        return self.digest_of(body) != self.made


class OldAddressQuerySet(models.QuerySet):
    def moved(self, old: str, new: str) -> None:
        """From now on `old` answers 301 to `new`; chains are flattened and `new` itself stops redirecting."""
        if not old or old == new:
            return
        path, _, query = old.partition("?")
        self.filter(path=new, query="").delete()
        self.filter(target=old).update(target=new)
        self.update_or_create(path=path, query=query, defaults={"target": new})

    def for_request(self, paths: Iterable[str], queries: Iterable[str]) -> Self:
        """Rows of any of these paths with any of these queries (the empty one is the path alone); the most particular last."""
        return self.filter(path__in=paths, query__in=queries).order_by("query")


class OldAddress(models.Model):
    """One 301: a path, perhaps a query that belongs to it ("/" with "p=123"), and where it lives now."""

    path = models.CharField(max_length=500)
    query = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=500)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "old addresses"
        constraints = (models.UniqueConstraint(fields=["path", "query"], name="old_address_once"),)
        indexes = (models.Index(fields=["target"], name="old_address_target"),)

    def __str__(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def clean(self) -> None:
        """What is typed at the desk may lead nowhere else: a browser takes "//" and "/\\" for another site."""
        if not HERE.match(self.target):
            raise ValidationError({"target": _("An old address leads to a page of this site: begin with its path, “/2012/06/05/strike/”.")})
