"""One appeal with all that its page prints, by queries that are put into SQL once (articles.whole)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from appeals.models import Appeal, LetterClaim
from articles.prepared import prepared
from articles.whole import attach, rows_of, saying_what_it_has


@prepared
def appeals_at(slug: str, now: datetime) -> QuerySet:
    appeals = Appeal.objects.public(now).with_one_of_each().filter(slug=slug)
    return saying_what_it_has(appeals).annotate(has_claims=Exists(LetterClaim.objects.filter(appeal=OuterRef("pk"))))


@prepared
def claims_of(appeal: int) -> QuerySet:
    return LetterClaim.objects.filter(appeal=appeal)


def appeal(slug: str) -> Appeal | None:
    """The public appeal at this address, as `for_page()` fetches it; None where there is none. Two queries, and one for each of what else it has."""
    found = appeals_at(slug=slug, now=timezone.now())
    if not found:
        return None
    appeal = attach(found[0])
    claims = claims_of(appeal=appeal.pk) if appeal.has_claims else []
    for claim in claims:
        claim.appeal = appeal
    appeal._prefetched_objects_cache["letter_claims"] = rows_of(LetterClaim, claims)
    return appeal
