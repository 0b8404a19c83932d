"""What can be done to a post in one step, from its row in the list and from its form: the pages are the roof's, known here by name alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.access import may_publish
from articles.models import Kind, Post, Status


def steps_of(post: Post) -> list[tuple[str, str]]:
    """(address, label) of each step that makes sense now."""
    if post.status != Status.PUBLISHED:
        return []
    names = [("add_update", _("Add an update"))] if post.kind != Kind.PAGE else []
    if hasattr(post, "closed_at"):
        names.append(("reopen", _("Open again")) if post.closed_at else ("close", _("Close with outcome")))
    names.append(("withdraw", _("Withdraw")))
    return [(reverse(f"admin:{name}", args=[post.pk]), label) for name, label in names]


class OneSteps:
    """Mixed into the admin of posts. Reporters' drafts have no steps, and so no column."""

    def get_list_display(self, request: HttpRequest) -> tuple:
        listed = super().get_list_display(request)
        return (*listed, "steps") if may_publish(request.user) else listed

    @admin.display(description=_("in one step"))
    def steps(self, post: Post) -> SafeString:
        return format_html_join(" ", '<a class="in-row" href="{}">{}</a>', steps_of(post))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        post = context.get("original")
        context["steps"] = steps_of(post) if post and may_publish(request.user) else []
        return super().render_change_form(request, context, *args, **kwargs)
