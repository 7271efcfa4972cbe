"""Traps: numbers that are no counts of people, each with the reason that `explain` shows.

Belongs here: dates, clock times, ages, money, measures, and numbers that are part of a name. Keep out: what a number counts
(`people.py`); words are in the lexicons `things` and `cues`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transforms.lexicon import by_term
from transforms.reading.document import Sentence
from transforms.reading.numbers import Number, number_words
from transforms.reading.vocabulary import cues, people_words

THING_CLASSES = frozenset({"time", "measure", "thing", "collective", "identifier", "money"})
# Words that go on with the count, so that a four-digit number between 1900 and 2099 is no year: `killed 2,000`, `some 2000`
_COUNTING = frozenset({"killed", "killing", "some", "than", "least", "about"})
MAX_AGE = 120
_LIST_JOINERS = frozenset({",", "and", "or", "to", "-", "–"})


def things() -> dict[str, frozenset[str]]:
    """Return the classes of nouns that are no people and of words that make a number a name or money."""
    return by_term("things", THING_CLASSES)


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
    if n.before == "/" and n.lower(2).isdigit():
        return "part of a fraction or of a year: 1987/88"
    if n.after == "per" and n.lowers[n.number.end + 1 : n.number.end + 2] == ["cent"]:
        return "a share: per cent"
    return "money" if "money" in things().get(n.before, ()) else None


def _day(n: _Number) -> str | None:
    month = n.lower(2) if n.before == "." else n.before  # `Dec. 25`
    dated = n.lower(3 if n.before == "." else 2)
    if month in cues("month") and dated.isdigit() and n.number.low < 100:
        # `01 Oct. 7 people killed`: the month has its day before it
        return None
    if n.number.kind == "range" and n.number.high <= 31 and cues("month") & {month, n.after}:
        # `killed 5-6 April`
        return "days of a month"
    if not n.digits or n.number.low > 31:
        return "year" if n.digits and month in cues("month") and 1900 <= n.number.low <= 2100 else None
    # `12 may have died`: in lower case these two are no months
    verb = n.after in ("may", "march") and n.words[n.number.end].islower()
    return "day of a month" if month in cues("month") or (n.after in cues("month") and not verb) else None


def _year(n: _Number) -> str | None:
    plain = n.digits and 1900 <= n.number.low <= 2099 and len(n.words[n.number.start]) == 4 and n.number.end == n.number.start + 1
    if not plain:
        return None
    if n.before == "a" or (n.before in ("the", "for") and n.after not in people_words()):
        # `the 1997 crisis`, `a 2012 graduate`, `tried for 2013 double homicide`
        return "year"
    ends = n.after in (",", ".", ")", "") and n.before not in _COUNTING
    return "year" if ends or n.before in cues("before_year") else None


def _clock(n: _Number) -> str | None:
    # `4 May 2018: 2 people were hurt`: no clock shows a year
    minutes = n.before == ":" and n.lower(2).isdigit() and len(n.lower(2)) < len("2018")
    if n.digits and (n.after == ":" or minutes):
        return "clock time"
    return "clock time or measure" if n.after in cues("clock") else None


def _ratio(n: _Number) -> str | None:
    """`one in three people`: a share, no count."""
    following = n.lowers[n.number.end + 1 : n.number.end + 3]
    if n.after != "in" or len(following) < 2 or following[1] not in people_words():
        return None
    return "a share: one in so many" if following[0].isdigit() or following[0] in number_words().unit else None


def _name(n: _Number) -> str | None:
    identifier = "identifier" in things().get(n.before, ())
    capital = identifier and n.digits and n.words[n.number.start - 1][:1].isupper()
    if n.before == "of" and n.lower(2).isdigit() and n.digits and "identifier" in things().get(n.lower(3), ()):
        return "part of a name: 3 of 9"
    if capital or n.before in ("standard", "grade", "class"):
        return f"part of a name: {n.words[n.number.start - 1]} {n.words[n.number.start]}"
    return None


def _age(n: _Number) -> str | None:
    if n.before == "#":
        return "number sign"
    if n.before in ("is", "was") and n.lower(2) in ("he", "she", "who") and n.after in (",", ".", "", "and"):
        return "age"
    near = set(n.lowers[max(0, n.number.start - 4) : n.number.start])
    if n.before in cues("age") or (n.before in ("of", "and") and cues("age") & near):
        return "age"
    following = n.lowers[n.number.end + 1] if n.number.end + 1 < len(n.lowers) else ""
    if (
        n.digits
        and n.after == "-"
        and following in ("and", "to", "or")
        and "-year" in "".join(n.lowers[n.number.end + 2 : n.number.end + 4])
    ):
        # `20- and 23-year-old women`
        return "age"
    unit = following if n.after == "-" else n.after
    if unit.startswith(("years-", "year-", "yr-", "months-")) or _in_list_of_ages(n):
        return "age"
    if n.after in ("and", "to", "or") and following.isdigit() and n.lowers[n.number.end + 2 : n.number.end + 4] == ["years", "old"]:
        return "age"
    return "age" if n.after in ("years", "year", "months", "month") and following in ("old", "of") else None


def _in_list_of_ages(n: _Number) -> bool:
    """`ages 14, 11, 7 and 3`, `aged 19 to 24`: only numbers and what joins them between the word and the number."""
    i = n.number.start - 1
    while i >= 0 and n.number.start - i < 16 and (n.lowers[i].isdigit() or n.lowers[i] in _LIST_JOINERS):
        i -= 1
    return n.digits and n.number.low < MAX_AGE and i >= 0 and i < n.number.start - 1 and n.lowers[i] in cues("age")


def _closes_pair(n: _Number) -> bool:
    """`two girls, 7 and 5, were hurt`: a second number and a comma follow."""
    following = n.lowers[n.number.end + 1 : n.number.end + 3]
    return len(following) == 2 and following[0].isdigit() and following[1] in (",", ".", ")")


def _age_in_commas(n: _Number) -> str | None:
    """`Khalil, 32, a medic`; `son, 3, shot himself`; `both 21`; `(32)`."""
    if not n.digits or n.number.low >= MAX_AGE:
        return None
    if n.before == "(" and n.after == ")":
        return "age or reference"
    closes = n.after in (",", ".", ";", ")", "")
    name = n.lower(3) if n.lower(2) == "." else n.lower(2)
    who = n.number.start > 1 and (n.words[n.number.start - 2][:1].isupper() or name in people_words() or n.lower(2) == ".")
    if n.before == "," and n.after == "and" and who and _closes_pair(n):
        return "age"
    if n.before == "," and closes and who:
        return "age"
    second = n.before == "and" and n.lower(2).isdigit() and n.lower(3) == "," and closes and n.lower(4) in people_words()
    return "age" if second or (n.before == "both" and (closes or n.after == "and")) else None


_TRAPS: tuple[Callable[[_Number], str | None], ...] = (_money, _day, _year, _clock, _ratio, _name, _age, _age_in_commas)


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
