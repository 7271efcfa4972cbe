"""The dates of a document as `dates` and `scope` both need them, and which figures share theirs.

Belongs here: the article's timeline (read once), a figure's place in its sentence, and pairs of figures that tell of the same
people. Keep out: the decision on days (`dates.py`) and on scope (`scope.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from transforms.dates.attach import choose
from transforms.dates.publication import Publication, publication
from transforms.dates.roles import Dated
from transforms.dates.timeline import SentenceDates, Timeline, timeline
from transforms.dates.tokens import cut
from transforms.reading.document import Document, Figure


def known_publication(document: Document) -> Publication:
    """Return the day the article speaks from."""
    article = document.article
    return _publication(article.title, article.text, article.published_on, article.url)


def line_of(document: Document) -> Timeline:
    """Return the article's timeline. It is shared by the steps of one reading: look at it, don't change it."""
    titles = sum(sentence.in_title for sentence in document.sentences)
    texts = tuple((s.index, -1 if s.in_title else s.index - titles, s.text) for s in document.sentences)
    return _timeline(texts, known_publication(document))


# The steps of one article ask for the same things one after the other.
_publication = lru_cache(maxsize=2)(publication)


@lru_cache(maxsize=2)
def _timeline(texts: tuple[tuple[int, int, str], ...], known: Publication) -> Timeline:
    return timeline(texts, known)


def figure_sentences(document: Document) -> frozenset[int]:
    """Return the indexes of the sentences that state figures."""
    return frozenset(figure.sentence_index for figure in document.figures)


class FigureDates:
    """The words and dates around each figure of a document."""

    def __init__(self, document: Document) -> None:
        self.line = line_of(document)
        self._sentences = document.sentences
        self._undated: dict[int, SentenceDates] = {}

    def sentence(self, index: int) -> SentenceDates:
        """Return the words and dates of a sentence; one without dates has an empty list."""
        found = self.line.sentences.get(index) or self._undated.get(index)
        if found is None:
            found = self._undated[index] = SentenceDates(index, 0, cut(self._sentences[index].text), [])
        return found

    def at(self, figure: Figure) -> int:
        """Return the token at which the figure's number stands in its sentence."""
        starts, offset = self.sentence(figure.sentence_index).tokens.starts, self._sentences[figure.sentence_index].start
        return max(0, bisect_right(starts, figure.char_start - offset) - 1)

    def own(self, figure: Figure) -> Dated | None:
        """Return the date that the figure's own sentence has for it."""
        found = self.sentence(figure.sentence_index)
        return choose(found.tokens, self.at(figure), found.dated) if found.dated else None

    def text(self, figure: Figure) -> str:
        """Return the figure's sentence as cut."""
        return self._sentences[figure.sentence_index].text


def sharing(figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield (source, target) pairs, in the order to copy: who is named again has the date of the first mention, a headline
    that of the body's same number, and a part that of its whole when both stand in one sentence."""
    body = [figure for figure in figures if not figure.in_title]
    yield from _named_again(body)
    for figure in figures:
        twin = next((other for other in body if _is_same(other, figure)), None) if figure.in_title else None
        if twin is not None:
            yield twin, figure
    for figure in figures:
        whole = figures[figure.part_of] if figure.part_of is not None and figure.part_of < len(figures) else None
        if whole is not None and whole is not figure and whole.sentence_index == figure.sentence_index:
            yield whole, figure


def may_be_same(a: Figure, b: Figure) -> bool:
    """Whether two numbers can be of the same people: their bounds overlap (`hundreds` and `more than 500`)."""
    lowest = max(a.count_min or 0, b.count_min or 0)
    return all(figure.count_max is None or lowest <= figure.count_max for figure in (a, b))


def _named_again(body: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs for persons named before, and for those in one list with them: a list of names is of one event."""
    first_named: dict[tuple[str, str], Figure] = {}
    first_in_list: dict[int, Figure] = {}
    for figure in (f for f in body if _is_name(f)):
        first = first_named.setdefault((figure.quantity_text, figure.outcome), figure)
        first = first if first is not figure else first_in_list.get(figure.sentence_index, figure)
        if first is not figure:
            first_in_list.setdefault(figure.sentence_index, first)
            yield first, figure


def _is_name(figure: Figure) -> bool:
    """Whether the quantity is a person's name (`Khalil Haddad was shot dead`: 1)."""
    words = figure.quantity_text.split()
    return figure.count_min == figure.count_max == 1 and len(words) > 1 and words[-1][:1].isupper()


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
