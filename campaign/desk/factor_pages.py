"""The pages of the second factor: set it up, show it, renew it."""

from collections.abc import Callable

import segno
from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Act, AuditEntry
from articles.site import profile
from campaign.desk import factor, lockout
from campaign.desk.login import too_soon


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}),
        help_text=gettext_lazy("Six digits from the app, or one of the ten codes on paper."),
    )


def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for the factor; an account that has none sets one up first."""
    mine = factor.of(request.user)
    return show(request, mine) if mine and not factor.is_renewing(request) else set_up(request)


def show(request: HttpRequest, mine: factor.SecondFactor) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and tried(request, form, lambda code: factor.shown(mine, code)):
        factor.enter(request, mine)
        return HttpResponseRedirect(onward(request))
    return page(request, "factor", _("Your second factor"), form=form, onward=onward(request))


def set_up(request: HttpRequest) -> HttpResponse:
    """The secret waits in the session until a code proves that the app has it."""
    secret = request.session.setdefault(factor.PENDING, factor.new_secret())
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].help_text = _("Six digits, from the app.")
    steps: list[int] = []

    def proves(code: str) -> bool:
        steps.append(factor.step_of(secret, factor.spoken(code)))
        return bool(steps[-1])

    if request.method == "POST" and form.is_valid() and tried(request, form, proves):
        return page(request, "factor_paper", _("Ten codes on paper"), codes=factor.set_up(request, secret, steps[-1]))
    uri = factor.totp(secret).get_provisioning_uri(request.user.get_username(), profile().name)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return page(request, "factor_set_up", _("Set up a second factor"), form=form, code=drawn(uri), secret=groups)


def renew(request: HttpRequest) -> HttpResponse:
    """New paper codes, or another app; either asks for a code first, so that an open session alone is not enough."""
    mine = factor.of(request.user)
    if mine is None:
        return HttpResponseRedirect(reverse("admin:factor"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or not tried(request, form, lambda code: factor.shown(mine, code)):
        return page(request, "factor_renew", _("Your second factor"), form=form, left=len(mine.paper))
    if "device" in request.POST:
        factor.renew(request)
        return HttpResponseRedirect(reverse("admin:factor"))
    AuditEntry.objects.note(Act.FACTOR, request.user.get_username())
    codes = factor.new_paper(mine)
    mine.save(update_fields=["paper"])
    return page(request, "factor_paper", _("Ten codes on paper"), codes=codes)


def tried(request: HttpRequest, form: CodeForm, proves: Callable[[str], bool]) -> bool:
    """Whether the code is right; wrong ones cost waits, as wrong passwords do, and are noted."""
    account = f"factor of\0{request.user.pk}"  # no form takes a NUL: nobody can use up these tries by typing this name at the login
    if seconds := lockout.wait(request, account):
        form.add_error("code", too_soon(seconds))
        return False
    lockout.count(request, account)
    if proves(form.cleaned_data["code"]):
        lockout.forgive(request, account)
        return True
    AuditEntry.objects.note(Act.FAILED_LOGIN, _("second factor"))
    form.add_error("code", _("That is not the code, or it was used before. Wait for the next one, and see that the clock of your phone is right."))
    return False


def onward(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = asked.startswith(f"/{settings.ADMIN_PATH}") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else reverse("admin:index")


def page(request: HttpRequest, template: str, title: str, **context: object) -> HttpResponse:
    return admin.site.page(request, template, title, **context)


def drawn(uri: str) -> SafeString:
    """The QR code as inline SVG, dark on white in any theme."""
    return mark_safe(segno.make(uri, error="m", micro=False).svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None))
