"""Comparing two runs of the reader: what is right, and what turned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.quality.reader_diff import Verdict, compare, main, report, verdicts
from tests.quality.runner import DataSet

TWELVE = {
    "outcome": "killed", "in_title": False, "char_start": 0, "char_end": 2, "count_min": 12, "count_max": 12, "bound": "exact",
    "quantity_text": "12", "sentence": "12 died.",
}  # fmt: skip
RIGHT, WRONG = Verdict(True, "right"), Verdict(False, "wrong")


def _data(tmp_path: Path, *figures: dict[str, Any]) -> DataSet:
    path = tmp_path / "corpus.jsonl"
    record = {"article_id": "a", "text": "12 died.", "figures": list(figures), "totals": {"killed": 12, "injured": None}}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return DataSet("own", path, ("own",))


def _line(*figures: dict[str, Any]) -> dict[str, Any]:
    return {"article_id": "a", "figures": list(figures), "main_incident": {"killed": {"count_min": 12, "count_max": 12}, "injured": None}}


def test_turned_verdicts_are_listed_each_way() -> None:
    change = compare({"a": RIGHT, "b": WRONG, "c": RIGHT}, {"a": WRONG, "b": RIGHT, "c": RIGHT})
    assert (change.n, change.right_before, change.right_now) == (3, 2, 2)
    assert change.lost == ("a: wrong",) and change.won == ("b: right",)


def test_a_new_false_alarm_is_lost_and_one_that_went_is_won() -> None:
    assert compare({}, {"extra": WRONG}).lost == ("extra: wrong",)
    assert compare({"extra": WRONG}, {}).won == ("extra: wrong",)


def test_found_missed_and_false_alarm(tmp_path: Path) -> None:
    data = _data(tmp_path, TWELVE)
    assert {k: v.right for k, v in verdicts(data, [_line(TWELVE)]).items()} == {
        "a killed text 0": True,
        "a total killed": True,
        "a total injured": True,
    }
    assert verdicts(data, [_line()])["a killed text 0"].about.startswith("killed '12' missed")
    extra = {**TWELVE, "char_start": 4}
    assert not verdicts(data, [_line(TWELVE, extra)])["a extra killed text 4"].right
    assert not verdicts(data, [_line({**TWELVE, "bound": "about"})])["a killed text 0"].right


def test_a_figure_that_one_reader_recorded_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    data = _data(tmp_path, {**TWELVE, "one_reader": True})
    for line in (_line(TWELVE), _line()):
        assert [key for key in verdicts(data, [line]) if "total" not in key] == []


def test_the_report_gives_totals_and_cuts_long_lists() -> None:
    before = {str(i): RIGHT for i in range(5)}
    lines = report("own", compare(before, dict.fromkeys(before, WRONG)), show=2)
    assert lines[-1] == "own: 5 -> 0 of 5 right; 5 went wrong, 0 came right"
    assert lines[2] == "own  right -> wrong  … and 3 more"


def test_without_a_baseline_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CASUALTIES_DATA", str(tmp_path / "data"))
    assert main(["own"]) == 1
    assert capsys.readouterr().out == "own: no baseline; make one with --save before the change\n"
