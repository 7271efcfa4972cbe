"""Turn an expression into days, seen from the day an article is from.

Rules (claims guidelines): a weekday is that weekday on or before the publication; a date without a year is the nearest one
on or before it; a month is a whole month; nothing lies after the publication, so open spans end with it.

Belongs here: the meaning of each kind of expression. Keep out: finding expressions and what they are dates of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from transforms.dates import calendar
from transforms.dates.calendar import Days, clip, span
from transforms.dates.expression import Expression
from transforms.dates.vocabulary import FeastRule, vocabulary

# A date without its year that would lie this few days ahead of the publication is no date of last year but a plan, or
# the publication day is off: no day is better than one a year wrong.
_AHEAD_DAYS = 21


def resolve(expression: Expression, anchor: date | None, previous: Days | None = None) -> Days | None:
    """Return the days that the expression means.

    anchor: the day the article speaks from. None when unknown: then only full dates resolve, and a day without its year, or a
    weekday, to days that are no dates (`calendar.NO_YEAR`, `NO_WEEK`).
    previous: the days named before, for `the same day`. None when it names no day, or one after the anchor.
    """
    if expression.kind in ("vague", "future"):
        return None
    if expression.kind == "range":
        return clip(_range(expression, anchor, previous), anchor)
    if expression.kind == "context":
        if previous is None:
            return None
        moved = calendar.shift(previous.last if expression.first > 0 else previous.first, expression.first)
        return clip(previous if expression.first == 0 else span(moved, moved), anchor)
    if anchor is None:
        return _full(expression)
    return clip(_RULES[expression.kind](expression, anchor), anchor)


def _single(found: date | None) -> Days | None:
    return span(found, found)


def _full(expression: Expression) -> Days | None:
    """What an expression means without an anchor: what carries its year, the day and month of a day that does not, or a weekday."""
    if expression.kind == "weekday":
        return _single(calendar.some_weekday(expression.weekday))
    if expression.year is None and expression.kind == "day":
        return _single(calendar.day(calendar.NO_YEAR, expression.month, expression.number))
    if expression.year is None:
        return None
    if expression.kind == "day":
        return _single(calendar.day(expression.year, expression.month, expression.number))
    if expression.kind == "month":
        return calendar.whole_month(expression.year, expression.month)
    if expression.kind == "year":
        return calendar.whole_year(expression.year)
    return _feast_in(expression.name, expression.year) if expression.kind == "feast" else None


def _range(expression: Expression, anchor: date | None, previous: Days | None) -> Days | None:
    """From the first day of the left to the last day of the right, which lends the left its year."""
    left, right = expression.left, expression.right
    if left is None or right is None:
        return None
    end = resolve(right, anchor, previous)
    start = resolve(left, end.last if end else anchor, previous)
    return span(start.first, end.last) if start and end else None


def _day(expression: Expression, anchor: date) -> Days | None:
    if expression.year is not None:
        return _full(expression)
    found = calendar.day(anchor.year, expression.month, expression.number)
    if found is not None and found <= anchor:
        return _single(found)
    if found is not None and (found - anchor).days <= _AHEAD_DAYS:
        return None
    # 29 February: up to eight years back (1900 was no leap year)
    years = range(anchor.year - 1, anchor.year - 9, -1)
    return next((_single(d) for d in (calendar.day(y, expression.month, expression.number) for y in years) if d), None)


def _month(expression: Expression, anchor: date) -> Days | None:
    if expression.year is not None:
        return _full(expression)
    year = anchor.year if (expression.month, expression.back) <= (anchor.month, 0) else anchor.year - 1
    if expression.back and expression.month < anchor.month:
        year = anchor.year
    return calendar.whole_month(year, expression.month)


def _year(expression: Expression, anchor: date) -> Days | None:
    return _full(expression)


def _weekday(expression: Expression, anchor: date) -> Days | None:
    found = calendar.weekday_before(anchor, expression.weekday)
    if found is None or not expression.back:
        return _single(found)
    if expression.back == 1 and found < anchor:
        # `last Friday` said on a Sunday is the Friday just past; said on a Friday it is a week old
        return _single(found)
    return _single(calendar.shift(found, -7)) if expression.back == 1 else _weekday_of_week(expression, anchor)


def _weekday_of_week(expression: Expression, anchor: date) -> Days | None:
    """`on Monday last week`: the Monday of the calendar week before."""
    monday = calendar.weekday_before(anchor, 0, weeks=1)
    return _single(calendar.shift(monday, expression.weekday)) if monday else None


def _offset(expression: Expression, anchor: date) -> Days | None:
    return span(calendar.shift(anchor, expression.first), calendar.shift(anchor, expression.last))


def _unit(expression: Expression, anchor: date) -> Days | None:
    """`last week`, `this month`: calendar units, Monday to Sunday."""
    if expression.unit == "year":
        return calendar.whole_year(anchor.year - expression.back)
    if expression.unit == "month":
        return calendar.whole_month(*calendar.months_back(anchor, expression.back))
    monday = calendar.weekday_before(anchor, 0, weeks=expression.back)
    if monday is None:
        return None
    if expression.unit == "weekend":
        saturday = calendar.weekday_before(anchor, 5)
        return span(saturday, calendar.shift(saturday, 1)) if saturday else None
    return span(monday, calendar.shift(monday, 6))


def _window(expression: Expression, anchor: date) -> Days | None:
    """`in the past 48 hours`, `over the past week`: that long, up to the publication."""
    if expression.unit == "hour":
        return span(calendar.shift(anchor, -max(1, -(-expression.count // 24))), anchor)
    if expression.unit in ("month", "year"):
        year, month = calendar.months_back(anchor, expression.count * (12 if expression.unit == "year" else 1))
        last = calendar.whole_month(year, month) if year >= calendar.FIRST_YEAR else None
        return span(calendar.day(year, month, min(anchor.day, last.last.day)), anchor) if last else None
    days = vocabulary().units.get(expression.unit, 1)
    return span(calendar.shift(anchor, -days * expression.count), anchor)


def _ago(expression: Expression, anchor: date) -> Days | None:
    """`two days ago` is a day; `two weeks ago` is no better known than its week, months and years likewise."""
    if expression.unit == "hour":
        back = calendar.shift(anchor, -(expression.count // 24) - (1 if expression.count % 24 > 12 else 0))
        return _single(back)
    if expression.unit in ("month", "year"):
        if expression.count > 200:
            return None
        return _unit(Expression("unit", unit=expression.unit, back=expression.count), anchor)
    days = vocabulary().units.get(expression.unit, 1)
    return _single(calendar.shift(anchor, -days * expression.count))


def _feast_in(name: str, year: int) -> Days | None:
    words = vocabulary()
    if name in words.islamic:
        return words.islamic[name].get(year)
    return _single(_feast_day(words.feasts[name], year))


def _feast_day(rule: FeastRule, year: int) -> date | None:
    if rule.rule == "fixed":
        return calendar.day(year, rule.month, rule.day)
    if rule.rule == "nth_weekday":
        return calendar.nth_weekday(year, rule.month, rule.day, rule.nth)
    if rule.rule == "easter":
        sunday = calendar.easter(year)
        return calendar.shift(sunday, rule.month) if sunday else None
    month = calendar.whole_month(year, rule.month)
    return calendar.weekday_before(month.last, rule.day) if month else None


def _feast(expression: Expression, anchor: date) -> Days | None:
    if expression.year is not None:
        return _full(expression)
    for year in (anchor.year, anchor.year - 1):
        found = _feast_in(expression.name, year)
        if found and found.first <= anchor:
            return found
    return None


_RULES: dict[str, Callable[[Expression, date], Days | None]] = {
    "day": _day,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "offset": _offset,
    "same_day": _offset,
    "unit": _unit,
    "window": _window,
    "ago": _ago,
    "feast": _feast,
}
