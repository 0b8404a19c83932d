"""Search: the best or the newest of what holds all the words, narrowed by kind and year."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles import counts, search
from articles.archives import PAGE_SIZE, Neighbour, Place, month_and, parse_cursor
from articles.models import Kind
from articles.public import public

LABELS = 10
"""The largest labels, offered where nothing is found."""
KNOWN: dict[str, Callable[[str], Any]] = {
    "kind": {kind.value for kind in Kind if kind != Kind.PAGE}.__contains__,
    "year": re.compile("(?!0000)[0-9]{4}").fullmatch,
    "order": {"newest"}.__contains__,
    "before": parse_cursor,
    "page": re.compile("[1-9][0-9]?").fullmatch,
}
"""What the parameters beside the words may be; anything else is no page."""


@dataclass(frozen=True)
class Narrowing:
    """A link that narrows a search to a kind or a year or, where it is `chosen`, widens it again."""

    name: str
    count: int
    url: str
    chosen: bool


@public("q", *KNOWN)
def results(request: HttpRequest) -> HttpResponse:
    """Context: `query` (`text` stands in the field; `cut` where only the first words were read) and, if there is a word in it, `found`
    (`number` of matches, `more` than that, `broad` words), `posts` with snippets, `following` and `preceding` (Neighbour), `kinds` and
    `years` (Narrowing), `newest` (ordered so), `other_order` (the address of the other order); where nothing is found, `labels`.
    """
    if not all(KNOWN[name](value) for name, value in request.params.items() if name in KNOWN):
        raise Http404(_("There is no such search."))
    query = search.parse(request.params.get("q", ""))
    context = {"query": query, **(answer(query, request.params) if query else {})}
    response = render(request, "articles/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def answer(query: search.Query, params: Mapping[str, str]) -> dict[str, Any]:
    found = search.find(query, tags(params))
    newest = "order" in params
    return {
        "found": found,
        "newest": newest,
        "other_order": address(params, order=None if newest else "newest"),
        "kinds": [narrowing(params, "kind", kind, Kind(kind).label, count) for kind, count in found.kinds()],
        "years": [narrowing(params, "year", f"{year:04}", str(year), count) for year, count in found.years()],
        "labels": [] if found.matches else counts.labels()[:LABELS],
        **(newest_first(found, query, params) if newest else best_first(found, query, params)),
    }


def tags(params: Mapping[str, str]) -> list[str]:
    return [f"={value}" for value in (params.get("kind"), int(params.get("year", 0))) if value]


def best_first(found: search.Found, query: search.Query, params: Mapping[str, str]) -> dict[str, Any]:
    number, orders = int(params.get("page", 1)), found.best()
    shown = orders[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    if number > 1 and not shown:
        raise Http404(_("There is no such search."))
    return {"posts": search.posts(shown, query), "following": span(params, number + 1, len(orders)), "preceding": span(params, number - 1, len(orders))}


def span(params: Mapping[str, str], number: int, total: int) -> Neighbour | None:
    """The link to that page of results; None where there is none."""
    first, last = (number - 1) * PAGE_SIZE + 1, min(number * PAGE_SIZE, total)
    if not 1 <= first <= total:
        return None
    return Neighbour(address(params, page=number if number > 1 else None), _("%(first)s to %(last)s") % {"first": first, "last": last})


def newest_first(found: search.Found, query: search.Query, params: Mapping[str, str]) -> dict[str, Any]:
    """By date and without an end: past the counted matches a cursor leads on."""
    before = parse_cursor(params["before"]) if "before" in params else None
    orders = search.older(query, tags(params), (before.published_at, before.pk), PAGE_SIZE + 1) if before else found.newest()[: PAGE_SIZE + 1]
    shown = search.posts(orders[:PAGE_SIZE], query)
    last = Place(shown[-1].published_at, shown[-1].pk, shown[-1].published_on) if len(orders) > PAGE_SIZE and shown else None
    return {
        "posts": shown,
        "following": Neighbour(address(params, before=last), month_and(last, _("%(month)s and before"))) if last else None,
        "preceding": Neighbour(address(params), _("The newest")) if before else None,
    }


def narrowing(params: Mapping[str, str], name: str, value: str, words: str, count: int) -> Narrowing:
    chosen = params.get(name) == value
    return Narrowing(words, count, address(params, **{name: None if chosen else value}), chosen)


def address(params: Mapping[str, str], **changed: Any) -> str:
    """The same search with this changed, from its first page."""
    kept = {name: params.get(name) for name in ("q", "kind", "year", "order")} | changed
    return f"?{urlencode({name: value for name, value in kept.items() if value is not None})}"
