"""The editors' guide: one page, kept with the site."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


def guide(request: HttpRequest) -> HttpResponse:
    return admin.site.page(request, "guide", _("The editors' guide"))
