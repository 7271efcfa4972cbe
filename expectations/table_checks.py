"""The check of a whole table after a rebuild: results only, nothing is kept out and nothing stops.

Belongs here: `check_table`. Keep out: the checks themselves, and what a failed result leads to (an asset check's severity).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd

from expectations.results import result_rows
from expectations.validate import FrameRefusedError, examine


def check_table(
    full_name: str, frame: pd.DataFrame, run_id: str, now: datetime, *, chunk: int = 0, rows_expected: bool = False
) -> list[dict[str, Any]]:
    """Return one row of ops.validation_results per check of the table's suite.

    frame: all rows of the table, or of one partition, with the contract's columns. rows_expected: an empty table fails.
    chunk: tells several frames of one table in one run apart. A frame without one of the columns gives the one result
    that says so. Raises SuiteFailedError when a column is not of the contract's type.
    """
    try:
        _, outcomes = examine(full_name, frame, "table", rows_expected=rows_expected, run_id=run_id, now=now, chunk=chunk)
    except FrameRefusedError as refused:
        return refused.results
    return result_rows(full_name, outcomes, chunk=chunk, run_id=run_id, now=now)
