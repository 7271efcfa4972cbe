"""The quality gate: what the reader reaches on every annotated set that is there stays at or above its floors."""

from __future__ import annotations

import pytest

from tests.quality.floors import broken, read_floors
from tests.quality.runner import SETS, DataSet, measures, read_set

FLOORS = read_floors()


@pytest.mark.quality
@pytest.mark.parametrize("data", SETS, ids=lambda data: data.name)
def test_floors_hold(data: DataSet) -> None:
    if not data.is_there:
        pytest.skip(f"{data.path.name} is not there: the research sets are no part of the project")
    changed = broken(data.name, FLOORS[data.name], data.digest(), FLOORS[data.name].floors)
    assert not changed, changed  # before the reading: changed data need not be read
    wrong = broken(data.name, FLOORS[data.name], data.digest(), measures(data, read_set(data)))
    assert not wrong, "\n".join(wrong)
