"""Pairs in order."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from tests.warehouse.link_reports import arrays
from warehouse import pairs as module
from warehouse.pairs import Columns, Pair, in_order


@pytest.mark.parametrize("seed", range(20))
def test_the_most_probable_come_first_and_of_equals_the_smaller_reports(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY_AT_ONCE", 7)
    random, n = Random(seed), 12
    worth = [random.choice([0.1, 0.5, 0.5, 0.97, random.random()]) for _ in range(random.choice([1, 4, 9]))]
    both = random.sample([(left, right) for right in range(n) for left in range(right)], 40)
    made = [(*pair, random.randrange(len(worth))) for pair in both]
    parts = [Columns(*(np.array(column, dtype=np.int32) for column in zip(*some, strict=True))) for some in (made[:15], made[15:])]
    found = in_order(parts, worth, n)
    rows = list(zip(*(column.tolist() for column in found), strict=True))
    assert rows == sorted(made, key=lambda row: (-worth[row[2]], row[0], row[1]))


def test_no_pairs_are_in_order_and_too_many_reports_are_refused() -> None:
    assert [len(column) for column in in_order([], [], 0)] == [0, 0, 0]
    with pytest.raises(OverflowError, match="too many"):
        in_order([], [0.5] * 5, 2**31)


def test_pairs_are_found_by_report_and_by_probability() -> None:
    given = [Pair(1, 2, 0.9), Pair(2, 4, 0.5), Pair(1, 4, 0.2)]
    pairs = arrays([1, 2, 3, 4], given)
    assert list(pairs) == given
    ends, places = pairs.of(1)  # report 2
    assert dict(zip(ends.tolist(), places.tolist(), strict=True)) == {3: 1, 0: 0}
    assert [pairs.place_of(0, 3), pairs.place_of(0, 1), pairs.place_of(0, 2)] == [2, 0, None]
    assert [pairs.n_from(probability) for probability in (0.95, 0.9, 0.5, 0.3, 0.1)] == [0, 1, 2, 2, 3]
