"""The measure of imports: real processes, a real export, and a verdict that can fail."""

import pytest

from campaign.bench.importing import Line, importing

pytestmark = pytest.mark.once


def test_the_bench_imports_what_it_has_written(settings):
    settings.VAR_DIR.mkdir(exist_ok=True)
    line = importing(30)
    assert line.posts == 30
    assert line.rate > 0
    assert 10 < line.megabytes < 300
    assert list(settings.VAR_DIR.glob("bench-import-*")) == []


@pytest.mark.parametrize(("seconds", "megabytes", "kept"), [(6, 299, True), (7, 299, False), (6, 300, False)])
def test_a_slow_or_heavy_import_fails(seconds, megabytes, kept):
    assert Line(900, seconds, megabytes).kept is kept
