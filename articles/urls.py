from django.urls import path

import articles.converters  # noqa: F401  registers year, month and day
from articles.models.posts import Kind
from articles.views import archives, feeds, posts, search

KIND_SLUGS = {
    "reports": Kind.REPORT,
    "strike-updates": Kind.STRIKE_UPDATE,
    "obituaries": Kind.OBITUARY,
    "statements": Kind.STATEMENT,
    "press-releases": Kind.PRESS_RELEASE,
    "open-letters": Kind.OPEN_LETTER,
    "interviews": Kind.INTERVIEW,
}

urlpatterns = [
    path("archive/", archives.archive, name="archive"),
    path("<year:year>/", archives.year, name="year"),
    path("<year:year>/<month:month>/", archives.month, name="month"),
    path("<day:day>/", archives.day, name="day"),
    path("<day:day>/<slug:slug>/", posts.article, name="article"),
    path("<day:day>/<slug:slug>/report.txt", posts.report_txt, name="report_txt"),
    path("labels/", archives.labels, name="labels"),
    path("labels/<slug:slug>/", archives.label, name="label"),
    path("labels/<slug:slug>/<year:year>/", archives.label_year, name="label_year"),
    path("labels/<slug:slug>/feed/", feeds.label_feed, name="label_feed"),
    *(path(f"{slug}/", archives.kind, {"kind": kind}, name=slug) for slug, kind in KIND_SLUGS.items()),
    path("search/", search.results, name="search"),
    path("events/", posts.events, name="events"),
    path("events.ics", feeds.events_ics, name="events_ics"),
    path("feed/", feeds.site_feed, name="feed"),
    path("feed.json", feeds.site_feed_json, name="json_feed"),
    path("appeals/feed/", feeds.appeals_feed, name="appeals_feed"),  # before the appeals' own addresses, which it would else be one of
]
