"""The date expressions of a sentence, in order, ranges put together.

Belongs here: which expression wins where several could start, and ranges of two. Keep out: single expressions (`atoms.py`),
days (`resolve.py`), and what a date is a date of (`roles.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from transforms.dates import atoms
from transforms.dates.atoms import Found
from transforms.dates.expression import Expression, Mention
from transforms.dates.tokens import Tokens
from transforms.dates.vocabulary import vocabulary

_HYPHENS = ("-", "\u2013")
_RANGE_KINDS = frozenset({"day", "month", "year", "weekday"})


def mentions(tokens: Tokens) -> list[Mention]:
    """Return the date expressions of a sentence from left to right; they never overlap."""
    found: list[Mention] = []
    starts = starters()
    digits, following = starts[_DIGITS], 0
    for at, word in [(at, word) for at, word in enumerate(tokens.lowers) if word in starts or word[0].isdecimal()]:
        mention = _first(tokens, at, starts.get(word, digits)) if at >= following else None
        if mention is None:
            continue
        joined = _joined(tokens, found, mention)
        if joined is None:
            found.append(mention)
        else:
            found[-1] = joined
        following = mention.last
    return found


Atom = Callable[[Tokens, int], Found]
_DIGITS = "0"


@lru_cache(maxsize=1)
def starters() -> dict[str, tuple[Atom, ...]]:
    """Return, for every word that can start an expression, the atoms to try, the most specific first.

    Digits of any number stand under `0`.
    """
    words = vocabulary()
    found: dict[str, list[Atom]] = {
        _DIGITS: [atoms.numeric, atoms.short_numeric, _short_range, atoms.day_month, atoms.counted, atoms.year_alone]
    }
    groups: list[tuple[Iterable[str], tuple[Atom, ...]]] = [
        (words.phrases, (atoms.phrase,)),
        (words.months, (_short_range, atoms.month_day, atoms.month_alone)),
        (words.weekdays, (atoms.weekday,)),
        ((f"{name}'s" for name in words.weekdays), (atoms.weekday,)),
        (words.classes["this"] | words.classes["window"] | {"the"}, (atoms.windowed,)),
        (words.numbers, (atoms.counted,)),
    ]
    for terms, rules in groups:
        for term in terms:
            found.setdefault(term, []).extend(rules)
    return {word: tuple(rules) for word, rules in found.items()}


def _first(tokens: Tokens, at: int, rules: tuple[Atom, ...]) -> Mention | None:
    for rule in rules:
        result = rule(tokens, at)
        if result is not None:
            return Mention(result[0], at, result[1])
    return None


def _short_range(tokens: Tokens, at: int) -> Found:
    """`3-5 May`, `3 and 5 May 2016`, `May 3-5`, `July 25 and 26`: two days that share a month."""
    if atoms.is_day(tokens, at):
        if tokens.low(at + 1) not in (*_HYPHENS, "to", "and", "/"):
            return None
        right = atoms.day_month(tokens, at + 2) if at + 2 < len(tokens) else None
        if right is None:
            return None
        left = replace(right[0], number=atoms.day_number(tokens.low(at)))
        return _ordered(left, right[0], right[1])
    first = atoms.month_day(tokens, at)
    if first is None or first[0].year is not None or tokens.low(first[1]) not in (*_HYPHENS, "to", "and"):
        return None
    if not atoms.is_day(tokens, first[1] + 1) or vocabulary().months.get(tokens.low(first[1] + 2)):
        return None
    if (
        tokens.low(first[1]) == "and"
        and tokens.low(first[1] + 2).isalpha()
        and tokens.low(first[1] + 2) not in vocabulary().classes["pair_end"]
    ):
        return None  # `on July 25 and 26 people died`
    year, end = atoms.year_at(tokens, first[1] + 2)
    right_day = replace(first[0], year=year, number=atoms.day_number(tokens.low(first[1] + 1)))
    return _ordered(replace(first[0], year=year), right_day, end)


def _ordered(left: Expression, right: Expression, end: int) -> Found:
    return (Expression("range", left=left, right=right), end) if left.number < right.number else None


def _joined(tokens: Tokens, found: list[Mention], right: Mention) -> Mention | None:
    """Join `from Friday to Sunday`, `between 29 May and 2 June`, `May-July 2016` with the mention before."""
    if not found or right.expression.kind not in _RANGE_KINDS:
        return None
    left, gap = found[-1], right.first - found[-1].last
    classes, link = vocabulary().classes, tokens.low(left.last)
    if left.expression.kind != right.expression.kind:
        return None
    if 2 < gap <= 5 and link == "and" and not classes["continuing"].isdisjoint(tokens.lowers[left.last : right.first]):
        return Mention(Expression("range", left=left.expression, right=right.expression), left.first, right.last)
    if gap not in (1, 2):
        return None
    if gap == 2 and tokens.low(left.last + 1) not in classes["preposition"] | classes["determiner"]:
        return None
    opened = tokens.low(left.first - 1) in classes["from"]
    if link in _HYPHENS or link in classes["link"] or (link == "and" and (opened or _adjacent(left, right))):
        return Mention(Expression("range", left=left.expression, right=right.expression), left.first, right.last)
    return None


def _adjacent(left: Mention, right: Mention) -> bool:
    """`Friday and Saturday` is one span of two days; `Monday and Friday` are two days with others between."""
    a, b = left.expression, right.expression
    if a.kind == "weekday":
        return (b.weekday - a.weekday) % 7 == 1
    return a.kind in ("month", "year") and (b.month - a.month == 1 or (b.year or 0) - (a.year or 0) == 1)
