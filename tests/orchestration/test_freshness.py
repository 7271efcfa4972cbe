from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration import freshness
from tests.warehouse.made import empty_warehouse, put_article, put_figure
from warehouse.linking_model import load_model
from warehouse.linking_training import forget_model, write_model
from warehouse.load import insert_rows
from warehouse.paths import DataFolder
from warehouse.publish import publish

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = empty_warehouse()
    put_figure(made, put_article(made, "a"), "a", "12")
    return made


@pytest.fixture
def folder(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> DataFolder:
    found = DataFolder(tmp_path)
    found.database.parent.mkdir()
    publish(con, found)
    return found


def test_a_published_copy_is_current_until_a_fact_is_added(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    assert not freshness.is_current(con, folder), "nobody said what it was made from"
    freshness.keep(con, folder)
    assert freshness.is_current(con, folder)
    put_article(con, "b")
    assert not freshness.is_current(con, folder)


def test_a_figure_that_a_newer_reading_ends_is_a_change(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    freshness.keep(con, folder)
    con.execute("UPDATE core.figures SET valid_to = '2026-02-01'")
    assert not freshness.is_current(con, folder)


def test_a_review_is_a_change(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    freshness.keep(con, folder)
    con.execute("UPDATE core.figures SET review = 'rejected'")
    assert not freshness.is_current(con, folder)


def test_a_reject_is_a_change_for_people_look_it_up_in_the_copy(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    freshness.keep(con, folder)
    rejected = {"rejected_id": 1, "origin": "x", "reason": "empty", "detail": "empty", "rejected_at": datetime(2026, 1, 1), "run_id": "r"}
    insert_rows(con, "ops.rejected_inputs", [rejected])
    assert not freshness.is_current(con, folder)


def test_a_copy_that_is_gone_is_not_current(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    freshness.keep(con, folder)
    folder.published.unlink()
    assert not freshness.is_current(con, folder)


def test_changed_code_is_a_change(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for package in ("transforms", "warehouse"):
        (tmp_path / package).mkdir(exist_ok=True)
    query = tmp_path / "warehouse" / "x.sql"
    query.write_text("SELECT 1")
    monkeypatch.setattr(freshness, "PROJECT", tmp_path)
    freshness.keep(con, folder)
    assert freshness.is_current(con, folder)
    query.write_text("SELECT 2")
    assert not freshness.is_current(con, folder)


def test_a_damaged_copy_is_not_current_so_the_next_run_publishes_again(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    freshness.keep(con, folder)
    assert freshness.is_current(con, folder)
    folder.published.write_bytes(folder.published.read_bytes()[:-4096])
    assert not freshness.is_current(con, folder)


def test_a_linking_model_of_ones_own_is_a_change_and_so_is_forgetting_it(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    freshness.keep(con, folder)
    write_model(load_model(), folder.linking_model)
    assert not freshness.is_current(con, folder)
    forget_model(folder.linking_model)
    assert freshness.is_current(con, folder)
