"""What `make run` promises before and around serving; that it serves is shown by every test of the `site` fixture."""

import socket
import stat
import subprocess
import sys

import pytest

from campaign.tests.machine import BASE_DIR

pytestmark = pytest.mark.once


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "--no-print-directory", *arguments], cwd=BASE_DIR, capture_output=True, text=True, check=False)


def test_make_run_says_in_one_line_that_the_port_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = make("run", f"PORT={port}")
    assert ran.returncode != 0
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert f"Port {port} cannot be used (address already in use): stop what runs there" in line


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_make_run_says_in_one_line_that_a_port_is_none(port):
    ran = make("run", f"PORT={port}")
    (line,) = ran.stderr.splitlines()
    assert f"PORT={port} is no port" in line


def test_make_writes_a_secret_key_that_only_the_owner_reads(tmp_path):
    make("-C", str(tmp_path), "-f", str(BASE_DIR / "Makefile"), f"PYTHON={sys.executable}", "var/secret-key")
    key = tmp_path / "var/secret-key"
    assert len(key.read_text().strip()) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
