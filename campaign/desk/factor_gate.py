"""Middleware: past the password, nothing of the desk opens before the second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.desk import factor, held

OPEN = frozenset({"login", "logout", "jsi18n", "factor"})
AGAIN = ("auth_user_", "ledger_export")
"""Beginnings of the names of pages that ask for the factor again when it was shown long ago: accounts, and what takes the ledger out."""


class FactorGate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR or not request.path_info.startswith(f"/{settings.ADMIN_PATH}") or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name or ""
        if name in OPEN or (factor.passed(request) and (factor.is_fresh(request) or not name.startswith(AGAIN))):
            return None
        if request.method == "POST" and held.holds(request) and name != "ledger_export":
            return held.page(request, _("What you wrote is here. Open the desk in a new tab and show your second factor, then press “Save again”."))
        back = request.get_full_path() if request.method == "GET" else reverse("admin:ledger" if name == "ledger_export" else "admin:index")
        return HttpResponseRedirect(f"{reverse('admin:factor')}?next={quote(back)}")
