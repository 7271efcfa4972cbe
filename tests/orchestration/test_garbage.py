from __future__ import annotations

import gc

import pytest

from orchestration.garbage import no_full_collections


def _full_collections_while_growing() -> int:
    before = gc.get_stats()[2]["collections"]
    assert len([[number] for number in range(600_000)]) == 600_000
    return gc.get_stats()[2]["collections"] - before


def test_old_objects_are_left_alone_and_young_ones_are_not() -> None:
    assert _full_collections_while_growing() > 0
    with no_full_collections():
        young = gc.get_stats()[0]["collections"]
        assert _full_collections_while_growing() == 0
        assert gc.get_stats()[0]["collections"] > young


def test_all_is_as_before_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="odd"), no_full_collections():
        raise ValueError("odd")
    assert gc.get_threshold() == before
