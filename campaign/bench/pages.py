"""The pages that are measured, and how long each takes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import reverse

from articles.archives import Place
from articles.models import Labelling, Post
from campaign.bench.archive import BURST, IN_ALL

DEEP = 10_000
"""Posts before the deep page of a label."""


@dataclass(frozen=True)
class Took:
    """Milliseconds of one answer: on the clock, and of this process's CPU."""

    wall: float
    cpu: float


def addresses(size: int) -> dict[str, str]:
    """What each page is called, and where it is in an archive of this many posts."""
    label, year = {"slug": "label-00"}, {"year": BURST.year}
    found = {
        "home": reverse("home"),
        "label": reverse("label", kwargs=label),
        "label, deep": "",
        "label and year": reverse("label_year", kwargs=label | year),
        "year": reverse("year", kwargs=year),
        "month": reverse("month", kwargs=year | {"month": BURST.month}),
        "kind": reverse("statements"),
        "post": Post.objects.get(slug=f"post-{size // 2 - 1}").get_absolute_url(),
        "appeal": reverse("appeal", args=["appeal-1"]),
        "feed": reverse("feed"),
        "search": f"{reverse('search')}?{urlencode({'q': IN_ALL})}",
        "search, newest first": f"{reverse('search')}?{urlencode({'q': IN_ALL, 'order': 'newest'})}",
    }
    if rows := Labelling.objects.filter(label__slug=label["slug"]).order_by("-published_at", "-post_id")[DEEP : DEEP + 1]:
        found["label, deep"] = f"{found['label']}?before={Place(rows[0].published_at, rows[0].post_id)}"
    return {name: address for name, address in found.items() if address}


def measured(answer: Callable[[], None]) -> Took:
    wall, cpu = time.perf_counter(), time.process_time()
    answer()
    return Took(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))


class Site:
    """The site without its page cache, asked as gunicorn asks it."""

    def __init__(self) -> None:
        self.application = WSGIHandler()
        self.factory = RequestFactory(SERVER_NAME="localhost")

    def get(self, address: str) -> None:
        statuses: list[str] = []
        response = self.application(self.factory.get(address).environ, lambda status, headers: statuses.append(status))
        b"".join(response)
        response.close()
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{address} answered {statuses}")
