"""Before anything is written: every entry's moment, day, status and new address, so that links between posts can be rewritten."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from anyascii import anyascii
from django.utils import timezone
from django.utils.text import slugify

from articles.models import Kind, Origin, Post, Status
from articles.models.proxies import reserved_slugs
from campaign.imports.addresses import split
from campaign.imports.appeals_found import found
from campaign.imports.clock import Clock
from campaign.imports.entries import Entry
from campaign.imports.places import Places, guessed
from campaign.imports.spool import Spool

SLUG = 100
CLOSED, DRAFT, NONE = APPEALS = ("closed", "draft", "none")
"""What becomes of appeals that are found among the posts: closed ones, drafts, or posts like any other."""

SCHEDULED = "was scheduled for a day that is past and never came out; it comes in as a draft"
UNREAD = "could not be searched for addresses to write to ({error}); please report this"
UNDATED = "was published, but the export gives no date for it; it comes in as a draft"


@dataclass
class Plan:
    """What becomes of one entry."""

    kind: str
    status: str
    published_at: datetime | None
    published_on: date | None
    slug: str = ""
    url: str = ""
    guess: str = ""
    """Where it probably stood, if the export does not tell."""
    post: int | None = None
    """The post it was made into before."""
    appeal: dict[str, Any] | None = None
    """What intake read of it, if it is an appeal."""
    remarks: list[str] = field(default_factory=list)

    @classmethod
    def loaded(cls, fields: dict) -> Self:
        moment, day = fields["published_at"], fields["published_on"]
        return cls(**{**fields, "published_at": moment and datetime.fromisoformat(moment), "published_on": day and date.fromisoformat(day)})


@dataclass
class Archives:
    """Which archives of one old site hold something that readers may see."""

    labels: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)

    def add(self, entry: Entry, plan: Plan) -> None:
        self.labels.update(entry.labels)
        if plan.published_on:
            self.months.add(f"{plan.published_on:%Y/%m}")


class Planner:
    """Goes through the spool in the order of the files; the same export gives the same plan, imported in one run or in several."""

    def __init__(self, spool: Spool, *, zone: str = "", appeals: str = NONE) -> None:
        self.spool, self.appeals = spool, appeals
        self.sites = spool.sites()
        self.clocks = {source: Clock(site, zone) for source, site in self.sites.items()}
        self.places = Places(spool.db, self.sites)
        self.archives: dict[str, Archives] = defaultdict(Archives)
        self.reserved = reserved_slugs()
        self.now = timezone.now()

    def plan(self) -> None:
        for chunk in self.spool.chunks():
            for _n, entry, _plan in chunk:
                self.clocks[entry.source].learn(entry)
        for clock in self.clocks.values():
            clock.settle()
        for chunk in self.spool.chunks():
            self.plan_chunk({n: entry for n, entry, _plan in chunk})

    def plan_chunk(self, entries: dict[int, Entry]) -> None:
        made = made_before(entries.values())
        plans = {n: self.first(entry, made.get((entry.source, entry.id))) for n, entry in entries.items()}
        taken = taken_slugs(plans.values())
        self.spool.db.execute("BEGIN")
        for n, plan in plans.items():
            if plan.post is None:
                plan.slug = self.free_slug(entries[n], plan, taken)
                plan.url = Post(kind=plan.kind, slug=plan.slug, published_on=plan.published_on).get_absolute_url()
            if plan.status == Status.PUBLISHED:
                plan.guess = guess(entries[n], plan)
                self.archives[entries[n].source].add(entries[n], plan)
                self.places.add(entries[n].source, [entries[n].url or plan.guess, *entries[n].old_paths], plan.url)
            self.spool.keep_plan(n, plan)
        self.spool.db.execute("COMMIT")

    def first(self, entry: Entry, post: Post | None) -> Plan:
        """All but the slug; of a post that is there already, what it is now."""
        if post:
            return Plan(post.kind, post.status, post.published_at, post.published_on, post.slug, post.get_absolute_url(), post=post.pk)
        return self.fresh(entry)

    def fresh(self, entry: Entry) -> Plan:
        """As if it came for the first time."""
        clock = self.clocks[entry.source]
        kind = Kind.PAGE if entry.kind == "page" else Kind.REPORT
        moment = clock.moment(entry)
        status, remarks = self.status(entry.status, moment)
        appeal = self.read(entry, remarks) if kind != Kind.PAGE and self.is_asked(status, moment) else None
        if appeal:
            kind, status = Kind.APPEAL, Status.DRAFT if self.appeals == DRAFT else status
        return Plan(kind, status, moment, clock.day(entry) if status != Status.DRAFT else None, appeal=appeal, remarks=entry.remarks + remarks)

    def read(self, entry: Entry, remarks: list[str]) -> dict[str, Any] | None:
        """What intake finds; a post that it cannot read stays a post."""
        try:
            return found(entry)
        except Exception as error:
            remarks.append(UNREAD.format(error=type(error).__name__))
            return None

    def is_asked(self, status: str, moment: datetime | None) -> bool:
        """Whether to look for an appeal: in what readers saw alone. A draft of an appeal is an editor's to write."""
        return self.appeals != NONE and status == Status.PUBLISHED and moment is not None and moment <= self.now

    def status(self, status: str, moment: datetime | None) -> tuple[str, list[str]]:
        """Ours for the old site's. What was to come out on a day that is past did not: it waits for an editor."""
        if status == "scheduled":
            return (Status.PUBLISHED, []) if moment and moment > self.now else (Status.DRAFT, [SCHEDULED])
        if moment is None and status != Status.DRAFT:
            return (Status.DRAFT, [UNDATED]) if status == Status.PUBLISHED else (Status.PRIVATE, [])
        return Status(status), []

    def free_slug(self, entry: Entry, plan: Plan, taken: dict[str, set[str]]) -> str:
        """Its old name in ASCII, or its title's; with a number where another of its day has it."""
        words = entry.slug or entry.title or split(entry.url).path.rpartition("/")[2]
        base = slugify(anyascii(words))[: SLUG - 5].strip("-_") or plan.kind
        scope, number, slug = scope_of(plan), 1, base
        used = taken.setdefault(scope, set())
        reserved = {Kind.PAGE: self.reserved, Kind.APPEAL: {"feed"}}.get(plan.kind, set())
        while slug in used or slug in reserved or not self.spool.claim_slug(scope, slug):
            number += 1
            slug = f"{base}-{number}"
        return slug


