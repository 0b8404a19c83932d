"""What the forms' scripts ask while an editor writes: the text as readers will see it, pasted HTML as Markdown, a letter's length."""

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appeals import panel
from appeals.admin.pasted_addresses import PREFIX, PastedAddresses
from appeals.letters import ReadyLetter, ready
from appeals.mailto import LIMIT
from appeals.models import Address, Appeal, AppealAddress, Letter, Recipient, Role
from articles import text
from articles.from_html import to_markdown

ROW = re.compile(r"appeal_addresses-(\d+)-address")
LONGEST = text.LONGEST


@require_POST
def render_text(request: HttpRequest) -> HttpResponse:
    """As `Post.save` renders it: safe HTML, and how many words."""
    try:
        rendered = text.render(request.POST.get("text", ""))
    except text.TextRefused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    return JsonResponse({"html": rendered.html, "words": len(rendered.text.split())})


@require_POST
def paste_text(request: HttpRequest) -> HttpResponse:
    """Markdown of what was copied from a page or a word processor. Pictures of other hosts are left out: none is ever loaded."""
    html = request.POST.get("html", "")
    if len(html) > LONGEST:
        return JsonResponse({"error": _("This is too long to be pasted at once.")}, status=422)
    return JsonResponse({"text": to_markdown(html, picture=lambda source, alt: "").strip()})


@require_POST
def mail_length(request: HttpRequest) -> HttpResponse:
    """The mail link of the letter in `row` as the form stands, addresses and demands as typed."""
    letter = typed_letter(request)
    links = letter.links
    if links is None:
        return JsonResponse({"words": _("No e-mail address stands in this role yet."), "over": 0})
    said = _("The mail link has %(length)d of %(limit)d characters.")
    if links.over:
        said = _("The mail link has %(length)d characters, %(over)d too many: supporters will have to paste the letter.")
    return JsonResponse({"words": said % {"length": links.length, "limit": LIMIT, "over": links.over}, "over": links.over})


def typed_letter(request: HttpRequest) -> ReadyLetter:
    row, posted = request.POST.get("row", ""), request.POST
    typed = {name: posted.get(f"{row}-{name}", "") for name in ("party", "language", "salutation", "subject", "body")}
    role = posted.get(f"{row}-role", "")
    letter = Letter(role=role if role in Role.values else Role.PROTEST, **typed)
    demands = [line.strip() for line in posted.get("demands", "").splitlines() if line.strip()]
    appeal = Appeal(pk=0)
    appeal._prefetched_objects_cache = {"appeal_addresses": [*typed_addresses(request, appeal), *pasted_addresses(request, appeal)]}
    parts = panel.parts_of(appeal)
    to, cc = ("solidarity", "solidarity-copies") if letter.role == Role.SOLIDARITY else ("protest", "copies")
    return ready(letter, demands, panel.mailboxes(parts[to].entries), panel.mailboxes(parts[cc].entries))


def typed_addresses(request: HttpRequest, appeal: Appeal) -> Iterator[AppealAddress]:
    """The rows of the form that are not to be deleted; one query."""
    posted = request.POST
    rows = [(match[1], posted[name]) for name in posted if (match := ROW.fullmatch(name)) and posted[name].isdecimal()]
    kept = {number: int(pk) for number, pk in rows if not posted.get(f"appeal_addresses-{number}-DELETE")}
    found = Address.objects.select_related("recipient", "replaced_by__recipient").in_bulk(set(kept.values()))
    for number, pk in kept.items():
        role = posted.get(f"appeal_addresses-{number}-role", "")
        if pk in found and role in Role.values:
            yield AppealAddress(appeal=appeal, address=found[pk], role=role, copy=bool(posted.get(f"appeal_addresses-{number}-copy")))


def pasted_addresses(request: HttpRequest, appeal: Appeal) -> Iterator[AppealAddress]:
    """Those that a pasted text has brought into the form, as they will be saved; those new to the ledger have numbers that it never gives. One query."""
    if not request.POST.get(f"{PREFIX}-TOTAL_FORMS", "").isdecimal():
        return
    rows = PastedAddresses(request.POST)
    rows.full_clean()
    for number, row in enumerate(rows.forms, start=1):
        if not row.cleaned_data.get("take") or not {"role", "value", "party"} <= row.cleaned_data.keys():
            continue
        copy, _dash, role = row.cleaned_data["role"].rpartition("-")
        channel, value = row.reached
        address = row.known or Address(recipient=Recipient(pk=-number, party=row.cleaned_data["party"]), pk=-number, channel=channel, value=value)
        yield AppealAddress(appeal=appeal, address=address, role=role, copy=bool(copy))
