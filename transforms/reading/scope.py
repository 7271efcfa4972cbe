"""Whether a figure is the toll of one event, a running toll, or the toll of a period.

`since the start of the operation`, `in five years of war`, `so far`: cumulative. `in May`, `over the past week`: period. All
else: incident (claims guidelines, `scope`). A count since a day of the same week is the toll of an event that goes on.

Belongs here: that decision, from the words of the figure's sentence. Keep out: its days, and writing the scope down (`dates.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.dates.cues import cue_words
from transforms.dates.roles import Dated
from transforms.dates.tokens import Tokens
from transforms.dates.vocabulary import vocabulary
from transforms.lexicon import by_class
from transforms.reading.dated import FigureDates
from transforms.reading.document import Figure

_CLASSES = frozenset(
    {"so_far", "start", "conflict", "disaster", "perfect", "count_noun", "single", "clause_verb", "taking", "period_opener"}
)
# A period lasts about a week at least; so few killed `in May` are one event of a day that is not told.
_PERIOD_DAYS, _PERIOD_COUNT = 6, 5
# So many are not killed, or driven out, in one attack.
_RUNNING_KILLED, _RUNNING_DISPLACED = 10_000, 100_000
# With `have killed`, which looks back from now, fewer are enough.
_RUNNING_PERFECT, _RUNNING_TAKEN = 1_000, 200
_REACH, _SINCE_WORDS = 12, 10
_PERIOD_KINDS = frozenset({"month", "year", "unit", "window", "feast", "range"})


@dataclass(frozen=True, slots=True)
class Scope:
    """scope: incident, cumulative or period; since: the date that opens a running toll; since_text: its words as printed."""

    scope: str
    since: Dated | None = None
    since_text: str | None = None


def scope_words(cue_class: str) -> frozenset[str]:
    """Return the words of one class of lexicon/scope_cues.csv. Raises LexiconError when the file is not well formed."""
    return by_class("scope_cues", _CLASSES)[cue_class]


def scope_of(figure: Figure, found: FigureDates, own: Dated | None) -> Scope:
    """Return the scope that the figure's own sentence gives it. own: the date that the sentence has for the figure."""
    sentence, at = found.sentence(figure.sentence_index), found.at(figure)
    tokens, dated, text = sentence.tokens, sentence.dated, found.text(figure)
    since = _since(tokens, at, dated)
    if since >= 0 and figure.outcome == "missing":
        # `missing since the attack`: since when they have been missing, not since when they were counted
        return Scope("incident", None, _since_text(tokens, since, None, text))
    if since >= 0:
        opened = next((item for item in dated if item.since_at == since), None)
        if opened is None or opened.days is None or opened.days.is_open or not _is_short(opened, own):
            return Scope("cumulative", opened, _since_text(tokens, since, opened, text))
        return Scope("incident", opened, _since_text(tokens, since, opened, text))
    if _is_period(figure, tokens, own):
        if not _has_so_far(tokens, at) or own is None:
            return Scope("period")
        return Scope("cumulative", own, text[tokens.starts[own.mention.first] : tokens.end(own.mention.last - 1)])
    if _has_so_far(tokens, at) and scope_words("single").isdisjoint(tokens.lowers):
        return Scope("cumulative")
    if _is_of_long_conflict(tokens, at) or _is_too_many_for_one_event(figure, tokens, at, own):
        return Scope("cumulative")
    return Scope("incident")


def _is_short(opened: Dated, own: Dated | None) -> bool:
    return opened.mention.expression.kind in ("weekday", "offset") or (own is not None and own.days is not None and own.days == opened.days)


def _since(tokens: Tokens, at: int, dated: list[Dated]) -> int:
    """Return the position of the `since` that opens the count at `at`, -1 when none does."""
    superlative = cue_words("superlative")
    for index in (i for i, word in enumerate(tokens.lowers) if word == "since"):
        ends = index + 1 >= len(tokens) or not tokens.low(index + 1)[0].isalnum()  # `not seen since`
        # `have since died`: an adverb, no start
        adverb = tokens.lowers[index - 1] in scope_words("perfect") if index else False
        if ends or adverb or not superlative.isdisjoint(tokens.lowers[max(0, index - 8) : index]):
            continue
        if index <= 1 or (index > at and _reaches(tokens, at, index)) or (index < at and _perfect_near(tokens, at)):
            return index
    return -1


def _reaches(tokens: Tokens, at: int, since: int) -> bool:
    """Whether nothing between the number and `since` takes the `since` for itself (`a town held by rebels since 2015`)."""
    between = tokens.lowers[at:since]
    if not cue_words("relative_clause").isdisjoint(between):
        return False
    return _perfect_near(tokens, at) or len(between) <= _REACH * 2


