"""Readers' messages: published or rejected in one press each, or several at once, and the last press undone."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Message, MessageState

PAGE = 25
ACTS = {"publish": MessageState.PUBLISHED, "reject": MessageState.REJECTED}
UNDO = "undo_messages"
"""Where the session keeps what the last press did: the state it gave, and the states that were before."""


def queue(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        press(request)
        return HttpResponseRedirect(reverse("admin:index" if request.POST.get("back") == "desk" else "admin:queue"))
    state = request.GET.get("state")
    state = state if state in MessageState.values else MessageState.WAITING.value
    waiting = Message.objects.filter(state=state).select_related("post").defer("post__body", "post__body_html", "post__body_text")
    page = Paginator(waiting.order_by("sent_at", "pk") if state == MessageState.WAITING else waiting, PAGE).get_page(request.GET.get("page"))
    return admin.site.page(request, "queue", _("Messages"), messages_page=page, state=state, states=MessageState, undo=request.session.get(UNDO))


def press(request: HttpRequest) -> None:
    """One message by its own button, those ticked by the buttons below, or the last press taken back."""
    if "undo" in request.POST:
        return undo(request)
    for act, state in ACTS.items():
        if act in request.POST:
            numbers = request.POST.getlist("chosen") if request.POST[act] == "chosen" else [request.POST[act]]
            return settle(request, state, [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19])
    messages.error(request, _("Press “Publish” or “Reject”: nothing was changed."))


def settle(request: HttpRequest, state: MessageState, ids: list[int]) -> None:
    changing = dict(Message.objects.filter(pk__in=ids).exclude(state=state).values_list("pk", "state"))
    Message.objects.filter(pk__in=changing).update(state=state)
    if not changing:
        return messages.warning(request, _("No message was changed: tick some first, or somebody has done it before you."))
    request.session[UNDO] = {"state": state.value, "before": [[pk, before] for pk, before in changing.items()]}
    messages.success(request, said(state, len(changing)))


def said(state: MessageState, number: int) -> str:
    if state == MessageState.PUBLISHED:
        return ngettext("%(number)d message is published.", "%(number)d messages are published.", number) % {"number": number}
    return ngettext("%(number)d message is rejected; it is kept here.", "%(number)d messages are rejected; they are kept here.", number) % {"number": number}


def undo(request: HttpRequest) -> None:
    """Only what still is as the press left it: another editor's later word stands."""
    last = request.session.pop(UNDO, None)
    if not last:
        return messages.warning(request, _("There is nothing to undo."))
    undone = 0
    for before in MessageState.values:
        ids = [pk for pk, was in last["before"] if was == before]
        undone += Message.objects.filter(pk__in=ids, state=last["state"]).update(state=before)
    messages.success(request, ngettext("Undone for %(number)d message.", "Undone for %(number)d messages.", undone) % {"number": undone})
