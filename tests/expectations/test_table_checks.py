"""Checks of whole tables: exactly the planted rows fail, nothing stops, and a table that is none says so."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from expectations import frames, rules, suites
from expectations.table_checks import check_table
from tests.expectations import planting
from transforms import contract
from transforms.errors import SuiteFailedError

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 4, 12)
OTHERS = [name for name in contract.tables() if name != "core.figures"]
FILL: dict[str, Any] = {
    "VARCHAR": "x",
    "BOOLEAN": False,
    "INTEGER": 1,
    "BIGINT": 1,
    "DOUBLE": 0.5,
    "DATE": date(2026, 3, 1),
    "TIMESTAMP": datetime(2026, 3, 4, 10),
    "VARCHAR[]": [],
    "UBIGINT[]": [],
    "DATE[]": [],
    "DOUBLE[]": [],
}


@lru_cache(maxsize=1)
def _fixture() -> dict[str, Any]:
    path = Path(__file__).parents[1] / "fixtures" / "planted_tables.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _row(full_name: str, number: int, **values: Any) -> dict[str, Any]:
    """A good row, filled from the contract, with a key of its own."""
    table = contract.table(full_name)
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name in table.key:
            row[column.name] = f"key {number}" if column.type == "VARCHAR" else 1000 + number
            if column.allowed:
                row[column.name] = column.allowed[0]
        elif not column.null:
            row[column.name] = column.allowed[0] if column.allowed else FILL.get(column.type, 1000 + number)
    if "article_id" in table.column_names:
        row["article_id"] = f"article {number}"
    base = _fixture()["base"].get(full_name, {})
    if "text_hash" in base:
        base = base | {"text_hash": hashlib.sha256(base["text"].encode()).hexdigest()}
    return row | base | values


def _planted(full_name: str) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The table's rows with all planted ones among them, and how many rows each check must find."""
    rows = [_row(full_name, number) for number in range(3)]
    expected: Counter[str] = Counter()
    for spec in (spec for spec in _fixture()["planted"] if spec["table"] == full_name):
        values = spec.get("values", {}) | dict.fromkeys(spec.get("null", ()))
        rows += [_row(full_name, len(rows) + n, **spec["before"]) for n in range(3 if "before" in spec else 0)]
        rows.append(_row(full_name, len(rows), **values))
        if spec.get("twice"):
            more = spec["twice"] if isinstance(spec["twice"], dict) else {}
            rows.append(_row(full_name, len(rows), **values, **more))
        expected[spec["rule"]] += spec.get("rows", 1)
        expected.update(spec.get("also", ()))
    return rows, expected


def _structural(full_name: str, number: int) -> tuple[list[dict[str, Any]], Counter[str]]:
    """One row per structural check that breaks it, and two rows of one key."""
    rows: list[dict[str, Any]] = []
    expected: Counter[str] = Counter()
    table = contract.table(full_name)
    for column in table.columns:
        row = _row(full_name, number + len(rows))
        if column.allowed:
            rows.append(row | {column.name: "no such value"})
            expected[f"{column.name}_in_set"] += 1
        if column.min is not None:
            rows.append(row | {column.name: column.min - 1})
            expected[f"{column.name}_in_range"] += 1
        if not column.null and column.name not in table.key:
            rows.append(_row(full_name, number + len(rows)) | {column.name: None})
            expected[f"{column.name}_not_null"] += 1
    rows += [_row(full_name, number - 1)] * 2
    expected["key_unique"] += 2
    return rows, expected


@pytest.mark.parametrize("full_name", OTHERS)
def test_exactly_the_planted_rows_fail(full_name: str) -> None:
    rows, expected = _planted(full_name)
    results = check_table(full_name, frames.of_rows(full_name, rows), "run", NOW)
    found = Counter({row["expectation"]: row["n_unexpected"] for row in results if row["n_unexpected"]})
    assert found == expected
    assert {row["expectation"] for row in results if not row["success"]} == set(expected)


@pytest.mark.parametrize("full_name", OTHERS)
def test_what_breaks_the_contract_is_found(full_name: str) -> None:
    rows, expected = _structural(full_name, 500)
    results = check_table(full_name, frames.of_rows(full_name, rows), "run", NOW)
    found = {row["expectation"]: row["n_unexpected"] for row in results if row["n_unexpected"]}
    missing = {name: count for name, count in expected.items() if found.get(name, 0) < count}
    assert not missing


@pytest.mark.parametrize("full_name", OTHERS)
def test_every_rule_of_the_table_is_planted(full_name: str) -> None:
    planted = {spec["rule"] for spec in _fixture()["planted"] if spec["table"] == full_name}
    assert planted == {rule.name for rule in rules.BY_TABLE[full_name]}


def test_landed_figures_are_checked_without_their_articles() -> None:
    landed = {"review": "machine_read", "valid_from": NOW, "run_id": "run"}
    rows = [row | landed for row in planting.base_rows(3)]
    rows[1] |= {"count_min": 13, "bound": "about"}
    frame = frames.of_rows("core.figures", rows).drop(columns=["title", "text", "published_on"])
    results = check_table("core.figures", frame, "run", NOW)
    assert {row["expectation"]: row["n_unexpected"] for row in results if not row["success"]} == {"count_min_not_above_count_max": 1}
    assert "quote_equals_text" not in {row["expectation"] for row in results}


def test_a_figure_may_stand_under_two_reader_versions() -> None:
    landed = {"review": "machine_read", "valid_from": NOW, "run_id": "run"}
    (row,) = planting.base_rows(1)
    frame = frames.of_rows("core.figures", [row | landed, row | landed | {"reader_version": "newer"}])
    assert all(result["success"] for result in check_table("core.figures", frame, "run", NOW))


def test_empty_tables_hold_unless_rows_are_expected() -> None:
    empty = frames.of_rows("core.incidents", [])
    assert all(row["success"] for row in check_table("core.incidents", empty, "run", NOW))
    results = check_table("core.incidents", empty, "run", NOW, rows_expected=True)
    assert [row["expectation"] for row in results if not row["success"]] == [suites.ROWS_PRESENT]


def test_a_missing_column_is_a_result_and_a_wrong_type_an_error() -> None:
    frame = frames.of_rows("core.incidents", [_row("core.incidents", 1)])
    (result,) = check_table("core.incidents", frame.drop(columns=["label"]), "run", NOW)
    assert (result["expectation"], result["success"], result["severity"]) == ("columns_present", False, "suite")
    with pytest.raises(SuiteFailedError, match="n_reports is no INTEGER"):
        check_table("core.incidents", frame.assign(n_reports="two"), "run", NOW)
