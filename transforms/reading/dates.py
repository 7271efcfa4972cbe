"""Step: the days and the scope of every figure, and the day the article speaks from.

A figure takes the date that its own sentence has for it; else the one of the event that the text goes on telling; else the
day of the article's main event. A running toll goes from the start that is named to the day of publication. A day is never
guessed: where the words name none (`recent`), it stays null.

Belongs here: giving dates to figures. Keep out: finding dates (`transforms/dates/`) and what is a running toll (`scope.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.dates.calendar import NO_WEEK, NO_YEAR, Days, span
from transforms.dates.cues import cue_words
from transforms.dates.main_event import MainEvent, likely_day, main_event
from transforms.dates.publication import Publication
from transforms.dates.roles import Dated
from transforms.dates.tokens import Tokens
from transforms.reading.dated import FigureDates, figure_sentences, known_publication, line_of, may_be_same, sharing
from transforms.reading.document import Document, Figure
from transforms.reading.scope import Scope, scope_of

_BASES = {"weekday": "weekday", "offset": "relative", "context": "relative", "window": "relative", "ago": "relative", "unit": "relative"}
# How many sentences the day of an event carries on without being named again, and the longest span that does.
_CARRY_SENTENCES, _CARRY_DAYS = 2, 7
# So many figures of two sentences are compared.
_COMPARED = 8
# What was said longer ago than this is no news of the event being told.
_NEWS_DAYS = 30


@dataclass(frozen=True, slots=True)
class _When:
    """The days of a figure and what they rest on."""

    days: Days | None
    basis: str


_UNKNOWN = _When(None, "none")


def dates(document: Document) -> Document:
    """Fill scope, since_text, event_date_start, event_date_end and date_basis of every figure, and the document's dateline where it has
    figures.

    A figure of an article whose printed date line contradicts its publication day gets the flag `dateline_disagrees`.
    """
    if not document.figures:
        return document
    known = known_publication(document)
    document.dateline_text, document.dateline_on = known.dateline_text, known.dateline_on
    found = FigureDates(document)
    carried = _Carried(found, main_event(found.line, figure_sentences(document)), document.figures)
    for figure in sorted(document.figures, key=lambda f: (f.sentence_index, f.char_start)):
        own = found.own(figure)
        read = scope_of(figure, found, own)
        figure.scope, figure.since_text = read.scope, read.since_text
        _set(figure, _when(figure, own, read, found, carried))
        if known.disagrees and "dateline_disagrees" not in figure.flags:
            figure.flags.append("dateline_disagrees")
    for source, target in sharing(document.figures):
        target.scope, target.since_text = source.scope, source.since_text
        target.event_date_start, target.event_date_end = source.event_date_start, source.event_date_end
        target.date_basis = source.date_basis
        target.month_day_start, target.month_day_end, target.weekday = source.month_day_start, source.month_day_end, source.weekday
    return document


def main_day(document: Document, figure_indexes: Sequence[int]) -> tuple[date | None, date | None]:
    """Return first and last day of the article's main event; (None, None) when the text names none.

    figure_indexes: the figures of that event (indexes into `document.figures`, after the step `dates`). The first one whose own
    sentence names a single day decides; else the article's telling as a whole; else the first dated one.
    """
    found = FigureDates(document)
    figures = [document.figures[index] for index in figure_indexes]
    dated = [figure for figure in figures if figure.scope == "incident" and figure.event_date_start is not None]
    for figure in dated:
        own = found.own(figure)
        if own is not None and own.days is not None and own.days.is_single and not own.days.is_open:
            return own.days.first, own.days.last
    likely = likely_day(line_of(document), [sentence.text for sentence in document.sentences])
    if likely is not None and not likely.is_open:
        return likely.first, likely.last
    return (dated[0].event_date_start, dated[0].event_date_end) if dated else (None, None)


class _Carried:
    """The day of the event being told, as the figures are gone through in order."""

    def __init__(self, found: FigureDates, main: MainEvent | None, figures: list[Figure]) -> None:
        self._sentences = found.line.sentences
        self._main = main
        self._told: dict[int, list[Figure]] = {}
        for figure in figures:
            self._told.setdefault(figure.sentence_index, []).append(figure)
        self._last: tuple[int, Dated] | None = None

    def named(self, index: int, own: Dated) -> None:
        """Remember the date that a figure of sentence `index` has from its own sentence."""
        if own.days is not None:
            self._last = (index, own)

    def before(self, index: int) -> Dated | None:
        """Return the date that carries over to sentence `index`: of a figure just before it, else the main event's."""
        if self._last is not None and index - self._last[0] <= _CARRY_SENTENCES:
            return self._last[1]
        if self._main is not None and not self._contradicts_main(index):
            return self._main.date
        return self._named_before(index)

    def _contradicts_main(self, index: int) -> bool:
        """Whether the main event's date stands further on, with other numbers of the same outcome: then it is another event."""
        main = self._main
        if main is None or main.is_told_before or main.sentence.index <= index:
            return False
        here, there = self._told[index][:_COMPARED], self._told.get(main.sentence.index, [])[:_COMPARED]
        for figure in here:
            told = [other for other in there if other.outcome == figure.outcome]
            listed = [other for other in here if other.outcome == figure.outcome]
            # `a girl and a man were shot` is the two that are told of farther on
            if told and not any(may_be_same(figure, other) for other in told) and not (_adds_up(told, listed) or _adds_up(listed, told)):
                return True
        return False

    def _named_before(self, index: int) -> Dated | None:
        """Return the last date of an event in the sentences just before, with or without figures."""
        for back in range(index - 1, max(-1, index - 1 - _CARRY_SENTENCES), -1):
            sentence = self._sentences.get(back)
            events = [item for item in sentence.events() if item.days and item.days.length <= _CARRY_DAYS] if sentence else []
            if events:
                return events[-1]
        return None

    def since_before(self, index: int) -> Dated | None:
        """Return the start of a count named in the sentences just before."""
        for back in range(index - 1, max(-1, index - 1 - _CARRY_SENTENCES), -1):
            sentence = self._sentences.get(back)
            for item in sentence.dated if sentence else ():
                if item.role == "since" and item.days is not None:
                    return item
        return None


