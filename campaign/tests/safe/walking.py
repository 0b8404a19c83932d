"""Walks deploy/README.md: runs the page's own lines with every folder moved aside, and starts what its units start."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from campaign.tests.machine import BASE_DIR
from campaign.tests.nginx import MAIN
from campaign.tests.site import free_port

SITE = "campaign.example.org"
NOT_IN_CI = re.compile(r"#\s*not in CI")
ABSOLUTE = re.compile(r"(?<![\w.$}/])/(srv|etc|var|run)/")
THERE = (
    "etc/systemd/system",
    "etc/nginx/conf.d",
    "etc/nginx/sites-enabled",
    "var/log/nginx",
    "var/www/html",
    "run/campaign",
    "srv",
    f"etc/letsencrypt/live/{SITE}",
)
"""Folders that Debian's packages, systemd and certbot make."""
PASSWORD, EMAIL = "marked as long as a winter's night", "marked-editor@example.org"
"""The first editor's."""
SLOW = """
def slow(request):
    import time

    time.sleep(1.5)
    return crawlers.HttpResponse("at last")


urlpatterns.insert(0, path("slow/", slow, name="slow"))
"""
"""A view that the copy gets, so that something is always in the middle of being answered."""
FEW = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
"""The environment that systemd gives a service."""


def lines(page: str) -> list[str]:
    """The commands on a page."""
    return [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]


SETTING_UP, UPGRADING = map(lines, (BASE_DIR / "deploy/README.md").read_text().split("\n## Upgrading\n"))


@dataclass
class Walk:
    """The server that the page has made, under `root`."""

    root: Path
    nginx: str
    secure: int = field(default_factory=free_port)
    plain: int = field(default_factory=free_port)
    service: subprocess.Popen[str] | None = None
    listener: socket.socket | None = None

    @property
    def code(self) -> Path:
        return self.root / "srv/campaign"

    @property
    def log(self) -> str:
        return (self.root / "journal").read_text()

    def moved(self, text: str) -> str:
        return ABSOLUTE.sub(rf"{self.root}/\1/", text)

    def line(self, line: str) -> str:
        """A line of the page, as it can be run by anybody, anywhere and offline."""
        for old, new in (
            (r" -o \S+ -g \S+", ""),
            (r"^runuser -u campaign -- ", ""),
            (r"^repository=\S+", f"repository={BASE_DIR}"),
            (r"^python3 -m venv (\S+)", rf"ln -s {sys.prefix} \1"),
            (r"createsuperuser$", "createsuperuser --noinput"),
            (r"^nginx -t", f"{self.nginx} -t -c {self.root}/nginx.conf -p {self.root}"),
            (r"^(git clone .*)", rf"\1; {sys.executable} -m campaign.tests.safe.walking {self.root} {self.secure} {self.plain}"),
        ):
            line = re.sub(old, new, line)
        return self.moved(line)

    def run(self, commands: list[str]) -> None:
        script = "\n".join(["set -euo pipefail", *(self.line(line) for line in commands if not NOT_IN_CI.search(line))])
        account = {"DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DJANGO_SUPERUSER_EMAIL": EMAIL}
        env = FEW | account | {"PYTHONPATH": str(BASE_DIR)}
        with (self.root / "walked").open("a") as said:
            ran = subprocess.run(["bash", "-c", script], cwd=self.root, env=env, stdout=said, stderr=subprocess.STDOUT, check=False)
        assert ran.returncode == 0, (self.root / "walked").read_text()

    def manage(self, *arguments: str, status: int = 0, **environment: str) -> str:
        """What it said; on both outputs, where it is to fail."""
        command = [".venv/bin/python", "manage.py", *arguments]
        ran = subprocess.run(command, cwd=self.code, env=FEW | environment, capture_output=True, text=True, check=False)
        assert ran.returncode == status, ran.stderr
        return ran.stdout + (ran.stderr if status else "")

    def unit(self, name: str, setting: str) -> str:
        """A setting of a unit, as it was installed."""
        text = (self.root / "etc/systemd/system" / name).read_text()
        return re.search(rf"^{setting}=(.*)$", text, re.MULTILINE)[1]

    def listen(self) -> None:
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.unit("campaign.socket", "ListenStream"))
        self.listener.listen(int(self.unit("campaign.socket", "Backlog")))

    def start(self) -> None:
        """What `systemctl start` does: the socket as descriptor 3, and the wait until the service says that it is ready."""
        told, said = self.root / "notify", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        told.unlink(missing_ok=True)
        said.bind(str(told))
        said.settimeout(20)
        command = f"LISTEN_FDS=1 LISTEN_PID=$$ exec {self.unit('campaign.service', 'ExecStart')} 3<&{self.listener.fileno()}"
        with said, (self.root / "journal").open("a") as journal:
            self.service = subprocess.Popen(
                ["bash", "-c", command],
                cwd=self.unit("campaign.service", "WorkingDirectory"),
                env=FEW | {"NOTIFY_SOCKET": str(told)},
                stdout=journal,
                stderr=journal,
                pass_fds=[self.listener.fileno()],
                text=True,
            )
            assert b"READY=1" in said.recv(1000)

    def stop(self) -> None:
        self.service.terminate()
        assert self.service.wait(int(self.unit("campaign.service", "TimeoutStopSec"))) == 0

    def reload(self) -> None:
        name = re.search(r"kill -s (\w+) \$MAINPID", self.unit("campaign.service", "ExecReload"))[1]
        self.service.send_signal(signal.Signals[f"SIG{name}"])

    def connection(self, tls: bool = True, address: str = "127.0.0.1") -> HTTPConnection:
        """To nginx, by the site's name, with a certificate that is checked."""
        made = HTTPConnection(SITE, timeout=30)
        made.sock = socket.create_connection(("127.0.0.1", self.secure if tls else self.plain), timeout=30, source_address=(address, 0))
        if tls:
            trusted = ssl.create_default_context(cafile=str(self.root / f"etc/letsencrypt/live/{SITE}/fullchain.pem"))
            made.sock = trusted.wrap_socket(made.sock, server_hostname=SITE)
        return made

    def ask(self, path: str, method: str = "GET", body: str = "", tls: bool = True, address: str = "127.0.0.1", **headers: str) -> tuple[HTTPResponse, str]:
        connection = self.connection(tls, address)
        try:
            connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer, answer.read().decode(errors="replace")
        finally:
            connection.close()


