"""Three small pages that are never cached: "I have sent it", messages of solidarity, "this address failed"."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from appeals import panel
from appeals.forms import FailedForm, MessageForm, SentForm
from appeals.models import Appeal, FailureReport, Press
from articles.models import Message, Revision
from articles.public_form import LIMITED, OneTimeForm, keep_once, limited, over_limit, public_form

PRESS_BUMP = 60
"""Seconds between two moves of the revision by presses: a rush of them must not empty every cache."""


def fetch_open(slug: str) -> Appeal:
    return get_object_or_404(Appeal.objects.public().select_related("successor"), slug=slug)


@public_form
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = fetch_open(slug)
    if not appeal.sends():
        return closed(request, appeal)
    form = SentForm(request.POST or None, bound_to=f"sent {appeal.pk}")
    if request.method != "POST" or not form.is_valid():
        return show(request, "appeals/sent.html", appeal, form)
    if over_limit(request, "sent"):
        return show(request, "appeals/sent.html", appeal, limited(form))
    keep_once(Press(appeal=appeal, token=form.cleaned_data["nonce"]), believed=form.believed, also=lambda: Revision.bump_at_most_every(PRESS_BUMP))
    return thanks(request, appeal, _("Thank you. Your letter is counted."))


@public_form
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = fetch_open(slug)
    if not appeal.sends():
        return closed(request, appeal)
    form = MessageForm(request.POST or None, bound_to=f"message {appeal.pk}")
    if request.method != "POST" or not form.is_valid():
        return show(request, "appeals/message.html", appeal, form)
    if over_limit(request, "message"):
        return show(request, "appeals/message.html", appeal, limited(form))
    words = {name: form.cleaned_data[name] for name in ("text", "name", "organisation", "place")}
    keep_once(Message(post=appeal, token=form.cleaned_data["nonce"], **words), believed=form.believed)
    return thanks(request, appeal, _("Thank you. Your message will be read before it appears."))


@public_form
def failed(request: HttpRequest, slug: str, address: int) -> HttpResponse:
    appeal = fetch_open(slug)
    used = next((entry.address for entry in panel.of(appeal).entries if entry.address.pk == address), None)
    if used is None:
        raise Http404
    if not appeal.sends():
        return closed(request, appeal)
    form = FailedForm(request.POST or None, bound_to=f"failed {appeal.pk} {address}")
    if request.method != "POST" or not form.is_valid():
        return show(request, "appeals/failed.html", appeal, form, address=used)
    if over_limit(request, "failed"):
        return show(request, "appeals/failed.html", appeal, limited(form), address=used)
    keep_once(FailureReport(appeal=appeal, address=used, token=form.cleaned_data["nonce"]), believed=form.believed)
    return thanks(request, appeal, _("Thank you. An editor will try this address; the others on the appeal still help."))


def show(request: HttpRequest, template: str, appeal: Appeal, form: OneTimeForm, **context: object) -> HttpResponse:
    """The form, with what was typed if it comes back; a fresh token each time."""
    status = 429 if form.has_error(NON_FIELD_ERRORS, LIMITED) else 422 if form.is_bound else 200
    return render(request, template, {"appeal": appeal, "form": form, **context}, status=status)


def thanks(request: HttpRequest, appeal: Appeal, words: str) -> HttpResponse:
    return render(request, "appeals/thanks.html", {"appeal": appeal, "words": words})


def closed(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """A closed appeal counts no more and takes no messages; its page says how it ended and what goes on."""
    return render(request, "appeals/closed.html", {"appeal": appeal}, status=410)