def _adds_up(wholes: list[Figure], parts: list[Figure]) -> bool:
    """Whether the numbers of a list make one of the others."""
    total = sum(part.count_min or 0 for part in parts)
    return len(parts) > 1 and any(whole.count_min == total for whole in wholes)


def _when(figure: Figure, own: Dated | None, scope: Scope, found: FigureDates, carried: _Carried) -> _When:
    sentence = found.sentence(figure.sentence_index)
    known = found.line.publication
    if scope.scope == "cumulative":
        return _running(scope, carried.since_before(figure.sentence_index), known)
    if scope.since is not None:
        days = span(scope.since.days.first, found.line.spoken_on) if scope.since.days else None
        return _When(days, "weekday")
    if own is not None:
        carried.named(figure.sentence_index, own)
        return _When(own.days, _basis(own, known))
    if _opens_other_event(sentence.tokens, sentence.dated, known.anchor):
        return _UNKNOWN
    told = carried.before(figure.sentence_index)
    return _When(told.days, _basis(told, known)) if told else _UNKNOWN


def _running(scope: Scope, since_before: Dated | None, known: Publication) -> _When:
    """A running toll: from the start that is named, or null, to the day of publication."""
    since = scope.since or since_before
    if since is None or since.days is None:
        return _UNKNOWN
    return _When(span(since.days.first, known.anchor), _basis(since, known))


def _opens_other_event(tokens: Tokens, dated: list[Dated], anchor: date | None) -> bool:
    """Whether the sentence leaves the event told so far: `elsewhere`, `an earlier strike`, or what was said long ago."""
    if tokens.low(0) in cue_words("new_event"):
        return True
    for index in (i for i, word in enumerate(tokens.lowers) if word in cue_words("earlier_event")):
        if not cue_words("happening").isdisjoint(tokens.lowers[index + 1 : index + 4]):
            return True
    said = [item.days for item in dated if item.role == "speech" and item.days is not None]
    return anchor is not None and any((anchor - days.last).days > _NEWS_DAYS for days in said)


def _basis(item: Dated, known: Publication) -> str:
    if item.days is None:
        return "none"
    expression = item.mention.expression
    if expression.lent:
        return "year_elsewhere"
    if expression.kind == "offset" and expression.first == expression.last == 0:
        return known.basis
    return _BASES.get(expression.left.kind if expression.left else expression.kind, "stated")


def _set(figure: Figure, when: _When) -> None:
    days = when.days
    within = {days.first.year, days.last.year} if days else set()
    # no dates: the year, or the week, is nobody's word
    figure.month_day_start, figure.month_day_end = (
        (f"{days.first:%m-%d}", f"{days.last:%m-%d}") if days and within == {NO_YEAR} else (None, None)
    )
    figure.weekday = days.first.isoweekday() if days and days.is_single and within == {NO_WEEK} else None
    days = None if days is not None and days.is_open else days
    figure.event_date_start = days.first if days else None
    figure.event_date_end = days.last if days else None
    figure.date_basis = when.basis if days else "none"
