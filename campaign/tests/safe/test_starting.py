"""A site that cannot start says so in one sentence, with what to set and without what was set; and which defaults follow from where it stands."""

import base64
import os
import random
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.environment import is_weak
from campaign.tests.machine import BASE_DIR

pytestmark = pytest.mark.once
CHANCE = random.Random("the same for every process that collects tests")
STRONG = base64.urlsafe_b64encode(CHANCE.randbytes(50)).decode().rstrip("=")
PASSWORD = "marked-pa55word"
WEAK = "marked-weak-key " * 4
PROCESSES = {
    "manage.py": ["manage.py", "check"],
    "prepare": ["manage.py", "prepare"],
    "gunicorn": ["-m", "gunicorn", "--config", "campaign/gunicorn.py", "campaign.wsgi"],
}


def start(process: str, folder: Path, **environment: str) -> tuple[int, list[str]]:
    """How it ended, and the lines that it said."""
    env = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "DATABASE_URL")}
    env |= {"ENV_FILE": os.devnull, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "campaign.settings", "PORT": "0", **environment}
    ran = subprocess.run([sys.executable, *PROCESSES[process]], cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=30, check=False)
    return ran.returncode, (ran.stdout + ran.stderr).splitlines()


@pytest.mark.parametrize("process", PROCESSES)
def test_without_a_secret_key_nothing_starts(process, tmp_path):
    status, (line,) = start(process, tmp_path)
    assert status == 1
    assert line.startswith("Set SECRET_KEY in the environment, or SECRET_KEY_FILE to a file that holds it")


@pytest.mark.parametrize("process", PROCESSES)
def test_with_a_weak_key_nothing_starts_and_the_key_is_not_said(process, tmp_path):
    status, (line,) = start(process, tmp_path, SECRET_KEY=WEAK)
    assert status == 1
    assert line.startswith("SECRET_KEY is too weak: set at least 50 random characters")
    assert "marked" not in line


@pytest.mark.parametrize("content", [b"", b"short", WEAK.encode(), b"\xff" * 60])
def test_a_file_with_a_weak_key_is_no_better(content, tmp_path):
    (tmp_path / "key").write_bytes(content)
    status, (line,) = start("manage.py", tmp_path, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert (status, "SECRET_KEY" in line, "marked" in line) == (1, True, False)


@pytest.mark.parametrize(
    ("key", "weak"),
    [
        (STRONG, False),
        (CHANCE.randbytes(25).hex(), False),
        ("".join(CHANCE.choices("0123456789", k=50)), False),
        (CHANCE.randbytes(500).hex(), False),
        (STRONG[:49], True),
        ("a" * 60, True),
        ("changeme" * 8, True),
        ("0123456789" * 6, True),
        ("abcdefghijklmnopqrstuvwxyz" * 2, True),
        ("django-insecure-" + STRONG, True),
    ],
)
def test_a_key_is_weak_that_is_short_an_example_or_repeats_itself(key, weak):
    assert is_weak(key) is weak


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", f"postgres://editor:{PASSWORD}/1@127.0.0.1:5432/campaign"),
        ("DATABASE_URL", f"postgres://editor:{PASSWORD}@127.0.0.1:port/campaign"),
        ("DATABASE_URL", f"editor:{PASSWORD}@127.0.0.1/campaign"),
        ("DATABASE_URL", f"postgre://editor:{PASSWORD}@127.0.0.1/campaign"),
        ("DATABASE_URL", f"mysql://editor:{PASSWORD}@127.0.0.1/campaign"),
        ("CACHE_URL", f"rediss-cache://:{PASSWORD}@127.0.0.1/1"),
        ("EMAIL_URL", f"smpt://editor:{PASSWORD}@127.0.0.1"),
    ],
)
def test_an_address_that_cannot_be_read_is_named_and_not_quoted(name, url, tmp_path):
    status, (line,) = start("manage.py", tmp_path, SECRET_KEY=STRONG, **{name: url})
    assert status == 1
    assert line.startswith(f"{name} cannot be read: give it the form scheme://")
    assert "marked" not in line


def settings_with(monkeypatch: pytest.MonkeyPatch, folder: Path, **environment: str) -> dict:
    for name, value in {"ENV_FILE": os.devnull, "VAR_DIR": str(folder), "SECRET_KEY": STRONG, **environment}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(BASE_DIR / "campaign/settings.py"))


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({}, False),
        ({"SITE_URL": "http://localhost:8001"}, False),
        ({"SITE_URL": "http://127.0.0.1:8000/"}, False),
        ({"SITE_URL": "http://[::1]:8000"}, False),
        ({"SITE_URL": "https://campaign.example.org"}, True),
        ({"SITE_URL": "http://campaign.example.org"}, True),
        ({"SITE_URL": "http://localhost.example.org"}, True),
        ({"SITE_URL": f"http://{'a' * 55}d.onion"}, True),
        ({"SITE_URL": "http://campaign.example.org", "SECOND_FACTOR": "false"}, False),
        ({"SITE_URL": "http://localhost:8000", "SECOND_FACTOR": "true"}, True),
    ],
)
def test_a_second_factor_is_asked_for_everywhere_but_on_this_very_machine(monkeypatch, tmp_path, environment, asked):
    assert settings_with(monkeypatch, tmp_path, **environment)["SECOND_FACTOR"] is asked
