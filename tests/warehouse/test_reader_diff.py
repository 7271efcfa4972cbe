from __future__ import annotations

import duckdb
import pytest

from tests.warehouse.made import READ_AT, empty_warehouse, figure_row, put_article
from transforms.errors import InputError
from warehouse.load import insert_rows
from warehouse.reader_diff import compare_readers, versions

pytestmark = pytest.mark.integration


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Two articles read by reader 1, the first of them by reader 2 too: one figure the same, one other, one gone, one added."""
    made = empty_warehouse()
    first, second = put_article(made, "a"), put_article(made, "b")
    readings = [(first, "1"), (second, "1"), (first, "2")]
    insert_rows(
        made,
        "ops.readings",
        [
            {"article_version_id": version, "reader_version": reader, "read_at": READ_AT, "n_figures": 1, "n_quarantined": 0, "run_id": "r"}
            for version, reader in readings
        ],
    )
    same = figure_row(first, "a", "12", char_start=1, rule="plain")
    other = figure_row(first, "a", "30", char_start=5, rule="plain")
    gone = figure_row(first, "a", "7", char_start=9, rule="greedy")
    elsewhere = figure_row(second, "b", "9")
    added = figure_row(first, "a", "8", "injured", char_start=13, rule="wounds")
    newer = [same | {"rule": "renamed"}, other | {"victim_status": "civilian", "count_max": None}, added]
    insert_rows(made, "core.figures", [same, other, gone, elsewhere, *(row | {"reader_version": "2"} for row in newer)])
    return made


def test_added_gone_and_changed_are_told_by_rule_and_what_only_one_has_read_is_left_out(con: duckdb.DuckDBPyConnection) -> None:
    found = compare_readers(con, "1", "2")
    assert found.n_articles == 1
    assert [(row["change"], row["rule"], row["quantity_text"]) for row in found.rows] == [
        ("added", "wounds", "8"),
        ("changed", "plain", "30"),
        ("gone", "greedy", "7"),
    ]
    (changed,) = (row["changed"] for row in found.rows if row["change"] == "changed")
    assert changed == ["count_max: 30 → -", "victim_status: unknown → civilian"]


def test_backwards_added_is_gone(con: duckdb.DuckDBPyConnection) -> None:
    assert [row["change"] for row in compare_readers(con, "2", "1").rows] == ["added", "changed", "gone"]


def test_versions_are_named(con: duckdb.DuckDBPyConnection) -> None:
    assert versions(con) == ["1", "2"]
    with pytest.raises(InputError, match="there are 1, 2"):
        compare_readers(con, "1", "3")
