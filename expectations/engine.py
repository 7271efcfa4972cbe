"""Great Expectations: evaluates the checks of a suite on a pandas frame.

One ephemeral context for the process: it writes no file and asks no host. Rules arrive as precomputed columns of True and
False. A first pass asks only whether each expectation holds; the rows that failed are asked for in a second pass, of the
failed expectations alone (which takes a third of the time of asking all at once).

Belongs here: the calls into Great Expectations, and what its answers mean. Keep out: suites, rules, consequences.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationSuite
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.registry import get_expectation_impl

from expectations.check import Check, Outcome
from expectations.frames import plain, values

_FIRST = "BOOLEAN_ONLY"
# Values stay out of the result: they may be article text, and Data Docs would print them.
_SECOND = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "include_unexpected_rows": False}
_NOT_NULL = "expect_column_values_to_not_be_null"
_ERROR_NAME = re.compile(r"[\w.]+")


def evaluate(suite_name: str, frame: pd.DataFrame, checks: Sequence[Check]) -> list[Outcome]:
    """Return one outcome per check, in order. The frame has a fresh index 0…n-1 and a column of bools for each rule.

    A check that could not be evaluated (its column is missing, its values cannot be compared) has `raised` set and no rows:
    the caller must not take it for one that holds.
    """
    if not checks:
        return []
    first = _validate(suite_name, frame, checks, _FIRST)
    failed = [check for check in checks if not first[check.name]["success"] and not _raised(first[check.name])]
    second = _validate(suite_name, frame, failed, _SECOND) if failed else {}
    return [_outcome(check, second.get(check.name, first[check.name]), len(frame)) for check in checks]


def described(check: Check) -> Any:
    """Return the Great Expectations object of a check, for people.

    A rule is described by its reason: that its column is True tells nobody anything.
    """
    return _expectation(check, notes=check.why, description=None if check.rule is None else check.why)


def _expectation(check: Check, **more: Any) -> Any:
    """Return the Great Expectations object of a check. It is kept small: it is written out some seventy times when evaluated."""
    return get_expectation_impl(check.type)(**check.kwargs, meta={"name": check.name}, **more)


def with_rules(frame: pd.DataFrame, checks: Sequence[Check]) -> pd.DataFrame:
    """Return the columns that the checks are about, with one column of bools per rule among them.

    Rows that lack a value which must not be null are left to the not-null checks: the rules see the others only.
    """
    columns = dict.fromkeys(name for check in checks if check.rule is None for name in _columns(check))
    required = [str(check.column) for check in checks if check.type == _NOT_NULL]
    whole = frame[required].notna().all(axis=1)
    seen = plain(frame[whole].reset_index(drop=True))
    ruled: dict[str, pd.Series[Any]] = {}
    for check in checks:
        if check.rule is not None:
            holds = pd.Series(True, index=frame.index, dtype="boolean")
            holds[whole] = pd.array(check.rule.holds(seen), dtype="boolean")
            ruled[check.rule.name] = holds
    return pd.concat([frame[list(columns)], pd.DataFrame(ruled, index=frame.index)], axis=1)


def _columns(check: Check) -> list[str]:
    """Return the columns that an expectation names."""
    return [*([check.column] if check.column else []), *check.kwargs.get("column_list", ()), *check.kwargs.get("column_set", ())]


def shown(frame: pd.DataFrame, row: int, check: Check) -> str:
    """Return the columns that a rule shows with its reason, as `count_min=30, count_max=20`; "" where it shows none."""
    names = check.rule.shows if check.rule is not None else ()
    if not names:
        return ""
    (found,) = values(frame.iloc[[row]], *names)
    return ", ".join(f"{name}={value}" for name, value in zip(names, found, strict=True))


@lru_cache(maxsize=1)
def _context() -> Any:
    """Return the one context of the process: in memory, analytics off, no progress bars."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


@cache
def _batches(suite_name: str) -> Any:
    asset = _frames().add_dataframe_asset(suite_name)
    return asset.add_batch_definition_whole_dataframe(suite_name)


@lru_cache(maxsize=1)
def _frames() -> Any:
    return _context().data_sources.add_pandas("frames")


def _validate(suite_name: str, frame: pd.DataFrame, checks: Sequence[Check], result_format: Any) -> Mapping[str, Any]:
    """Return Great Expectations' results by the name of the check: it does not keep their order."""
    suite = ExpectationSuite(name=suite_name, expectations=[_expectation(check) for check in checks])
    batch = _batches(suite_name).get_batch({"dataframe": frame})
    found = batch.validate(suite, result_format=result_format)
    return {result.expectation_config.meta["name"]: result for result in found.results}


def _raised(result: Any) -> str | None:
    """Return the kind of error that kept an expectation from being evaluated, None where there was none.

    Only the kind: the message may quote a value. The information is flat, or one entry per metric that raised.
    """
    info = result.exception_info or {}
    for entry in [info] if "raised_exception" in info else list(info.values()):
        if entry.get("raised_exception"):
            lines = (entry.get("exception_traceback") or "").strip().splitlines() or [entry.get("exception_message") or "error"]
            match = _ERROR_NAME.match(lines[-1])
            return match.group() if match else "error"
    return None


def _outcome(check: Check, result: Any, n_rows: int) -> Outcome:
    raised = _raised(result)
    if raised is not None:
        return Outcome(check, False, n_rows, raised=raised)
    rows = () if result.success else tuple(int(row) for row in result.result.get("unexpected_index_list") or ())
    return Outcome(check, bool(result.success), n_rows, rows)
