"""`make audit` fails over a known hole, and calls nothing safe that it could not ask about."""

import json

import pytest

from campaign.tests.audit import judged

pytestmark = pytest.mark.once
SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {"name": "bleach", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.0"]}]}
UNKNOWN = {"name": "nh3", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "bad", "said"),
    [
        ([SOUND], False, ["1 packages audited, 0 known holes."]),
        ([SOUND, HOLED], True, ["bleach 1.0: PYSEC-1, mended in 2.0", "2 packages audited, 1 known holes."]),
        ([SOUND, UNKNOWN], False, ["1 packages audited, 0 known holes.", "NOT AUDITED: pip-audit has no data from here on 1 packages: nh3."]),
        ([UNKNOWN], False, ["0 packages audited, 0 known holes.", "NOT AUDITED: pip-audit has no data from here on 1 packages: any of them."]),
    ],
)
def test_what_pip_audit_found_is_said(packages, bad, said):
    assert judged(json.dumps({"dependencies": packages})) == (bad, "\n".join(said))


def test_no_report_is_no_pass():
    assert judged("")[1].startswith("NOT AUDITED")
