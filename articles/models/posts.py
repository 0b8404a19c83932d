"""The one table behind every archive, feed, search and sitemap."""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import text
from articles.models.audit import Act, AuditEntry, actor
from articles.models.kinds import Kind, Status
from articles.models.labels import Label, Labelling, free_slug
from articles.models.renditions import with_renditions
from articles.models.revision import Revision, Shown, ShownQuerySet

WORDS_A_MINUTE = 220
LINE = ("kind", "title", "slug", "language", "byline", "dateline", "published_at", "published_on")
STATE = ("urgent", "act_by", "closed_at", "outcome")
"""What a line in a list says of a post, and of an appeal's state."""


class PostQuerySet(ShownQuerySet):
    SYNCED = frozenset({"status", "kind", "published_at", "published_on"})

    def public(self, now: datetime | None = None) -> Self:
        """What readers may see: the only definition (its twin for one post is `Post.is_public`)."""
        return self.filter(status=Status.PUBLISHED, published_at__lte=now or timezone.now())

    def listed(self) -> Self:
        """Reports and appeals: what archives, feeds, labels and search hold; pages stand outside."""
        return self.exclude(kind=Kind.PAGE)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def for_listing(self) -> Self:
        """Posts as entries of a list: without their bodies, with their labels and what their kicker needs."""
        listed = self.select_related("appeal", "life", "picture").prefetch_related("labels")
        return listed.only(*LINE, "standfirst", "life", "picture", *(f"appeal__{name}" for name in STATE))

    def for_headlines(self) -> Self:
        """Posts as single lines: a title, a date, a kicker; nothing else of them is at hand."""
        return self.select_related("appeal").only(*LINE, *(f"appeal__{name}" for name in STATE))

    def for_page(self) -> Self:
        """One post with all its page prints."""
        from articles.models.attached import Message

        shown = models.Prefetch("messages", Message.objects.public(), to_attr="shown_messages")
        return self.with_one_of_each().prefetch_related("labels", "updates", "events", shown)

    def with_one_of_each(self) -> Self:
        """With what a post has one of at most, from the same row."""
        return self.select_related("life", "picture", "carries__appeal")

    def update(self, **kwargs: Any) -> int:
        if not self.SYNCED & kwargs.keys():
            return super().update(**kwargs)
        with transaction.atomic():
            before = {post.pk: post for post in self.only("status", "published_at", "published_on")} if actor() else {}
            ids = list(before or self.values_list("pk", flat=True))
            changed = super().update(**kwargs)
            Post.objects.sync(ids)
            for post in Post.objects.filter(pk__in=before).only("title", "status", "published_at", "published_on"):
                AuditEntry.objects.note_status(before[post.pk], post)
            return changed

    update.alters_data = True

    def delete(self) -> tuple[int, dict[str, int]]:
        from articles import search

        with transaction.atomic():
            for title in self.values_list("title", flat=True) if actor() else ():
                AuditEntry.objects.note(Act.DELETED, title)
            search.forget(self.filter(search_order__isnull=False).values_list("search_order", flat=True))
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def sync(self, ids: Iterable[int]) -> None:
        """Bring Labelling, the search rows and the revision in step with these posts; ends every change of a post."""
        from articles import search

        ids = list(ids)
        with transaction.atomic():
            for name in ("status", "published_at", "published_on"):
                source = Post.objects.filter(pk=models.OuterRef("post_id")).values(name)[:1]
                Labelling.objects.filter(post_id__in=ids).exclude(**{f"post__{name}": models.F(name)}).update(**{name: models.Subquery(source)})
            was_or_is_shown = ~Q(status=Status.DRAFT) | Q(search_order__isnull=False) | Q(kind=Kind.PAGE)
            shown = Post.objects.filter(was_or_is_shown, pk__in=ids).exists()
            search.index(ids)
            if shown:
                Revision.bump()