def _perfect_near(tokens: Tokens, at: int) -> bool:
    perfect, start = scope_words("perfect"), max(0, at - _REACH)
    return any(tokens.lowers[index] in perfect and tokens.low(index - 1) != "to" for index in range(start, min(len(tokens), at + _REACH)))


def _since_text(tokens: Tokens, since: int, opened: Dated | None, text: str) -> str:
    """Return `since March 2011` or `since the start of the operation` as printed."""
    if opened is not None:
        return text[tokens.starts[since] : tokens.end(opened.mention.last - 1)].rstrip(" .,;:")
    end, starts = since + 1, scope_words("start")
    seen_start = False
    while end < min(len(tokens), since + 1 + _SINCE_WORDS):
        word = tokens.lowers[end]
        seen_start = seen_start or word in starts
        if not word[0].isalnum() or word in scope_words("clause_verb"):
            break
        if word in vocabulary().classes["preposition"] and word not in starts and not (word == "of" and seen_start):
            break
        end += 1
    return text[tokens.starts[since] : tokens.end(end - 1)].rstrip(" .,;:")


def _has_so_far(tokens: Tokens, at: int) -> bool:
    before = tokens.lowers[max(0, at - 2 * _REACH) : at]
    comma = len(before) - 1 - before[::-1].index(",") if "," in before else 0
    if "already" in before[:comma]:
        # `after blasts have already struck, a bomb killed two`: said of the blasts
        before = before[comma:]
    words = " " + " ".join([*before, *tokens.lowers[at : at + 2 * _REACH]]) + " "
    return any(f" {term} " in words for term in scope_words("so_far"))


def _is_period(figure: Figure, tokens: Tokens, own: Dated | None) -> bool:
    """`the number of people injured in May`, `over the past week 40 were killed`; not `the bombing in May`."""
    if own is None or figure.count_max == 1 or not _is_long(own) or "when" in tokens.lowers:
        return False
    if not scope_words("count_noun").isdisjoint(tokens.lowers):
        return True
    few = figure.count_max is not None and figure.count_max < _PERIOD_COUNT
    if few or not scope_words("single").isdisjoint(tokens.lowers):
        return False
    if own.mention.expression.kind == "unit":
        # `strikes last week killed` dates the strikes
        return not any(word.endswith("s") for word in cue_words("happening").intersection(tokens.lowers))
    return tokens.low(own.mention.first - 1) in scope_words("period_opener")


def _is_long(own: Dated) -> bool:
    """Whether the date is a span of about a week or more (a month need not be resolved)."""
    expression = own.mention.expression
    if expression.kind not in _PERIOD_KINDS or expression.unit == "weekend":
        return False
    if own.days is None:
        return expression.kind == "month"
    return own.days.length >= _PERIOD_DAYS or expression.kind == "unit"


def _is_of_long_conflict(tokens: Tokens, at: int) -> bool:
    """`in five years of war`, `the six-year conflict has killed`, `during the war`: an event that counts over years."""
    conflict, units = scope_words("conflict"), vocabulary().units
    for index in (i for i, word in enumerate(tokens.lowers) if word in conflict):
        before = tokens.lowers[max(0, index - 5) : index]
        if any(units.get(word, 0) >= 30 for word in before) and _perfect_near(tokens, at):
            return True
        if any(units.get(word, 0) >= 30 for word in before) and not vocabulary().classes["span_opener"].isdisjoint(before):
            return True
        if tokens.low(index + 1) in scope_words("perfect") and index < at <= index + _REACH:
            return True
    return False


def _is_too_many_for_one_event(figure: Figure, tokens: Tokens, at: int, own: Dated | None) -> bool:
    lowest = figure.count_min if figure.count_min is not None else figure.count_max or 0
    if not scope_words("disaster").isdisjoint(tokens.lowers) or (own is not None and own.days is not None and own.days.is_single):
        return False
    if lowest >= (_RUNNING_DISPLACED if figure.outcome == "displaced" else _RUNNING_KILLED):
        return True
    if lowest < _RUNNING_TAKEN or not scope_words("single").isdisjoint(tokens.lowers[max(0, at - _REACH) : at + _REACH]):
        return False
    return _has_taken(tokens, at) or (lowest >= _RUNNING_PERFECT and _perfect_near(tokens, at))


def _has_taken(tokens: Tokens, at: int) -> bool:
    """`strikes have killed hundreds`: the perfect of the active, a few words before the number."""
    perfect, taking, lowers = scope_words("perfect"), scope_words("taking"), tokens.lowers
    auxiliaries = (i for i in range(max(1, at - 2 * _REACH), at) if lowers[i] in perfect and lowers[i - 1] != "to")
    return any(not taking.isdisjoint(lowers[i + 1 : i + 4]) for i in auxiliaries)
