"""The audit log, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import AuditEntry


@admin.register(AuditEntry)
class AuditAdmin(admin.ModelAdmin):
    """Nobody adds, changes or deletes a line, a superuser neither."""

    list_display = ("at", "account", "act", "what")
    list_display_links = None
    list_filter = ("act",)
    search_fields = ("account", "what")
    date_hierarchy = "at"
    actions = None
    fields = ("at", "account", "act", "what")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
