"""What supporters said."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from appeals.models import FailureReport, Press


@admin.register(FailureReport, Press)
class SupporterAdmin(admin.ModelAdmin):
    """What supporters said; counted, never edited."""

    list_display = ("__str__", "day")
    list_select_related = ("appeal",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
