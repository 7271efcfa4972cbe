"""The vocabulary of dates, from the lexicons months, weekdays, date_phrases, date_words, feast_days and islamic_days.

Belongs here: loading these files into look-up tables. Keep out: how the words combine (`atoms.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from transforms.dates.calendar import Days
from transforms.dates.expression import Expression
from transforms.lexicon import Entry, load

_MONTHS = frozenset({"month", "month_word", "month_short"})
_WEEKDAYS = frozenset({"weekday", "weekday_genitive", "weekday_short"})
_PHRASES = frozenset({"day", "context", "vague", "future", "same_day"})
_WORDS = frozenset(
    {"unit", "number", "window", "this", "part_of_day", "edge", "preposition", "since", "from", "until", "ago", "earlier", "later"}
    | {"within_year", "determiner", "continuing", "link", "pair_end", "span_opener"}
)
_FEASTS = frozenset({"fixed", "nth_weekday", "last_weekday", "easter"})
_ISLAMIC = frozenset({"ramadan", "eid al-fitr", "eid al-adha"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed phrase: its words in lower case and what it says."""

    words: tuple[str, ...]
    expression: Expression


@dataclass(frozen=True, slots=True)
class FeastRule:
    """How a feast day is found in a year; the fields are those of lexicon/feast_days.csv."""

    rule: str
    month: int
    day: int
    nth: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Look-up tables by lower-case word. `phrases` is keyed by first word, then second (empty for
    phrases of one word), longest phrase first."""

    months: dict[str, int]
    sure_months: frozenset[str]
    weekdays: dict[str, int]
    sure_weekdays: frozenset[str]
    genitive_weekdays: frozenset[str]
    phrases: dict[str, dict[str, tuple[Phrase, ...]]]
    units: dict[str, int]
    numbers: dict[str, int]
    classes: dict[str, frozenset[str]]
    feasts: dict[str, FeastRule]
    islamic: dict[str, dict[int, Days]]
    triggers: frozenset[str]


def phrase_words(term: str) -> tuple[str, ...]:
    """Return a term as the words that `tokens.py` cuts it into."""
    return tuple(term.lower().replace(".", " .").replace("-", " - ").split())


def _fixed_phrases() -> list[Phrase]:
    found = []
    for entry in load("date_phrases", _PHRASES):
        first, last = (int(entry.extra[name] or 0) for name in ("first", "last"))
        kind = {"day": "offset", "context": "context", "same_day": "same_day", "vague": "vague", "future": "future"}[entry.term_class]
        found.append(Phrase(phrase_words(entry.term), Expression(kind, first=first, last=last)))  # type: ignore[arg-type]
    names = [entry.term for entry in load("feast_days", _FEASTS)] + sorted(_ISLAMIC)
    return found + [Phrase(phrase_words(name), Expression("feast", name=name)) for name in names]


def _by_first_words(phrases: list[Phrase]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    grouped: dict[str, dict[str, list[Phrase]]] = {}
    for phrase in phrases:
        second = phrase.words[1] if len(phrase.words) > 1 else ""
        grouped.setdefault(phrase.words[0], {}).setdefault(second, []).append(phrase)
    return {
        first: {second: tuple(sorted(group, key=lambda p: -len(p.words))) for second, group in seconds.items()}
        for first, seconds in grouped.items()
    }


def _feast(entry: Entry) -> FeastRule:
    month, day, nth = (int(entry.extra[name] or 0) for name in ("month", "day", "nth"))
    return FeastRule(entry.term_class, month, day, nth)


def _islamic() -> dict[str, dict[int, Days]]:
    years: dict[str, dict[int, Days]] = {}
    for entry in load("islamic_days", _ISLAMIC):
        first, last = (date.fromisoformat(entry.extra[name]) for name in ("first", "last"))
        years.setdefault(entry.term_class, {})[first.year] = Days(first, last)
    return years


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary, loaded once. Raises LexiconError when a file is not well formed."""
    months, weekdays, words = load("months", _MONTHS), load("weekdays", _WEEKDAYS), load("date_words", _WORDS)
    classes: dict[str, set[str]] = {}
    for entry in words:
        classes.setdefault(entry.term_class, set()).add(entry.term)
    phrases = _fixed_phrases()
    month_numbers = {entry.term: int(entry.extra["number"]) for entry in months}
    weekday_numbers = {entry.term: int(entry.extra["number"]) for entry in weekdays}
    units = {entry.term: int(entry.extra["value"]) for entry in words if entry.term_class == "unit"}
    # one word of every expression is among these, so a sentence without any of them has no date but a numeric one
    triggers = set(month_numbers) | set(weekday_numbers) | set(units)
    # of a phrase that no other rule is gated by, the longest word is the rarest
    triggers |= {max(phrase.words, key=len) for phrase in phrases if triggers.isdisjoint(phrase.words)}
    return Vocabulary(
        months=month_numbers,
        sure_months=frozenset(entry.term for entry in months if entry.term_class == "month"),
        weekdays=weekday_numbers,
        sure_weekdays=frozenset(entry.term for entry in weekdays if entry.term_class == "weekday"),
        genitive_weekdays=frozenset(entry.term for entry in weekdays if entry.term_class == "weekday_genitive"),
        phrases=_by_first_words(phrases),
        units=units,
        numbers={entry.term: int(entry.extra["value"]) for entry in words if entry.term_class == "number"},
        classes={name: frozenset(terms) for name, terms in classes.items()},
        feasts={entry.term: _feast(entry) for entry in load("feast_days", _FEASTS)},
        islamic=_islamic(),
        triggers=frozenset(triggers),
    )
