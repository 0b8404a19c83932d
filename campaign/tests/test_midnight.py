"""An appeal reaches its date while readers look on: at midnight of the site's zone its pages say so, with nobody at the desk and no cron."""

import os
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from campaign.tests import machine, nginx
from campaign.tests.machine import BASE_DIR
from campaign.tests.site import Site, serve
from campaign.tests.test_nginx import ask
from conftest import found

pytestmark = pytest.mark.once

AHEAD = (20, 60, 180)
"""Seconds from now until it is midnight there; where a busy machine has not started the site by then, the next."""
ZONE = "Etc/GMT-14"
LAST_DAY = "from appeals.models import Appeal; Appeal.objects.update_or_create(slug='due', defaults=dict(title='Due', status='published', act_by='{}'))"
PASSED = b"The date has passed"


def zone_file(offset: int) -> bytes:
    """A zone that is always so many seconds ahead of UTC (RFC 8536, version 1)."""
    counts = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    return b"TZif" + b"\0" * 16 + counts + struct.pack(">lbb", offset, 0, 0) + b"TST\0"


def midnight_in(seconds: int, folder: Path) -> tuple[float, date, dict[str, str]]:
    """A midnight that is near, the day it ends, and the environment in which the site lives by it."""
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
    offset = timedelta(days=1) - timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
    ahead = offset if offset <= timedelta(hours=12) else offset - timedelta(days=1)
    file = folder / "zones" / ZONE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(zone_file(int(ahead.total_seconds())))
    return at.timestamp(), (at + ahead).date() - timedelta(days=1), {"TIME_ZONE": ZONE, "PYTHONTZPATH": f"{folder / 'zones'}:/usr/share/zoneinfo"}


def manage(folder: Path, environment: dict[str, str], code: str) -> None:
    env = {**os.environ, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "campaign.settings", **environment}
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=BASE_DIR, env=env, check=True, capture_output=True)


@contextmanager
def near_midnight(program: str, folder: Path, tmp_path_factory) -> Iterator[tuple[Site, float]]:
    """The site behind nginx, with an appeal whose last day is about to end, and when that is."""
    for seconds in AHEAD:
        at, day, environment = midnight_in(seconds, folder)
        with serve(folder, **environment) as gunicorn, nginx.in_front_of(program, tmp_path_factory.mktemp("front"), gunicorn) as front:
            manage(folder, environment, LAST_DAY.format(day))
            if time.time() < at - 4:
                time.sleep(1.5)
                yield front, at
                return
    raise AssertionError("this machine is too busy to start the site in three minutes")


def test_an_appeal_that_reaches_its_date_says_so_within_two_seconds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("night")
    with serve(folder):
        pass  # everything that takes long is done: the second start is quick
    with near_midnight(found(machine.nginx), folder, tmp_path_factory) as (front, at):
        assert PASSED not in ask(front, "GET", "/appeals/due/")[2]
        time.sleep(max(0, at - time.time() - 1))
        assert PASSED not in ask(front, "GET", "/appeals/due/")[2]
        while PASSED not in ask(front, "GET", "/appeals/due/")[2]:
            assert time.time() < at + 10
            time.sleep(0.05)
        assert time.time() < at + 2
