"""Days and spans of days: the arithmetic under every date rule.

Nothing here raises for a day that does not exist or lies outside the calendar: the answer is None.

Belongs here: pure calendar arithmetic. Keep out: words (`vocabulary.py`) and what a date is a date of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# Years that a news text can mean; others are numbers of something else.
FIRST_YEAR, LAST_YEAR = 1900, 2099
# Where days stand of which nobody says the year, or (of a weekday) not even the week: years that no text means, so that they
# are told apart from known days. NO_YEAR is a leap year; from the days of NO_WEEK only the weekday may be told.
NO_YEAR, NO_WEEK = 4, 8


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both inclusive; a single day has both equal. `first` is never after `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a span of days runs forward: {self.first} is after {self.last}")

    @property
    def is_single(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def is_open(self) -> bool:
        """Whether it was reckoned from a day without its year or week: then it is no date."""
        return self.first.year < FIRST_YEAR

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1


def span(first: date | None, last: date | None) -> Days | None:
    """Return the span, or None when an end is missing or they are in the wrong order."""
    return Days(first, last) if first is not None and last is not None and first <= last else None


def day(year: int, month: int, number: int) -> date | None:
    """Return the day, or None when there is no such day (30 February)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shift(start: date, days: int) -> date | None:
    """Return the day that many days later, or None outside the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def whole_month(year: int, month: int) -> Days | None:
    """Return the month as a span."""
    first, following = day(year, month, 1), day(year + month // 12, month % 12 + 1, 1)
    return span(first, shift(following, -1)) if following else None


def whole_year(year: int) -> Days | None:
    """Return the year as a span."""
    return span(day(year, 1, 1), day(year, 12, 31))


def months_back(start: date, count: int) -> tuple[int, int]:
    """Return (year, month) of the month that many months before `start`."""
    index = start.year * 12 + start.month - 1 - count
    return index // 12, index % 12 + 1


def weekday_before(anchor: date, weekday: int, weeks: int = 0) -> date | None:
    """Return the weekday (Monday = 0) on or before `anchor`, and `weeks` weeks earlier."""
    return shift(anchor, -((anchor.weekday() - weekday) % 7) - 7 * weeks)


def some_weekday(weekday: int) -> date:
    """Return a day in NO_WEEK for a weekday (Monday = 0)."""
    middle = date(NO_WEEK, 7, 1)
    return middle + timedelta(days=weekday - middle.weekday())


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the nth (1-based) weekday of a month."""
    first = day(year, month, 1)
    return shift(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1)) if first else None


def easter(year: int) -> date | None:
    """Return Easter Sunday of the western churches (the anonymous Gregorian rule, Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, number = divmod(h + k - 7 * m + 114, 31)
    return day(year, month, number + 1)


def clip(days: Days | None, bound: date | None) -> Days | None:
    """Cut the span at `bound`; None when it begins after it. Without a bound the span stays as it is."""
    if days is None or bound is None or days.last <= bound:
        return days
    return span(days.first, bound)
