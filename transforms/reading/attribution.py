"""Step: who is said to have said each figure, through whom it was relayed, and how firmly.

The source is the party that the article names; null where the article asserts the figure itself or names no party. Rules:
eval guidelines, Attribution. The publisher is never the source unless the text names it.

Belongs here: giving each figure its statement, resolving pronouns and roles to the printed name, carry-over to following
sentences. Keep out: the frames of one sentence (`attribution_statements.py`) and canonical names (`transforms/sources`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from transforms.reading.attribution_speakers import Phrase, Speaker, phrase
from transforms.reading.attribution_stance import stance
from transforms.reading.attribution_statements import Statement, covering, statements
from transforms.reading.attribution_words import vocabulary
from transforms.reading.document import Document, Figure, Sentence
from transforms.sources.phrases import kind_of


@dataclass(slots=True)
class _Article:
    """The sentences of a document with their statements, worked out when asked for."""

    sentences: list[Sentence]
    parsed: dict[int, tuple[Phrase, list[Statement]]] = field(default_factory=dict)

    def said_in(self, index: int) -> tuple[Phrase, list[Statement]]:
        """Return the words and statements of a sentence."""
        if index not in self.parsed:
            sentence = self.sentences[index]
            words = phrase(sentence)
            self.parsed[index] = words, statements(words) if vocabulary().gate.search(sentence.text) or sentence.in_title else []
        return self.parsed[index]


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution as it goes into a figure."""

    source_text: str | None
    source_kind: str | None
    relayed_by: str | None
    verb: str | None


def _position(words: Phrase, figure: Figure) -> int:
    return max(0, bisect_right(words.sentence.starts, figure.char_start) - 1)


def _resolved(article: _Article, index: int, speaker: Speaker) -> tuple[str | None, str | None]:
    """Return the name that the speaker stands for, as printed, and its kind."""
    return speaker.text, kind_of(speaker.text) or "other"


def _attributed(article: _Article, index: int, figure: Figure) -> _Said | None:
    words, found = article.said_in(index)
    statement = covering(words, found, _position(words, figure)) if found else None
    if statement is None:
        return None
    if statement.speaker is None:
        return _Said(None, None, None, statement.verb)
    name, kind = _resolved(article, index, statement.speaker)
    return _Said(name, kind, statement.relay, statement.verb)


def attribution(document: Document) -> Document:
    """Fill source_text, source_kind, relayed_by and stance of every figure."""
    if not document.figures:
        return document
    article = _Article(document.sentences)
    for figure in document.figures:
        said = _attributed(article, figure.sentence_index, figure)
        figure.stance = stance(article.sentences[figure.sentence_index], figure, said.verb if said else None)
        if said is not None:
            figure.source_text, figure.source_kind, figure.relayed_by = said.source_text, said.source_kind, said.relayed_by
    return document
