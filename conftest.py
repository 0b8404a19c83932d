"""What every test stands on: no network but this machine, nothing kept from the test before, vendors kept apart."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from articles.memo import memo
from campaign.tests import machine
from campaign.tests.site import Site, serve

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no failure of ours
hypothesis.settings.load_profile("house")

STRICT = os.environ.get("STRICT") == "1"
SOAK = os.environ.get("SOAK") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test about one database is no skipped test of the other: it is left out; so are long versions outside `make soak`."""
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    out = {"postgresql" if sqlite else "sqlite"} | (set() if SOAK else {"soak"})
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in out)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: not {"site", "demo"} & set(item.fixturenames))  # the longest first, so that no worker ends alone


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """With STRICT=1, as in CI, a skipped test has failed."""
    report = yield
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"With STRICT=1 nothing may be skipped. {report.longrepr[2]}"
    return report


def found(find: Callable[[], Any]) -> Any:
    """What a finder of campaign.tests.machine finds; the test is skipped, with the reason, where it does not."""
    try:
        return find()
    except machine.Missing as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def seeds() -> Path:
    return found(machine.seeds)


@pytest.fixture(scope="session")
def html_checker() -> list[str]:
    return found(machine.html_checker)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo archive, loaded once for a file of tests (marked django_db) and taken out after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        yield
        transaction.set_rollback(True)
    memo.forget()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo archive behind a real gunicorn, for all tests of one worker: they read and leave it as it is."""
    with serve(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = found(machine.chromium)
    from campaign.tests.reader import chromium  # loads Playwright, which the other tests do without

    with chromium(path) as browser:
        yield browser


@pytest.fixture
def reader(browser: Any, site: Site) -> Iterator[Any]:
    """Opens pages of the site; whatever the test is about, the console stays silent, no other host is asked and no cookie is set."""
    from campaign.tests.reader import Reader

    reader = Reader(browser, site)
    yield reader
    left = (reader.said, reader.elsewhere(), reader.cookies())
    reader.close()
    assert left == ([], [], [])


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that would reach another host fails, here as on a train."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise OSError(f"a test tried to reach {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture
def warm_frame(db: None, settings: Any) -> Callable[[], None]:
    """Builds what surrounds every page, from the rows made so far, and keeps it: call it before counting queries."""
    from campaign.frame import frame

    def build() -> None:
        memo.forget()
        settings.REVISION_MAX_AGE = 3600
        frame()

    return build


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    yield
    memo.forget()
    cache.clear()
