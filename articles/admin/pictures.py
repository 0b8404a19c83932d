"""Pictures, which must say what they show."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from articles.models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ("__str__", "alt", "credit", "width", "height")
    search_fields = ("alt", "caption")
    fields = ("file", "alt", "caption", "credit")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "alt":
            field.required = True  # an imported picture may lack it, one chosen here may not
        return field
