"""A pasted text opens the form of a new appeal filled in. Nothing is saved by that, and the text stays beside the form until it is."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from appeals.admin.pasted_addresses import PREFIX, PastedAddresses, rows
from appeals.intake import Intake, read
from articles.markup import escaping
from articles.models import Label

ORIGINAL = "_pasted"
"""The form's field that holds the text as it came."""
MARKED = {"deadline": "act_by"}
"""Parts of the reading that the form calls otherwise."""
PRIVATE_FOR = timedelta(days=30)
"""How long a private number is shown where the text names no last day."""


class Pasting(admin.ModelAdmin):
    """Mixed into the admin of appeals."""

    add_form_template = "admin/desk/pasted_form.html"

    def filled_in(self, request: HttpRequest, found: Intake) -> HttpResponse:
        """The form as a GET would open it, with what was read."""
        request.reading = found
        request.method, request.GET = "GET", QueryDict()
        return self.add_view(request, reverse("admin:appeals_appeal_add"))

    def reading(self, request: HttpRequest) -> Intake | None:
        """What was read: just now, or again from the text that the form has brought along."""
        if not hasattr(request, "reading"):
            text = request.POST.get(ORIGINAL, "")
            request.reading = read(text) if text else None
        return request.reading

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        found = self.reading(request) if request.method == "GET" else None
        return super().get_changeform_initial_data(request) if found is None else fields(found)

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> tuple[list, list]:
        formsets, inlines = super()._create_formsets(request, obj, change)
        if change:
            return formsets, inlines
        may_add = request.user.has_perm("appeals.add_address")
        if f"{PREFIX}-TOTAL_FORMS" in request.POST and request.method == "POST":
            request.pasted_rows = PastedAddresses(request.POST, may_add=may_add)
        elif request.method == "GET" and (found := self.reading(request)):
            act_by = found.deadline or (timezone.localdate() + PRIVATE_FOR).isoformat()
            request.pasted_rows = PastedAddresses(initial=rows(found, act_by), may_add=may_add)
            for formset in formsets:
                begin(formset, {"letters": letters, "events": events}.get(formset.prefix, nothing)(found))
        else:
            return formsets, inlines
        return [*formsets, request.pasted_rows], inlines

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.prefix == PREFIX:
            formset.save_for(form.instance)
        else:
            super().save_formset(request, form, formset, change)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        pasted = getattr(request, "pasted_rows", None)
        if pasted is not None:
            context |= {"pasted_rows": pasted, "reading": self.reading(request), "original_text": request.POST.get(ORIGINAL, ""), "original_name": ORIGINAL}
            mark_fields(context["adminform"].form, context["reading"])
        return super().render_change_form(request, context, *args, **kwargs)


def mark_fields(form: Any, found: Intake | None) -> None:
    """What is not sure stands at its field."""
    for name, words in found.marks.items() if found else ():
        field = form.fields[MARKED.get(name, name)]
        field.help_text = format_html('<strong class="pasted-mark">{} {}</strong> {}', _("Not sure:"), words, field.help_text)


def fields(found: Intake) -> dict[str, Any]:
    """The appeal's own fields; the labels are those whose names the text says."""
    said = f"{found.title} {found.body}".casefold()
    return {
        "title": found.title[:300],
        "standfirst": found.standfirst,
        "byline": found.byline[:300],
        "dateline": found.dateline[:200],
        "act_by": found.deadline or None,
        "demands": list(found.demands),
        "body": "\n\n".join(markdown(paragraph) for paragraph in found.body.split("\n\n")),
        "language": found.language or "en",
        "labelled": [label.pk for label in Label.objects.all() if label.name.casefold() in said],
    }


def markdown(paragraph: str) -> str:
    """The words of one paragraph, saying just these words; a list stays one."""
    lines = paragraph.split("\n")
    bullets = [line[:1] in "•▪■●-*" for line in lines]
    if all(bullets):
        return "\n".join("- " + escaping.words(line[1:].strip()) for line in lines)
    return " ".join(escaping.line_start(escaping.words(line)) for line in lines)


def letters(found: Intake) -> list[dict[str, Any]]:
    return [
        {"role": letter.role, "language": letter.language, "salutation": "", "subject": (letter.subject or found.title)[:200], "body": letter.body}
        for letter in found.letters
    ]


def events(found: Intake) -> list[dict[str, Any]]:
    """Those with a time of day; the others stand in the list beside the form (`Intake.untimed`)."""
    return [
        {"title": what(event.text), "starts": moment(event.starts), "zone": settings.TIME_ZONE, "place": event.place[:300]}
        for event in found.events
        if event.timed
    ]


def what(text: str) -> str:
    return _("Picket") if "picket" in text.casefold() else ""


def moment(starts: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(starts))


def nothing(_found: Intake) -> list[dict[str, Any]]:
    return []


def begin(formset: Any, initial: list[dict[str, Any]]) -> None:
    """An unbound formset of the admin with these rows to start from."""
    if not initial:
        return
    formset.extra += len(initial)
    formset.__dict__.pop("forms", None)  # a cached property, built before `extra` grew
    for form, row in zip(formset.extra_forms, initial, strict=False):
        form.initial = {**(form.initial or {}), **row}
