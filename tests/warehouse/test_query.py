from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from transforms.errors import InputError
from warehouse import load, publish
from warehouse.connection import open_working
from warehouse.paths import DataFolder
from warehouse.query import run_sql

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration

RUN = {"run_id": "r1", "started_at": datetime(2018, 7, 25), "status": "running", "reader_version": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    made = DataFolder(tmp_path_factory.mktemp("data"))
    with open_working(made, "test") as con:
        load.insert_rows(con, "ops.runs", [RUN])
        publish.publish(con, made)
    return made


def test_columns_types_and_rows(folder: DataFolder) -> None:
    result = run_sql(folder, "SELECT run_id, started_at, n_figures FROM ops.runs;")
    assert result.columns == ("run_id", "started_at", "n_figures")
    assert result.types == ("VARCHAR", "TIMESTAMP", "INTEGER")
    assert result.rows == [("r1", datetime(2018, 7, 25), None)]
    assert not result.truncated


@pytest.mark.parametrize(
    "sql",
    [
        "FROM ops.runs",
        "WITH r AS (FROM ops.runs) SELECT run_id FROM r",
        "VALUES (1)",
        "DESCRIBE core.figures",
        "SHOW ALL TABLES",
        "SUMMARIZE ops.runs",
        "EXPLAIN SELECT 1",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' -- ; DROP",
    ],
)
def test_what_reads_is_run(folder: DataFolder, sql: str) -> None:
    assert run_sql(folder, sql).rows


def test_more_rows_than_asked_for_are_cut_and_said_so(folder: DataFolder) -> None:
    cut = run_sql(folder, "SELECT i FROM range(100000000) t(i)", max_rows=3)
    assert cut.rows == [(0,), (1,), (2,)]
    assert cut.truncated
    assert not run_sql(folder, "SELECT i FROM range(3) t(i)", max_rows=3).truncated


ESCAPES = [
    "ATTACH '/etc/passwd' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH casualties",
    "USE core",
    "COPY ops.runs TO '{marker}'",
    "COPY (SELECT 1) TO '{marker}'",
    "EXPORT DATABASE '{marker}'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{marker}'",
    "SELECT * FROM query('COPY (SELECT 1) TO ''{marker}''')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT getenv('HOME')",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET GLOBAL lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA enable_profiling",
    "PRAGMA threads = 64",
    "CALL enable_logging()",
    "SELECT * FROM enable_logging()",
    "CREATE SECRET s (TYPE http)",
    "INSERT INTO ops.runs (run_id) VALUES ('x')",
    "UPDATE ops.runs SET status = 'failed'",
    "DELETE FROM ops.runs",
    "DROP TABLE ops.runs",
    "EXPLAIN ANALYZE DELETE FROM ops.runs",
    "CREATE TABLE core.more AS SELECT 1",
    "CREATE TEMP TABLE more AS SELECT 1",
    "CREATE MACRO more(a) AS a",
    "PREPARE p AS DELETE FROM ops.runs",
    "BEGIN",
    "CHECKPOINT",
    "VACUUM",
    # names of the calling Python code, which DuckDB would take for tables
    "SELECT * FROM folder",
    "SELECT * FROM statement",
    "SELECT * FROM RUN",
]


@pytest.mark.integration
@pytest.mark.parametrize("sql", ESCAPES)
def test_no_way_out(folder: DataFolder, tmp_path: Path, sql: str) -> None:
    marker = tmp_path / "escaped"
    with pytest.raises(InputError):
        run_sql(folder, sql.format(marker=marker))
    assert not marker.exists()


def test_the_copy_is_what_it_was_after_all_attempts(folder: DataFolder) -> None:
    publish.verify_published(folder)
    assert run_sql(folder, "SELECT count(*) FROM ops.runs").rows == [(1,)]


@pytest.mark.parametrize(("sql", "count"), [("", 0), (" ; -- nothing", 0), ("SELECT 1; SELECT 2", 2), ("SELECT 1; DROP TABLE ops.runs", 2)])
def test_one_statement_at_a_time(folder: DataFolder, sql: str, count: int) -> None:
    with pytest.raises(InputError, match=f"give one statement; this is {count}"):
        run_sql(folder, sql)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM ops.runs", '"nothing" not found'),
        ("FROM core.nothing", "core.nothing|nothing does not exist"),
        ("SELECT run_id::INTEGER FROM ops.runs", "Could not convert"),
        ("SELECT ?", "parameter"),
    ],
)
def test_mistakes_are_told_in_duckdbs_words(folder: DataFolder, sql: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        run_sql(folder, sql)


@pytest.mark.integration
@pytest.mark.parametrize(
    "endless",
    [
        "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
    ],
)
def test_an_endless_query_is_stopped(folder: DataFolder, endless: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match=r"stopped after 0\.2 s"):
        run_sql(folder, endless, timeout=0.2)
    assert time.monotonic() - start < 5


@pytest.mark.integration
def test_hunger_for_memory_is_refused(folder: DataFolder) -> None:
    with pytest.raises(InputError, match=r"[Mm]emory"):
        run_sql(folder, "SELECT list(i) FROM range(400000000) t(i)", timeout=30)
