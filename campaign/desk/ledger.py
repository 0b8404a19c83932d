"""Ledger work: addresses to look after, and for each where it is used, what supporters reported, and what to do with it."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appeals import ledger_table
from appeals.models import Address, AppealAddress, ReportState
from articles.models import Act, AuditEntry
from campaign.desk.forms import ReplaceForm
from campaign.desk.steps import posted

PAGE = 50


def ledger(request: HttpRequest) -> HttpResponse:
    """Addresses of open appeals that fail, or were not verified for 90 days; worst first."""
    addresses = Address.objects.in_open_appeals().select_related("recipient")
    failing = addresses.failing().order_by("-reports", "pk")
    stale = addresses.not_verified_for(90).exclude(pk__in=failing.values("pk")).order_by("checked_on", "pk")
    pages = {"failing": Paginator(failing, PAGE).get_page(request.GET.get("failing")), "stale": Paginator(stale, PAGE).get_page(request.GET.get("stale"))}
    return admin.site.page(request, "ledger", _("Addresses to look after"), **pages)


def address(request: HttpRequest, pk: int) -> HttpResponse:
    address = get_object_or_404(Address.objects.select_related("recipient", "replaced_by"), pk=pk)
    if request.method == "POST":
        act(request, address)
        back = reverse("admin:index") if request.POST.get("back") == "desk" else request.path
        return HttpResponseRedirect(back)
    return admin.site.page(request, "address", str(address), address=address, uses=uses(address), reports=reports(address))


def uses(address: Address) -> QuerySet:
    """Where it is printed, open appeals first; one query."""
    rows = AppealAddress.objects.filter(Q(address=address) | Q(address__replaced_by=address)).select_related("appeal")
    return rows.order_by(F("appeal__closed_at").desc(nulls_first=True), "-appeal__published_at").defer("appeal__body", "appeal__body_html", "appeal__body_text")


def reports(address: Address) -> list[dict[str, object]]:
    """How many supporters said on which day, on which appeal, that it fails, newest first; one query."""
    rows = address.failure_reports.values("day", "state", "appeal__title").annotate(number=Count("pk")).order_by("-day", "appeal__title")
    return [{**row, "label": ReportState(row["state"]).label} for row in rows]


def act(request: HttpRequest, address: Address) -> None:
    """One press; each is undone by another."""
    today = timezone.localdate()
    acts = {
        "verified": (lambda: address.mark_verified(today), _("%(address)s is working, verified today.")),
        "bouncing": (lambda: address.mark_bouncing(today), _("%(address)s is bouncing; readers are told so.")),
        "retire": (lambda: address.retire(today), _("%(address)s is retired: no appeal offers it any more. “Verified today” brings it back.")),
        "confirm": (lambda: address.confirm_failure(first_report(address)), _("Readers are told that %(address)s is reported not working.")),
        "dismiss": (address.dismiss_failure, _("The reports on %(address)s are dismissed; readers see nothing of them.")),
    }
    done = acts.get(request.POST.get("act", ""))
    if done is None:
        messages.error(request, _("Choose what to do with the address: nothing was changed."))
        return
    done[0]()
    messages.success(request, done[1] % {"address": address})


def first_report(address: Address) -> object:
    """The day from which supporters say that it fails."""
    first = address.failure_reports.filter(state=ReportState.WAITING).order_by("day").first()
    return first.day if first else address.reported_since or timezone.localdate()


def replace(request: HttpRequest, pk: int) -> HttpResponse:
    address = get_object_or_404(Address.objects.select_related("recipient"), pk=pk)
    form = ReplaceForm(posted(request), address=address)
    if request.method == "POST" and form.is_valid() and replaced(form, address):
        said = {"old": address, "new": form.new}
        messages.success(request, _("%(new)s stands in the place of %(old)s in every appeal.") % said)
        return HttpResponseRedirect(reverse("admin:ledger_address", args=[form.new.pk]))
    return admin.site.page(request, "replace", _("Replace %(address)s") % {"address": address}, address=address, form=form, uses=uses(address))


def replaced(form: ReplaceForm, address: Address) -> bool:
    """False, with the reason in the form, where the guard refuses."""
    try:
        with transaction.atomic():
            form.new.save() if form.new.pk is None else None
            address.replace_by(form.new)
    except ValidationError as refused:
        form.add_error("value", refused.messages)
        return False
    return True


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    AuditEntry.objects.note(Act.EXPORT, _("the ledger"))
    answer = StreamingHttpResponse(ledger_table.rows(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    return answer
