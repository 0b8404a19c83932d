"""What hangs on a post: the life an obituary remembers, updates, events, messages."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import text
from articles.models.posts import Post, Status
from articles.models.revision import Shown, ShownQuerySet

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
partial_date = RegexValidator(re.compile(rf"^{PARTIAL_DATE.pattern}$"), _("Write a date as far as it is known: 2012, 2012-06 or 2012-06-05."))


def zone_known(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone. Write it like Asia/Almaty or Europe/London."), params={"name": name})


class Life(Shown):
    """Who an obituary remembers. Dates are `YYYY[-MM[-DD]]`: text that sorts and fits <time>."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="life")
    name = models.CharField(max_length=200)
    what_they_did = models.CharField(max_length=300, blank=True, help_text=_("One line: “Miner, vice-president of Miners’ Families”."))
    born = models.CharField(max_length=10, blank=True, validators=[partial_date], help_text=_("As far as it is known: 1961, 1961-04 or 1961-04-12."))
    died = models.CharField(max_length=10, blank=True, validators=[partial_date])
    found = models.CharField(max_length=10, blank=True, validators=[partial_date], help_text=_("Where the day of death is not known: the day they were found."))
    place = models.CharField(max_length=200, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "lives"

    def __str__(self) -> str:
        return self.name


class Update(Shown):
    """A time-stamped addition to a post, with an anchor and a feed entry of its own."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="updates")
    at = models.DateTimeField(default=timezone.now, help_text=_("When it happened or was known, on the site’s clocks."))
    place = models.CharField(max_length=200, blank=True)
    place_zone = models.CharField(
        max_length=50, blank=True, validators=[zone_known], help_text=_("The place's time zone, to print its own time too: Asia/Aqtau.")
    )
    text = models.TextField(help_text=_("Markdown."))
    text_html = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["post", "-at"], name="update_newest"), models.Index(fields=["-at", "-id"], name="update_feed"))

    def __str__(self) -> str:
        return f"{self.at:%d %B %Y %H.%M} {self.post}"

    @property
    def anchor(self) -> str:
        return f"update-{self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.post.get_absolute_url()}#{self.anchor}"

    @property
    def at_place(self) -> datetime | None:
        """The same moment on the clocks of the place it is about."""
        return self.at.astimezone(ZoneInfo(self.place_zone)) if self.place_zone else None

    def save(self, *args, **kwargs) -> None:
        self.text_html = text.render(self.text).html
        super().save(*args, **kwargs)


class EventQuerySet(ShownQuerySet):
    def public(self, now: datetime | None = None) -> Self:
        """Events of public posts."""
        shown = Post.objects.public(now).filter(pk=models.OuterRef("post"))
        return self.filter(models.Exists(shown)).select_related("post")  # a list of all public ids would grow with the archive

    def coming(self, now: datetime | None = None) -> Self:
        """Not yet over, soonest first; an event without an end is over three hours after it began."""
        return self.filter(over_at__gt=now or timezone.now()).order_by("starts", "pk")

    def over(self, now: datetime | None = None) -> Self:
        return self.filter(over_at__lte=now or timezone.now()).order_by("-starts", "-pk")


class Event(Shown):
    """A picket, a meeting, a day of action; `starts` and `ends` are moments, `zone` says whose clock to print."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="events")
    title = models.CharField(max_length=200, blank=True, help_text=_("“Picket”, “Meeting”, “Day of action”."))
    starts = models.DateTimeField(db_index=True, help_text=_("On the site’s clocks; readers get it on those of the zone."))
    ends = models.DateTimeField(null=True, blank=True, help_text=_("Empty: it counts as over three hours after it began."))
    over_at = models.DateTimeField(editable=False, db_index=True)
    zone = models.CharField(max_length=50, default="Europe/London", validators=[zone_known], help_text=_("Where it happens: Asia/Almaty."))
    place = models.CharField(max_length=300, help_text=_("So that a stranger finds it: street, number, town."))
    organiser = models.CharField(max_length=200, blank=True, help_text=_("Who calls it."))
    contact = models.CharField(max_length=200, blank=True, help_text=_("Whom to ask. No private number: this stays public."))
    cancelled = models.BooleanField(default=False, help_text=_("It stays on the page and says so; calendars are told."))
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("starts", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The event ends before it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title or _('Event')}, {self.place}"

    @property
    def local_starts(self) -> datetime:
        return self.starts.astimezone(ZoneInfo(self.zone))

    @property
    def local_ends(self) -> datetime | None:
        return self.ends.astimezone(ZoneInfo(self.zone)) if self.ends else None

    @property
    def is_over(self) -> bool:
        return self.over_at <= timezone.now()

    def shows(self) -> bool:
        return self.post.status != Status.DRAFT

    def save(self, *args, **kwargs) -> None:
        self.over_at = self.ends or self.starts + timedelta(hours=3)
        if self.pk:
            self.sequence += 1  # RFC 5545, 3.8.7.4: calendars take a change only when its number has grown
        super().save(*args, **kwargs)


def new_token() -> str:
    return secrets.token_urlsafe(16)


class MessageState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Rejected")


class MessageQuerySet(ShownQuerySet):
    def public(self) -> Self:
        return self.filter(state=MessageState.PUBLISHED)


class Message(Shown):
    """A reader's words on a post: plain text, shown once an editor has read it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="messages")
    name = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=150, blank=True)
    place = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    token = models.CharField(max_length=100, unique=True, default=new_token, editable=False)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        indexes = (models.Index(fields=["post", "state", "-sent_at"], name="message_shown"), models.Index(fields=["state", "sent_at"], name="message_queue"))

    def __str__(self) -> str:
        return f"{self.name or self.organisation}: {self.text[:40]}"

    @property
    def sender(self) -> str:
        """Whatever was signed with, as one line."""
        return ", ".join(filter(None, (self.name, self.organisation, self.place)))

    def shows(self) -> bool:
        return self.state != MessageState.WAITING
