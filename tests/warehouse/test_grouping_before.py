"""Following the groups of then beside those of now, and what groups have between them: held against doing it from scratch."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest

from tests.warehouse.link_reports import arrays
from warehouse import grouping_sums
from warehouse.grouping_before import Before
from warehouse.grouping_sums import ONE, Sums, total, wholes
from warehouse.pairs import Pair


class _Partition:
    """Disjoint sets of the numbers below n, the slow and plain way."""

    def __init__(self, n: int) -> None:
        self.sets = [{number} for number in range(n)]

    def of(self, number: int) -> set[int]:
        return next(members for members in self.sets if number in members)

    def merge(self, one: int, other: int) -> None:
        both = [self.of(one), self.of(other)]
        self.sets = [members for members in self.sets if members not in both] + [both[0] | both[1]]


@pytest.mark.parametrize("seed", range(60))
def test_a_group_has_moved_unless_it_is_a_group_of_then_whole_and_nothing_else(seed: int) -> None:
    random, n = Random(seed), 30
    fresh, stale = set(random.sample(range(n), 4)), set()
    if random.random() < 0.7:
        stale = set(random.sample(sorted(set(range(n)) - fresh), 3))
    before, now, then = Before(n, fresh, stale), _Partition(n), _Partition(n)
    homes = list(range(n))
    old = sorted(set(range(n)) - fresh)
    for _ in range(60):
        had_moved = [bool(before.moved[home]) for home in homes]
        before.turned.clear()
        one, other = random.sample(range(n), 2)
        if random.random() < 0.5 and other not in now.of(one):
            one, other = homes[one], homes[other]
            together = then.of(one) != then.of(other) if {one, other}.isdisjoint(fresh) else False
            if together and not before.moved[one] and not before.moved[other]:  # as they were joined then
                before.merge_both(one, other)
                then.merge(one, other)
            else:
                before.merge(one, other)
            now.merge(one, other)
            for number in now.of(one):
                homes[number] = one
        one, other = random.sample(old, 2)
        if random.random() < 0.5 and len(near := sorted(now.of(one) - fresh - {one})):
            other = random.choice(near)  # often what is together now, else no two groups are ever the same
        if random.random() < 0.5 and other not in then.of(one) and (before.moved[homes[one]] or before.moved[homes[other]]):
            before.merge_then(one, other, homes)
            then.merge(one, other)
        for members in now.sets:
            name = homes[min(members)]
            whole = members in then.sets and members.isdisjoint(fresh) and members.isdisjoint(stale)
            assert before.moved[name] == (not whole)
            if before.moved[name] and not all(had_moved[number] for number in members):
                assert name in before.turned, "its pairs have not been asked so far"
    assert 1 < len(now.sets) < n


def test_two_groups_that_a_fresh_report_brings_together_early_are_known_again_when_they_were_joined_then() -> None:
    before, homes = Before(5, [4], []), [0, 0, 2, 3, 4]
    before.merge(0, 1)
    assert before.moved.tolist() == [True, False, False, False, True]
    before.merge_then(0, 1, homes)
    assert before.moved.tolist() == [False, False, False, False, True]
    before.merge_then(2, 3, homes)
    assert before.moved[2] and before.moved[3], "they were one then and are two"


@pytest.mark.parametrize("few", [0, 3_000])
@pytest.mark.parametrize("seed", range(10))
def test_sums_that_are_kept_follow_what_is_joined(seed: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping_sums, "_FEW", few)
    monkeypatch.setattr(grouping_sums, "MOST", 6)
    random, n = Random(seed), 25
    pairs = arrays(range(n), [Pair(*both, random.random()) for both in combinations(range(n), 2) if random.random() < 0.5])
    homes = np.arange(n, dtype=np.int32)
    sums = Sums(pairs, homes)
    while len(set(homes.tolist())) > 2:
        names = sorted(set(homes.tolist()))
        sums.keep(kept := random.choice(names), np.flatnonzero(homes == kept).tolist())
        for one, other in combinations(names, 2):
            places = np.array(
                [place for place, pair in enumerate(pairs) if {homes[pair.left], homes[pair.right]} == {one, other}], dtype=int
            )
            assert sums.between(one, other) in (None, total(wholes(pairs, places)))
            assert kept not in (one, other) or sums.between(one, other) is not None or len(names) > 6
        one, other = random.sample(names, 2)
        members = np.flatnonzero(homes == other).tolist()
        sums.join(one, other, members)
        homes[members] = one


def test_a_sum_of_very_many_pairs_is_exact() -> None:
    whole = np.full(5_000, ONE - 1, dtype=np.int64)
    assert total(whole) == 5_000 * (ONE - 1)
