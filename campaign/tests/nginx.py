"""A real nginx with deploy/nginx.conf, on ports and paths of the test's own."""

import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign.tests.machine import BASE_DIR
from campaign.tests.site import Site, free_port

MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/main.log emerg;
{user}
worker_processes 1;
worker_rlimit_nofile 20000;
events {{ worker_connections 8000; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def configured(folder: Path, port: int, var: Path, *upstreams: str) -> str:
    """deploy/nginx.conf with what it marks as "yours" changed, and without TLS; safe/test_deploy.py has it with."""
    text = (BASE_DIR / "deploy/nginx.conf").read_text()
    servers = " ".join(f"server {one} max_fails=1 fail_timeout=1s;" for one in upstreams)
    for old, new in (
        (r"server unix:/run/campaign/gunicorn\.sock;", servers),
        (r"/var/cache/nginx/campaign", f"{folder}/cache"),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"server \{\n +listen 80;(?s:.*?)\n\}\n", ""),
        (r" +listen \[::\].*\n", ""),
        (r" +ssl_.*\n", ""),
        (r"server_name campaign\.example\.org;", "server_name localhost;"),
        (r"/var/log/nginx/", f"{folder}/"),
        (r"/var/lib/campaign/", f"{var}/"),
    ):
        text, changed = re.subn(old, new, text)
        assert changed, old
    return text


@contextmanager
def in_front_of(nginx: str, folder: Path, *sites: Site) -> Iterator[Site]:
    """Starts the program `nginx` in front of these sites and stops it at the end."""
    port = free_port()
    upstreams = [one.url.removeprefix("http://").replace("localhost", "127.0.0.1") for one in sites]
    user = f"user {folder.owner()};" if folder.owner() == "root" else ""
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, user=user, site=configured(folder, port, sites[0].var, *upstreams)))
    with subprocess.Popen([nginx, "-c", main, "-p", folder, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True) as process:
        try:
            url = f"http://localhost:{port}"
            wait_for(f"{url}/healthz", process)
            yield Site(url, folder, process)
        finally:
            process.terminate()


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    for _attempt in range(50):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")
