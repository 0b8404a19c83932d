"""Two nodes, as deploy/two-nodes.sh starts them: what one publishes the other shows, and one may die."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from campaign.tests import machine
from campaign.tests.machine import BASE_DIR
from campaign.tests.site import free_port
from conftest import found

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def database():
    server = found(machine.postgresql)
    name = f"test_nodes_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def nodes(database, tmp_path_factory):
    """The folder of two running nodes, and the port nginx stands on."""
    var, front = tmp_path_factory.mktemp("nodes"), free_port()
    found(machine.nginx)
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "CACHE_URL": found(machine.redis),
        "VAR_DIR": str(var),
        "PYTHON": sys.executable,
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "campaign.settings",
    }
    with subprocess.Popen([BASE_DIR / "deploy/two-nodes.sh", str(front)], env=env, stdout=subprocess.PIPE, text=True) as script:
        said = ""
        while not said.startswith("http://localhost") and script.poll() is None:
            said = script.stdout.readline()
        time.sleep(0.5)
        yield var, front, env
        script.terminate()


def read(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def test_what_one_node_publishes_the_other_shows_within_two_seconds(nodes):
    _var, front, env = nodes
    ports = (front, front + 1, front + 2)
    for port in ports:
        assert "Fresh from one node" not in read(port, "/reports/")
    code = "from articles.models import *; Article(title='Fresh from one node', body='x', status='published').save()"
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=BASE_DIR, env=env, check=True, capture_output=True)
    published = time.monotonic()
    for port in ports:
        while "Fresh from one node" not in read(port, "/reports/"):
            assert time.monotonic() - published < 2, port
            time.sleep(0.05)


def test_one_node_dies_and_nobody_notices(nodes):
    var, front, _env = nodes
    os.kill(int(Path(var / "node-1.pid").read_text()), signal.SIGKILL)
    subprocess.run(["pkill", "-KILL", "-f", f"{var}/node-1.pid"], check=False)
    time.sleep(0.2)
    answers = [read(front, f"/search/?q=word{number}") for number in range(20)]
    assert all("<h1" in answer for answer in answers)
