"""Labels, with how many posts carry each."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.models import Label


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "posts_count")
    search_fields = ("name",)
    fields = ("name", "slug", "description")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count("labellings"))

    @admin.display(description="posts", ordering="number")
    def posts_count(self, label: Label) -> int:
        return label.number
