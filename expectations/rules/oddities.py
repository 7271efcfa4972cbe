"""Rules for core.figures: odd, but said. The row lands with the rule's name in `flags`.

The limits are data with reasons (`limits.toml`). Belongs here: severity flag, one figure alone. Keep out: what shows that
the reader misread (`figures.py`, `evidence.py`), and any weighing of who said it.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pandas as pd

from expectations.check import Rule
from expectations.frames import values

_LONGEST_INCIDENT = 31  # days; the guidelines' incident is one attack, battle or day
_LARGEST_TOLL = 100_000_000  # persons; more than the dead of the Second World War


@lru_cache(maxsize=1)
def limits() -> dict[str, dict[str, int]]:
    """Return the limit in persons by cause and outcome, from `limits.toml`."""
    table = tomllib.loads((Path(__file__).parent / "limits.toml").read_text(encoding="utf-8"))
    return {cause: {outcome: int(entry["limit"]) for outcome, entry in outcomes.items()} for cause, outcomes in table.items()}


def limit(cause: str | None, outcome: str, scope: str) -> int:
    """Return the number of persons above which a figure is implausible."""
    if scope != "incident":
        return _LARGEST_TOLL
    by_outcome = limits().get(cause or "default", limits()["default"])
    return by_outcome.get(outcome, by_outcome["default"])


def _plausible(frame: pd.DataFrame) -> list[bool]:
    columns = ("cause_kind", "outcome", "scope", "count_stated", "count_min", "count_max")
    return [
        max((count for count in counts if count is not None), default=0) <= limit(cause, outcome, scope)
        for cause, outcome, scope, *counts in values(frame, *columns)
    ]


def _incident_is_short(frame: pd.DataFrame) -> list[bool]:
    columns = ("scope", "event_date_start", "event_date_end")
    return [
        scope != "incident" or start is None or end is None or (end - start).days < _LONGEST_INCIDENT or _are_whole_months(start, end)
        for scope, start, end in values(frame, *columns)
    ]


def _are_whole_months(start: date, end: date) -> bool:
    """Return whether the span is a month or a year: then the day is not known (`in 1989`), and the incident need not be long."""
    return start.day == 1 and (end + timedelta(days=1)).day == 1


RULES = (
    Rule(
        "implausible",
        "flag",
        "The number is above what is plausible for one incident of its kind (100,000 for violence; all limits with their reasons in "
        f"expectations/rules/limits.toml), or above {_LARGEST_TOLL:,} for a running toll. Said, but odd.",
        ("cause_kind", "outcome", "scope", "count_stated", "count_min", "count_max"),
        _plausible,
        shows=("scope", "outcome", "count_stated", "count_min", "count_max"),
    ),
    Rule(
        "long_incident",
        "flag",
        f"One attack, battle or day of violence spans more than {_LONGEST_INCIDENT} days (a whole month or year is an unknown day).",
        ("scope", "event_date_start", "event_date_end"),
        _incident_is_short,
        shows=("event_date_start", "event_date_end"),
    ),
)
