"""The diary of runs: `ops.runs`.

Belongs here: starting, finishing and clearing up run rows. Keep out: running anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import duckdb

from transforms.errors import ContractError
from warehouse.load import utc
from warehouse.statements import statement

COUNTS = ("n_received", "n_new_versions", "n_rejected", "n_read", "n_not_read", "n_figures", "n_quarantined")


def start_run(con: duckdb.DuckDBPyConnection, run_id: str, reader_version: str, now: datetime) -> None:
    """Write down that a run has started. A run that is started again (a retry) goes on as the same row."""
    con.execute(statement("base/start_run"), [run_id, utc(now), reader_version])


def finish_run(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    status: Literal["succeeded", "failed"],
    counts: Mapping[str, int],
    error: str | None,
    now: datetime,
) -> None:
    """Write down how a run ended.

    counts: any of COUNTS; what is not given stays as it was. error: why it failed, None otherwise. Raises ContractError
    for an unknown count or a run that was never started.
    """
    unknown = sorted(set(counts) - set(COUNTS))
    if unknown:
        raise ContractError(f"ops.runs has no count {', '.join(unknown)}; it has {', '.join(COUNTS)}")
    params = {"run_id": run_id, "status": status, "error": error, "now": utc(now), **{name: counts.get(name) for name in COUNTS}}
    if not con.execute(statement("base/finish_run"), params).fetchall():
        raise ContractError(f"ops.runs has no run {run_id!r} to finish; start it first")


def fail_unfinished(con: duckdb.DuckDBPyConnection, now: datetime, *, but: str | None = None) -> list[str]:
    """Mark runs that are still `running` as failed and return their ids: for runs that were killed and could not say so.

    Call it when no other run can be going on. but: the run that calls.
    """
    rows = con.execute(statement("base/fail_unfinished"), [utc(now), but]).fetchall()
    return sorted(str(run_id) for (run_id,) in rows)
