"""What this machine offers the tests. Each finder answers with what it found, or raises Missing with the reason."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import redis as redis_client

BASE_DIR = Path(__file__).resolve().parents[2]
CAN_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


class Missing(Exception):
    """What is not there, and how to get it."""


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise Missing("Chromium is not found (Debian: apt install chromium)")


def nginx() -> str:
    if path := shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"):
        return path
    raise Missing("nginx is not found (Debian: apt install nginx-light)")


def systemd_analyze() -> str:
    if path := shutil.which("systemd-analyze"):
        return path
    raise Missing("systemd-analyze is not found (Debian: apt install systemd)")


def wrk() -> str:
    if path := shutil.which("wrk"):
        return path
    raise Missing("wrk is not found (Debian: apt install wrk)")


def seeds() -> Path:
    """The real exports, which are not ours to publish: beside the repository, or where SEEDS says."""
    folder = Path(os.environ.get("SEEDS") or BASE_DIR.parent / "shared" / "seeds")
    if not folder.is_dir():
        raise Missing(f"there is no folder {folder} (set SEEDS to one)")
    return folder


def html_checker() -> list[str]:
    """The command line of the W3C's HTML checker: the `vnu-jar` package of npm under var/tools, or the file VNU_JAR, and a Java to run it."""
    jar = Path(os.environ.get("VNU_JAR") or BASE_DIR / "var/tools/node_modules/vnu-jar/build/dist/vnu.jar")
    java = shutil.which("java")
    if not java or not jar.is_file():
        raise Missing("the HTML checker is not there (it needs Java, and `npm install --prefix var/tools vnu-jar`)")
    return [java, "-Xss1m", "-jar", str(jar)]


def postgresql() -> str:
    """The URL of a server where we may create databases."""
    named = os.environ.get("TEST_DATABASE_URL")
    reason = ""
    for url in [named] if named else ["postgres:///postgres", "postgres://postgres@/postgres", "postgres://postgres@127.0.0.1:5432/postgres"]:
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                if connection.execute(CAN_CREATE).fetchone() == (True,):
                    return url
                reason = f"the role of {url} may not create databases"
        except psycopg.OperationalError as error:
            reason = reason or str(error).strip().splitlines()[0]
    raise Missing(f"no PostgreSQL answers at {named or 'the usual socket or port'} ({reason}); TEST_DATABASE_URL names another")


def postgresql_programs() -> Path:
    """The folder of initdb and postgres, for a server of a test's own, which it may kill."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if folders:
        return folders[-1].parent
    raise Missing("no PostgreSQL server is installed under /usr/lib/postgresql (Debian: apt install postgresql)")


def mounting() -> list[str]:
    """The words before a `mount`: none for root."""
    for words in ([], ["sudo", "-n"]):
        with contextlib.suppress(OSError):
            if subprocess.run([*words, "unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0:
                return words
    raise Missing("no small disk can be mounted and filled here (that takes root, in a container that may mount)")


def redis() -> str:
    """The URL of a Redis for rate limits, on the usual port."""
    url = os.environ.get("TEST_CACHE_URL", "rediscache://127.0.0.1:6379/9")
    try:
        redis_client.Redis.from_url(url.replace("rediscache", "redis"), socket_connect_timeout=3).ping()
    except redis_client.RedisError as error:
        raise Missing(f"no Redis answers at {url} ({error}); TEST_CACHE_URL names another") from error
    return url
