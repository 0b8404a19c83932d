"""Articles and pages: posts of some kinds, without tables of their own."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.kinds import ARTICLE_KINDS, Kind
from articles.models.posts import Post, PostQuerySet


class ArticleManager(models.Manager.from_queryset(PostQuerySet)):
    def get_queryset(self) -> PostQuerySet:
        return super().get_queryset().filter(kind__in=ARTICLE_KINDS)


class PageManager(models.Manager.from_queryset(PostQuerySet)):
    def get_queryset(self) -> PostQuerySet:
        return super().get_queryset().filter(kind=Kind.PAGE)


class Article(Post):
    """A post of the kinds that are not appeals and not pages."""

    objects = ArticleManager()

    class Meta:
        proxy = True


class Page(Post):
    """About, Donate, Privacy, and what an import brings: its path is its slug."""

    objects = PageManager()

    class Meta:
        proxy = True

    def clean(self) -> None:
        super().clean()
        if self.slug in reserved_slugs():
            raise ValidationError({"slug": _("“%(slug)s” is the address of a part of the site. Choose another.") % {"slug": self.slug}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = Kind.PAGE
        super().save(*args, **kwargs)


def reserved_slugs() -> set[str]:
    """First parts of addresses that the site itself uses: no page may take them."""
    from articles.urls import KIND_SLUGS

    fixed = {
        "appeals", "labels", "preview", "events", "search", "feed", "mirror", "healthz", "readyz", "static", "media", "archive",
        settings.ADMIN_PATH.strip("/"), *KIND_SLUGS, *(code for code, _name in settings.LANGUAGES), *(code.split("-")[0] for code, _name in settings.LANGUAGES),
    }  # fmt: skip
    return fixed | {f"{year:04}" for year in range(10_000)}
