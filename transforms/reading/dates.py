"""Step: the days and the scope of every figure, and the day the article speaks from.

A figure takes the date that its own sentence has for it; else the one of the event that the text goes on telling; else the
day of the article's main event. A day is never guessed: where the words name none (`recent`), it stays null.

Belongs here: giving dates to figures. Keep out: finding dates (`transforms/dates/`) and the scope's own rules (`scope.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.dates.attach import choose
from transforms.dates.calendar import Days, span
from transforms.dates.cues import cue_words
from transforms.dates.main_event import main_event
from transforms.dates.publication import Publication, publication
from transforms.dates.roles import Dated
from transforms.dates.timeline import SentenceDates, Timeline, timeline
from transforms.dates.tokens import Tokens, cut
from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.scope import Scope, scope_of

_BASES = {"weekday": "weekday", "offset": "relative", "context": "relative", "window": "relative", "ago": "relative", "unit": "relative"}
# How many sentences the day of an event carries on without being named again.
_CARRY_SENTENCES = 2
# What was said longer ago than this is no news of the event being told.
_NEWS_DAYS = 30


@dataclass(frozen=True, slots=True)
class _When:
    """The days of a figure and what they rest on."""

    days: Days | None
    basis: str


def dates(document: Document) -> Document:
    """Fill scope, since_text, event_date_start, event_date_end and date_basis of every figure, and the document's dateline.

    A figure of an article whose printed date line contradicts its publication day gets the flag `dateline_disagrees`.
    """
    article = document.article
    known = publication(article.title, article.text, article.published_on, article.url)
    document.dateline_text, document.dateline_on = known.dateline_text, known.dateline_on
    if not document.figures:
        return document
    line = _read(document, known)
    main = main_event(line, _figure_sentences(document))
    carried = _Carried(line, main)
    for figure in sorted(document.figures, key=lambda f: (f.sentence_index, f.char_start)):
        _date_figure(figure, document.sentences[figure.sentence_index], carried)
        if known.disagrees:
            figure.flags.append("dateline_disagrees")
    _share_between_figures(document.figures)
    return document


def main_day(document: Document, figure_indexes: Sequence[int]) -> tuple[date | None, date | None]:
    """Return first and last day of the article's main event; (None, None) when the text names none.

    figure_indexes: the figures of that event (indexes into `document.figures`, after the step `dates`); they decide. Without
    any dated one, the text's own main event does.
    """
    for index in figure_indexes:
        figure = document.figures[index]
        if figure.scope == "incident" and figure.event_date_start is not None:
            return figure.event_date_start, figure.event_date_end
    article = document.article
    known = publication(article.title, article.text, article.published_on, article.url)
    found = main_event(_read(document, known), _figure_sentences(document))
    return (found.days.first, found.days.last) if found is not None and found.days is not None else (None, None)


def _read(document: Document, known: Publication) -> Timeline:
    titles = sum(sentence.in_title for sentence in document.sentences)
    return timeline([(s.index, -1 if s.in_title else s.index - titles, s.text) for s in document.sentences], known)


def _figure_sentences(document: Document) -> frozenset[int]:
    return frozenset(figure.sentence_index for figure in document.figures)


class _Carried:
    """The day of the event being told, as the figures are gone through in order."""

    def __init__(self, line: Timeline, main: Dated | None) -> None:
        self.line = line
        self.main = main
        self._undated: dict[int, SentenceDates] = {}
        self._last: tuple[int, Dated] | None = None

    def dates_of(self, sentence: Sentence) -> SentenceDates:
        """Return the words and dates of a sentence; one without dates is cut once."""
        found = self.line.sentences.get(sentence.index) or self._undated.get(sentence.index)
        if found is None:
            found = self._undated[sentence.index] = SentenceDates(sentence.index, 0, cut(sentence.text), [])
        return found

    def named(self, index: int, own: Dated) -> None:
        """Remember the date that a figure of sentence `index` has from its own sentence."""
        if own.days is not None:
            self._last = (index, own)

    def before(self, index: int) -> Dated | None:
        """Return the date that carries over to sentence `index`: of a figure just before it, else the main event's."""
        if self._last is not None and self._last[0] >= 0 and index - self._last[0] <= _CARRY_SENTENCES:
            return self._last[1]
        return self.main or self._named_before(index)

    def _named_before(self, index: int) -> Dated | None:
        """Return the last date of an event in the sentences just before, with or without figures."""
        for back in range(index - 1, max(-1, index - 1 - _CARRY_SENTENCES), -1):
            sentence = self.line.sentences.get(back)
            events = [item for item in sentence.events() if item.days is not None] if sentence else []
            if events:
                return events[-1]
        return None

    def since_before(self, index: int) -> Dated | None:
        """Return the start of a count named in the sentences just before."""
        for back in range(index - 1, max(-1, index - 1 - _CARRY_SENTENCES), -1):
            sentence = self.line.sentences.get(back)
            for item in sentence.dated if sentence else ():
                if item.role == "since" and item.days is not None:
                    return item
        return None