class Post(Shown):
    """A report, an appeal or a page. Its body is rendered once, at save; pages print what is stored."""

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.REPORT, help_text=_("Decides its archive; an obituary asks for a life, below."))
    title = models.CharField(max_length=300, help_text=_("Who did what, where: up to 90 characters. A changed title keeps its old address working."))
    slug = models.SlugField(max_length=100, blank=True, help_text=_("The last part of the address; left empty, it is made from the title."))
    standfirst = models.TextField(blank=True, help_text=_("Two or three sentences that stand above the text and in every list."))
    byline = models.CharField(max_length=300, blank=True, help_text=_("Who writes: “Ainur Kurmanov, Socialist Movement Kazakhstan”."))
    dateline = models.CharField(max_length=200, blank=True, help_text=_("The place it was written: “Moscow”."))
    body = models.TextField(blank=True, help_text=_("Markdown."))
    body_html = models.TextField(blank=True, editable=False)
    body_text = models.TextField(blank=True, editable=False)
    language = models.CharField(max_length=12, default="en", help_text=_("Language tag: en, ru, kk, ar …"))
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations", help_text=_("The post that this one translates; each links to the other.")
    )
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text=_("Draft and private: the desk alone sees it. Published: everybody, from the time below. Withdrawn: its address says so."),
    )
    published_at = models.DateTimeField(null=True, blank=True, help_text=_("Orders the archives; in the future, the post is scheduled."))
    published_on = models.DateField(null=True, blank=True, editable=False)
    event_date = models.DateField(null=True, blank=True, help_text=_("The day it is about, when that is not the day of publication."))
    revised_at = models.DateTimeField(null=True, blank=True, help_text=_("When the text was last changed in a way that matters to readers."))
    correction = models.TextField(blank=True, help_text=_("What was corrected; readers see it with the date of revision."))
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, help_text=_("Told to readers who follow an old link, in a sentence."))
    lead = models.BooleanField(default=False, help_text=_("Stands first on the home page."))
    source_name = models.CharField(max_length=200, blank=True, help_text=_("Who published it first."))
    source_url = models.URLField(max_length=500, blank=True, help_text=_("Where it stood first: the whole address, beginning with https://."))
    picture = models.ForeignKey(
        "articles.Picture", models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("Stands at the head of the post and beside it in lists.")
    )
    carries = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_by",
        limit_choices_to={"kind": "appeal"},
        help_text=_("The appeal whose addresses this report shows."),
    )
    labels = models.ManyToManyField(Label, through=Labelling, related_name="posts", blank=True)
    search_order = models.BigIntegerField(null=True, unique=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        permissions = (("publish_post", "Can publish, close and withdraw posts"),)
        indexes = (
            models.Index(fields=["status", "-published_at", "-id"], name="post_archive"),
            models.Index(fields=["kind", "status", "-published_at", "-id"], name="post_kind"),
            models.Index(fields=["status", "published_on", "kind", "published_at"], name="post_day"),
            models.Index(fields=["status", "-published_at", "-id"], condition=Q(lead=True), name="post_lead"),
        )
        constraints = (
            models.UniqueConstraint(fields=["published_on", "slug"], condition=~Q(kind__in=["appeal", "page"]), name="article_slug_once_a_day"),
            models.UniqueConstraint(fields=["kind", "slug"], condition=Q(kind__in=["appeal", "page"]), name="slug_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="post_status_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="post_kind_known"),
            models.CheckConstraint(condition=~Q(status="published") | Q(published_at__isnull=False, published_on__isnull=False), name="published_has_a_date"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The post's one address. A draft has none yet and answers with an empty string."""
        if self.kind == Kind.PAGE:
            return reverse("page", args=[self.slug])
        if self.kind == Kind.APPEAL:
            return reverse("appeal", args=[self.slug])
        if self.published_on is None:
            return ""
        return reverse("article", args=[self.published_on, self.slug])

    def is_public(self, now: datetime | None = None) -> bool:
        return self.status == Status.PUBLISHED and self.published_at is not None and self.published_at <= (now or timezone.now())

    def shows(self) -> bool:
        return False  # sync() moves the revision, and knows drafts

    def get_kind_display(self) -> str:
        """As Django's, which looks the word up among all kinds in every language first: a list says it thirty times."""
        return str(Kind(self.kind).label)

    @property
    def carried_appeal(self) -> Any:
        """The appeal whose addresses this report shows, while readers may see it."""
        return self.carries.appeal if self.carries and self.carries.is_public() else None

    @property
    def minutes(self) -> int:
        """Reading time, in whole minutes."""
        return max(1, math.ceil(len(self.body_text.split()) / WORDS_A_MINUTE))

    @property
    def event_differs(self) -> bool:
        return self.event_date is not None and self.event_date != self.published_on

    def clean(self) -> None:
        if self.body:
            try:
                self.render()
            except text.TextRefused as refused:
                raise ValidationError({"body": str(refused)}) from refused

    def render(self) -> None:
        """Body → safe HTML and plain text; subclasses say whether addresses in it are still live."""
        rendered = text.render(self.body, live=self.sends())
        self.body_html, self.body_text = with_renditions(rendered.html), rendered.text

    def sends(self) -> bool:
        """Whether mailto, tel and sms links of the body work; a closed appeal prints them as plain text."""
        return True

    def said(self) -> Iterator[tuple[str, str, str]]:
        """Field, kind of text and words of what readers get beside standfirst, body and updates: preflight reads it too."""
        yield "correction", "p", self.correction
        for event in self.events.all():
            yield from (("events", "p", words) for words in (event.title, event.place))

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        with transaction.atomic():
            before = Post.objects.filter(pk=self.pk).only("kind", "slug", "status", "published_at", "published_on", "search_order").first() if self.pk else None
            self.set_day(before)
            self.search_order = before.search_order if before else None  # sync() alone changes it, in the table
            if before is None and self.created_by_id is None and (editor := actor()):
                self.created_by_id = editor.pk
            if not self.slug:
                self.slug = free_slug(self.same_scope().exclude(pk=self.pk), self.title, 100, fallback=self.kind)
            if update_fields is None or "body" in update_fields:
                self.render()
            super().save(*args, update_fields=update_fields and with_derived(set(update_fields)), **kwargs)
            if before and before.published_on and before.get_absolute_url() != self.get_absolute_url() != "":
                from articles.models.origins import OldAddress

                OldAddress.objects.moved(before.get_absolute_url(), self.get_absolute_url())
            Post.objects.sync([self.pk])
            AuditEntry.objects.note_status(before, self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from articles import search

        with transaction.atomic():
            if actor():
                AuditEntry.objects.note(Act.DELETED, self.title)
            search.forget(Post.objects.filter(pk=self.pk, search_order__isnull=False).values_list("search_order", flat=True))
            return super().delete(*args, **kwargs)

    def set_day(self, before: Self | None) -> None:
        """published_on follows published_at until the post is due and never changes after: it makes the address."""
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        if self.status == Status.WITHDRAWN and self.withdrawn_at is None:
            self.withdrawn_at = timezone.now()
        was_due = before and before.published_on and before.published_at and before.published_at <= timezone.now()
        if was_due:
            self.published_on = before.published_on
        elif before or self.published_on is None:
            scheduled = self.status != Status.DRAFT and self.published_at
            self.published_on = timezone.localdate(self.published_at) if scheduled else None

    def same_scope(self) -> models.QuerySet:
        """The posts among which this one's slug must be its own."""
        if self.kind in (Kind.APPEAL, Kind.PAGE):
            return Post.objects.filter(kind=self.kind)
        return Post.objects.filter(published_on=self.published_on).exclude(kind__in=[Kind.APPEAL, Kind.PAGE])

    def set_labels(self, labels: Iterable[Label]) -> None:
        """These labels and no others."""
        with transaction.atomic():
            self.labels.set(labels)
            Post.objects.sync([self.pk])


def with_derived(fields: set[str]) -> set[str]:
    """What else changes when these fields do."""
    day = {"slug", "published_at", "published_on", "withdrawn_at"} if fields & {"status", "published_at", "kind"} else set()
    rendered = {"body_html", "body_text"} if "body" in fields else set()
    return fields | day | rendered | {"changed_at"}
