"""Makers of rules that several tables need: one column not above another, both or neither, a country code.

Belongs here: rules that differ between tables only in their columns. Keep out: rules of one table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from expectations.check import Rule, Severity
from expectations.frames import values

_ALPHA2 = re.compile(r"[A-Z]{2}")


def row_rule(name: str, why: str, reads: tuple[str, ...], test: Callable[..., bool], severity: Severity = "suite") -> Rule:
    """Return a rule that looks at one row at a time: `test` gets the values of `reads` in order, None where missing."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        return [bool(test(*row)) for row in values(frame, *reads)]

    return Rule(name, severity, why, reads, holds)


def not_above(low: str, high: str, why: str, severity: Severity = "suite") -> Rule:
    """Return the rule `low <= high`; a row without one of them holds."""

    def test(first: Any, second: Any) -> bool:
        return first is None or second is None or bool(first <= second)

    return row_rule(f"{low}_not_above_{high}", why, (low, high), test, severity)


def both_or_neither(first: str, second: str, why: str) -> Rule:
    """Return the rule that two columns are filled together."""
    return row_rule(f"{first}_goes_with_{second}", why, (first, second), lambda one, other: (one is None) == (other is None))


def is_not(column: str, other: str, why: str) -> Rule:
    """Return the rule that two columns do not hold the same value."""
    return row_rule(f"{column}_is_another", why, (column, other), lambda one, two: one is None or one != two)


def not_blank(column: str, why: str) -> Rule:
    """Return the rule that a text, where there is one, has a printable character."""
    return row_rule(f"{column}_not_blank", why, (column,), lambda text: text is None or bool(text.strip()))


COUNTRY = row_rule(
    "country_is_alpha2",
    "A country is an ISO 3166-1 alpha-2 code in capitals.",
    ("country",),
    lambda code: code is None or _ALPHA2.fullmatch(code) is not None,
)
