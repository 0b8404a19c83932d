"""What surrounds every page: banner, open appeals, labels, archive tree, profile. Built once a revision and kept in the process."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.utils import translation

from appeals.models import Appeal
from articles import counts
from articles.memo import per_revision
from articles.models import Event, Page, Post
from campaign.middleware import on_desk
from campaign.minisign import SecretKey
from campaign.models import SiteProfile

LABELS = 20
EVENTS = 3
NEWEST = 5


@dataclass(frozen=True)
class Language:
    """An interface language and the path its pages stand under."""

    code: str
    name: str
    prefix: str

    @property
    def current(self) -> bool:
        return self.code == translation.get_language()


@dataclass(frozen=True)
class Frame:
    """One for all pages: a change of anything in it moves the revision."""

    profile: SiteProfile
    open_appeals: list[Appeal]
    labels: list[counts.LabelCount]
    tree: list[counts.YearCount]
    kinds: list[counts.KindCount]
    events: list[Event]
    pages: dict[str, Page]
    latest: list[Post]
    languages: list[Language]
    site_url: str
    mirror_key: str
    mirror_bytes: int
    """The size of the mirror in one file; 0 while there is none."""

    @cached_property
    def urgent(self) -> list[Appeal]:
        """Appeals whose banner stands: urgent, open, not past their date."""
        return [appeal for appeal in self.open_appeals if appeal.is_urgent]

    @cached_property
    def largest_labels(self) -> list[counts.LabelCount]:
        return self.labels[:LABELS]


@per_revision
def frame() -> Frame:
    """Seven queries."""
    appeals = Appeal.objects.public().open().by_deadline().defer("body", "body_html", "body_text")
    return Frame(
        profile=SiteProfile.objects.get(pk=1),
        open_appeals=list(appeals.annotate(latest_update_at=Max("updates__at"))),
        labels=counts.labels(),
        tree=counts.tree(),
        kinds=counts.kinds(),
        events=list(Event.objects.public().coming().filter(cancelled=False)[:EVENTS]),
        pages={page.slug: page for page in Page.objects.public().defer("body", "body_html", "body_text").order_by("title")},
        latest=list(Post.objects.public().listed().newest_first().only("kind", "title", "slug", "language", "published_on", "published_at")[:NEWEST]),
        languages=[Language(code, name, "" if code == settings.LANGUAGE_CODE else f"/{code}") for code, name in settings.LANGUAGES],
        site_url=settings.SITE_URL,
        mirror_key=public_key(),
        mirror_bytes=settings.MIRROR_ZIP.stat().st_size if settings.MIRROR_ZIP.is_file() else 0,
    )


def public_key() -> str:
    """The key that mirrors are signed with, as people pass it on; empty while there is none."""
    return SecretKey.read(settings.MIRROR_KEY).public.line if settings.MIRROR_KEY.is_file() else ""


def profile() -> SiteProfile:
    """For feeds and files, which have no template around them (articles.site)."""
    return frame().profile


def context(request: HttpRequest) -> dict[str, Any]:
    """The frame for every public template; the desk and pages that must stand without a database go without."""
    return {} if on_desk(request) or getattr(request, "frameless", False) else {"frame": frame()}
