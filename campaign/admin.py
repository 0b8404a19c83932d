from django.contrib import admin
from django.http import HttpRequest

import campaign.desk.accounts  # noqa: F401  registers accounts
from campaign.models import SiteProfile


@admin.register(SiteProfile)
class SiteProfileAdmin(admin.ModelAdmin):
    """One row: never a second, never none."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteProfile | None = None) -> bool:
        return False
