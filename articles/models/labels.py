"""Labels and the through table that makes a label's archive one walk down one index."""

from datetime import datetime
from typing import Self

from anyascii import anyascii
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles import text
from articles.models.revision import Shown


class Label(Shown):
    """A word that gathers posts across the years: "Kazakhstan 2012", "Zhanaozen"."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=100, unique=True, blank=True, help_text=_("Its part of the address; left empty, it is made from the name."))
    description = models.TextField(blank=True, help_text=_("What the label means, in a sentence or two (Markdown)."))
    description_html = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or free_slug(Label.objects.exclude(pk=self.pk), self.name, 100)
        self.description_html = text.render(self.description).html
        before = Label.objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before.slug != self.slug:
            from articles.models.origins import OldAddress

            OldAddress.objects.moved(before.get_absolute_url(), self.get_absolute_url())

    def get_absolute_url(self) -> str:
        return reverse("label", args=[self.slug])


class LabellingQuerySet(models.QuerySet):
    def public(self, now: datetime | None = None) -> Self:
        """`Post.objects.public()` said of the copied columns, so that a label's archive needs no join."""
        return self.filter(status="published", published_at__lte=now or timezone.now())


class Labelling(models.Model):
    """One label on one post, with the post's date and status copied so that no archive has to join (kept by PostQuerySet.sync)."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="labellings")
    post = models.ForeignKey("articles.Post", models.CASCADE, related_name="labellings")
    status = models.CharField(max_length=10, default="draft", editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_on = models.DateField(null=True, editable=False)

    objects = LabellingQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["label", "post"], name="labelling_once"),)
        indexes = (
            models.Index(fields=["label", "status", "-published_at", "-post"], name="labelling_archive"),
            models.Index(fields=["label", "status", "published_on", "published_at"], name="labelling_year"),
        )

    def __str__(self) -> str:
        return f"{self.label} on {self.post}"


def free_slug(taken: models.QuerySet, words: str, length: int, fallback: str = "untitled") -> str:
    """A slug for these words, in ASCII whatever their script, that no row of `taken` has; a number is added if need be."""
    base = slugify(anyascii(words))[: length - 4].strip("-") or fallback
    like = set(taken.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in like:
        number += 1
        slug = f"{base}-{number}"
    return slug
