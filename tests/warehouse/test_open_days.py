"""Days of the year and weekdays: what a date has of them, and how far two are apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.open_days import days_between, is_open, weekdays, year_days


def _row(**given: Any) -> dict[str, Any]:
    return dict.fromkeys(("event_date_start", "event_date_end", "month_day_start", "month_day_end", "weekday")) | given


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 1, 1)))
def test_a_date_has_the_day_of_the_year_of_its_month_and_day(day: date) -> None:
    dated, undated = _row(event_date_start=day), _row(month_day_start=f"{day:%m-%d}")
    assert year_days(dated) == year_days(undated) != []
    assert (is_open(dated), is_open(undated)) == (False, True)
    assert weekdays(dated) == [day.isoweekday()]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2098, 1, 1)), st.integers(min_value=0, max_value=40))
def test_what_is_near_in_the_calendar_is_near_in_the_year(day: date, later: int) -> None:
    other = day + timedelta(days=later)
    apart = days_between(year_days(_row(event_date_start=day)), year_days(_row(event_date_start=other)))
    assert apart is not None and later <= apart <= later + 1, "29 February is counted in every year"


@pytest.mark.parametrize(
    ("row", "days", "named"),
    [
        (_row(month_day_start="12-30", month_day_end="01-01"), [365, 366, 1], []),
        (_row(month_day_start="02-28", month_day_end="02-29"), [59, 60], []),
        (_row(month_day_start="03-01", month_day_end="06-01"), [], []),
        (_row(event_date_start=date(2018, 7, 25), event_date_end=date(2018, 7, 26)), [207, 208], [3, 4]),
        (_row(event_date_start=date(2018, 7, 25), event_date_end=date(2018, 7, 28)), [207, 208, 209, 210], []),
        (_row(event_date_start=date(2018, 1, 1), event_date_end=date(2018, 12, 31)), [], []),
        (_row(weekday=7), [], [7]),
        (_row(), [], []),
    ],
)
def test_of_a_long_span_no_day_can_be_told(row: dict[str, Any], days: list[int], named: list[int]) -> None:
    assert (year_days(row), weekdays(row)) == (days, named)
