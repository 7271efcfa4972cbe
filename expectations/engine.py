"""Evaluates the checks of a suite on a frame.

Rules arrive as precomputed columns of True and False. An expectation costs Great Expectations about 10 ms whatever the frame, and
nearly all only say that values are there, among the allowed ones or within a range. So a first pass asks of those that seem to
hold together, as of one column of True and False, whether all do. Those that seem not to are asked alone in the second pass,
which also asks for the rows that failed any other expectation (asking for rows at once would take three times as long).

Belongs here: what is asked, and what the answers mean. Keep out: the calls themselves (`great.py`), suites, rules, consequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from expectations.check import Check, Outcome, Rule
from expectations.frames import plain
from transforms.errors import SuiteFailedError

_FIRST = "BOOLEAN_ONLY"
# Values stay out of the result: they may be article text.
_SECOND = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "include_unexpected_rows": False}
_OF_TABLE = "expect_table_"
_NOT_NULL = "expect_column_values_to_not_be_null"
_IN_SET = "expect_column_values_to_be_in_set"
_BETWEEN = "expect_column_values_to_be_between"
_TOGETHER = Check("together", "suite", "Every one of the screened checks holds.", _IN_SET, {"column": "together", "value_set": [True]})


def evaluate(suite_name: str, frame: pd.DataFrame, checks: Sequence[Check]) -> list[Outcome]:
    """Return one outcome per check, in order. The frame has a fresh index 0…n-1 and a column of bools for each rule.

    A check that could not be evaluated (its column is missing, its values cannot be compared) has `raised` set and no rows:
    the caller must not take it for one that holds.
    """
    if frame.empty and not any(check.type.startswith(_OF_TABLE) for check in checks):
        return [Outcome(check, True, 0) for check in checks]  # no row that could fail
    if not checks:
        return []
    from expectations import great  # imports Great Expectations, 3 to 4 s: not for those who only read or query

    holding = {check.name: _holds(check, frame[str(check.column)]) for check in checks if _is_screened(check, frame)}
    screened = [check for check in checks if check.name in holding and holding[check.name].all()]
    doubtful = [check for check in checks if check.name in holding and check not in screened]
    others = [check for check in checks if check.name not in holding]
    together = _together(frame, [holding[check.name] for check in screened])
    first = great.validate(suite_name, _asked(frame, others).assign(**{_TOGETHER.name: together}), [*others, _TOGETHER], _FIRST)
    failed = [check for check in others if not first[check.name]["success"] and great.raised(first[check.name]) is None]
    is_held = bool(first[_TOGETHER.name]["success"])
    asked = [*doubtful, *failed, *(() if is_held else screened)]
    found = {**first, **(great.validate(suite_name, frame, asked, _SECOND) if asked else {})}
    held = {check.name: Outcome(check, True, len(frame)) for check in screened} if is_held else {}
    return [held.get(check.name) or _outcome(check, found[check.name], great.raised(found[check.name]), len(frame)) for check in checks]


def _asked(frame: pd.DataFrame, checks: Sequence[Check]) -> pd.DataFrame:
    """Return the columns that the checks name: Great Expectations hashes all that it is given. Of the table: all columns."""
    if any(check.type.startswith(_OF_TABLE) for check in checks):
        return frame
    return frame[list(dict.fromkeys(name for check in checks for name in _columns(check) if name in frame.columns))]


def _is_screened(check: Check, frame: pd.DataFrame) -> bool:
    if check.column not in frame.columns:
        return False
    return check.type in (_NOT_NULL, _IN_SET) or (check.type == _BETWEEN and pd.api.types.is_numeric_dtype(frame[check.column]))


def _together(frame: pd.DataFrame, holding: Sequence[pd.Series[bool]]) -> pd.Series[bool]:
    """Return for each row whether everything holds."""
    whole = pd.Series(True, index=frame.index)
    for holds in holding:
        whole &= holds
    return whole


def _holds(check: Check, values: pd.Series[Any]) -> pd.Series[bool]:
    """Return for each row whether a screened check holds; as Great Expectations has it, a missing value breaks no rule but one."""
    if check.type == _NOT_NULL:
        return values.notna()
    if check.type == _IN_SET:
        return values.isna() | values.isin(check.kwargs["value_set"])
    low, high = check.kwargs["min_value"], check.kwargs["max_value"]
    within = pd.Series(True, index=values.index)
    if low is not None:
        within &= (values >= low).fillna(True).astype(bool)
    if high is not None:
        within &= (values <= high).fillna(True).astype(bool)
    return within


def has_columns(suite_name: str, frame: pd.DataFrame, check: Check) -> Outcome:
    """Return the outcome of a check of the frame's columns. Great Expectations is asked where one is missing, and sees no rows."""
    if set(check.kwargs["column_set"]) <= set(frame.columns):
        return Outcome(check, True, len(frame))
    (found,) = evaluate(suite_name, frame.iloc[:0], [check])
    return Outcome(check, found.success, len(frame), raised=found.raised)


def _outcome(check: Check, result: Any, raised: str | None, n_rows: int) -> Outcome:
    if raised is not None:
        return Outcome(check, False, n_rows, raised=raised)
    rows = () if result.success else tuple(int(row) for row in result.result.get("unexpected_index_list") or ())
    return Outcome(check, bool(result.success), n_rows, rows)


def with_rules(frame: pd.DataFrame, checks: Sequence[Check]) -> pd.DataFrame:
    """Return the columns that the checks are about, with one column of bools per rule among them.

    Rows that lack a value which must not be null are left to the not-null checks: the rules see the others only, and of the
    columns those that one of them reads. Raises SuiteFailedError when a rule breaks.
    """
    columns = dict.fromkeys(name for check in checks if check.rule is None for name in _columns(check))
    required = [str(check.column) for check in checks if check.type == _NOT_NULL]
    whole = frame[required].notna().all(axis=1)
    rules = [check.rule for check in checks if check.rule is not None]
    read = dict.fromkeys(name for rule in rules for name in rule.reads if name in frame.columns)
    seen = plain(frame.loc[whole, list(read)].reset_index(drop=True))
    ruled: dict[str, pd.Series[Any]] = {}
    for rule in rules:
        holds = pd.Series(True, index=frame.index, dtype="boolean")
        holds[whole] = pd.array(_held(rule, seen), dtype="boolean")
        ruled[rule.name] = holds
    return pd.concat([frame[list(columns)], pd.DataFrame(ruled, index=frame.index)], axis=1)


def _held(rule: Rule, frame: pd.DataFrame) -> list[bool]:
    """Return where a rule holds. Raises SuiteFailedError when it breaks: what nobody could check must not land."""
    try:
        return rule.holds(frame)
    except Exception as error:
        # the message of the error stays out: it may hold article text
        raise SuiteFailedError(
            f"the rule {rule.name} could not be evaluated ({type(error).__name__}); nothing of the frame lands until it is mended"
        ) from error


def _columns(check: Check) -> list[str]:
    """Return the columns that an expectation names."""
    return [*([check.column] if check.column else []), *check.kwargs.get("column_list", ())]
