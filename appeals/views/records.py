"""What one takes away from an appeal: plain text, a table of addresses, cards, a calendar, drafts, a sheet to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from appeals import cards, plain_text, sheet, table
from appeals.models import Appeal
from appeals.views.pages import fetch
from appeals.views.supporters import closed
from articles import calendar
from articles.links import canonical
from articles.models import Event
from articles.public import public, until


def file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@public()
def text(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = fetch(slug)
    words = plain_text.appeal_text(appeal, appeal.panel)
    return until(appeal.panel.shown_until, HttpResponse(words, content_type="text/plain; charset=utf-8"))


@public()
def addresses(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = fetch(slug)
    return until(appeal.panel.shown_until, file(table.table(appeal, appeal.panel), table.CONTENT_TYPE, f"{slug}-addresses.csv"))


@public()
def card(request: HttpRequest, slug: str, recipient: int) -> HttpResponse:
    """One recipient with the addresses that this appeal prints, and no others: what an editor has put on no page stays off cards too."""
    appeal = fetch(slug)
    if not appeal.sends():
        return closed(request, appeal)
    entries = [entry for entry in appeal.panel.entries if entry.live and entry.recipient.pk == recipient]
    if not entries:
        raise Http404
    once = {entry.address: entry for entry in entries}.values()
    card = cards.card(entries[0].recipient, once, canonical(appeal))
    return until(appeal.panel.shown_until, file(card, cards.CONTENT_TYPE, f"{slug}-{recipient}.vcf"))


@public()
def events(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = get_object_or_404(Appeal.objects.public(), slug=slug)
    return HttpResponse(calendar.calendar_of(Event.objects.filter(post=appeal).select_related("post")), content_type=calendar.CONTENT_TYPE)


@public()
def draft(request: HttpRequest, slug: str, letter: int) -> HttpResponse:
    appeal = fetch(slug)
    if not appeal.sends():
        return closed(request, appeal)
    ready = next((ready for ready in appeal.panel.sendable if ready.pk == letter), None)
    if ready is None:
        raise Http404
    return until(appeal.panel.shown_until, file(ready.draft, "message/rfc822", f"letter-{letter}.eml"))


@public()
def address_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = fetch(slug)
    address = canonical(appeal)
    context = {"post": appeal, "appeal": appeal, "panel": appeal.panel, "address": address, "code": sheet.code(address)}
    return until(appeal.panel.shown_until, render(request, "appeals/sheet.html", context))
