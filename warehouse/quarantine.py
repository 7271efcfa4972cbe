"""Figures held back because the reader probably misread them, and the way back for those that it read well.

Belongs here: listing and re-admitting. Keep out: the rules that hold figures back (`expectations/`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from transforms.contract import table
from transforms.errors import ContractError, InputError
from warehouse import load
from warehouse.figures import READING_COLUMNS
from warehouse.statements import statement
from warehouse.transaction import transaction

READMITTED_FLAG = "readmitted"


@dataclass(frozen=True, slots=True)
class Readmitted:
    """What a re-admission did: the figure, its reader version, and the expectations that a person overruled."""

    figure_id: int
    reader_version: str
    expectations: tuple[str, ...]


def list_quarantined(con: duckdb.DuckDBPyConnection, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return quarantined figures with their article, one row per figure and expectation, oldest first.

    everything: also those that were re-admitted, and those of an older reading of an article that was read anew since.
    `row_json` is the figure as the reader made it.
    """
    return load.fetch_rows(con, statement("base/list_quarantined"), {"everything": everything})


def readmitted_keys(con: duckdb.DuckDBPyConnection) -> frozenset[tuple[int, str]]:
    """Return (figure_id, expectation) of all that people re-admitted: under any reader version, that figure is not to be
    held back by that expectation again."""
    rows = con.execute("SELECT DISTINCT figure_id, expectation FROM ops.quarantine WHERE readmitted_at IS NOT NULL").fetchall()
    return frozenset((int(figure), str(expectation)) for figure, expectation in rows)


def readmit(con: duckdb.DuckDBPyConnection, quarantine_id: int, why: str, by: str, now: datetime) -> Readmitted:
    """Put a quarantined figure into `core.figures`, flagged `readmitted`, current from `now` (UTC), in one transaction.

    All expectations that held this figure back under this reader version count as overruled. Raises InputError when
    there is no such row, it was re-admitted before, `why` or `by` is empty, its article has been read anew since, or
    the figure breaks a rule of the table itself and cannot stand there.
    """
    if not why.strip() or not by.strip():
        raise InputError("a re-admission needs a reason and a name: people must be able to ask who decided, and why")
    found = load.fetch_rows(con, "FROM ops.quarantine WHERE quarantine_id = ?", [quarantine_id])
    if not found:
        raise InputError(f"the quarantine has no row {quarantine_id}; `casualties quarantine list` shows the ids")
    row = found[0]
    _refuse_settled(con, row)
    same_figure = load.fetch_rows(
        con,
        "FROM ops.quarantine WHERE figure_id = ? AND reader_version = ? AND readmitted_at IS NULL ORDER BY expectation",
        [row["figure_id"], row["reader_version"]],
    )
    try:
        with transaction(con):
            load.insert_rows(con, "core.figures", [_figure(row, load.utc(now))])
            con.execute(statement("base/mark_readmitted"), [load.utc(now), by, why, row["figure_id"], row["reader_version"]])
    except ContractError as error:
        raise InputError(f"the figure of row {quarantine_id} cannot stand in core.figures as it is: {error}") from error
    return Readmitted(int(row["figure_id"]), str(row["reader_version"]), tuple(str(other["expectation"]) for other in same_figure))


def _refuse_settled(con: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> None:
    if row["readmitted_at"] is not None:
        raise InputError(
            f"row {row['quarantine_id']} was re-admitted before, by {row['readmitted_by']} on {row['readmitted_at']:%Y-%m-%d}: "
            f"{row['readmitted_why']}"
        )
    newer = con.execute(statement("base/newer_reader"), [row["article_version_id"], row["reader_version"]]).fetchall()
    if newer:
        raise InputError(
            f"row {row['quarantine_id']} was made by reader {row['reader_version']}, and reader {newer[0][0]} has read the article since; "
            f"its figure stands in core.figures or under a quarantine row of its own"
        )


def _figure(row: dict[str, Any], moment: datetime) -> dict[str, object]:
    """Return the `core.figures` row of a quarantine row: what the reader made, and what is set at landing."""
    made = json.loads(row["row_json"])
    figure: dict[str, object] = {name: _value(name, made.get(name)) for name in READING_COLUMNS}
    flags = [*(made.get("flags") or ()), READMITTED_FLAG]
    return {**figure, "flags": flags, "review": "machine_read", "valid_from": moment, "run_id": row["run_id"]}


def _value(column: str, value: Any) -> object:
    """Return a value of `row_json` as its column's type: JSON has neither days nor times, and writes missing numbers as NaN."""
    if value is None or value != value:
        return None
    kind = table("core.figures").column(column).type
    if kind == "DATE":
        return date.fromisoformat(str(value)[:10])
    if kind == "TIMESTAMP":
        return datetime.fromisoformat(str(value))
    return int(value) if kind in ("UBIGINT", "BIGINT", "INTEGER") else value
