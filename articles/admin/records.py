"""What hangs on posts, and records that nobody edits by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.access import EditorsOnly
from articles.models import Event, Life, OldAddress, Origin, Update, Version


@admin.register(Update, Event, Life)
class AttachedAdmin(EditorsOnly, admin.ModelAdmin):
    raw_id_fields = ("post",)
    list_select_related = ("post",)


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):
    list_display = ("__str__", "target")
    search_fields = ("path", "target")


@admin.register(Origin, Version)
class RecordAdmin(admin.ModelAdmin):
    """Records that nobody edits by hand."""

    raw_id_fields = ("post",)
    list_select_related = ("post",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
