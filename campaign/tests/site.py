"""The site as readers get it: gunicorn with our configuration, its own database, the demo archive."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaign.tests.machine import BASE_DIR


@dataclass(frozen=True)
class Site:
    url: str
    var: Path
    process: subprocess.Popen[str]
    password: str = ""
    """The demo editor's."""

    def get(self, path: str, **headers: str) -> "urllib.response.addinfourl":
        """The answer, whatever its status, not unpacked."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            return urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            return error

    def kill(self) -> None:
        """SIGKILL to the server and its workers at once."""
        kill_all(self.process)

    @property
    def log(self) -> str:
        return (self.var / "stderr").read_text()


def kill_all(process: subprocess.Popen) -> None:
    """SIGKILL to a process and its children at once."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def serve(var: Path, **environment: str) -> Iterator[Site]:
    """What `make run` does after it has installed what it needs, with everything written under `var`."""
    env = environment_of(var, **environment)
    password = prepare(env)
    site = start(var, env, password)
    try:
        yield site
    finally:
        end(site)


def environment_of(var: Path, **more: str) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL", "SITE_URL")}
    own = {"VAR_DIR": str(var), "PORT": str(free_port()), "DJANGO_SETTINGS_MODULE": "campaign.settings", "WEB_CONCURRENCY": "1"}
    return env | own | more


def prepare(env: dict[str, str]) -> str:
    """Fills an empty site with the demo archive; the demo editor's password."""
    prepared = subprocess.run([sys.executable, "manage.py", "prepare", "--demo"], cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False)
    assert prepared.returncode == 0, prepared.stderr
    return prepared.stdout.rpartition("only now: ")[2].strip()


def start(var: Path, env: dict[str, str], password: str = "") -> Site:
    """A gunicorn that answers; it can be killed and started again, at the same port, by its environment."""
    command = [sys.executable, "-m", "gunicorn", "--config", "campaign/gunicorn.py", "campaign.wsgi"]
    with (var / "stderr").open("a") as log:
        process = subprocess.Popen(command, cwd=BASE_DIR, env=env, stdout=subprocess.PIPE, stderr=log, text=True)
    said = process.stdout.readline().strip()
    site = Site(said, var, process, password)
    if said != f"http://localhost:{env['PORT']}":
        end(site)
        raise AssertionError((said, site.log))
    return site


def end(site: Site) -> None:
    site.process.terminate()
    site.process.wait()
    site.process.stdout.close()
