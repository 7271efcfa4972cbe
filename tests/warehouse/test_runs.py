from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from transforms.errors import ContractError
from warehouse import ddl, runs
from warehouse.load import fetch_rows

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

NOON = datetime(2018, 7, 25, 12, tzinfo=UTC)
EVENING = datetime(2018, 7, 25, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    ddl.create_all(connection)
    yield connection
    connection.close()


@pytest.fixture
def con(shared: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    shared.execute("DELETE FROM ops.runs")
    return shared


def test_a_run_from_start_to_end(con: duckdb.DuckDBPyConnection) -> None:
    runs.start_run(con, "r1", "7", NOON)
    assert con.execute("SELECT status, started_at, ended_at, reader_version FROM ops.runs").fetchall() == [
        ("running", datetime(2018, 7, 25, 12), None, "7")
    ]
    runs.finish_run(con, "r1", "succeeded", {"n_received": 3, "n_figures": 0}, None, EVENING)
    row = fetch_rows(con, "FROM ops.runs")[0]
    assert (row["status"], row["ended_at"], row["error"]) == ("succeeded", datetime(2018, 7, 25, 20), None)
    assert (row["n_received"], row["n_figures"], row["n_rejected"]) == (3, 0, None)


def test_a_failure_keeps_counts_and_says_why(con: duckdb.DuckDBPyConnection) -> None:
    runs.start_run(con, "r1", "7", NOON)
    runs.finish_run(con, "r1", "failed", {"n_received": 3}, "disk full", EVENING)
    runs.finish_run(con, "r1", "failed", {"n_read": 2}, "disk full", EVENING)
    assert con.execute("SELECT n_received, n_read, error FROM ops.runs").fetchall() == [(3, 2, "disk full")]


def test_a_retry_goes_on_as_the_same_run(con: duckdb.DuckDBPyConnection) -> None:
    runs.start_run(con, "r1", "7", NOON)
    runs.finish_run(con, "r1", "failed", {}, "disk full", EVENING)
    runs.start_run(con, "r1", "8", EVENING)
    assert con.execute("SELECT status, started_at, ended_at, error, reader_version FROM ops.runs").fetchall() == [
        ("running", datetime(2018, 7, 25, 12), None, None, "8")
    ]


def test_only_known_runs_and_counts_are_finished(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ContractError, match="no run 'r9'"):
        runs.finish_run(con, "r9", "succeeded", {}, None, NOON)
    runs.start_run(con, "r1", "7", NOON)
    with pytest.raises(ContractError, match="n_more"):
        runs.finish_run(con, "r1", "succeeded", {"n_more": 1}, None, NOON)


def test_killed_runs_are_marked_failed_and_others_left_alone(con: duckdb.DuckDBPyConnection) -> None:
    for run_id in ("killed", "done", "ours"):
        runs.start_run(con, run_id, "7", NOON)
    runs.finish_run(con, "done", "succeeded", {}, None, EVENING)
    assert runs.fail_unfinished(con, EVENING, but="ours") == ["killed"]
    assert con.execute("SELECT run_id, status, error IS NULL FROM ops.runs ORDER BY 1").fetchall() == [
        ("done", "succeeded", True),
        ("killed", "failed", False),
        ("ours", "running", True),
    ]
    assert runs.fail_unfinished(con, EVENING) == ["ours"]
