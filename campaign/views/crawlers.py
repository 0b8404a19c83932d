"""What a machine asks for first: robots.txt, the sitemap, and security.txt."""

import calendar
from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.links import absolute
from articles.public import public
from campaign import sitemap
from campaign.frame import profile

DEFAULT_ADMIN_PATH = "admin/"
PRIVATE = ("/search/", "/preview/", "/appeals/*/sent/", "/appeals/*/messages/", "/appeals/*/failed/")
HOLDS = timedelta(days=300)
"""From the first of this month until security.txt is to be read anew: RFC 9116 wants less than a year."""


@public()
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. A desk that was given a path of its own is not given away here."""
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    desk = [f"/{DEFAULT_ADMIN_PATH}"] if settings.ADMIN_PATH == DEFAULT_ADMIN_PATH else []
    closed = [*desk, *(f"{prefix}{path}" for prefix in prefixes for path in PRIVATE)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public()
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a hole. It stands in no mirror: a copy at another address than Canonical says nothing."""
    contacts = settings.SECURITY_CONTACT or [profile().contact_email]
    if not any(contacts):
        raise Http404
    expires = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0) + HOLDS
    languages = dict.fromkeys(code.split("-")[0] for code, _name in settings.LANGUAGES)
    lines = [
        *(f"Contact: {contact if ':' in contact else f'mailto:{contact}'}" for contact in contacts),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {absolute(reverse('security'))}",
        f"Preferred-Languages: {', '.join(languages)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


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
