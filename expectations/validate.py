"""The validator: a chunk goes in before it lands, what lands, what is quarantined and the results come out.

Belongs here: what follows from outcomes: refuse, quarantine, flag. Keep out: what is checked (`suites.py`, `rules/`),
how (`engine.py`), and storing anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from expectations import engine, frames, measures, suites
from expectations.check import Check, Outcome
from expectations.results import quarantine_row, result_rows
from transforms import contract
from transforms.errors import SuiteFailedError


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of a frame.

    landing: the rows that may land, with the contract's columns and dtypes and their flags. quarantined: rows for
    ops.quarantine. results: rows for ops.validation_results.
    """

    landing: pd.DataFrame
    quarantined: list[dict[str, Any]]
    results: list[dict[str, Any]]


class FrameRefusedError(SuiteFailedError):
    """A frame is not what it should be at all: nothing of it lands.

    Attributes: suite (the table's name), failed (names of the checks), results (rows for ops.validation_results).
    """

    def __init__(self, message: str, *, suite: str, failed: Sequence[str], results: list[dict[str, Any]]) -> None:
        super().__init__(message)
        self.suite = suite
        self.failed = tuple(failed)
        self.results = results


def validate(
    full_name: str,
    frame: pd.DataFrame,
    *,
    chunk: int,
    run_id: str,
    now: datetime,
    readmitted: Collection[tuple[int, str]] = (),
    history: Sequence[Mapping[str, Any]] = (),
    n_articles: int | None = None,
    rows_expected: bool = False,
) -> Validated:
    """Validate rows of a table before they land.

    For core.figures the frame carries title, text and published_on of the article beside the figure's columns; they are
    dropped from `landing`, and the columns that the load sets need not be there yet. The frame may have any index.

    readmitted: pairs of figure_id and expectation that a person has re-admitted: they keep no row out. history: earlier
    rows of ops.runs. n_articles: articles that the chunk was read from. rows_expected: an empty frame is a failure.
    now: UTC without a zone.

    Raises FrameRefusedError (a SuiteFailedError) when a check of severity suite fails, or one cannot be evaluated.
    """
    frame, outcomes = examine(full_name, frame, "chunk", rows_expected=rows_expected, run_id=run_id, now=now, chunk=chunk)
    outcomes = [_waived(outcome, frame, readmitted) for outcome in outcomes]
    kept_out = {row for outcome in outcomes if outcome.check.severity == "quarantine" for row in outcome.rows}
    outcomes += _measured(full_name, frame, kept_out, n_articles, history)
    results = result_rows(full_name, outcomes, chunk=chunk, run_id=run_id, now=now)
    _refuse(full_name, outcomes, results)
    columns = [name for name in contract.table(full_name).column_names if name in frame.columns]
    landing = frame.loc[[row not in kept_out for row in frame.index], columns]
    if "flags" in columns:
        landing["flags"] = _flags(landing, outcomes)
    quarantined = _quarantined(frame, columns, outcomes, run_id, now)
    return Validated(landing.reset_index(drop=True), quarantined, results)


def examine(
    full_name: str, frame: pd.DataFrame, stage: Any, *, rows_expected: bool, run_id: str, now: datetime, chunk: int
) -> tuple[pd.DataFrame, list[Outcome]]:
    """Return the frame with the contract's dtypes, and one outcome per check of its suite.

    stage: `chunk` or `table` (see `suites.suite`). Raises FrameRefusedError when columns are missing or of another type:
    the other checks say nothing then.
    """
    shape, *checks = suites.suite(full_name, stage)
    opening = engine.has_columns(full_name, frame, shape)
    if not opening.success:
        missing = sorted(set(shape.kwargs["column_set"]) - set(frame.columns))
        raise FrameRefusedError(
            f"{full_name}: the frame has no column {', '.join(missing)}; nothing of it lands",
            suite=full_name,
            failed=[shape.name],
            results=result_rows(full_name, [opening], chunk=chunk, run_id=run_id, now=now),
        )
    frame = frames.conform(full_name, frame)
    if rows_expected:
        checks.append(suites.rows_present())
    return frame, [opening, *engine.evaluate(full_name, engine.with_rules(frame, checks), checks)]


