"""The whole pipeline under load; the short form stands beside the benchmark (`tests/benchmarks`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.load import exponent, measure
from benchmarks.load_table import lines
from orchestration.gazetteer import index_file
from tests.integration.commands import PROJECT
from tests.torture.table import Tried
from warehouse.paths import DataFolder

pytestmark = pytest.mark.torture


def test_100000_articles_and_then_a_day_of_1000(tmp_path: Path, tried: Tried) -> None:
    index = index_file(DataFolder(PROJECT / "data"))
    loads, daily = measure(tmp_path, [10_000, 100_000], 1_000, index.parent)
    for line in lines(loads, daily):
        tried("load", line)
    assert max(load.peak_mb for load in loads) < 2_000
    assert exponent(loads) <= 1.1
    assert daily.seconds < 90
