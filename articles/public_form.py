"""Forms for readers, who have no account, no cookie and no session: a one-time token, a honeypot, a rate limit.

A public form carries no ambient authority, so there is nothing a forged request could borrow; the token only sees to it that one
press counts once, and that a form left open overnight is shown again with its words.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_network
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

TOKEN_AGE = 12 * 60 * 60
"""Seconds for which an open form may be sent."""
LARGEST_BODY = 64 * 1024
HONEYPOT = "website"
LIMITED = "limited"
"""The code of the error that says so."""

View = Callable[..., HttpResponse]


class OneTimeForm(forms.Form):
    """Base of the public forms. `bound_to` names the form and its object; a token of another form is no token of this one."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    website = forms.CharField(required=False, label="")

    def __init__(self, *args, bound_to: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.signer = TimestampSigner(salt=f"public form {bound_to}")
        self.next_token = self.signer.sign(secrets.token_urlsafe(16))

    @property
    def believed(self) -> bool:
        """A machine that fills every field fills this one too; nobody sees it."""
        return not self.cleaned_data.get(HONEYPOT)

    def clean(self) -> dict:
        cleaned = super().clean()
        try:
            cleaned["nonce"] = self.signer.unsign(cleaned.get("token", ""), max_age=TOKEN_AGE)
        except BadSignature:
            self.add_error(None, _("This page was open for a long time. Your words are still here: press the button once more."))
        return cleaned


def public_form(view: View) -> View:
    """Marks the view of a public form: GET, HEAD and POST, never stored, refused from foreign pages and when too large."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and foreign(request):
            response = answer(request, 403, _("This form was sent from another website"), _("Open the appeal here and send it from its own page."))
        elif request.method == "POST" and too_large(request):
            response = answer(
                request,
                413,
                _("That was too long"),
                _("A message has 2,000 characters at most. Go back, shorten it and send it again: your browser still has your words."),
            )
        else:
            response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    guarded.public_form = True
    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


def foreign(request: HttpRequest) -> bool:
    """Only a header that is there and names another site refuses; old phones send neither."""
    origin = request.headers.get("Origin", "")
    elsewhere = bool(origin) and origin != "null" and origin.partition("://")[2] not in (request.get_host(), urlsplit(settings.SITE_URL).netloc)
    return elsewhere or request.headers.get("Sec-Fetch-Site") == "cross-site"


def too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not (length.isascii() and length.isdigit()) or int(length[:20]) > LARGEST_BODY


def answer(request: HttpRequest, status: int, title: str, words: str, **context: object) -> HttpResponse:
    """One clear page that says what was wrong and what to do; no flood of refusals reaches the database."""
    request.frameless = True
    return render(request, "articles/form_answer.html", {"title": title, "words": words, **context}, status=status)


def client_address(request: HttpRequest) -> str:
    """Only the header that TRUSTED_PROXY names is believed; never stored, never logged."""
    header = settings.TRUSTED_PROXY
    return one_client(request.headers.get(header, "") if header else request.META.get("REMOTE_ADDR", ""))


def one_client(address: str) -> str:
    """Of IPv6 the network: one household or server has the 2^64 addresses behind it, and could count as a new client each time."""
    try:
        known = IPv6Address(address)
    except ValueError:
        return address
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))


def over_limit(request: HttpRequest, form: str) -> bool:
    """Counts this sending; True past the limit of settings.FORM_LIMITS. Keys are salted hashes that expire with the hour."""
    limit, seconds = settings.FORM_LIMITS[form]
    key = hmac.new(settings.SECRET_KEY.encode(), f"{form} {client_address(request)}".encode(), hashlib.sha256).hexdigest()
    cache.add(f"limit:{key}", 0, seconds)
    try:
        return cache.incr(f"limit:{key}") > limit
    except ValueError:  # it expired in between
        return False


def limited(form: OneTimeForm) -> OneTimeForm:
    """The form, with its words, saying why it was not taken."""
    words = _(
        "Many letters came from your connection. You share it with others, as on a mobile network, so this says nothing about you. "
        "Nothing was counted or kept; try again in an hour."
    )
    form.add_error(None, forms.ValidationError(words, code=LIMITED))
    return form


def keep_once(row: models.Model, *, believed: bool, also: Callable[[], None] = lambda: None) -> bool:
    """Saves the row under its token's unique constraint, and `also` in the same transaction; False if that token was used before.

    A sender who is not believed costs the same work, taken back at its end, so that the answer's time tells nothing.
    """
    try:
        with transaction.atomic():
            row.save()
            also()
            if not believed:
                transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True
