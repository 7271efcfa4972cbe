"""Single date expressions: what starts at one word of a sentence.

Each function looks at the words from `at` on and answers with the expression and the position after it, or None. All look
ahead a fixed number of words only, so that work stays linear.

Belongs here: one expression. Keep out: ranges of two (`grammar.py`) and days (`resolve.py`).
"""

from __future__ import annotations

import re

from transforms.dates.calendar import FIRST_YEAR, LAST_YEAR
from transforms.dates.expression import Expression
from transforms.dates.tokens import Tokens
from transforms.dates.vocabulary import vocabulary

Found = tuple[Expression, int] | None

_NUMERIC = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{2,4})$")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")
# a text stripped of its commas glues the day of `Oct 08, 2017` to the year
_GLUED = re.compile(r"(\d{1,2})((?:19|20)\d\d)$")
_CENTURY_PIVOT = 70  # `89` is 1989, `05` is 2005


def year_at(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Read a four-digit year at `at`, a comma (also the Arabic one) before it allowed; (None, at) when there is none."""
    index = at + 1 if tokens.low(at) in (",", "\u060c", "of") else at
    word = tokens.low(index)
    if len(word) == 4 and word.isdecimal() and FIRST_YEAR <= int(word) <= LAST_YEAR:
        return int(word), index + 1
    return None, at


def _short_year(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Read a two-digit year (`12 NOV 89`): only where the date ends there, not where people are counted."""
    index = at + 1 if tokens.low(at) in ("-", "'", "\u2019") else at
    word, after = tokens.low(index), tokens.low(index + 1)
    if len(word) == 2 and word.isdecimal() and (not after or not after[0].isalnum()):
        return int(word) + (1900 if int(word) >= _CENTURY_PIVOT else 2000), index + 1
    return None, at


def day_number(word: str) -> int:
    """Return the day that `9`, `09` or `9th` names, 0 when it names none."""
    match = _ORDINAL.match(word)
    number = int(match.group(1)) if match else 0
    return number if number <= 31 else 0


def short_numeric(tokens: Tokens, at: int) -> Found:
    """`on 23/10`, `Sunday (15/02)`: only where one of the two can be no month, and only where a date is asked for."""
    if tokens.low(at + 1) != "/" or tokens.low(at - 1) not in ("on", "("):
        return None
    first, second = day_number(tokens.low(at)), day_number(tokens.low(at + 2))
    number, month = (first, second) if first > 12 else (second, first)
    if not (number > 12 and 1 <= month <= 12) or tokens.low(at + 3) == "/":
        return None
    return Expression("day", month=month, number=number), at + 3


def is_day(tokens: Tokens, at: int) -> bool:
    """Return whether a number that can be a day of a month stands at `at`."""
    return day_number(tokens.low(at)) > 0


def _month(tokens: Tokens, at: int) -> tuple[int, int]:
    """Return (month, position after it and its full stop), (0, at) when no month stands there."""
    number = vocabulary().months.get(tokens.low(at), 0)
    if not number:
        return 0, at
    return number, at + 2 if tokens.low(at + 1) == "." and len(tokens.low(at)) <= 4 else at + 1


def numeric(tokens: Tokens, at: int) -> Found:
    """`2016-03-09`, `17.05.2017`, `24-08-2014`; `9/3/2016` only where the two orders can't be confused.

    Dots and hyphens put the day first everywhere but in a few American texts; the slash is used in both orders.
    """
    match = _NUMERIC.match(tokens.words[at])
    if match is None:
        return None
    a, b, c = int(match.group(1)), int(match.group(3)), int(match.group(4))
    if len(match.group(1)) == 4:
        year, month, number = a, b, c
    elif len(match.group(4)) == 4 and len(match.group(1)) <= 2:
        year, month, number = c, b, a
        if month > 12 >= number or (match.group(2) == "/" and number == month):
            month, number = number, month
        elif match.group(2) == "/" and number <= 12:
            return None
    else:
        return None
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= number <= 31):
        return None
    return Expression("day", year=year, month=month, number=number), at + 1


def day_month(tokens: Tokens, at: int) -> Found:
    """`12 NOV 89`, `9th of March 2016`, `25 July`, `12-NOV-89`."""
    number = day_number(tokens.low(at))
    if not number:
        return None
    index = at + 1
    if tokens.low(index) in ("of", "-"):
        index += 1
    month, after = _month(tokens, index)
    if not month or tokens.words[index][0].islower():
        return None
    year, end = year_at(tokens, after)
    if year is None:
        year, end = _short_year(tokens, after)
    return Expression("day", year=year, month=month, number=number), end


def month_day(tokens: Tokens, at: int) -> Found:
    """`July 25`, `March 9th, 2016`, `Oct. 3`, `Oct 082017` (commas lost)."""
    month, index = _month(tokens, at)
    if not month or tokens.words[at][0].islower():
        return None
    glued = _GLUED.match(tokens.low(index))
    if glued and 1 <= int(glued.group(1)) <= 31:
        return Expression("day", year=int(glued.group(2)), month=month, number=int(glued.group(1))), index + 1
    if tokens.low(index) == "the":
        index += 1
    number = day_number(tokens.low(index))
    if not number:
        return None
    year, end = year_at(tokens, index + 1)
    return Expression("day", year=year, month=month, number=number), end