def _date_figure(figure: Figure, sentence: Sentence, carried: _Carried) -> None:
    found = carried.dates_of(sentence)
    tokens = found.tokens
    at = max(0, bisect_right(tokens.starts, figure.char_start - sentence.start) - 1)
    own = choose(tokens, at, found.dated)
    scope = scope_of(figure, tokens, at, found.dated, own, sentence.text)
    figure.scope, figure.since_text = scope.scope, scope.since_text
    if scope.scope == "cumulative":
        when = _running(scope, carried, figure.sentence_index)
    elif scope.since is not None:
        when = _ongoing(scope.since, carried.line.spoken_on)
    elif own is not None:
        carried.named(figure.sentence_index, own)
        when = _When(own.days, _basis(own, carried.line.publication))
    elif _opens_other_event(tokens, found.dated, carried.line.publication.anchor):
        when = _When(None, "none")
    else:
        told = carried.before(figure.sentence_index)
        when = _When(told.days, _basis(told, carried.line.publication)) if told else _When(None, "none")
    _set(figure, when)


def _opens_other_event(tokens: Tokens, dated: list[Dated], anchor: date | None) -> bool:
    """Whether the sentence leaves the event told so far: `elsewhere`, `an earlier strike`, or what was said long ago."""
    lowers = tokens.lowers
    if tokens.low(0) in cue_words("new_event"):
        return True
    for index in (i for i, word in enumerate(lowers) if word in cue_words("earlier_event")):
        if not cue_words("happening").isdisjoint(lowers[index + 1 : index + 4]):
            return True
    said = [item.days for item in dated if item.role == "speech" and item.days is not None]
    return anchor is not None and any((anchor - days.last).days > _NEWS_DAYS for days in said)


def _set(figure: Figure, when: _When) -> None:
    figure.event_date_start = when.days.first if when.days else None
    figure.event_date_end = when.days.last if when.days else None
    figure.date_basis = when.basis if when.days else "none"


def _basis(item: Dated, known: Publication) -> str:
    if item.days is None:
        return "none"
    expression = item.mention.expression
    if expression.kind == "offset" and expression.first == expression.last == 0:
        return known.basis
    return _BASES.get(expression.left.kind if expression.left else expression.kind, "stated")


def _running(scope: Scope, carried: _Carried, index: int) -> _When:
    """A running toll: from the start that is named, or null, to the day of publication."""
    since = scope.since or carried.since_before(index)
    if since is None or since.days is None:
        return _When(None, "none")
    anchor = carried.line.publication.anchor
    return _When(span(since.days.first, anchor), _basis(since, carried.line.publication))


def _ongoing(since: Dated, spoken_on: date | None) -> _When:
    days = span(since.days.first, spoken_on) if since.days else None
    return _When(days, "weekday")


def _share_between_figures(figures: list[Figure]) -> None:
    """A headline has the days of the body's same number, a person named again those of the first mention, and a part those
    of its whole when its sentence is the same."""
    body = [figure for figure in figures if not figure.in_title]
    first_named: dict[tuple[str, str], Figure] = {}
    for figure in body:
        if _is_name(figure):
            first = first_named.setdefault((figure.quantity_text, figure.outcome), figure)
            if figure.date_basis == "none" or not figure.event_date_start or first is not figure:
                _copy(first, figure)
    for figure in figures:
        twin = next((other for other in body if _is_same(other, figure)), None) if figure.in_title else None
        if twin is not None:
            _copy(twin, figure)
    for figure in figures:
        whole = figures[figure.part_of] if figure.part_of is not None and figure.part_of < len(figures) else None
        if whole is not None and whole is not figure and whole.sentence_index == figure.sentence_index:
            _copy(whole, figure)


def _is_name(figure: Figure) -> bool:
    """Whether the quantity is a person's name (`Khalil was shot dead`: 1)."""
    words = figure.quantity_text.split()
    return figure.count_min == figure.count_max == 1 and len(figure.quantity_text) > 3 and len(words) > 1 and words[-1][:1].isupper()


def _is_same(body: Figure, title: Figure) -> bool:
    """Whether a body figure restates the headline's: the same number, and for single persons a word in common."""
    if body.outcome != title.outcome or _number(body) != _number(title):
        return False
    return title.count_max != 1 or bool(_people_words(body) & _people_words(title))


def _number(figure: Figure) -> int | None:
    """The number without its bound: a headline's `12` is the body's `at least 12`."""
    return figure.count_min if figure.count_min is not None else figure.count_max


def _people_words(figure: Figure) -> set[str]:
    return set(f"{figure.quantity_text} {figure.victim_text or ''}".lower().split()) - {"a", "an", "the", "one", "another"}


def _copy(source: Figure, target: Figure) -> None:
    target.scope, target.since_text = source.scope, source.since_text
    target.event_date_start, target.event_date_end = source.event_date_start, source.event_date_end
    target.date_basis = source.date_basis
