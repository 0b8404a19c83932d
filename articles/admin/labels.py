"""Labels, with how many posts carry each."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from articles.access import may_publish
from articles.models import Label, Labelling


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "posts_count")
    search_fields = ("name",)
    fields = ("name", "slug", "description")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counted = None if may_publish(request.user) else Q(labellings__in=Labelling.objects.public())
        return super().get_queryset(request).annotate(number=Count("labellings", filter=counted))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What drafts of others carry is theirs: Django lets any account ask for the labels of a post by its number."""
        return super().lookup_allowed(lookup, value, request) and (may_publish(request.user) or not lookup.startswith(("posts", "labellings")))

    @admin.display(description="posts", ordering="number")
    def posts_count(self, label: Label) -> int:
        return label.number
