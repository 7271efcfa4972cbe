"""Rows for ops.validation_results and ops.quarantine, made from outcomes.

Belongs here: the form of these rows. Keep out: deciding what failed (`engine.py`) and what follows (`validate.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from expectations.check import Outcome
from transforms.identity import hash63


def result_rows(suite: str, outcomes: Iterable[Outcome], *, chunk: int, run_id: str, now: datetime) -> list[dict[str, Any]]:
    """Return one row of ops.validation_results per outcome. What could not be evaluated is a failure of the suite."""
    return [
        {
            "validation_id": hash63("validation", run_id, suite, chunk, outcome.check.name),
            "run_id": run_id,
            "suite": suite,
            "chunk": chunk,
            "expectation": outcome.check.name,
            "severity": "suite" if outcome.raised is not None else outcome.check.severity,
            "success": outcome.success,
            "n_rows": outcome.n_rows,
            "n_unexpected": len(outcome.rows),
            "checked_at": now,
        }
        for outcome in outcomes
    ]


def quarantine_row(row: Mapping[str, Any], expectation: str, reason: str, *, repeat: int, run_id: str, now: datetime) -> dict[str, Any]:
    """Return one row of ops.quarantine for a figure and the expectation that it failed.

    row: the figure's columns as plain Python values. repeat: 0, or n for the n-th further row of the same figure and
    expectation (a figure read twice), so that each keeps an id of its own.
    """
    parts = ("quarantine", row["figure_id"], row["reader_version"], expectation)
    return {
        "quarantine_id": hash63(*parts, repeat) if repeat else hash63(*parts),
        "figure_id": row["figure_id"],
        "article_version_id": row["article_version_id"],
        "reader_version": row["reader_version"],
        "expectation": expectation,
        "reason": reason,
        "row_json": json.dumps(row, ensure_ascii=False, default=_iso),
        "quarantined_at": now,
        "run_id": run_id,
        "readmitted_at": None,
        "readmitted_by": None,
        "readmitted_why": None,
    }


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a row")
