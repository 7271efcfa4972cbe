"""Traps: numbers that are no counts of people, each with the reason that `explain` shows.

Belongs here: dates, clock times, ages, money, measures, and numbers that are part of a name. Keep out: what a number counts
(`people.py`); words are in the lexicons `things` and `cues`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import load
from transforms.reading.document import Sentence
from transforms.reading.numbers import Number
from transforms.reading.vocabulary import cues, people_words

THING_CLASSES = frozenset({"time", "measure", "thing", "collective", "identifier", "money"})
# Words that go on with the count, so that a four-digit number between 1900 and 2099 is no year: `killed 2,000`, `some 2000`
_COUNTING = frozenset({"killed", "killing", "some", "than", "least", "about"})
MAX_AGE = 120


@lru_cache(maxsize=1)
def things() -> dict[str, frozenset[str]]:
    """Return the classes of nouns that are no people and of words that make a number a name or money."""
    found: dict[str, set[str]] = {}
    for entry in load("things", THING_CLASSES):
        found.setdefault(entry.term, set()).add(entry.term_class)
    return {term: frozenset(classes) for term, classes in found.items()}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with the words around it."""

    number: Number
    lowers: list[str]
    words: list[str]
    before: str
    after: str
    digits: bool

    def lower(self, offset: int) -> str:
        """The word `offset` places before the number (1 = right before it)."""
        i = self.number.start - offset
        return self.lowers[i] if i >= 0 else ""


def _money(n: _Number) -> str | None:
    return "money" if "money" in things().get(n.before, ()) else None


def _day(n: _Number) -> str | None:
    if not n.digits or n.number.low > 31:
        return "year" if n.digits and n.before in cues("month") and 1900 <= n.number.low <= 2100 else None
    # `12 may have died`: in lower case these two are no months
    verb = n.after in ("may", "march") and n.words[n.number.end].islower()
    return "day of a month" if n.before in cues("month") or (n.after in cues("month") and not verb) else None


def _year(n: _Number) -> str | None:
    plain = n.digits and 1900 <= n.number.low <= 2099 and len(n.words[n.number.start]) == 4 and n.number.end == n.number.start + 1
    if not plain:
        return None
    if n.before == "the" and n.after not in people_words():
        # `the 1997 crisis`
        return "year"
    ends = n.after in (",", ".", ")", "") and n.before not in _COUNTING
    return "year" if ends or n.before in cues("before_year") else None


def _clock(n: _Number) -> str | None:
    minutes = n.before == ":" and n.lower(2).isdigit()
    if n.digits and (n.after == ":" or minutes):
        return "clock time"
    return "clock time or measure" if n.after in cues("clock") else None


def _name(n: _Number) -> str | None:
    identifier = "identifier" in things().get(n.before, ())
    capital = identifier and n.digits and n.words[n.number.start - 1][:1].isupper()
    if capital or n.before in ("standard", "grade", "class"):
        return f"part of a name: {n.words[n.number.start - 1]} {n.words[n.number.start]}"
    return None


def _age(n: _Number) -> str | None:
    if n.before == "#":
        return "number sign"
    near = set(n.lowers[max(0, n.number.start - 4) : n.number.start])
    if n.before in cues("age") or (n.before in ("of", "and") and cues("age") & near):
        return "age"
    if n.after.startswith(("years-", "year-", "yr-", "months-")):
        return "age"
    following = n.lowers[n.number.end + 1] if n.number.end + 1 < len(n.lowers) else ""
    return "age" if n.after in ("years", "year", "months", "month") and following in ("old", "of") else None


def _age_in_commas(n: _Number) -> str | None:
    """`Khalil, 32, a medic`; `son, 3, shot himself`; `both 21`; `(32)`."""
    if not n.digits or n.number.low >= MAX_AGE:
        return None
    if n.before == "(" and n.after == ")":
        return "age or reference"
    closes = n.after in (",", ".", ";", ")", "")
    who = n.number.start > 1 and (n.words[n.number.start - 2][:1].isupper() or n.lower(2) in people_words())
    if n.before == "," and closes and who:
        return "age"
    return "age" if n.before == "both" and (closes or n.after == "and") else None


_TRAPS: tuple[Callable[[_Number], str | None], ...] = (_money, _day, _year, _clock, _name, _age, _age_in_commas)


def not_a_count(sentence: Sentence, number: Number) -> str | None:
    """Return why a number is no count of people, else None."""
    lowers = sentence.lowers
    before = lowers[number.start - 1] if number.start else ""
    after = lowers[number.end] if number.end < len(lowers) else ""
    seen = _Number(number, lowers, sentence.words, before, after, number.kind == "digits")
    for trap in _TRAPS:
        reason = trap(seen)
        if reason is not None:
            return reason
    return None
