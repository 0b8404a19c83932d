from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

import articles.converters  # noqa: F401  registers year and month
from campaign.views import crawlers, errors, home, media, mirror, preview

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    re_path(r"^media/pictures/(?P<name>[0-9a-f]{24}-\d+)\.(?P<form>webp|jpg|png)$", media.picture, name="picture"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(".well-known/security.txt", crawlers.security, name="security"),
    path("sitemap.xml", crawlers.sitemap_xml, name="sitemap"),
    path("sitemap-lists.xml", crawlers.sitemap_lists, name="sitemap_lists"),
    path("sitemap-<year:year>-<month:month>.xml", crawlers.sitemap_month, name="sitemap_month"),
    path("mirror.zip", mirror.whole, name="mirror_zip"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path(settings.ADMIN_PATH, admin.site.urls),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("", include("articles.urls")),
        path("", include("appeals.urls")),
        path("mirror/", mirror.mirror, name="mirror"),
        path("<slug:slug>/", home.page, name="page"),
        prefix_default_language=False,
    ),
]
