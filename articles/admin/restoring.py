"""Versions at the desk: the list, what changed, and an old one brought back into the form."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import versions
from articles.access import may_edit
from articles.models import Post, Version

MANY = 200
"""Versions listed, newest first."""


class Restoring(admin.ModelAdmin):
    """Mixed into the admin of posts. Nothing is restored but through the form: its editor sees it first, and saves."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"
        guard = self.admin_site.admin_view
        return [
            path("<number:pk>/versions/", guard(self.list_versions), name=f"{name}s"),
            path("<number:pk>/versions/<number:version>/", guard(self.show_version), name=name),
            *super().get_urls(),
        ]

    def list_versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.editable(request, pk)
        found = Version.objects.filter(post=pk).select_related("by").defer("data")[:MANY]
        return self.version_page(request, "versions", post, _("Versions"), versions=found)

    def show_version(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        post = self.editable(request, pk)
        shown = get_object_or_404(Version.objects.select_related("by"), post=pk, pk=version)
        before = Version.objects.filter(post=pk, pk__lt=version).order_by("-pk").first()
        context = {
            "version": shown,
            "before": before,
            "changed": versions.diff(before.data if before else {}, shown.data, self.model),
            "since": versions.diff(shown.data, versions.snapshot(self.whole(pk)), self.model),
        }
        return self.version_page(request, "version", post, _("What changed"), **context)

    def editable(self, request: HttpRequest, pk: int) -> Post:
        post = get_object_or_404(self.get_queryset(request), pk=pk)
        if not may_edit(request.user, post):
            raise PermissionDenied
        return post

    def version_page(self, request: HttpRequest, template: str, post: Post, title: str, **context: Any) -> HttpResponse:
        request.current_app = self.admin_site.name
        change = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        urls = {"edit_url": reverse(f"{change}_change", args=[post.pk]), "versions_url": reverse(f"{change}_versions", args=[post.pk])}
        context = {**self.admin_site.each_context(request), "title": title, "post": post, "opts": self.opts, **urls, **context}
        return TemplateResponse(request, f"admin/desk/{template}.html", context)

    def restored(self, request: HttpRequest, pk: int | None) -> Version | None:
        """The version that the form is to be filled from, where its address names one."""
        asked = request.GET.get("version", "")
        return Version.objects.filter(post=pk, pk=asked).first() if pk and asked.isdecimal() and request.method == "GET" else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        version = self.restored(request, obj and obj.pk)
        return type(form.__name__, (form,), {"restored": version.data}) if version else form

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> tuple[list, list]:
        formsets, inlines = super()._create_formsets(request, obj, change)
        version = self.restored(request, obj and obj.pk)
        for formset in formsets if version else ():
            fill(formset, version.data.get(formset.prefix, []))
        return formsets, inlines


def fill(formset: BaseInlineFormSet, rows: list[versions.Data]) -> None:
    """An unbound formset as it stood in a version: rows since changed are changed back, new ones marked for deletion, lost ones added."""
    old = {row["id"]: row for row in rows}
    present = {form.instance.pk for form in formset.initial_forms}
    lost = [row for pk, row in old.items() if pk not in present]
    formset.extra += len(lost)
    formset.__dict__.pop("forms", None)  # a cached property, built before `extra` grew
    for form in formset.initial_forms:
        if row := old.get(form.instance.pk):
            form.initial.update(row)
        else:
            form.initial["DELETE"] = True
    for form, row in zip(formset.extra_forms, lost, strict=False):
        form.initial = {**(form.initial or {}), **{name: value for name, value in row.items() if name != "id"}}