def certify(folder: Path) -> None:
    """A certificate as certbot would leave it, signed by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SITE)])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(begins).not_valid_after(begins + timedelta(days=30))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(SITE)]), critical=False).sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))


@contextmanager
def walked(root: Path, nginx: str) -> Iterator[Walk]:
    """The page, walked from a bare folder to a site that answers, and everything stopped at the end."""
    walk = Walk(root, nginx)
    for folder in THERE:
        (root / folder).mkdir(parents=True)
    certify(root / f"etc/letsencrypt/live/{SITE}")
    user = f"user {root.owner()};" if root.owner() == "root" else ""
    (root / "nginx.conf").write_text(MAIN.format(folder=root, user=user, site=f"include {root}/etc/nginx/conf.d/*.conf;"))
    walk.run(SETTING_UP)
    walk.manage("demo")
    walk.listen()
    walk.start()
    with subprocess.Popen([nginx, "-c", root / "nginx.conf", "-p", root, "-g", "daemon off;"]) as front:
        try:
            wait_for(walk, front)
            yield walk
        finally:
            front.terminate()
            walk.service.send_signal(signal.SIGQUIT)
            walk.service.wait(30)
            walk.listener.close()


def wait_for(walk: Walk, front: subprocess.Popen[bytes]) -> None:
    for _attempt in range(100):
        assert (walk.service.poll(), front.poll()) == (None, None), walk.log
        try:
            if walk.ask("/readyz")[0].status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(walk.log)


def move_aside(walk: Walk) -> None:
    """What the clone names in its own files is moved too; and it has what is not committed yet."""
    changed = subprocess.run(["git", "ls-files", "-mo", "--exclude-standard"], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    for name in changed.stdout.splitlines():
        if (BASE_DIR / name).is_file():
            (walk.code / name).parent.mkdir(parents=True, exist_ok=True)
            (walk.code / name).write_bytes((BASE_DIR / name).read_bytes())
    with (walk.code / "campaign/urls.py").open("a") as urls:
        urls.write(SLOW)
    for file in [walk.code / ".env.example", walk.code / "deploy/nginx.conf", *(walk.code / "deploy/systemd").iterdir()]:
        text = walk.moved(file.read_text())
        for old, new in (
            (r"^DATABASE_URL=.*\n", ""),  # SQLite, as the page says of a site without this line; PostgreSQL and Redis: test_nodes.py
            (r"^CACHE_URL=.*\n", ""),
            (r"listen \[::\].*\n", "\n"),
            (r"listen 443 ", f"listen 127.0.0.1:{walk.secure} "),
            (r"listen 80;", f"listen 127.0.0.1:{walk.plain};"),
        ):
            text = re.sub(old, new, text, flags=re.MULTILINE)
        file.write_text(text)


if __name__ == "__main__":  # what `Walk.line` puts behind `git clone`
    move_aside(Walk(Path(sys.argv[1]), "", int(sys.argv[2]), int(sys.argv[3])))
