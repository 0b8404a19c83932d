"""Lists of posts: by year, month, day, label and kind."""

import calendar
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import counts, pieces
from articles.archives import PARAMS, Neighbour, page_of
from articles.models import Kind, Label, Labelling, Post
from articles.prepared import prepared
from articles.public import public

HEADLINES = 100
"""Posts on a page of a year, which prints headlines alone."""


@public()
def archive(request: HttpRequest) -> HttpResponse:
    """The whole archive as a tree of years and months; it stands in the frame already."""
    return render(request, "articles/archive.html")


@public(*PARAMS)
def year(request: HttpRequest, year: int) -> HttpResponse:
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    page = page_of(between(begins, ends), request.params, size=HEADLINES, piece=pieces.HEADLINE)
    return dated(request, "articles/year.html", {"year": year, "page": page, "calendar": counts.of_year(year), **neighbours(begins, ends, "year")})


@public(*PARAMS)
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    begins = date(year, month, 1)
    ends = begins.replace(day=calendar.monthrange(year, month)[1])
    page = page_of(between(begins, ends), request.params)
    return dated(request, "articles/month.html", {"month": begins, "page": page, "calendar": counts.of_year(year), **neighbours(begins, ends, "month")})


@public(*PARAMS)
def day(request: HttpRequest, day: date) -> HttpResponse:
    page = page_of(between(day, day), request.params)
    return dated(request, "articles/day.html", {"day": day, "page": page, **neighbours(day, day, "day")})


def between(begins: date, ends: date) -> QuerySet:
    return within(Post.objects.public().listed(), begins, ends)


def within(rows: QuerySet, begins: date, ends: date) -> QuerySet:
    """Rows of Post or Labelling of these days. An archive is ordered by moments: their bounds keep the walk within these days' part of the index."""
    moments = counts.moments(begins, ends)
    return rows.filter(published_at__range=moments, published_on__range=(begins, ends)) if moments else rows.none()


def dated(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A date archive; a day, month or year without posts is a 404, which offers what is near."""
    if not context["page"].entries:
        raise Http404(_("Nothing was published then."))
    return render(request, template, context)


def neighbours(begins: date, ends: date, unit: str) -> dict[str, Neighbour | None]:
    """The nearest earlier and later day, month or year that has posts."""
    earlier, later = counts.beside(begins, ends)
    return {"earlier": dated_neighbour(earlier, unit), "later": dated_neighbour(later, unit)}


def dated_neighbour(day: date | None, unit: str) -> Neighbour | None:
    if day is None:
        return None
    args, words = {"year": ([day.year], "Y"), "month": ([day.year, day.month], "F Y"), "day": ([day], "j F Y")}[unit]
    return Neighbour(reverse(unit, args=args), date_format(day, words))


@public()
def labels(request: HttpRequest) -> HttpResponse:
    """All labels with their counts, by name."""
    return render(request, "articles/labels.html", {"labels": sorted(counts.labels(), key=lambda label: label.name.casefold())})


def fetch(slug: str) -> Label:
    if not (found := labels_at(slug=slug)):
        raise Http404(_("There is no label at this address."))
    return found[0]


@prepared
def labels_at(slug: str) -> QuerySet:
    return Label.objects.filter(slug=slug)


@public(*PARAMS)
def label(request: HttpRequest, slug: str) -> HttpResponse:
    label = fetch(slug)
    if not (count := counts.of_label(label)).count:
        raise Http404(_("There is no label at this address."))  # drafts alone carry it, and its name would tell of them
    page = page_of(Labelling.objects.public().filter(label=label), request.params, newest_only=True)
    return render(request, "articles/label.html", {"label": label, "page": page, "counts": count, "together": counts.together(label.pk)})


@public(*PARAMS)
def label_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    label = fetch(slug)
    page = page_of(within(Labelling.objects.public().filter(label=label), date(year, 1, 1), date(year, 12, 31)), request.params)
    if not page.entries:
        raise Http404(_("Nothing carries this label in that year."))
    return render(request, "articles/label_year.html", {"label": label, "year": year, "page": page, "counts": counts.of_label(label)})


@public(*PARAMS)
def kind(request: HttpRequest, kind: Kind) -> HttpResponse:
    page = page_of(Post.objects.public().filter(kind=kind), request.params)
    return render(request, "articles/kind.html", {"kind": kind, "page": page})
