"""How gunicorn serves the site: `gunicorn --config campaign/gunicorn.py campaign.wsgi`. What differs between machines comes from the environment."""

import os
import subprocess
import sys
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30
graceful_timeout = 25
forwarder_headers = ""  # by default any neighbour's SCRIPT_NAME would stand before every address of a page, which is then kept for all
loglevel = "error"  # its warnings hold readers' addresses
control_socket_disable = True  # it would stand in the home directory: everything of ours stands under var/


def on_starting(arbiter: Any) -> None:
    """Settings that cannot be used are said once and in a sentence. They are read in a process of its own: workers read them anew after a reload."""
    environment = {"DJANGO_SETTINGS_MODULE": "campaign.settings", **os.environ}
    if subprocess.run([sys.executable, "-m", "campaign.environment"], env=environment, check=False).returncode:
        sys.exit(1)


def post_worker_init(worker: Any) -> None:
    """Say the address last, when the first worker has loaded the site and so answers."""
    if worker.age == 1:
        print(str(worker.sockets[0]).replace("127.0.0.1", "localhost"), flush=True)
