"""`make test`: everything this machine can run, on both databases, and at the end what it could not run, and why.

With STRICT=1 (CI) what cannot run has failed.
"""

import os
import subprocess
import sys

from campaign.tests import machine

STRICT = os.environ.get("STRICT") == "1"


def pytest(database: str, *arguments: str) -> bool:
    """Run the tests on that database (empty: SQLite in memory); whether all of them passed."""
    environment = {**os.environ, "DATABASE_URL": database} if database else {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", *arguments, *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode == 0


def missing() -> dict[str, str]:
    """What cannot be tested here, each with the reason."""
    parts = {
        "the tests on PostgreSQL": machine.postgresql,
        "the tests in a browser": machine.chromium,
        "the check of our HTML": machine.html_checker,
        "the tests on real exports": machine.seeds,
        "the tests behind nginx": machine.nginx,
        "the tests of two nodes": machine.redis,
        "the tests that kill a PostgreSQL server": machine.postgresql_programs,
        "the tests on a full disk": machine.mounting,
        "the check of systemd's units": machine.systemd_analyze,
    }
    reasons = {}
    for part, find in parts.items():
        try:
            find()
        except machine.Missing as reason:
            reasons[part] = str(reason)
    return reasons


def main() -> int:
    skipped = missing()
    print("== Tests on SQLite", flush=True)
    passed = pytest("")
    if "the tests on PostgreSQL" not in skipped:
        print("\n== The same on PostgreSQL", flush=True)
        passed = pytest(machine.postgresql(), "-m", "not browser and not once") and passed
    for part, reason in skipped.items():
        print(f"Skipped: {part}: {reason}.")
    if STRICT and skipped:
        print("With STRICT=1 nothing may be skipped.")
    return 0 if passed and not (STRICT and skipped) else 1


if __name__ == "__main__":
    sys.exit(main())
