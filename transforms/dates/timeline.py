"""The dates of a whole article: every sentence's dates with their roles and days, and the day the article speaks from.

Belongs here: going through the sentences once. Keep out: which figure gets which date (`reading/dates.py`) and what a
single date means (`grammar.py`, `roles.py`, `resolve.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from transforms.dates.calendar import Days, shift, span
from transforms.dates.cues import cue_words
from transforms.dates.expression import Expression, Mention
from transforms.dates.grammar import mentions
from transforms.dates.publication import Publication
from transforms.dates.resolve import resolve
from transforms.dates.roles import Dated, role_of, stands_alone
from transforms.dates.tokens import Tokens, cut, may_hold_date

# What may tell of the time of a text: not how long something has lasted, or what it is measured by.
_TELLING = frozenset({"event", "speech", "none"})
# These are counted from the moment of speaking, which a sentence may name (`in the past 24 hours, X said on Saturday`).
_SPOKEN_KINDS = frozenset({"offset", "window", "ago"})


@dataclass(slots=True)
class SentenceDates:
    """One sentence's words and dates. `position`: its place in the body, counted from 0 (the title has -1)."""

    index: int
    position: int
    tokens: Tokens
    dated: list[Dated]

    @property
    def is_lede(self) -> bool:
        """Whether it is the headline or the first sentence of the body."""
        return self.position <= 0

    def events(self) -> list[Dated]:
        """Return the dates that may be dates of its figures."""
        return [item for item in self.dated if item.role == "event"]


@dataclass(slots=True)
class Timeline:
    """All dates of an article, by sentence index, and the days that relative ones are counted from.

    spoken_on: the day on which the article's sources speak (`said on Thursday`, printed on Friday), else the anchor.
    """

    publication: Publication
    spoken_on: date | None
    sentences: dict[int, SentenceDates] = field(default_factory=dict)


def timeline(texts: Sequence[tuple[int, int, str]], publication: Publication) -> Timeline:
    """Read the dates of sentences given as (index, position in the body or -1, text), in order."""
    found: dict[int, SentenceDates] = {}
    for index, position, text in texts:
        if may_hold_date(text):
            tokens = cut(text)
            dated = [_unresolved(tokens, mention) for mention in mentions(tokens)]
            if dated:
                found[index] = SentenceDates(index, position, tokens, dated)
    anchor = publication.anchor
    _lend_years(found)
    if anchor is None:
        _lend_only_year(found)
    _drop_lines(found, publication)
    result = Timeline(publication, _spoken_on(found, anchor), found)
    previous: Days | None = None
    for sentence in found.values():
        previous = _resolve_all(sentence, anchor, result.spoken_on, previous)
    return result


def _unresolved(tokens: Tokens, mention: Mention) -> Dated:
    role, since_at = role_of(tokens, mention)
    return Dated(mention, role, None, since_at)


def _lend_years(found: dict[int, SentenceDates]) -> None:
    """A day without a year has the year with which the text prints the same day elsewhere."""
    expressions = [item.mention.expression for sentence in found.values() for item in sentence.dated]
    years = {(e.month, e.number): e.year for e in expressions if e.is_full}
    for sentence in found.values() if years else ():
        for position, item in enumerate(sentence.dated):
            e = item.mention.expression
            if e.kind == "day" and e.year is None and (e.month, e.number) in years:
                dated = replace(e, year=years[e.month, e.number])
                sentence.dated[position] = replace(item, mention=replace(item.mention, expression=dated))


def _lend_only_year(found: dict[int, SentenceDates]) -> None:
    """In a text of unknown publication a day without a year is of the one year with which the text prints other days, unless it
    comes after the last of them: then the year is not known."""
    items = [item for sentence in found.values() for item in sentence.dated if item.role in _TELLING]
    printed = [day for day in (resolve(item.mention.expression, None) for item in items if item.mention.expression.is_full) if day]
    last = max((day.last for day in printed), default=None)
    if last is None or len({day.last.year for day in printed}) > 1:
        return
    for sentence in found.values():
        for position, item in enumerate(sentence.dated):
            lent = _with_year(item.mention.expression, last) if item.role in _TELLING else None
            if lent is not None:
                sentence.dated[position] = replace(item, mention=replace(item.mention, expression=lent))


def _with_year(expression: Expression, last: date) -> Expression | None:
    """A day, or a range of two, with the year of `last`; None where it names its year, is none of a year, or comes after it."""
    if expression.kind == "range" and expression.left and expression.right:
        left, right = (_with_year(end, last) for end in (expression.left, expression.right))
        return replace(expression, left=left, right=right, lent=True) if left and right else None
    if expression.kind != "day" or expression.year is not None or (expression.month, expression.number) > (last.month, last.day):
        return None
    return replace(expression, year=last.year, lent=True)


def _drop_lines(found: dict[int, SentenceDates], publication: Publication) -> None:
    """The day of publication printed as a line of its own, at the head or under a picture, dates no event."""
    line = cut(publication.dateline_text or "").lowers
    for sentence in found.values() if publication.anchor is not None else ():
        for position, item in enumerate(sentence.dated):
            if _is_line(sentence, item, publication, line):
                sentence.dated[position] = replace(item, role="none")


def _is_line(sentence: SentenceDates, item: Dated, publication: Publication, line: list[str]) -> bool:
    mention = item.mention
    if sentence.position <= 1 and sentence.tokens.lowers[mention.first : mention.last] == line:
        return True
    days = resolve(mention.expression, None) if mention.expression.is_full else None
    return days is not None and days.first == publication.anchor and stands_alone(sentence.tokens, mention)


def _spoken_on(found: dict[int, SentenceDates], anchor: date | None) -> date | None:
    """Return the first day of saying that is the day of publication or the day before it."""
    if anchor is None:
        return None
    earliest = shift(anchor, -1)
    for sentence in found.values():
        for item in sentence.dated:
            days = resolve(item.mention.expression, anchor) if item.role == "speech" else None
            if days is not None and days.is_single and earliest is not None and earliest <= days.first <= anchor:
                return days.first
    return anchor


def _resolve_all(sentence: SentenceDates, anchor: date | None, spoken_on: date | None, previous: Days | None) -> Days | None:
    """Fill the days of a sentence's dates; return the last day of an event, which `the same day` in what follows means."""
    said = next((resolve(item.mention.expression, anchor) for item in sentence.dated if item.role == "speech"), None)
    speaking = said.last if said is not None and said.is_single else spoken_on
    happened = not cue_words("happening").isdisjoint(sentence.tokens.lowers)
    for position, item in enumerate(sentence.dated):
        spoken = item.mention.expression.kind in _SPOKEN_KINDS and item.role != "speech"
        days = resolve(item.mention.expression, speaking if spoken else anchor, previous)
        if item.role == "since" and item.mention.expression.kind == "weekday" and happened:
            # `clashes since Friday`: an event that goes on, and no count over years
            item, days = replace(item, role="event"), span(days.first, speaking) if days and speaking else None
        sentence.dated[position] = replace(item, days=days)
        if days is not None and item.role == "event" and happened:
            previous = days
    return previous