def month_alone(tokens: Tokens, at: int) -> Found:
    """`in May`, `May 2016`, `last December`; a short form or a month that is also a word needs company."""
    month, index = _month(tokens, at)
    if not month or tokens.words[at][0].islower():
        return None
    words, low, before = vocabulary(), tokens.low(at), tokens.low(at - 1)
    year, end = year_at(tokens, index)
    if before == "-":
        before = tokens.low(at - 2)
    if year is None and (low not in words.sure_months) and not (before in words.classes["preposition"] and low in ("may", "march")):
        return None
    return Expression("month", year=year, month=month, back=int(before == "last")), end


def weekday(tokens: Tokens, at: int) -> Found:
    """`Friday`, `Friday night`, `last Friday`, `Friday, 24 July`, `Monday last week`; a short form only before a date."""
    words, low = vocabulary(), tokens.low(at)
    low = low[:-2] if low.endswith("'s") else low
    number = words.weekdays.get(low)
    if number is None or tokens.words[at][0].islower():
        return None
    index = at + 1
    while tokens.low(index) in (",", ".", "the", "(") and index < at + 3:
        index += 1
    dated = numeric(tokens, index) if index < len(tokens) else None
    dated = dated or day_month(tokens, index) or month_day(tokens, index)
    if dated is not None:
        return dated
    if low not in words.sure_weekdays and not (low in words.genitive_weekdays and tokens.low(at - 1) not in ("on", "every")):
        return None
    return _plain_weekday(tokens, at, number)


def _plain_weekday(tokens: Tokens, at: int, number: int) -> Found:
    end, before = at + 1, tokens.low(at - 1)
    if tokens.low(end) in vocabulary().classes["part_of_day"]:
        end += 1
    if before == "next":
        return Expression("future"), end
    of = end + 1 if tokens.low(end) == "of" else end
    if tokens.low(of) == "last" and tokens.low(of + 1) == "week":
        return Expression("weekday", weekday=number, back=2), of + 2
    return Expression("weekday", weekday=number, back=int(before == "last")), end


def phrase(tokens: Tokens, at: int) -> Found:
    """A fixed phrase of lexicon/date_phrases.csv or a feast day, the longest that fits; a feast may carry its year."""
    seconds = vocabulary().phrases.get(tokens.low(at))
    if seconds is None:
        return None
    for candidate in (*seconds.get(tokens.low(at + 1), ()), *seconds.get("", ())):
        end = at + len(candidate.words)
        if tuple(tokens.lowers[at:end]) == candidate.words:
            expression = candidate.expression
            if expression.kind != "feast":
                return expression, end
            year, after = year_at(tokens, end)
            return Expression("feast", name=expression.name, year=year), after
    return None


def _unit_name(word: str) -> str:
    """Return the unit in the singular, or an empty string."""
    return "" if word not in vocabulary().units else word.removesuffix("s")


def _count(tokens: Tokens, at: int) -> int:
    """Return the small number at `at`, in digits or words; 0 when there is none."""
    word = tokens.low(at)
    return int(word) if word.isdecimal() and len(word) <= 3 else vocabulary().numbers.get(word, 0)


def counted(tokens: Tokens, at: int) -> Found:
    """`two days ago`, `a week ago`, `three days later`, `in 24 hours`."""
    count = _count(tokens, at)
    index = at + 2 if tokens.low(at + 1) == "-" else at + 1
    unit = _unit_name(tokens.low(index)) if count else ""
    if not unit:
        return None
    words, after = vocabulary().classes, tokens.low(index + 1)
    if after in words["ago"]:
        return Expression("ago", unit=unit, count=count), index + 2
    days = vocabulary().units[unit] * count
    if unit in ("day", "week") and after in words["earlier"] | words["later"]:
        return Expression("context", first=days if after in words["later"] else -days), index + 2
    if unit == "hour" and count >= 24 and tokens.low(at - 1) in words["span_opener"]:
        return Expression("window", unit=unit, count=count), index + 1
    return None


def windowed(tokens: Tokens, at: int) -> Found:
    """`the past 24 hours`, `the last three days`, `last week`, `the past month`, `this weekend`, `the weekend`."""
    words, low = vocabulary(), tokens.low(at)
    is_this, is_window = low in words.classes["this"], low in words.classes["window"]
    if low == "the" and tokens.low(at + 1) == "weekend":
        return Expression("unit", unit="weekend"), at + 2
    if not (is_this or is_window):
        return None
    count = _count(tokens, at + 1) if is_window else 0
    index = at + 2 if count else at + 1
    if tokens.low(index) == "-":
        index += 1
    unit = _unit_name(tokens.low(index).removesuffix("'s"))
    if not unit or unit == "night":
        return None
    if is_this:
        return (Expression("unit", unit=unit), index + 1) if unit in ("week", "month", "year", "weekend") else None
    if unit == "weekend":
        return Expression("unit", unit=unit), index + 1
    if count or low != "last" or tokens.low(at - 1) == "the" or unit in ("day", "hour", "decade", "fortnight"):
        return Expression("window", unit=unit, count=count or 1), index + 1
    return Expression("unit", unit=unit, back=1), index + 1


def year_alone(tokens: Tokens, at: int) -> Found:
    """`in 2014`, `since 2011`: a bare number is a year only after a preposition that asks for one, and not as a count."""
    word, words = tokens.low(at), vocabulary()
    if len(word) != 4 or not word.isdecimal() or not FIRST_YEAR <= int(word) <= LAST_YEAR:
        return None
    if tokens.low(at - 1) not in words.classes["within_year"]:
        return None
    return Expression("year", year=int(word)), at + 1
