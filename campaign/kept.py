"""A form that met a database that is away, or a full disk, comes back with its words: to be sent again, or copied.

Nothing here asks the database. A public form comes back with its one-time token, so that what was saved after all is not saved twice.
"""

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from campaign.desk.held import HELD, holds
from campaign.middleware import on_desk

UNSEEN = frozenset({"csrfmiddlewaretoken", "token", "website", HELD})
WORDS = 40
"""Characters of a field of the desk from which on it is shown: its forms have dozens of short ones."""

Fields = list[tuple[str, str]]


def fields(request: HttpRequest) -> Fields:
    """All that was posted, but files; nothing where it is no form of ours, or has a password in it."""
    if request.method != "POST":
        return []
    try:
        ours = holds(request) if on_desk(request) else getattr(getattr(request.resolver_match, "func", None), "public_form", False)
        return [(name, value) for name, values in request.POST.lists() for value in values] if ours else []
    except (OSError, MultiPartParserError):  # it was the reading of the form that failed
        return []


def page(request: HttpRequest, found: Fields) -> HttpResponse:
    least = WORDS if on_desk(request) else 1
    context = {
        "title": _("Not kept yet"),
        "words": _("The site cannot write anything down just now. What you wrote is here: wait a minute, then send it again."),
        "fields": found,
        "shown": [(name, value) for name, value in found if name not in UNSEEN and len(value.strip()) >= least],
        "files": [file.name for file in request.FILES.values()],
        "address": request.get_full_path(),
    }
    request.frameless = True
    return render(request, "campaign/kept.html", context, status=503)
