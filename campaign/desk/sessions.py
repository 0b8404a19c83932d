"""A session of the desk ends at a set hour after its login, whatever is done in it; on a change of password Django ends it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.desk.session_store import BEGAN
from campaign.models import DeskSession


def listen() -> None:
    user_logged_in.connect(begin, dispatch_uid="sessions")


def begin(request: HttpRequest | None, **kwargs: Any) -> None:
    """A moment, not a number of seconds: Django would count those anew from every change of the session."""
    if request is not None and hasattr(request, "session"):
        request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        request.session[BEGAN] = timezone.now().isoformat()


def own(request: HttpRequest, **context: Any) -> HttpResponse:
    """The sessions of this account; each can be ended, and all but this one at once."""
    live = DeskSession.objects.filter(account=request.user.pk, began__isnull=False, expire_date__gt=timezone.now()).order_by("-began")
    if request.method == "POST":
        ending = [session for session in live if request.POST.get("end") in ("others", mark(session)) and not is_this(request, session)]
        DeskSession.objects.filter(pk__in=[session.pk for session in ending]).delete()
        messages.success(request, ngettext("%(number)d session is ended.", "%(number)d sessions are ended.", len(ending)) % {"number": len(ending)})
        return HttpResponseRedirect(request.path)
    rows = [{"session": session, "mark": mark(session), "this": is_this(request, session)} for session in live]
    return admin.site.page(request, "sessions", _("Your sessions"), rows=rows)


def mark(session: DeskSession) -> str:
    """A name for it that opens nothing."""
    return salted_hmac("session of the desk", session.session_key).hexdigest()[:24]


def is_this(request: HttpRequest, session: DeskSession) -> bool:
    return session.session_key == request.session.session_key
