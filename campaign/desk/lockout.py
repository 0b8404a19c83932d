"""Slows down who guesses passwords, then shuts them out for a while: by account and by address, unknown accounts like known ones.

What is kept are counters under salted hashes, in the cache alone, and they expire: neither a name nor an address can be read from them.
Where an account has logged in of late it has tries of its own, so that nobody shuts its editor out by guessing from elsewhere. Of that no
address is kept either, hashed or not: only in which thousandth of all addresses it lies.
Nobody waits in a worker: a login that comes too soon is refused with the time at which to come back, right or wrong.
"""

import hashlib
import hmac
import time
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from articles.public_form import client_address

WINDOW = 60 * 60
"""Seconds for which a failure counts."""
LOCKED = 15 * 60
"""Seconds of a lock-out."""
OF_LATE = 30 * 24 * 60 * 60
PARTS = 1000


@dataclass(frozen=True)
class Limit:
    """Failures from which each costs a wait, twice as long each time, and from which nobody gets in for a while."""

    name: str
    slow: int
    locked: int

    def key(self, value: str) -> str:
        digest = hmac.new(settings.SECRET_KEY.encode(), f"login {self.name} {value}".encode(), hashlib.sha256).hexdigest()
        return f"login:{digest}"

    def pause(self, failures: int) -> int:
        if failures >= self.locked:
            return LOCKED
        return min(LOCKED, 2 ** (failures - self.slow + 1)) if failures >= self.slow else 0


ACCOUNT = Limit("account", slow=3, locked=10)
ADDRESS = Limit("address", slow=20, locked=60)
"""Generous: a mobile network or an onion service is one address."""


def keys(request: HttpRequest, account: str) -> list[tuple[Limit, str]]:
    """An address that is not known (a socket, without TRUSTED_PROXY) is nobody's: it would shut out every editor at once."""
    address, place = client_address(request), at_home(request, account)
    known = [(ADDRESS, ADDRESS.key(address))] if address else []
    return [(ACCOUNT, place if place and cache.get(f"{place}:home") else ACCOUNT.key(account.casefold())), *known]


def at_home(request: HttpRequest, account: str) -> str:
    """The key of this account's tries at this address and a thousandth of all others; empty where the address is not known."""
    address = client_address(request)
    return ACCOUNT.key(f"{account.casefold()} at\0{int(ADDRESS.key(address)[-8:], 16) % PARTS}") if address else ""


def wait(request: HttpRequest, account: str) -> int:
    """Seconds until a login may be tried again; 0 is now."""
    untils = [cache.get(f"{key}:until", 0) for _limit, key in keys(request, account)]
    return max(0, round(max(untils) - time.time() + 0.5))


def count(request: HttpRequest, account: str) -> bool:
    """A login is tried: it counts as failed until it has succeeded, so that many at once gain nothing. True where this one locks."""
    locks = False
    for limit, key in keys(request, account):
        cache.add(key, 0, WINDOW)
        try:
            failures = cache.incr(key)
        except ValueError:  # it expired in between
            failures = 1
        if pause := limit.pause(failures):
            cache.set(f"{key}:until", time.time() + pause, pause)
        locks |= failures == limit.locked
    return locks


def forgive(request: HttpRequest, account: str) -> None:
    """It succeeded. The address goes on counting what it tried at other accounts."""
    place = at_home(request, account)
    for limit, key in keys(request, account):
        cache.delete(f"{key}:until")
        if limit == ACCOUNT:
            cache.delete(key)
        else:
            with suppress(ValueError):  # it has expired
                cache.decr(key)
    if place:
        cache.set(f"{place}:home", 1, OF_LATE)
