"""What is kept of the grouping: the groups are those of a grouping that keeps nothing, whatever came, changed, went or was decided."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.warehouse.link_reports import drawn
from warehouse import grouping
from warehouse.corrections import Decisions
from warehouse.grouping import group
from warehouse.grouping_memory import group_remembering
from warehouse.linking import find_pairs
from warehouse.linking_model import load_model

pytestmark = pytest.mark.integration

MODEL = load_model()
NOBODY = Decisions((), {})


def _told(number: int, random: Random) -> dict[str, Any]:
    """A report of one of eight weeks, each with words of its own."""
    week, row = random.randrange(8), drawn(number, random)
    dates = ("published_on", "event_date_start", "event_date_end")
    moved = {name: row[name] and row[name] + timedelta(days=14 * week) for name in dates}
    return row | moved | {"words": " ".join(word + "abcdefgh"[week] for word in row["words"].split())}


def _correction(kind: str, one: list[int], other: list[int], undone: bool = False) -> dict[str, Any]:
    signed = {"decided_by": "N", "why": "seen", "undone_at": "today" if undone else None, "incident_id": None, "other_incident_id": None}
    return {"kind": kind, "figure_ids": one, "other_figure_ids": other, **signed}


def _group(reports: list[dict[str, Any]], memory: Path, corrections: list[dict[str, Any]]) -> list[list[int]]:
    """Group with and without a memory, hold both against each other, and return the groups."""
    by_id = {row["report_id"]: row for row in reports}
    decisions = Decisions(corrections, {number: number for number in by_id})
    pairs = find_pairs(reports, MODEL, memory)
    found = group_remembering(by_id, pairs, MODEL, decisions, memory)
    assert found == group(by_id, pairs, MODEL, decisions).groups
    return found


def test_days_of_new_changed_gone_and_decided_reports_end_in_the_groups_of_a_full_grouping(tmp_path: Path) -> None:
    random, memory = Random(7), tmp_path / "memory.duckdb"
    reports = [_told(number, random) for number in random.sample(range(1, 200), 80)]
    merge, split, pin = _correction("merge", [1, 2], [3]), _correction("split", [4, 5], [6, 7]), _correction("pin", [8, 9], [])
    numbers = [row["report_id"] for row in reports]
    for correction in (merge, split, pin):  # the decisions above speak of the first nine reports
        for name in ("figure_ids", "other_figure_ids"):
            correction[name] = [numbers[place] for place in correction[name]]
    first = _group(reports[:50], memory, [])
    assert 1 < len(first) < 50
    assert _group(reports[:50], memory, [merge, split]) != first, "people's decisions change groups"
    _group(reports[:60], memory, [merge, split, pin])
    _group(reports[3:70], memory, [{**merge, "undone_at": "today"}, split, pin])
    _group([{**reports[0], "words": "viaduct orchard"}, *reports[2:]], memory, [{**split, "undone_at": "today"}])
    assert _group(reports[:50], memory, []) == first, "what went and came back"


def test_with_nothing_new_nothing_is_asked_and_a_lost_memory_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random, memory = Random(8), tmp_path / "memory.duckdb"
    reports = [_told(number, random) for number in range(1, 40)]
    by_id = {row["report_id"]: row for row in reports}
    first = _group(reports, memory, [])
    pairs = find_pairs(reports, MODEL, memory)
    with monkeypatch.context() as silent:
        silent.setattr(grouping._Groups, "_likely_enough", lambda *_: pytest.fail("asked again"))
        assert group_remembering(by_id, pairs, MODEL, NOBODY, memory) == first
    memory.unlink()
    assert _group(reports, memory, []) == first
