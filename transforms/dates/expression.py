"""What a date expression says before it is known which day the article is from.

Belongs here: the shape that the grammar (`atoms.py`, `grammar.py`) fills and `resolve.py` turns into days.
Keep out: both of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "day",  # year?, month, number
    "month",  # year?, month
    "year",  # year
    "weekday",  # weekday, back (weeks)
    "offset",  # first, last: days from the publication
    "same_day",  # the day of publication, on which all that was told before happened
    "context",  # first: days from the day named before
    "unit",  # unit (week, month, year, weekend), back: 0 = the running one
    "window",  # unit, count: the last `count` units up to the publication
    "ago",  # unit, count
    "feast",  # name, year?
    "range",  # left, right
    "vague",  # names no day
    "future",  # has not happened
]


@dataclass(frozen=True, slots=True)
class Expression:
    """One date expression; which fields count depends on `kind` (see above)."""

    kind: Kind
    year: int | None = None
    lent: bool = False  # the year is that of other days of the text
    month: int = 0
    number: int = 0
    weekday: int = 0
    back: int = 0
    first: int = 0
    last: int = 0
    unit: str = ""
    count: int = 0
    name: str = ""
    left: Expression | None = None
    right: Expression | None = None

    @property
    def is_full(self) -> bool:
        """Whether it names its day by itself, with the year."""
        return self.kind == "day" and self.year is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression in a sentence: token positions [first, last) of its `Tokens`."""

    expression: Expression
    first: int
    last: int
