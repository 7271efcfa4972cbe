"""The suites: one per table of the contract, named as the table.

Structural checks are derived from the contract (columns present, not null, allowed values, ranges, key unique); the
hand-written rules of `rules/` follow. Nothing here imports Great Expectations: a suite is data, `engine.py` evaluates it.

Belongs here: putting suites together. Keep out: rules, evaluation, and what a failure leads to (`validate.py`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from expectations import measures, rules
from expectations.check import Check, Rule, Severity, Stage
from expectations.frames import ARTICLE_COLUMNS
from transforms import contract
from transforms.contract import Column, Table

# Columns of core.figures that the load sets: a chunk does not have them yet.
SET_AT_LANDING = frozenset({"review", "origin_id", "valid_from", "valid_to", "run_id"})
# Without these a row cannot even be put in quarantine: their absence fails the suite.
IDENTITY = frozenset({"figure_id", "article_version_id", "article_id", "reader_version"})
COLUMNS_PRESENT = "columns_present"
ROWS_PRESENT = "rows_present"
_SET = "expect_column_values_to_be_in_set"


def names() -> tuple[str, ...]:
    """Return the names of all suites: those of the contract's tables."""
    return tuple(contract.tables())


@cache
def suite(full_name: str, stage: Stage) -> tuple[Check, ...]:
    """Return the checks of a table's suite, those about its columns first.

    stage: `chunk` for rows before they land (core.figures without the columns set at landing, with its article's title, text
    and published_on beside them), `table` for the whole table after a rebuild. Raises ContractError for an unknown table.
    """
    table = contract.table(full_name)
    columns = [column for column in table.columns if not (_is_chunk(full_name, stage) and column.name in SET_AT_LANDING)]
    checks = [shape(full_name, stage)]
    for column in columns:
        checks += _column_checks(full_name, column)
    # a chunk of figures has a rule of its own for repeated ids, which keeps the first
    if not _is_chunk(full_name, stage):
        checks.append(_key_check(table))
    checks += [_rule_check(rule) for rule in rules.BY_TABLE[full_name] if stage in rule.stages]
    return tuple(checks)


def measure_checks(full_name: str) -> tuple[Check, ...]:
    """Return the checks of a chunk as a whole, over its measures (`measures.py`): for core.figures only."""
    return measures.CHECKS if full_name == "core.figures" else ()


def shape(full_name: str, stage: Stage) -> Check:
    """Return the check that the frame has the columns it must have."""
    table = contract.table(full_name)
    wanted = [name for name in table.column_names if not (_is_chunk(full_name, stage) and name in SET_AT_LANDING)]
    if _is_chunk(full_name, stage):
        wanted += ARTICLE_COLUMNS
    return Check(
        COLUMNS_PRESENT,
        "suite",
        "A frame without one of the table's columns is not this table.",
        "expect_table_columns_to_match_set",
        {"column_set": wanted, "exact_match": False},
    )


def rows_present() -> Check:
    """Return the check that there are rows at all, for frames that cannot be empty."""
    return Check(
        ROWS_PRESENT,
        "suite",
        "Rows were expected and there are none: what came before lost them.",
        "expect_table_row_count_to_be_between",
        {"min_value": 1},
    )


def every_check(full_name: str) -> dict[str, Check]:
    """Return all checks of a table's suite by name, whatever the stage: for the pages that show their results."""
    found = {ROWS_PRESENT: rows_present()}
    for stage in ("table", "chunk"):
        found |= {check.name: check for check in suite(full_name, stage)}
    return found | {check.name: check for check in measure_checks(full_name)}


def _is_chunk(full_name: str, stage: Stage) -> bool:
    return stage == "chunk" and full_name == "core.figures"


def _severity(full_name: str, column: Column) -> Severity:
    """Only figures can be kept out one by one, and only when they have an identity."""
    return "quarantine" if full_name == "core.figures" and column.name not in IDENTITY | SET_AT_LANDING else "suite"


def _column_checks(full_name: str, column: Column) -> list[Check]:
    severity = _severity(full_name, column)
    found = []
    if not column.null:
        why = f"Every row has it: {column.means}."
        found.append(Check(f"{column.name}_not_null", severity, why, "expect_column_values_to_not_be_null", {"column": column.name}))
    if column.allowed:
        why = f"It is one of the values that the contract allows: {', '.join(column.allowed)}."
        found.append(Check(f"{column.name}_in_set", severity, why, _SET, {"column": column.name, "value_set": list(column.allowed)}))
    if column.min is not None or column.max is not None:
        low = "" if column.min is None else f" from {column.min}"
        high = "" if column.max is None else f" to {column.max}"
        kwargs: dict[str, Any] = {"column": column.name, "min_value": column.min, "max_value": column.max}
        why = f"It lies within the contract's range{low}{high}{' ' + column.unit if column.unit else ''}."
        found.append(Check(f"{column.name}_in_range", severity, why, "expect_column_values_to_be_between", kwargs))
    return found


def _key_check(table: Table) -> Check:
    why = f"One row is {table.row}: {', '.join(table.key)} names it."
    if len(table.key) == 1:
        return Check("key_unique", "suite", why, "expect_column_values_to_be_unique", {"column": table.key[0]})
    return Check("key_unique", "suite", why, "expect_compound_columns_to_be_unique", {"column_list": list(table.key)})


def _rule_check(rule: Rule) -> Check:
    return Check(rule.name, rule.severity, rule.why, _SET, {"column": rule.name, "value_set": [True]}, rule)
