"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and ten codes on paper.

A session is good for the desk once it holds the stamp of its account's factor; a new factor has a new stamp, and ends the sessions of the old.
"""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from articles.models import Act, AuditEntry
from campaign.models import SecondFactor

STEP = 30
"""Seconds for which a code stands; the one before and the one after are taken too, for clocks that differ."""
PAPER = 10
FRESH = 30 * 60
"""Seconds after which accounts and exports ask for the factor again."""
STAMP, SHOWN_AT, PENDING, RENEWING = "factor", "factor_at", "factor_pending", "factor_renewing"
"""Where the session keeps which factor it has shown, when, the secret of one that is being set up, and since when in another's place."""


def vault() -> Any:
    """A Fernet. `cryptography` is loaded by whoever logs in: readers' pages need none of its seven megabytes."""
    from cryptography.fernet import Fernet

    key = hmac.new(settings.SECRET_KEY.encode(), b"second factor", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def totp(secret: str) -> Any:
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    return TOTP(base64.b32decode(secret), 6, SHA1(), STEP)


def step_of(secret: str, code: str, after: int = 0) -> int:
    """The time step, past the last one used, whose code this is; 0 if it is none."""
    now, app = int(time.time()) // STEP, totp(secret)
    for step in (now - 1, now, now + 1):
        if step > after and constant_time_compare(app.generate(step * STEP), code.encode()):
            return step
    return 0


def spoken(code: str) -> str:
    """As typed by a person: without the spaces and hyphens that paper has, in small letters."""
    return "".join(character for character in code.lower() if character.isalnum() and character.isascii())


def paper_hash(account: Any, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"paper code {account.pk} {spoken(code)}".encode(), hashlib.sha256).hexdigest()


def new_paper(factor: SecondFactor) -> list[str]:
    """Ten codes, of 50 bits each, told this once."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    codes = ["-".join("".join(secrets.choice(letters) for _nth in range(5)) for _half in range(2)) for _code in range(PAPER)]
    factor.paper = [paper_hash(factor.account, code) for code in codes]
    return codes


def of(account: Any) -> SecondFactor | None:
    return SecondFactor.objects.filter(account=account.pk).first()


def set_up(request: HttpRequest, secret: str, step: int) -> list[str]:
    """This session's account has the factor from now on; its paper codes."""
    factor = SecondFactor(account=request.user, sealed=vault().encrypt(secret.encode()).decode(), last_step=step)
    codes = new_paper(factor)
    with transaction.atomic():
        SecondFactor.objects.filter(account=request.user.pk).delete()
        factor.save()
        AuditEntry.objects.note(Act.FACTOR, request.user.get_username())
    enter(request, factor)
    return codes


def shown(factor: SecondFactor, code: str) -> bool:
    """Whether this is a code of the app or of the paper; it is good for once, however many try it at the same moment."""
    code = spoken(code)
    if len(code) == 6 and code.isdigit():
        return by_app(factor, code)
    with transaction.atomic():
        locked = SecondFactor.objects.select_for_update().get(pk=factor.pk)
        found = paper_hash(factor.account, code)
        if found not in locked.paper:
            return False
        locked.paper.remove(found)
        locked.save(update_fields=["paper"])
        return True


def by_app(factor: SecondFactor, code: str) -> bool:
    from cryptography.fernet import InvalidToken

    try:
        secret = vault().decrypt(factor.sealed.encode()).decode()
    except InvalidToken:  # the site has a new SECRET_KEY: `manage.py reset_factor` lets the account set up anew
        return False
    step = step_of(secret, code, factor.last_step)
    return bool(step) and SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step) == 1


def enter(request: HttpRequest, factor: SecondFactor) -> None:
    request.session.cycle_key()
    request.session[STAMP], request.session[SHOWN_AT] = factor.stamp, int(time.time())
    request.session.pop(PENDING, None)
    request.session.pop(RENEWING, None)


def renew(request: HttpRequest) -> None:
    """This session may set up another in the place of the one it has just shown, which stands until then: the account is never without."""
    request.session[PENDING], request.session[RENEWING] = new_secret(), int(time.time())


def passed(request: HttpRequest) -> bool:
    """Whether this session has shown its account's factor. One that showed a factor since replaced is ended."""
    factor, stamp = of(request.user), request.session.get(STAMP)
    if stamp and (factor is None or not constant_time_compare(stamp, factor.stamp)):
        logout(request)
        return False
    return factor is not None and stamp is not None


def is_fresh(request: HttpRequest) -> bool:
    return time.time() - request.session.get(SHOWN_AT, 0) <= FRESH


def is_renewing(request: HttpRequest) -> bool:
    return time.time() - request.session.get(RENEWING, 0) <= FRESH
