"""Appeals: posts that call to action, know until when, and know that they are over."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from articles.models.attached import Update
from articles.models.audit import Act, AuditEntry, actor
from articles.models.posts import Kind, Post, PostQuerySet

CLOSING_SOON = timedelta(days=7)


class Outcome(models.TextChoices):
    WON = "won", _("won")
    PARTLY_WON = "partly-won", _("partly won")
    LOST = "lost", _("lost")
    ENDED = "ended", _("ended")


class State(models.TextChoices):
    OPEN = "open", _("Open")
    OVERDUE = "overdue", _("Past its date")
    CLOSED = "closed", _("Closed")


class AppealQuerySet(PostQuerySet):
    def open(self) -> Self:
        """Not closed: open and overdue alike."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def overdue(self, today: date | None = None) -> Self:
        return self.open().filter(act_by__lt=today or timezone.localdate())

    def closing(self, days: int = CLOSING_SOON.days) -> Self:
        """Open, and their last day is near or past."""
        return self.open().filter(act_by__lte=timezone.localdate() + timedelta(days=days)).order_by("act_by", "pk")

    def without_update_for(self, days: int = 14) -> Self:
        """Open, out for so many days, and silent for as many; `latest_update_at` is the last word, if there was any."""
        since = timezone.now() - timedelta(days=days)
        latest = models.Subquery(Update.objects.filter(post=models.OuterRef("pk")).order_by("-at").values("at")[:1])
        silent = Q(latest_update_at__isnull=True) | Q(latest_update_at__lt=since)
        return self.open().filter(published_at__lt=since).annotate(latest_update_at=latest).filter(silent).order_by("published_at", "pk")

    def for_listing(self) -> Self:
        """As the ground floor lists posts, but from this table: an appeal is its own `appeal`."""
        return self.select_related("picture").prefetch_related("labels").defer("body", "body_html", "body_text")

    def with_records(self) -> Self:
        """With the addresses, letters, events and updates that the panel and every text, card and sheet are made from; four queries."""
        return self.prefetch_related("appeal_addresses", "letters", "events", "updates")

    def for_page(self) -> Self:
        return super().for_page().prefetch_related("letter_claims")

    def with_one_of_each(self) -> Self:
        return self.select_related("picture", "life", "outcome_post", "successor")

    def by_deadline(self) -> Self:
        """Urgent first, then the nearest date, then those without one, newest first."""
        return self.order_by("-urgent", models.F("act_by").asc(nulls_last=True), "-published_at", "-pk")


class Appeal(Post):
    """A call to action: demands, addresses by role, letters, events, updates; open, overdue or closed."""

    urgent = models.BooleanField(default=False, help_text=_("Puts the red banner on every page, while it is open and not past its date."))
    opens = models.DateField(null=True, blank=True, help_text=_("The first day, where readers should know it."))
    act_by = models.DateField(null=True, blank=True, help_text=_("The last day on which writing helps (inclusive)."))
    demands = models.JSONField(default=list, blank=True, help_text=_("What we call for, in order."))
    embassies_of = CountryField(blank=True, help_text=_("Offer the embassies of this country, by the reader's own."))
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, help_text=_("“Close with outcome” asks for it; empty while the appeal is open."))
    outcome_summary = models.TextField(blank=True, help_text=_("How it ended, in a sentence or two."))
    outcome_post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="ended_appeals", help_text=_("The report that tells how it ended.")
    )
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors", help_text=_("The appeal that goes on where this one ended.")
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(closed_at__isnull=True) | ~Q(outcome=""), name="closed_has_an_outcome"),)

    @property
    def appeal(self) -> Self:
        """So that a template may ask any post for its appeal."""
        return self

    @property
    def state(self) -> State:
        if self.closed_at:
            return State.CLOSED
        if self.act_by and self.act_by < timezone.localdate():
            return State.OVERDUE
        return State.OPEN

    @property
    def is_urgent(self) -> bool:
        """Whether the banner may stand: marked urgent, open, and not past its date."""
        return self.urgent and self.state == State.OPEN

    @property
    def days_left(self) -> int | None:
        return (self.act_by - timezone.localdate()).days if self.act_by and self.state == State.OPEN else None

    @property
    def closes_soon(self) -> bool:
        return self.days_left is not None and self.days_left <= CLOSING_SOON.days

    @property
    def panel(self) -> Any:
        """What it offers today, for a report that carries it too: the ground floor comes here by the relation alone."""
        from appeals import panel

        return panel.shown(self)

    def lines(self) -> list[list[str]]:
        """What a report that carries it says of it as plain text."""
        from appeals import plain_text

        return plain_text.carried(self)

    @property
    def shown_until(self) -> datetime | None:
        """The end of the first day on which a private number leaves this appeal: no cache may keep its page, text or entry longer."""
        addresses = [address for used in self.appeal_addresses.all() for address in (used.address, used.address.replaced_by) if address]
        return min((address.leaves_at for address in addresses if address.leaves_at), default=None)

    def sends(self) -> bool:
        return self.closed_at is None

    def said(self) -> Iterator[tuple[str, str, str]]:
        yield from super().said()
        yield from (("demands", "li", demand) for demand in self.demands)
        for letter in self.letters.all():
            yield from (("letters", "pre", words) for words in (letter.subject, *letter.body.replace("\r", "").split("\n\n")))

    def clean(self) -> None:
        super().clean()
        if self.slug == "feed":
            raise ValidationError({"slug": _("“feed” is the address of the appeals' feed. Choose another.")})
        if self.opens and self.act_by and self.act_by < self.opens:
            raise ValidationError({"act_by": _("The last day to write comes before the appeal opens.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = Kind.APPEAL
        super().save(*args, **kwargs)

    def close(self, outcome: str, summary: str = "", post: Post | None = None) -> None:
        """End the appeal: the outcome stands first, nothing is offered for sending any more, an Update says so."""
        with transaction.atomic():
            self.outcome, self.outcome_summary, self.outcome_post, self.closed_at = outcome, summary, post, timezone.now()
            self.save()
            self.updates.create(text=_("The appeal is closed: %(outcome)s. %(summary)s") % {"outcome": self.get_outcome_display(), "summary": summary})
            self.note(Act.CLOSED)

    def reopen(self) -> None:
        with transaction.atomic():
            self.outcome, self.outcome_summary, self.outcome_post, self.closed_at = "", "", None, None
            self.save()
            self.updates.create(text=str(_("The appeal is open again.")))
            self.note(Act.REOPENED)

    def note(self, act: Act) -> None:
        if actor():
            AuditEntry.objects.note(act, self.title, post=self)
