"""What a suite is made of: checks, and the rules behind those that Great Expectations has no expectation for.

Belongs here: the shapes and the severities. Keep out: the rules themselves (`rules/`), their evaluation (`engine.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

Severity = Literal["quarantine", "flag", "suite"]
# What a failure does. quarantine: the reader probably misread, the row is kept out. flag: odd, but said: the row lands with
# the check's name in `flags`. suite: the frame is not what it should be at all, nothing of it lands.
SEVERITIES: tuple[Severity, ...] = ("quarantine", "flag", "suite")
Stage = Literal["chunk", "table"]
BOTH: frozenset[Stage] = frozenset({"chunk", "table"})
CHUNK_ONLY: frozenset[Stage] = frozenset({"chunk"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A hand-written rule over the columns of one frame.

    name: snake_case, also the flag for severity `flag`. why: the reason, a sentence for people. reads: columns it needs.
    holds: frame -> one bool per row, True where the rule holds; a missing value must not fail a rule that is not about it.
    shows: columns whose values are printed with the reason; never article text, which may name people.
    stages: `chunk` before landing, `table` on the whole table after a rebuild.
    """

    name: str
    severity: Severity
    why: str
    reads: tuple[str, ...]
    holds: Callable[[pd.DataFrame], list[bool]]
    shows: tuple[str, ...] = ()
    stages: frozenset[Stage] = BOTH


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation of a suite. type and kwargs: the Great Expectations expectation (`expect_column_values_to_be_in_set`).

    For a rule, the expectation says that the rule's precomputed column is True. `name` is unique within the suite.
    """

    name: str
    severity: Severity
    why: str
    type: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    rule: Rule | None = None

    @property
    def column(self) -> str | None:
        """The column it is about, None for the whole table."""
        column = self.kwargs.get("column")
        return None if column is None else str(column)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one check on one frame. rows: positions of the rows that failed; raised: the error when it could not be evaluated."""

    check: Check
    success: bool
    n_rows: int
    rows: tuple[int, ...] = ()
    raised: str | None = None