def _measured(
    full_name: str, frame: pd.DataFrame, kept_out: Collection[int], n_articles: int | None, history: Sequence[Mapping[str, Any]]
) -> list[Outcome]:
    """Return the outcomes of the checks of the chunk as a whole; a measure that the chunk is too small for has no rows to look at."""
    checks = suites.measure_checks(full_name)
    if not checks:
        return []
    measured = measures.measure(frame, kept_out, n_articles, measures.history_of(history))
    known = measured.columns[measured.notna().iloc[0]]
    found = engine.evaluate(f"{full_name} chunk", measured, [check for check in checks if check.column in known])
    return [*found, *(Outcome(check, True, 0) for check in checks if check.column not in known)]


def _waived(outcome: Outcome, frame: pd.DataFrame, readmitted: Collection[tuple[int, str]]) -> Outcome:
    """Return the outcome without the rows that a person has re-admitted."""
    if not readmitted or not outcome.rows or outcome.check.severity != "quarantine":
        return outcome
    let_in = frozenset(readmitted)
    rows = tuple(row for row in outcome.rows if (frame["figure_id"].iat[row], outcome.check.name) not in let_in)
    return Outcome(outcome.check, not rows, outcome.n_rows, rows)


def _refuse(full_name: str, outcomes: Iterable[Outcome], results: list[dict[str, Any]]) -> None:
    """Raise FrameRefusedError when a check of severity suite failed, or one could not be evaluated."""
    failed = [outcome for outcome in outcomes if outcome.raised is not None or (not outcome.success and _is_fatal(outcome))]
    if not failed:
        return
    told = "; ".join(_told(outcome) for outcome in failed)
    raise FrameRefusedError(
        f"{full_name}: the frame is not what it should be, nothing of it lands: {told}",
        suite=full_name,
        failed=[outcome.check.name for outcome in failed],
        results=results,
    )


def _is_fatal(outcome: Outcome) -> bool:
    """A row's failure without a row to keep out cannot be dealt with by keeping rows out."""
    return outcome.check.severity == "suite" or (outcome.check.severity == "quarantine" and not outcome.rows)


def _told(outcome: Outcome) -> str:
    if outcome.raised is not None:
        return f"{outcome.check.name} could not be evaluated ({outcome.raised})"
    where = f" in {len(outcome.rows)} of {outcome.n_rows} rows, first in row {outcome.rows[0]}" if outcome.rows else ""
    return f"{outcome.check.name} fails{where}. {outcome.check.why}"


def _flags(landing: pd.DataFrame, outcomes: Iterable[Outcome]) -> pd.Series[Any]:
    """Return the flags of the landing rows, with the names of the checks of severity flag that they failed."""
    marks: dict[int, list[str]] = {}
    for outcome in outcomes:
        if outcome.check.severity == "flag" and outcome.check.rule is not None:
            for row in outcome.rows:
                marks.setdefault(row, []).append(outcome.check.name)
    flags = [list(dict.fromkeys([*found, *marks.get(row, [])])) for row, found in zip(landing.index, landing["flags"], strict=True)]
    return pd.Series(flags, index=landing.index, dtype="object")


def _quarantined(
    frame: pd.DataFrame, columns: Sequence[str], outcomes: Sequence[Outcome], run_id: str, now: datetime
) -> list[dict[str, Any]]:
    """Return one row of ops.quarantine per figure and expectation that keeps it out."""
    failed = [outcome for outcome in outcomes if outcome.check.severity == "quarantine"]
    positions = sorted({row for outcome in failed for row in outcome.rows})
    plain = dict(zip(positions, frames.values(frame.iloc[positions], *frame.columns), strict=True))
    found = []
    seen: dict[tuple[Any, ...], int] = {}
    for outcome in failed:
        for row in outcome.rows:
            values = dict(zip(frame.columns, plain[row], strict=True))
            key = (values["figure_id"], values["reader_version"], outcome.check.name)
            kept = {name: values[name] for name in columns}
            reason = _reason(values, outcome.check)
            found.append(quarantine_row(kept, outcome.check.name, reason, repeat=seen.get(key, 0), run_id=run_id, now=now))
            seen[key] = seen.get(key, 0) + 1
    return found


def _reason(row: Mapping[str, Any], check: Check) -> str:
    """Return why the check exists, and the values of the row that its rule shows: numbers, days and codes."""
    shows = check.rule.shows if check.rule is not None else ()
    shown = ", ".join(f"{name}={row[name]}" for name in shows)
    return f"{check.why} Here: {shown}." if shown else check.why
