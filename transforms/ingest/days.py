"""Publication days and times as files state them: ISO everywhere, common English forms on pages.

A day or a time is read as written or not at all: no file time, no `today`, no guess between day and month in
`07/08/2018`.

Belongs here: reading a stated publication day or time. Keep out: days of events inside the text (`transforms/dates`).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from transforms.lexicon import load

FIRST_YEAR = 1800  # an earlier "publication day" is a typing error (0018-07-25), not a news article
_MONTH_CLASSES = frozenset({"month", "month_word", "month_short"})
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_DAY_FIRST = r"(?P<day1>\d{1,2})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<month1>[A-Za-z]{3,9})\.?,?[ ](?P<year1>\d{4})"
_MONTH_FIRST = r"(?P<month2>[A-Za-z]{3,9})\.?[ ](?P<day2>\d{1,2})(?:st|nd|rd|th)?,?[ ](?P<year2>\d{4})"
DAY = re.compile(rf"\b(?:{_ISO}|{_DAY_FIRST}|{_MONTH_FIRST})\b")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {entry.term.lower(): int(entry.extra["number"]) for entry in load("months", _MONTH_CLASSES)}


def _checked(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise ValueError(f"the year {day.year} lies before {FIRST_YEAR}")
    return day


def find_day(text: str) -> tuple[date, int, int] | None:
    """Return the first day written in `text` (`2018-07-25`, `25 July 2018`, `July 25, 2018`) with its span.

    None when nothing in it has the shape of a day. Raises ValueError for the shape of a day that no calendar has.
    """
    for match in DAY.finditer(text):
        if match["iso"]:
            return _checked(date.fromisoformat(match["iso"])), match.start(), match.end()
        which = "1" if match["day1"] else "2"
        month = _months().get(match["month" + which].lower())
        if month is not None:
            day = date(int(match["year" + which]), month, int(match["day" + which]))
            return _checked(day), match.start(), match.end()
    return None


def read_time(text: str) -> datetime:
    """Return an ISO 8601 date and time; with its offset when it has one. Raises ValueError when it is none."""
    found = datetime.fromisoformat(_said_once(text.strip()))
    _checked(found.date())
    return found


def _said_once(text: str) -> str:
    """A time that a page's two date fields give alike, printed one after the other, is that time."""
    half, rest = text[: len(text) // 2], text[len(text) // 2 :]
    return half if half and rest.strip() == half else text


def read_day(value: object) -> date:
    """Return a stated publication day: a date, a datetime (its day as written), or text in ISO form.

    Raises ValueError that says what is wrong.
    """
    if isinstance(value, datetime):
        return _checked(value.date())
    if isinstance(value, date):
        return _checked(value)
    if not isinstance(value, str):
        raise ValueError(f"a {type(value).__name__} is no day")
    text = _said_once(value.strip())
    try:
        return _checked(date.fromisoformat(text))
    except ValueError:
        return read_time(text).date()


def in_utc(moment: datetime) -> datetime:
    """Return the moment in UTC without zone, as the warehouse keeps it; one without an offset is taken as UTC."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
