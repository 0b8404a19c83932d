"""Old addresses never die: where a path, or a path with a query that belongs to it ("/?p=123"), lives now."""

import re
from collections import defaultdict

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Value
from django.db.models.functions import StrIndex, Substr
from django.http import QueryDict

from articles.archives import PARAMS
from articles.memo import per_revision
from articles.models import OldAddress
from campaign import oldspellings

SEARCH, PLACE = "/search/", "updated-max"
UNDER = re.compile(r"(?:report\.txt|appeal\.txt|addresses\.csv|events\.ics|[\w-]+\.(?:vcf|eml)|feed/|sheet/|sent/|messages/|\d{4}/)\Z", re.ASCII)
"""What hangs under a post's or a label's own address, and moves with it."""


@per_revision
def params_by_path() -> dict[str, set[str]]:
    """The first parameter's name of every old address that has a query."""
    found: dict[str, set[str]] = defaultdict(set)
    name = Substr("query", 1, StrIndex("query", Value("=")) - 1)
    for path, param in OldAddress.objects.filter(query__contains="=").values_list("path", name).distinct():
        found[path].add(param)
    return dict(found)


def known_params(path: str) -> set[str]:
    """Parameters that an old address of this path may turn on; none while the database is away."""
    try:
        return params_by_path().get(path, set()) | ({PLACE} if path == SEARCH else set())
    except DatabaseError:
        return set()


def by_query(path: str, params: QueryDict) -> str | None:
    """Where one of these parameters leads from this path, though the path itself answers; asks only if one is known there."""
    known = known_params(path) & params.keys()
    if path == SEARCH and PLACE in known:
        return oldspellings.by_place(params[PLACE])
    return homes([path], [f"{name}={params[name]}" for name in known]).get(path) if known else None


def by_path(path: str, params: QueryDict) -> str | None:
    """Where a path that nothing answers has gone; one query, and one more for an address that a post's hangs in.

    What hung under an address that moved is found under the new one; what the old site answered by a rule is found by that rule.
    """
    prefix, path = in_language(path)
    parent, under = divided(path)
    others, label = list(oldspellings.other_spellings(path)), oldspellings.label_of_feed(path)
    found = homes([path, parent, label, *others], ["", *(f"{name}={value}" for name, value in params.items())])
    if target := found.get(path):
        kept = "&".join(f"{name}={params[name]}" for name in PARAMS if name in params)
        target += f"?{kept}" if kept and "?" not in target else ""
    elif under and found.get(parent, "").endswith("/"):
        target = found[parent] + (under if under != "feed/" or found[parent].startswith("/labels/") else "")
    elif label in found:
        target = f"{found[label]}feed/"
    else:
        target = next((found[one] for one in others if one in found), None) or oldspellings.home(path, others)
    return prefix + target if target and target != path else None


def homes(paths: list[str], queries: list[str]) -> dict[str, str]:
    """Path → target; one that belongs to the query goes before one for the path alone."""
    if any("\0" in words for words in (*paths, *queries)):  # PostgreSQL refuses the character, and no address has it
        return {}
    return dict(OldAddress.objects.for_request(paths, queries).values_list("path", "target"))


def in_language(path: str) -> tuple[str, str]:
    """The interface language's prefix ("/ru", or nothing) and the path behind it: old addresses are kept without."""
    first = path.split("/", 2)[1]
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return (f"/{first}", path[len(first) + 1 :]) if first in others else ("", path)


def divided(path: str) -> tuple[str, str]:
    """An address and what hangs under it: "/labels/old/" and "feed/"."""
    parent = path[: path.rstrip("/").rfind("/") + 1]
    under = path[len(parent) :]
    return (parent, under) if UNDER.match(under) else (path, "")
