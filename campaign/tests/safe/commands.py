"""Our commands as an operator runs them: another process, another site."""

import os
import subprocess
import sys
from pathlib import Path

from campaign.tests.machine import BASE_DIR


def environment(var: Path, **more: str) -> dict[str, str]:
    """Of a site under `var`: on SQLite, unless `more` names a database."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL", "SITE_URL")}
    return {**env, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "campaign.settings", **more}


def manage(var: Path, *words: object, stdin: bytes = b"", limit: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
    """What it said and how it ended. `limit`: the shell's words before it ("ulimit -f 100;")."""
    command = [sys.executable, "manage.py", *map(str, words)]
    if limit:
        command = ["bash", "-c", f'{limit} exec "$@"', "bash", *command]
    return subprocess.run(command, cwd=BASE_DIR, env=environment(var, **more), input=stdin, capture_output=True, check=False)
