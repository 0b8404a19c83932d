"""What the bench says of its figures: a page over its ceiling fails, and so does the whole run."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.bench import load
from campaign.bench.growth import Line as Growth
from campaign.bench.load import Fact, Line
from campaign.bench.servers import LINES, Load
from campaign.management.commands import bench

SAID = """Running 3s test @ http://127.0.0.1:9911/
  1 threads and 16 connections
  Latency Distribution
     50%  912.00us
     75%    9.90ms
     90%   12.00ms
     99%    1.20s
  9396 requests in 3.01s, 135.67MB read
Requests/sec:   1874.99
"""


def measured(rate: float = 1000, cpu: float = 2) -> Load:
    return Load(rate, 1, 2, 3000, cpu)


def line(**measures) -> Line:
    usual = {"rendered": measured(), "cached": measured(750), "unchanged": measured(750), "fixed": measured(1000), "front": measured(700), "static": measured()}
    return Line("post", 12_000, 1, **usual | measures)


def test_what_wrk_says_is_read():
    assert {name: found.search(SAID).groups() for name, found in LINES.items()} == {
        "p50": ("912.00", "us"),
        "p99": ("1.20", "s"),
        "rate": ("1874.99",),
        "requests": ("9396",),
    }


@pytest.mark.parametrize(
    ("measures", "kept"),
    [
        ({}, True),
        ({"rendered": measured(cpu=3.1)}, False),
        ({"cached": measured(690)}, False),
        ({"unchanged": measured(690)}, False),
        ({"front": measured(640)}, False),
    ],
    ids=["all kept", "CPU", "cached", "not modified", "nginx"],
)
def test_a_page_is_held_against_every_ceiling(measures, kept):
    assert line(**measures).kept is kept
    assert str(line(**measures)).endswith("PASS" if kept else "FAIL")


def test_a_slower_machine_is_measured_by_what_it_can_and_says_what_it_took():
    slower, as_fast = (Line("post", 12_000, scale, measured(cpu=5)) for scale in (0.5, 1))
    assert [(line.here, line.there, line.kept) for line in (slower, as_fast)] == [(False, True, True), (False, False, False)]
    assert str(slower).split("│")[1].split()[:4] == ["5.00", "FAIL", "2.50", "PASS"]


def test_a_run_fails_with_one_of_its_measures(monkeypatch):
    out = StringIO()
    monkeypatch.setattr(bench, "importing", lambda posts: Fact("import", 2, 1, "s"))
    with pytest.raises(CommandError, match="not kept"):
        call_command("bench", "import", "--here", stdout=out)
    assert "import: 2.0 s (under 1)  FAIL" in out.getvalue()


@pytest.mark.parametrize("sizes", ["1000,many", "999,100000"])
def test_sizes_that_are_none_are_refused(sizes):
    with pytest.raises(CommandError, match=r"1,?000"):
        call_command("bench", "growth", f"--sizes={sizes}")


def test_a_part_that_is_not_there_is_named():
    with pytest.raises(CommandError, match="There is no part speed"):
        call_command("bench", "speed")


def test_growth_is_held_against_the_smaller_archive():
    assert [Growth("home", [10, 12, after], after, 1.5).kept for after in (14, 16)] == [True, False]
    assert not Growth("home", [10, 16, 10], 10, 1.5).kept
    assert Growth("home", [16, 10, 10], 10, 1.5).kept
    assert [Growth("search", [10, after], after, 150).kept for after in (149, 151)] == [True, False]
    assert set(load.CEILINGS) >= {"home", "label", "month", "post", "appeal", "feed", "search"}
