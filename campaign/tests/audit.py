"""`make audit`: asks pip-audit of every package in .venv, and says what it could not learn: without its data it calls that no fault."""

import json
import subprocess
import sys
from pathlib import Path

TOOL = Path("var/tools/audit/bin/pip-audit")


def judged(report: str) -> tuple[bool, str]:
    """Whether a hole is known, and the sentences that say so."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return False, "NOT AUDITED: pip-audit reached no data from here (it asks pypi.org). Nothing is known of any package."
    bad = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in packages
        for hole in one.get("vulns", [])
    ]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    said = [*bad, f"{len(packages) - len(unknown)} packages audited, {len(bad)} known holes."]
    if unknown:
        which = "any of them" if len(unknown) == len(packages) else ", ".join(sorted(unknown))
        said.append(f"NOT AUDITED: pip-audit has no data from here on {len(unknown)} packages: {which}.")
    return bool(bad), "\n".join(said)


def main() -> int:
    pinned = subprocess.run([sys.executable, "-m", "pip", "freeze", "--exclude", "pip"], capture_output=True, text=True, check=True).stdout
    list_of = Path("var/tools/audited.txt")
    list_of.write_text(pinned)
    asked = [TOOL, "-r", list_of, "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    bad, said = judged(subprocess.run(asked, capture_output=True, text=True, check=False).stdout)
    print(said)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
