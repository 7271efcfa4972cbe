"""People's own SQL, on the published copy, behind three walls.

The file is opened read-only and locked down (`connection.open_published`); only statements that read are let through;
and a timer interrupts what doesn't end.

Belongs here: running one foreign query. Keep out: the program's own queries.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import duckdb

from transforms.errors import InputError
from warehouse.connection import open_published
from warehouse.paths import DataFolder

TIMEOUT_SECONDS = 60.0
MAX_ROWS = 10_000
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Names and DuckDB types of the columns, the rows, and whether there were more rows than asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool


def run_sql(folder: DataFolder, sql: str, timeout: float = TIMEOUT_SECONDS, max_rows: int = MAX_ROWS) -> QueryResult:
    """Run one reading statement (SELECT, FROM, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN) and return its rows.

    timeout: seconds. max_rows: rows returned at most; `truncated` says that there were more. Raises InputError with
    DuckDB's message when the statement is wrong, isn't a reading one, needs too long or too much memory.
    """
    with open_published(folder) as con:
        statement = _single(con, sql)
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            con.interrupt()

        timer = threading.Timer(timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            cursor = con.execute(statement)
            described = cursor.description or []
            rows = cursor.fetchmany(max_rows + 1)
        except (duckdb.Error, RuntimeError) as error:
            if overdue.is_set():
                raise InputError(f"the query was stopped after {timeout:g} s; ask for less, or raise the time limit") from error
            raise InputError(str(error)) from error
        finally:
            timer.cancel()
            timer.join()
    return QueryResult(
        tuple(str(item[0]) for item in described), tuple(str(item[1]) for item in described), rows[:max_rows], len(rows) > max_rows
    )


def _single(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise InputError(str(error)) from error
    if len(statements) != 1:
        raise InputError(f"give one statement; this is {len(statements)}")
    if statements[0].type not in _READING:
        kind = str(statements[0].type).rpartition(".")[2]
        raise InputError(f"only statements that read are run here (SELECT, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN), and this is {kind}")
    return statements[0]
