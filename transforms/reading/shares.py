"""Shares of a number: `half of the 40 miners`, `most of its 30 men`, `two thirds of the 90`, `all but two of the 40`.

The share is the figure, in persons: a fraction that leaves a remainder is rounded up and said to be about it; `most` and `more than`
a fraction bound below only.

Belongs here: reckoning such a phrase. Keep out: shares of people without a number (`most of them`), which state none, and parts of
figures (`two of the 40`, `people.py`).
"""

from __future__ import annotations

from functools import lru_cache

from transforms.lexicon import load
from transforms.reading.marks import Quantity
from transforms.reading.numbers import CLASSES, Number, number_at
from transforms.reading.vocabulary import function_words

_LONGEST = 4  # words of a share: `a clear majority of`


@lru_cache(maxsize=1)
def _fractions() -> dict[tuple[str, ...], tuple[int, int, bool]]:
    """Numerator, denominator, and whether the words say more than that, by the words before `of`."""
    entries = [e for e in load("quantities", CLASSES) if e.term_class in ("share", "share_over")]
    return {tuple(e.term.split()): (int(e.extra["low"]), int(e.extra["high"]), e.term_class == "share_over") for e in entries}


@lru_cache(maxsize=1)
def share_starts() -> frozenset[str]:
    """Return the words that a share can start with."""
    return frozenset(words[0] for words in _fractions()) | {"all"}


def _whole(lowers: list[str], i: int) -> Number | None:
    """The number behind `of the`, `of its`, `the`: exact, and more than one person."""
    determined = i < len(lowers) and bool(function_words().get(lowers[i], frozenset()) & {"the", "poss"})
    number = number_at(lowers, i + determined) if i + determined < len(lowers) else None
    return number if determined and number is not None and number.low == number.high and number.low > 1 else None


def share_at(lowers: list[str], i: int, modifier: str | None) -> Quantity | None:
    """Return the share whose words start at token i, behind a modifier of that class; None when there is none."""
    if lowers[i : i + 2] == ["all", "but"] and i + 2 < len(lowers):
        return _all_but(lowers, i)
    for length in range(_LONGEST, 0, -1):
        found = _fractions().get(tuple(lowers[i : i + length]))
        if found is None:
            continue
        of = lowers[i + length : i + length + 1] == ["of"]
        whole = _whole(lowers, i + length + of) if of or lowers[i] == "half" else None
        if whole is not None:
            numerator, denominator, over = found
            return _fraction_of(whole, i, numerator, denominator, over or modifier == "more_than")
    return None


def _all_but(lowers: list[str], i: int) -> Quantity | None:
    spared = number_at(lowers, i + 2)
    whole = _whole(lowers, spared.end + 1) if spared is not None and lowers[spared.end : spared.end + 1] == ["of"] else None
    if spared is None or whole is None or spared.low != spared.high or spared.low >= whole.low:
        return None
    count = whole.low - spared.low
    return Quantity(i, whole.end, i, whole.end, count, count, "word")


def _fraction_of(whole: Number, i: int, numerator: int, denominator: int, over: bool) -> Quantity:
    count, rest = divmod(whole.low * numerator, denominator)
    if over:
        return Quantity(i, whole.end, i, whole.end, count + 1, None, "word", "at_least")
    return Quantity(i, whole.end, i, whole.end, count + (rest > 0), count + (rest > 0), "word", "about" if rest else None)
