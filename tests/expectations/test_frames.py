"""Frames: the contract's dtypes, missing values, and what is refused."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from expectations import frames
from transforms import contract
from transforms.errors import SuiteFailedError

LARGEST = 2**63 - 1


def test_rows_become_a_frame_with_all_columns_and_their_dtypes() -> None:
    frame = frames.of_rows("core.series", [{"series_id": LARGEST, "origin_id": 2**62 + 1, "outcome": "killed", "place_id": None}])
    assert tuple(frame.columns) == contract.table("core.series").column_names
    assert str(frame["series_id"].dtype) == "UInt64"
    assert str(frame["outcome"].dtype) == "string"
    assert next(frames.values(frame, "series_id", "origin_id", "place_id")) == (LARGEST, 2**62 + 1, None)


def test_no_rows_still_have_columns() -> None:
    frame = frames.of_rows("core.figures", [])
    assert len(frame) == 0
    assert {"figure_id", "title", "text", "published_on"} <= set(frame.columns)


def test_an_id_in_a_float_column_is_refused_not_rounded() -> None:
    with pytest.raises(SuiteFailedError, match=r"core\.series_figures\.figure_id is no UBIGINT"):
        frames.conform("core.series_figures", pd.DataFrame({"figure_id": [float(LARGEST), None], "series_id": [1, 2]}))


def test_small_whole_floats_are_integers() -> None:
    frame = frames.conform("core.series_figures", pd.DataFrame({"figure_id": [1.0, None], "series_id": [1, 2]}))
    assert list(frames.values(frame, "figure_id")) == [(1,), (None,)]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("core.stories", "n_articles", "twelve <script>"),
        ("core.stories", "n_articles", True),
        ("core.stories", "n_articles", 1.5),
        ("core.stories", "story_id", -1),
        ("core.stories", "story_id", 2**64),
        ("core.stories", "first_published_on", "2026-03-01"),
        ("core.stories", "first_published_on", datetime(2026, 3, 1, 12)),
        ("core.places", "name", 12),
        ("core.places", "lat", "north"),
        ("core.reports", "is_main", "yes"),
        ("core.reports", "weapons", "mortar"),
        ("ops.readings", "read_at", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_what_is_of_another_type_is_refused_without_telling_the_value(table: str, column: str, value: object) -> None:
    with pytest.raises(SuiteFailedError, match=column) as refused:
        frames.conform(table, pd.DataFrame({column: pd.Series([value], dtype="object")}))
    assert "script" not in str(refused.value)


def test_days_from_a_database_are_days() -> None:
    frame = frames.conform("core.stories", pd.DataFrame({"first_published_on": pd.to_datetime(["2026-03-01", None])}))
    assert list(frames.values(frame, "first_published_on")) == [(date(2026, 3, 1),), (None,)]


def test_the_index_is_made_anew_and_unknown_columns_go() -> None:
    frame = frames.conform("core.stories", pd.DataFrame({"story_id": [1, 2], "more": ["a", "b"]}, index=[7, 7]))
    assert list(frame.index) == [0, 1]
    assert list(frame.columns) == ["story_id"]


def test_plain_values_are_python_values() -> None:
    frame = frames.plain(frames.of_rows("core.stories", [{"story_id": LARGEST}, {}]))
    assert frame["story_id"].tolist() == [LARGEST, None]
    assert frame["n_articles"].tolist() == [None, None]


def test_the_text_of_an_article_is_not_copied_for_each_of_its_figures() -> None:
    """A text of six megabytes with a thousand figures took six gigabytes."""
    text = "x" * 2_000_000
    rows = [{"figure_id": number, "text": text, "title": None} for number in range(500)]
    tracemalloc.start()
    frame = frames.conform("core.figures", frames.of_rows("core.figures", rows))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert all(found is text for found in frame["text"]) and next(frames.values(frame, "text", "title")) == (text, None)
