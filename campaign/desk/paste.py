"""Paste a text: one box, and the form of a new appeal comes back filled in."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from appeals.admin.pasting import ORIGINAL
from appeals.intake import read
from appeals.models import Appeal


def paste(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("appeals.add_appeal"):
        raise PermissionDenied
    text = request.POST.get(ORIGINAL, "")
    problem = ""
    if request.method == "POST":
        found = read(text)
        if not found.problem:
            return admin.site.get_model_admin(Appeal).filled_in(request, found)
        problem = found.problem
    answer = admin.site.page(request, "paste", _("Paste a text"), text=text, name=ORIGINAL, problem=problem)
    answer.status_code = 422 if problem else 200
    return answer
