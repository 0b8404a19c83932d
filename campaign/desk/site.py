"""The desk: Django's admin, whose first page says what needs an editor now, and its pages that do one thing each."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from articles.access import may_publish
from campaign.desk.login import LoginForm

View = Callable[..., HttpResponse]


class Desk(AdminSite):
    enable_nav_sidebar = False  # it keeps its state on the device
    login_form = LoginForm

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from campaign.desk import todo

        context = {"title": _("The desk"), "board": todo.board(request.user), "second_factor": settings.SECOND_FACTOR}
        return super().index(request, {**context, **(extra_context or {})})

    def page(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        """One of the desk's own pages, with what surrounds every page of the admin."""
        request.current_app = self.name
        return TemplateResponse(request, f"admin/desk/{template}.html", {**self.each_context(request), "title": title, **context})

    def get_urls(self) -> list[Any]:
        from campaign.desk import factor_pages, guide, ledger, paste, preview, queue, sessions, steps, writing

        return [
            path("paste/", self.admin_view(paste.paste), name="paste"),
            path("guide/", self.admin_view(guide.guide), name="guide"),
            path("sessions/", self.admin_view(sessions.own), name="sessions"),
            path("factor/", self.admin_view(factor_pages.second_factor), name="factor"),
            path("factor/renew/", self.admin_view(factor_pages.renew), name="factor_renew"),
            path("writing/text/", self.admin_view(writing.render_text), name="render_text"),
            path("writing/paste/", self.admin_view(writing.paste_text), name="paste_text"),
            path("writing/letter/", self.admin_view(writing.mail_length), name="mail_length"),
            path("posts/<number:pk>/preview/", self.admin_view(preview.preview), name="preview"),
            *self.editors(
                path("messages/", queue.queue, name="queue"),
                path("posts/<number:pk>/update/", steps.add_update, name="add_update"),
                path("posts/<number:pk>/withdraw/", steps.withdraw, name="withdraw"),
                path("appeals/<number:pk>/close/", steps.close, name="close"),
                path("appeals/<number:pk>/reopen/", steps.reopen, name="reopen"),
                path("appeals/<number:pk>/extend/", steps.extend, name="extend"),
                path("ledger/", ledger.ledger, name="ledger"),
                path("ledger/export/", ledger.export, name="ledger_export"),
                path("ledger/<number:pk>/", ledger.address, name="ledger_address"),
                path("ledger/<number:pk>/replace/", ledger.replace, name="ledger_replace"),
            ),
            *self.guarded(super().get_urls()),
        ]

    def editors(self, *routes: URLPattern) -> list[URLPattern]:
        for route in routes:
            route.callback = self.admin_view(editors_only(route.callback))
        return list(routes)

    def guarded(self, routes: list[Any]) -> list[Any]:
        """Django's "view on site" leads to any row by its number, and so would name what others have drafted."""
        for route in routes:
            if getattr(route, "name", "") == "view_on_site":
                route.callback = missing_unless_editor(route.callback)
        return routes


def editors_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_publish(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def missing_unless_editor(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not may_publish(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
