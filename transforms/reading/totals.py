"""The total of one outcome over an article: which figures are disjoint, which only say again what was said.

Belongs here: restatements, anaphora, disjoint sums, overall tolls. Keep out: which figures may count at all
(`main_incident.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.reading.document import Document, Figure
from transforms.reading.marks import Phrase

# A text of at most this many sentences is a summary: its sentences add up. A longer one is an article: it says things again.
SUMMARY_SENTENCES = 7
_ADDITIVE = frozenset(
    {"another", "additional", "other", "others", "more", "further", "also", "addition", "separate", "separately", "elsewhere"}
)
_DEFINITE = frozenset({"the", "both", "all", "these", "those", "his", "her", "their"})


@dataclass(slots=True)
class _Said:
    """One figure as it counts: lowest and highest number, head noun, whether it is definite or additive."""

    figure: Figure
    low: int
    high: int | None
    head: str | None
    definite: bool
    additive: bool
    named: bool


def _phrase(document: Document, figure: Figure) -> Phrase | None:
    marks = document.marks[figure.sentence_index]
    return next((p for p in marks.phrases if (p.start, p.end) == figure.victim_tokens), None)


def _said(document: Document, figure: Figure) -> _Said:
    sentence = document.sentences[figure.sentence_index]
    phrase = _phrase(document, figure)
    low = figure.count_min if figure.count_min is not None else figure.count_max or 0
    head = sentence.lowers[phrase.head] if phrase is not None and phrase.head is not None else None
    first = figure.victim_tokens[0]
    words = set(sentence.lowers[max(0, first - 1) : figure.victim_tokens[1]])
    near = set(sentence.lowers[max(0, first - 1) : figure.quantity_tokens[1] + 1])
    definite = bool(near & _DEFINITE) or (phrase is not None and phrase.det in ("the", "poss", "pronoun", "partitive"))
    return _Said(figure, low, figure.count_max, head, definite, bool(words & _ADDITIVE), figure.named_person)


def _singular(head: str | None) -> str | None:
    return None if head is None else head.removesuffix("s").replace("men", "man")


def _restates(said: _Said, kept: list[_Said], summary: bool) -> bool:
    """Whether a figure in a later sentence says again what the kept figures said."""
    total = sum(k.low for k in kept)
    if said.additive and not said.definite:
        return False
    if said.definite and said.low <= total:
        return True
    if said.named and total >= 1:
        return not summary or total > 1 or any(not k.named for k in kept)
    same_head = any(_singular(k.head) == _singular(said.head) and k.low == said.low for k in kept)
    if same_head:
        return True
    if summary:
        return said.low == total and said.low > 1 and said.head in ("people", "persons", "others", None)
    return said.low <= total


def _overall(said: _Said, kept: list[_Said]) -> bool:
    """Whether a figure is the sum of what came before: an overall toll stated last."""
    total = sum(k.low for k in kept)
    return len(kept) > 1 and said.low == total and not said.additive


def total_of(figures: list[Figure], document: Document) -> tuple[int | None, int | None] | None:
    """Return (lowest, highest) number of people over the figures of one outcome; None when there is no figure."""
    if not figures:
        return None
    tolls = [f for f in figures if f.rule == "toll"]
    if tolls:
        return tolls[-1].count_min, tolls[-1].count_max
    summary = len([s for s in document.sentences if not s.in_title]) <= SUMMARY_SENTENCES
    kept: list[_Said] = []
    for figure in figures:
        said = _said(document, figure)
        if not kept:
            kept = [said]
            continue
        same_sentence = figure.sentence_index == kept[-1].figure.sentence_index
        if same_sentence and figure.outcome_tokens == kept[-1].figure.outcome_tokens:
            kept.append(said)
            continue
        if _overall(said, kept):
            kept = [said]
        elif same_sentence and not said.definite:
            kept.append(said)
        elif _restates(said, kept, summary):
            if not summary and said.low > sum(k.low for k in kept):
                kept = [said]
        elif summary or said.additive:
            kept.append(said)
        else:
            kept = [said]
    if any(k.figure.bound != "vague" for k in kept):
        # `three dead and an unknown number`: what is vague adds nothing that could be defended
        kept = [k for k in kept if k.figure.bound != "vague"]
    highs = [k.high for k in kept]
    return sum(k.low for k in kept), None if None in highs else sum(h for h in highs if h is not None)
