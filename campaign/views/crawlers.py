"""What a search engine asks for first: robots.txt and the sitemap."""

import calendar
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from articles.links import absolute
from articles.public import public
from campaign import sitemap

DEFAULT_ADMIN_PATH = "admin/"
PRIVATE = ("/search/", "/preview/", "/appeals/*/sent/", "/appeals/*/messages/", "/appeals/*/failed/")


@public()
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. A desk that was given a path of its own is not given away here."""
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    desk = [f"/{DEFAULT_ADMIN_PATH}"] if settings.ADMIN_PATH == DEFAULT_ADMIN_PATH else []
    closed = [*desk, *(f"{prefix}{path}" for prefix in prefixes for path in PRIVATE)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public()
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """All addresses, or an index of the files that hold them."""
    if sitemap.fits_one_file():
        return urlset([*sitemap.everything_else(), *sitemap.posts()])
    parts = [reverse("sitemap_lists"), *(reverse("sitemap_month", args=[month.year, month.month]) for month in sitemap.months())]
    return xml("sitemap_index.xml", {"sitemaps": [{"location": absolute(part)} for part in parts]})


@public()
def sitemap_lists(request: HttpRequest) -> HttpResponse:
    return urlset(sitemap.everything_else())


@public()
def sitemap_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    begins = date(year, month, 1)
    return urlset(sitemap.posts(begins, begins.replace(day=calendar.monthrange(year, month)[1])))


def urlset(urls: list[sitemap.Url]) -> HttpResponse:
    return xml("sitemap.xml", {"urlset": urls})


def xml(template: str, context: dict) -> HttpResponse:
    """Django's own templates of django.contrib.sitemaps."""
    return HttpResponse(render_to_string(template, context), content_type="application/xml")
