"""Measures of a chunk and of runs: what is compared with the runs before, and what is left alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from expectations import frames, measures, rules
from expectations.measures import Reading, history_of, measure, times_before, unlike_before

USUAL = [Reading(100, 200), Reading(100, 180), Reading(100, 220)]


def _chunk(figures_per_article: list[int]) -> pd.DataFrame:
    versions = [version for version, count in enumerate(figures_per_article) for _ in range(count)]
    return frames.of_rows("core.figures", [{"article_version_id": version, "figure_id": n} for n, version in enumerate(versions)])


def _row(frame: pd.DataFrame) -> dict[str, Any]:
    return {name: None if pd.isna(value) else value for name, value in frame.iloc[0].items()}


def test_figures_per_article_are_compared_with_the_median_of_earlier_runs() -> None:
    assert times_before(Reading(100, 400), USUAL) == pytest.approx(2.0)
    assert times_before(Reading(100, 400), [*USUAL, Reading(100, 90_000)]) == pytest.approx(400 / 210)


@pytest.mark.parametrize(("figures", "unlike"), [(200, False), (45, False), (960, False), (30, True), (1100, True), (0, True)])
def test_the_comparison_is_generous(figures: int, unlike: bool) -> None:
    assert unlike_before(times_before(Reading(100, figures), USUAL)) is unlike


def test_too_little_history_says_nothing() -> None:
    assert times_before(Reading(100, 0), USUAL[:2]) is None
    assert times_before(Reading(100, 0), [*USUAL[:2], Reading(10, 20)]) is None
    assert not unlike_before(None)


def test_history_counts_what_was_quarantined_and_leaves_failed_runs_out() -> None:
    runs = [
        {"status": "succeeded", "n_read": 100, "n_figures": 150, "n_quarantined": 10},
        {"status": "failed", "n_read": 100, "n_figures": 1, "n_quarantined": 0},
        {"status": "succeeded", "n_read": 0, "n_figures": 0, "n_quarantined": 0},
        {"status": "succeeded", "n_read": None, "n_figures": None, "n_quarantined": None},
    ]
    assert history_of(runs) == [Reading(100, 160)]


def test_a_small_chunk_has_no_measures() -> None:
    assert set(_row(measure(_chunk([2, 2]), [], 2, USUAL)).values()) == {None}


def test_a_chunk_of_some_articles_is_measured() -> None:
    found = _row(measure(_chunk([2] * 60), range(90), 60, USUAL))
    assert found["figures_per_article_times_before"] == pytest.approx(1.0)
    assert found["figures_of_median_article"] == 2
    assert found["share_of_articles_mostly_quarantined"] == pytest.approx(45 / 60)
    assert found["figures_are_there"] is None  # only said of many articles


def test_many_articles_without_a_figure_are_noticed() -> None:
    assert not _row(measure(_chunk([]), [], 500, USUAL))["figures_are_there"]
    assert _row(measure(_chunk([1] * 500), [], 500, USUAL))["figures_are_there"]


def test_one_hostile_article_moves_no_measure_that_stops_a_run() -> None:
    found = _row(measure(_chunk([2] * 30 + [5000]), range(60, 5060), 31, USUAL))
    assert found["figures_of_median_article"] == 2
    assert found["share_of_articles_mostly_quarantined"] == pytest.approx(1 / 31)


def test_each_check_looks_at_a_measure() -> None:
    assert {check.column for check in measures.CHECKS} == set(measure(_chunk([1]), [], 1, []).columns)


def test_runs_are_compared_with_the_runs_before_them() -> None:
    start = datetime(2026, 3, 1)
    counts = [200, 180, 220, 210, 5000, 200, 10]
    rows = [
        {"run_id": f"run{n}", "started_at": start + timedelta(days=n), "status": "succeeded", "n_read": 100, "n_figures": count}
        for n, count in enumerate(counts)
    ]
    (rule,) = (rule for rule in rules.BY_TABLE["ops.runs"] if rule.name == "figures_like_runs_before")
    frame = frames.plain(frames.of_rows("ops.runs", reversed(rows)))  # in any order
    assert rule.holds(frame) == [count not in (5000, 10) for count in reversed(counts)]
