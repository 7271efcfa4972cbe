"""Rules for core.figures: the number is neither a year nor an age of its sentence.

The words beside the number decide; they stand in `transforms/lexicon/year_and_age_cues.csv` and `months.csv`. A number
that is followed by its people (`2000 people`) is a toll, whatever stands before it.

Belongs here: the context of a number. Keep out: whether the number was parsed rightly (`figures.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import pandas as pd

from expectations.check import CHUNK_ONLY, Rule
from expectations.frames import values
from transforms.lexicon import load

_CUES = frozenset({"before_year", "after_year", "people_after", "before_age", "after_age", "toll_after", "joiner"})
_MONTHS = frozenset({"month", "month_word", "month_short"})
_YEAR = re.compile(r"(?:[^\W\d]+\s+)?(\d{4})(?:(?:\s+[^\W\d]+\s+|\s?[-\u2010-\u2014/]\s?)(\d{2}|\d{4}))?")
_FIRST_YEAR, _LAST_YEAR = 1500, 2099
_DAY_AFTER_MONTH = re.compile(r"[\s.]+\d{1,2}(?:[^\W\d_]{2})?,?$")
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*$")
_HYPHENS = re.compile(r"[\s\-\u2010-\u2015]+")
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
_NUMBERS_AT_END = re.compile(r"[\d,\s]+$")
_NAME_AND_COMMA = re.compile(r"\b[^\W\d_a-z][^\W\d_]+,\s$")
_FULL_NAME_AND_BRACKET = re.compile(r"\b[^\W\d_a-z][^\W\d_]+\s[^\W\d_a-z][\w'-]+\s?\($")
_CONTEXT = 60  # characters looked at on either side
_OLDEST = 120  # years


@cache
def _cues(term_class: str) -> frozenset[str]:
    return frozenset(entry.term.lower() for entry in load("year_and_age_cues", _CUES) if entry.term_class == term_class)


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return frozenset(entry.term.lower() for entry in load("months", _MONTHS))


def _word_before(before: str) -> str:
    match = _LAST_WORD.search(before)
    return match.group(1).lower() if match else ""


def _word_after(after: str) -> str:
    match = _FIRST_WORD.match(after)
    return match.group(1).lower() if match else ""


def _people_follow(after: str, victim_text: str | None) -> bool:
    follows = victim_text is not None and after.lstrip().casefold().startswith(victim_text.casefold())
    return follows or _word_after(after) in _cues("people_after")


def _is_year(number: str, before: str, after: str, victim_text: str | None) -> bool:
    """Return whether a bare number of four digits (or a span of two) is a year: by a month, a preposition or an event beside it."""
    match = _YEAR.fullmatch(number)
    if match is None or not _FIRST_YEAR <= int(match.group(1)) <= _LAST_YEAR or _people_follow(after, victim_text):
        return False
    if match.group(2) is not None:
        last = int(match.group(2)) if len(match.group(2)) == 4 else int(match.group(1)[:2] + match.group(2))
        return int(match.group(1)) < last <= _LAST_YEAR
    if number != match.group(1):
        return False  # `about 2000`: a word in the number phrase itself says that people are counted
    month = _word_before(_DAY_AFTER_MONTH.sub("", before.rstrip()))
    return month in _months() or _word_before(before) in _cues("before_year") or _word_after(after) in _cues("after_year")


def _is_age(number: str, before: str, after: str, victim_text: str | None, place_text: str | None) -> bool:
    """Return whether the number is an age: `32-year-old`, `aged 32`, `Khalil, 32,` or `Omar Khalil (32)`."""
    following = _HYPHENS.sub(" ", after).strip().lower() + " "
    is_word = number.isdecimal() or len(number) > 2  # in `a year-old boy` the article counts the boy
    if is_word and any(following.startswith(cue) and not following[len(cue)].isalpha() for cue in _cues("after_age")):
        return True
    if _says_age(before) and not _people_follow(after, victim_text):
        return True
    if not number.isdecimal() or int(number) > _OLDEST:
        return False
    head = before.rstrip(" ,(")
    if place_text is not None and head.casefold().endswith(place_text.casefold()):
        return False  # `Deaths were reported in Homs (12) and Hama (7)`
    if _FULL_NAME_AND_BRACKET.search(before):
        return after.startswith(")")
    return bool(_NAME_AND_COMMA.search(before)) and after[:1] in {",", ";", "."} and _word_after(after) not in _cues("toll_after")


def _says_age(before: str) -> bool:
    """Return whether the text before the number ends with `aged`, with other numbers and their joiners between."""
    rest = before
    for _ in range(6):  # `aged between 7, 9 and`
        match = _LAST_WORD.search(_NUMBERS_AT_END.sub("", rest))
        word = match.group(1).lower() if match else ""
        if match is None or word not in _cues("joiner"):
            return word in _cues("before_age")
        rest = rest[: match.start()]
    return False


def _around(in_title: bool, start: int, end: int, title: str | None, text: str | None) -> tuple[str, str]:
    source = (title if in_title else text) or ""
    return source[max(0, start - _CONTEXT) : start], source[end : end + _CONTEXT]


def _no_year(frame: pd.DataFrame) -> list[bool]:
    columns = ("in_title", "char_start", "char_end", "title", "text", "quantity_text", "victim_text")
    return [
        not any(char.isdecimal() for char in quantity) or not _is_year(quantity.strip(), *_around(*where), victim)
        for *where, quantity, victim in values(frame, *columns)
    ]


def _no_age(frame: pd.DataFrame) -> list[bool]:
    columns = ("in_title", "char_start", "char_end", "title", "text", "quantity_text", "victim_text", "place_text")
    return [not _is_age(quantity.strip(), *_around(*where), victim, place) for *where, quantity, victim, place in values(frame, *columns)]


_READS = ("in_title", "char_start", "char_end", "title", "text", "quantity_text", "victim_text")

RULES = (
    Rule(
        "number_is_no_year",
        "quarantine",
        "A bare number of four digits beside a month, a preposition of time or an event (`in 2018 were killed`, `the 1995 bombing`) is "
        "a year and counts nobody.",
        _READS,
        _no_year,
        shows=("count_stated",),
        stages=CHUNK_ONLY,
    ),
    Rule(
        "number_is_no_age",
        "quarantine",
        "A number as in `Khalil, 32,`, `aged 32` or `32-year-old` is the age of one person and counts nobody.",
        (*_READS, "place_text"),
        _no_age,
        shows=("count_stated",),
        stages=CHUNK_ONLY,
    ),
)