def guess(entry: Entry, plan: Plan) -> str:
    """Blogger's posts alone: their addresses follow from title and month."""
    if entry.url or plan.kind == Kind.PAGE or not entry.source.startswith("blogger:"):
        return ""
    return guessed(entry.title, f"{plan.published_on:%Y/%m}")


def scope_of(plan: Plan) -> str:
    return plan.kind if plan.kind in (Kind.PAGE, Kind.APPEAL) else str(plan.published_on)


def made_before(entries: Iterable[Entry]) -> dict[tuple[str, str], Post]:
    """Posts that an earlier run made of these entries."""
    entries = list(entries)
    origins = Origin.objects.filter(source__in={entry.source for entry in entries}, entry_id__in=[entry.id for entry in entries]).select_related("post")
    return {(origin.source, origin.entry_id): origin.post for origin in origins.defer("html", "post__body", "post__body_html", "post__body_text")}


def taken_slugs(plans: Iterable[Plan]) -> dict[str, set[str]]:
    """Slugs that posts of the same days, and pages, have already."""
    days = {plan.published_on for plan in plans}
    articles = Post.objects.exclude(kind__in=[Kind.APPEAL, Kind.PAGE])
    on_days = articles.filter(published_on__in=days - {None}) | articles.filter(published_on=None) if None in days else articles.filter(published_on__in=days)
    taken: dict[str, set[str]] = {kind: set(Post.objects.filter(kind=kind).values_list("slug", flat=True)) for kind in (Kind.PAGE, Kind.APPEAL)}
    for day, slug in on_days.values_list("published_on", "slug"):
        taken.setdefault(str(day), set()).add(slug)
    return taken
