"""Makers of rules that several tables need: one column not above another, both or neither, a country code.

Belongs here: rules that differ between tables only in their columns. Keep out: rules of one table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from expectations.check import Rule, Severity
from expectations.frames import column_values, values

_ALPHA2 = re.compile(r"[A-Z]{2}")


def row_rule(name: str, why: str, reads: tuple[str, ...], test: Callable[..., bool], severity: Severity = "suite") -> Rule:
    """Return a rule that looks at one row at a time: `test` gets the values of `reads` in order, None where missing."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        return [bool(test(*row)) for row in values(frame, *reads)]

    return Rule(name, severity, why, reads, holds)


def value_rule(name: str, why: str, column: str, test: Callable[[Any], bool], severity: Severity = "suite") -> Rule:
    """Return a rule that looks at the values of one column, each different one once: `test` gets None where one is missing."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        found = column_values(frame[column])
        held = {value: bool(test(value)) for value in set(found)}
        return [held[value] for value in found]

    return Rule(name, severity, why, (column,), holds)


def not_above(low: str, high: str, why: str, severity: Severity = "suite") -> Rule:
    """Return the rule `low <= high`; a row without one of them holds."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        first, second = _objects(frame, low, high)
        both = ~(pd.isna(first) | pd.isna(second))
        held = np.ones(len(frame), dtype=bool)
        held[both] = first[both] <= second[both]
        return held.tolist()

    return Rule(f"{low}_not_above_{high}", severity, why, (low, high), holds)


def both_or_neither(first: str, second: str, why: str) -> Rule:
    """Return the rule that two columns are filled together."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        one, other = _objects(frame, first, second)
        held: list[bool] = (pd.isna(one) == pd.isna(other)).tolist()
        return held

    return Rule(f"{first}_goes_with_{second}", "suite", why, (first, second), holds)


def is_not(column: str, other: str, why: str) -> Rule:
    """Return the rule that two columns do not hold the same value."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        one, two = _objects(frame, column, other)
        held: list[bool] = (pd.isna(one) | (one != two)).astype(bool).tolist()
        return held

    return Rule(f"{column}_is_another", "suite", why, (column, other), holds)


def not_blank(column: str, why: str) -> Rule:
    """Return the rule that a text, where there is one, has a printable character."""
    return value_rule(f"{column}_not_blank", why, column, lambda text: text is None or bool(text.strip()))


def _objects(frame: pd.DataFrame, *names: str) -> Iterator[NDArray[Any]]:
    """Yield the columns as arrays of plain Python values: compared as wholes, ids of 63 bits stay what they are."""
    yield from (np.array(column_values(frame[name]), dtype=object) for name in names)


COUNTRY = value_rule(
    "country_is_alpha2",
    "A country is an ISO 3166-1 alpha-2 code in capitals.",
    "country",
    lambda code: code is None or _ALPHA2.fullmatch(code) is not None,
)
