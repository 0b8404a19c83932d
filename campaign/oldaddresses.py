"""Old addresses whose query says which page is meant ("/?p=123"): which parameters, on which paths."""

from collections import defaultdict

from django.db import DatabaseError

from articles.memo import per_revision
from articles.models import OldAddress


@per_revision
def params_by_path() -> dict[str, set[str]]:
    """The first parameter's name of every old address that has a query."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, query in OldAddress.objects.exclude(query="").values_list("path", "query").iterator():
        found[path].add(query.partition("=")[0])
    return dict(found)


def known_params(path: str) -> set[str]:
    """Parameters that an old address of this path may turn on; none while the database is away."""
    try:
        return params_by_path().get(path, set())
    except DatabaseError:
        return set()
