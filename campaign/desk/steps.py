"""One thing done to one post: an update, an ending, a new last day, a withdrawal. Each is a form of its own and works without script."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from appeals.models import Appeal
from articles import versions
from articles.admin.publishing import Refusal, refuse_unfit
from articles.models import Post, Status
from articles.preflight import findings
from articles.templatetags.articles import long_date
from campaign.desk.forms import CloseForm, ExtendForm, ReopenForm, UpdateForm, WithdrawForm
from campaign.desk.todo import change_url


def whole(pk: int) -> Post:
    """The post with all that preflight and versions read; 404 where there is none."""
    return Appeal.objects.with_records().filter(pk=pk).first() or get_object_or_404(Post, pk=pk)


def step(request: HttpRequest, post: Post, form: forms.Form, do: Callable[[], str], **words: str) -> HttpResponse:
    """The form of one step; valid and posted, `do` is done, its sentence said, and the desk shown again. What preflight refuses is undone."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                said = taken(request, post, do)
            messages.success(request, seen(said, post))
            return HttpResponseRedirect(reverse("admin:index"))
        except Refusal as refused:
            refusal = of_the_step(refused, form)
    answer = admin.site.page(request, "step", post=post, post_url=change_url(post), form=form, refusal=refusal, **words)
    answer.status_code = 422 if refusal else 200
    return answer


def of_the_step(refusal: Refusal, form: forms.Form) -> Refusal:
    """What is found in the update that the step writes stands in the form's own words."""
    words = next((name for name in ("text", "summary") if name in form.fields), "updates")
    refusal.found = [replace(finding, field=words) if finding.field == "updates" else finding for finding in refusal.found]
    return refusal


def taken(request: HttpRequest, post: Post, do: Callable[[], str]) -> str:
    """What the step says once it is done, looked through and kept as a version; only what it brings in itself can stop it."""
    before = whole(post.pk)
    standing = {finding.key for finding in findings(before)}
    if not post.versions.exists():
        versions.keep(before, None)
    said = do()
    after = whole(post.pk)
    if after.status == Status.PUBLISHED:
        refuse_unfit(request, after, standing)
    versions.keep(after, request.user)
    return said


def add_update(request: HttpRequest, pk: int) -> HttpResponse:
    post = whole(pk)
    form = UpdateForm(posted(request), post=post)

    def do() -> str:
        form.save()
        return linked(_("The update stands on {}."), post)

    return step(request, post, form, do, title=_("Add an update"), button=_("Publish the update") if post.is_public() else _("Save the update"))


def close(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = get_object_or_404(Appeal, pk=pk)
    form = CloseForm(posted(request), appeal=appeal)

    def do() -> str:
        said = form.cleaned_data
        appeal.successor = said["successor"]
        appeal.close(said["outcome"], said["summary"], said["post"])
        reopen_url = reverse("admin:reopen", args=[appeal.pk])
        return format_html('{} <a href="{}">{}</a>', linked(_("{} is closed."), appeal), reopen_url, _("Open it again"))

    intro = _("The outcome stands first from then on, and nothing is offered for sending. It can be opened again.")
    return step(request, appeal, form, do, title=_("Close with outcome"), button=_("Close the appeal"), intro=intro)


def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = get_object_or_404(Appeal.objects.closed(), pk=pk)

    def do() -> str:
        appeal.reopen()
        return linked(_("{} is open again."), appeal)

    intro = _("Its addresses are offered for sending again, and its outcome (%(outcome)s) is taken away.") % {"outcome": appeal.get_outcome_display()}
    return step(request, appeal, ReopenForm(posted(request)), do, title=_("Open again"), button=_("Open it again"), intro=intro)


def extend(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = get_object_or_404(Appeal.objects.open(), pk=pk)
    form = ExtendForm(posted(request), initial={"act_by": appeal.act_by})

    def do() -> str:
        appeal.act_by = form.cleaned_data["act_by"]
        appeal.save(update_fields=["act_by"])
        return linked(_("{} is open until %(day)s.") % {"day": long_date(appeal.act_by)}, appeal)

    return step(request, appeal, form, do, title=_("Extend"), button=_("Move the last day"))


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    post = whole(pk)
    form = WithdrawForm(posted(request), initial={"reason": post.withdrawn_reason})

    def do() -> str:
        post.status, post.withdrawn_reason, post.withdrawn_at = Status.WITHDRAWN, form.cleaned_data["reason"], None
        post.save(update_fields=["status", "withdrawn_reason"])
        return linked(_("{} is withdrawn. To bring it back, set its status to published again."), post)

    intro = _("It leaves every list, feed and search at once; its address answers that it was withdrawn. The text stays here.")
    return step(request, post, form, do, title=_("Withdraw"), button=_("Withdraw it"), intro=intro)


def posted(request: HttpRequest) -> Any:
    """What was sent, were it nothing at all; None while the form is only opened."""
    return request.POST if request.method == "POST" else None


def seen(said: str, post: Post) -> str:
    """With the way to what readers get now, where they get anything."""
    address = post.get_absolute_url() if post.is_public() or post.status == Status.WITHDRAWN else ""
    return format_html('{} <a href="{}">{}</a>', said, address, _("See what readers see")) if address else said


def linked(sentence: str, post: Any) -> str:
    """The sentence with the post's title, linked, in its gap."""
    return format_html(sentence, format_html('<a href="{}">{}</a>', change_url(post), post.title))
