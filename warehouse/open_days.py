"""Open days: what is known of a day whose year nobody says (`on 14 March`), or only the weekday, and how two such stand to each other.

They are no dates. A report with a date has a day of the year and a weekday as well, so that it can be held against one without.

Belongs here: that arithmetic. Keep out: reading the words (`transforms/dates`), and what it weighs (`linking_model.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

YEAR = 366  # every day of a leap year has a number, from 1; 28 February and 1 March are two apart
_LEAP_YEAR = 4
_MOST_DAYS, _MOST_WEEKDAYS = 7, 2  # of a longer span no day of the year, or weekday, can be told


def is_open(row: Mapping[str, Any]) -> bool:
    """Whether a figure or report has no date, but month and day or a weekday."""
    return row["event_date_start"] is None and (row["month_day_start"] is not None or row["weekday"] is not None)


def year_days(row: Mapping[str, Any]) -> list[int]:
    """Return the numbers of its days in the year; none where nothing says them, or where they are many.

    row: event_date_start, event_date_end (dates), month_day_start, month_day_end (MM-DD), weekday (Monday = 1); each may be None.
    """
    if row["event_date_start"] is not None:
        return [_number(day.month, day.day) for day in _dates(row, _MOST_DAYS)]
    if row["month_day_start"] is None:
        return []
    ends = row["month_day_start"], row["month_day_end"] or row["month_day_start"]
    first, last = (_number(int(text[:2]), int(text[3:])) for text in ends)
    length = (last - first) % YEAR
    return [(first - 1 + more) % YEAR + 1 for more in range(length + 1)] if length < _MOST_DAYS else []


def weekdays(row: Mapping[str, Any]) -> list[int]:
    """Return the weekdays it may be of (Monday = 1); none where nothing says them."""
    if row["event_date_start"] is not None:
        return [day.isoweekday() for day in _dates(row, _MOST_WEEKDAYS)]
    return [] if row["weekday"] is None else [row["weekday"]]


def days_between(some: list[int], others: list[int]) -> int | None:
    """Return how far the nearest of two lists of days of the year are apart, over the turn of the year; None when one is empty."""
    return min((min((one - other) % YEAR, (other - one) % YEAR) for one in some for other in others), default=None)


def may_be_one(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two figures of one article, of which one at least has no date, can be of one day.

    Who gives the weekday of one event and month and day, or a month or year, of the other speaks of two.
    """
    apart = days_between(year_days(one), year_days(other))
    if apart is not None:
        return apart == 0
    named = weekdays(one), weekdays(other)
    if all(named):
        return not set(named[0]).isdisjoint(named[1])
    if one["event_date_start"] is None and other["event_date_start"] is None:
        return not (is_open(one) and is_open(other))
    return one["weekday"] is None and other["weekday"] is None


def _dates(row: Mapping[str, Any], most: int) -> list[date]:
    start, end = row["event_date_start"], row["event_date_end"] or row["event_date_start"]
    length = (end - start).days
    return [start + timedelta(days=more) for more in range(length + 1 if length < most else 0)]


def _number(month: int, day: int) -> int:
    return date(_LEAP_YEAR, month, day).timetuple().tm_yday
