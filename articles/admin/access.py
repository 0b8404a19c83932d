"""The rules of articles.access, as the admin asks for them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from articles.access import editable, may_edit, may_publish

WITHHELD = frozenset(
    {
        "status", "published_at", "lead", "slug", "carries", "translation_of", "revised_at", "correction", "withdrawn_reason",
        "successor", "outcome", "outcome_summary", "outcome_post",
    }
)  # fmt: skip
"""Fields of a post that are not on a reporter's form: what publishes, and what names posts of others."""


class EditorsOnly:
    """Mixed into an admin that reaches into posts of everybody: a reporter's permission is good for the forms of their own drafts alone."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return may_publish(request.user) and super().has_add_permission(request, *args)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_publish(request.user) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_publish(request.user) and super().has_delete_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_publish(request.user) and super().has_view_permission(request, obj)


class OwnDrafts:
    """Mixed into the admin of posts: a reporter meets drafts of their own and nothing else, and finds no field that publishes."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return editable(request.user, super().get_queryset(request))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Asked by actions that say `permissions=["publish"]`."""
        return may_publish(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if may_publish(request.user):
            return fieldsets
        left = [(name, {**options, "fields": without(options["fields"])}) for name, options in fieldsets]
        return [(name, options) for name, options in left if options["fields"]]


def without(fields: Any) -> tuple:
    """These fields, which may stand in rows, without those withheld."""
    rows = [tuple(name for name in row if name not in WITHHELD) if isinstance(row, tuple | list) else row for row in fields]
    return tuple(row for row in rows if row and row not in WITHHELD)
