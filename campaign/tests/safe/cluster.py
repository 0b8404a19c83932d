"""A PostgreSQL server of a test's own, to be stopped and killed."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from campaign.tests.site import free_port, kill_all


class Cluster:
    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder, self.port = programs, folder, free_port()
        self.user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        if self.user:
            shutil.chown(self.folder, self.user)
        subprocess.run(
            [self.programs / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
            user=self.user, cwd="/", check=True, capture_output=True,
        )  # fmt: skip

    def start(self) -> None:
        options = ["-p", str(self.port), "-k", self.folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=20"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([self.programs / "postgres", "-D", self.folder / "data", *options], user=self.user, cwd="/", stdout=log, stderr=log)
        for _attempt in range(200):
            try:
                return psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def kill(self) -> None:
        """SIGKILL to the server and every process of it, as when the power goes."""
        kill_all(self.process)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """Under /tmp, where the user it runs as can reach it."""
    with tempfile.TemporaryDirectory(prefix="campaign-cluster-") as folder:
        made = Cluster(programs, Path(folder))
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
