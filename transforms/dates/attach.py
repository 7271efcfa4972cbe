"""Which date of a sentence belongs to a number in it.

The nearest one, where clause borders count as distance; a date that opens the sentence stands over all of it.

Belongs here: that choice within one sentence. Keep out: dates from other sentences (`reading/dates.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from transforms.dates.cues import cue_words
from transforms.dates.roles import Dated
from transforms.dates.tokens import Tokens

# Words a clause border is worth, and the most that a date opening the sentence is away from anything in it.
_BORDER, _SEMICOLON, _RELATIVE = 4, 12, 6
_OPENING_COST = 9
# `overnight, … on Sunday night`: the night that is named says more.
_OVERNIGHT_COST = 12
# `recent` speaks of the noun beside it only.
_VAGUE_REACH = 12
_NEAREST = 4


def choose(tokens: Tokens, at: int, dated: Sequence[Dated]) -> Dated | None:
    """Return the date of the number at token `at`, None when the sentence has none for it.

    A date that names no day (`recent`) may be the answer: then the figure has no day, rather than another's.
    """
    history = next((item for item in dated if tokens.low(item.mention.last) == "," and _opens_when(tokens, item, at)), None)
    if history is not None:
        return history
    usable = _around(at, [item for item in dated if item.role == "event"])
    priced = [(_cost(tokens, at, item), -position, item) for position, item in enumerate(usable)]
    near = [entry for entry in priced if entry[2].mention.expression.kind != "vague" or entry[0] <= _VAGUE_REACH]
    return min(near, key=lambda entry: entry[:2])[2] if near else None


def _around(at: int, events: list[Dated]) -> list[Dated]:
    """The dates nearest to the number and the first of the sentence: more can't win."""
    place = bisect_left(events, at, key=lambda item: item.mention.first)
    first = max(0, place - _NEAREST)
    return events[: 1 if first else 0] + events[first : place + _NEAREST]


def _opens_when(tokens: Tokens, item: Dated, at: int) -> bool:
    """`the deadliest since 2014, when 300 died`: the clause of `when` has the day just named."""
    return tokens.low(item.mention.last + 1) == "when" and item.mention.last < at <= item.mention.last + 8


def _cost(tokens: Tokens, at: int, item: Dated) -> int:
    first, last = item.mention.first, item.mention.last
    low, high = (last, at) if last <= at else (at, first)
    relative, borders, cost = cue_words("relative_clause"), cue_words("border"), high - low
    for word in tokens.lowers[low:high]:
        if word == ";":
            cost += _SEMICOLON
        elif word in relative:
            cost += _RELATIVE
        elif word == "," or word in borders:
            cost += _BORDER
    cost = min(cost, _OPENING_COST) if first <= 1 and last <= at else cost
    expression = item.mention.expression
    return cost + _OVERNIGHT_COST if expression.kind == "offset" and expression.first != expression.last else cost
