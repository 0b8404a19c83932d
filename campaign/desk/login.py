"""Logging in at the desk."""

import threading
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Act, AuditEntry
from campaign.desk import lockout

ONE_AT_A_TIME = threading.Lock()
"""A password's hash takes a hundred megabytes while it is made: a few strangers who log in at once must not use up a small machine."""


class LoginForm(AdminAuthenticationForm):
    """Says the same of every account, there or not, and makes whoever guesses wait."""

    def clean(self) -> dict[str, Any]:
        account = self.cleaned_data.get("username")
        if not account or not self.cleaned_data.get("password"):
            return super().clean()
        if seconds := lockout.wait(self.request, account):
            raise ValidationError(too_soon(seconds), code="too_soon")
        if lockout.count(self.request, account):
            known = get_user_model().objects.filter(username=account).first()
            AuditEntry.objects.note(Act.LOCKED_OUT, "" if known else _("no account of ours"), by=known)
        with ONE_AT_A_TIME:
            cleaned = super().clean()
        lockout.forgive(self.request, account)
        return cleaned


def too_soon(seconds: int) -> str:
    words = _("Too many logins have failed, here or for this account. Nothing was checked: try again in %(time)s.")
    if seconds < 60:
        return words % {"time": ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}}
    minutes = -(-seconds // 60)
    return words % {"time": ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}}
