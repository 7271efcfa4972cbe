"""Rules for core.figures: the words that a figure rests on stand where it says they stand.

Belongs here: spans, quotes and the columns that hold words as printed. Keep out: what the number means (`figures.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from expectations.check import CHUNK_ONLY, Rule
from expectations.frames import values

_SPAN = ("in_title", "char_start", "char_end")


def _source(in_title: bool, title: str | None, text: str | None) -> str:
    return (title if in_title else text) or ""


def _span_is_forward(frame: pd.DataFrame) -> list[bool]:
    return [start < end for start, end in values(frame, "char_start", "char_end")]


def _article_is_there(frame: pd.DataFrame) -> list[bool]:
    return [text is not None for (text,) in values(frame, "text")]


def _quote_equals_text(frame: pd.DataFrame) -> list[bool]:
    return [
        text is None or _source(in_title, title, text)[start:end] == quote
        for in_title, start, end, title, text, quote in values(frame, *_SPAN, "title", "text", "quantity_text")
    ]


def _sentence_is_printed_there(frame: pd.DataFrame) -> list[bool]:
    columns = (*_SPAN, "title", "text", "sentence")
    return [
        text is None or _covers(_source(in_title, title, text), sentence, start, end)
        for in_title, start, end, title, text, sentence in values(frame, *columns)
    ]


def _covers(source: str, sentence: str, start: int, end: int) -> bool:
    """Return whether the sentence is printed in the source at a place that covers [start, end)."""
    if not sentence:
        return False
    found = source.find(sentence, max(0, end - len(sentence)))
    return 0 <= found <= start and end <= found + len(sentence)


def _printed(column: str) -> Callable[[pd.DataFrame], list[bool]]:
    """Return a rule: the words in the column stand in the article, letter case and white space aside."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        folded: dict[Any, str] = {}
        results = []
        for version, title, text, words in values(frame, "article_version_id", "title", "text", column):
            if version not in folded:
                folded[version] = _fold(f"{title or ''}\n{text or ''}")
            results.append(text is None or words is None or _fold(words) in folded[version])
        return results

    return holds


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _spans_do_not_overlap(frame: pd.DataFrame) -> list[bool]:
    """False for the shorter of two figures of one outcome whose number phrases overlap without being the same span."""
    groups: dict[tuple[Any, ...], list[tuple[int, int, int]]] = {}
    columns = ("article_version_id", "reader_version", "in_title", "outcome", "char_start", "char_end")
    for position, (*key, start, end) in enumerate(values(frame, *columns)):
        groups.setdefault(tuple(key), []).append((start, end, position))
    holds = [True] * len(frame)
    for spans in groups.values():
        kept_end, kept = -1, (0, 0)
        for start, end, position in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start < kept_end and (start, end) != kept:
                holds[position] = False
            else:
                kept_end, kept = end, (start, end)
    return holds


def _printed_rule(name: str, column: str, what: str) -> Rule:
    why = f"{what} is given as printed, so it stands in the article; where it does not, the reader put words together that nobody wrote."
    return Rule(name, "quarantine", why, ("article_version_id", "title", "text", column), _printed(column), stages=CHUNK_ONLY)


RULES = (
    Rule(
        "article_is_there",
        "quarantine",
        "Every figure has an article: without its text nothing of it can be shown or checked.",
        ("text",),
        _article_is_there,
        shows=("article_version_id",),
        stages=CHUNK_ONLY,
    ),
    Rule(
        "span_is_forward",
        "quarantine",
        "A number phrase has at least one character: char_start < char_end.",
        ("char_start", "char_end"),
        _span_is_forward,
        shows=("char_start", "char_end"),
    ),
    Rule(
        "quote_equals_text",
        "quarantine",
        "The text at the figure's span is its quantity_text, to the letter: a number must lead back to its words.",
        (*_SPAN, "title", "text", "quantity_text"),
        _quote_equals_text,
        shows=_SPAN,
        stages=CHUNK_ONLY,
    ),
    Rule(
        "sentence_is_printed_there",
        "quarantine",
        "The sentence is quoted exactly as printed, around the figure's span.",
        (*_SPAN, "title", "text", "sentence"),
        _sentence_is_printed_there,
        shows=_SPAN,
        stages=CHUNK_ONLY,
    ),
    Rule(
        "spans_do_not_overlap",
        "quarantine",
        "Two figures of one outcome do not share words (`20 to 30` and `30`): the shorter one is a piece of the longer. Found by no "
        "other rule, it would count people twice.",
        ("article_version_id", "reader_version", "outcome", *_SPAN),
        _spans_do_not_overlap,
        shows=_SPAN,
        stages=CHUNK_ONLY,
    ),
    _printed_rule("victims_are_printed", "victim_text", "The people (victim_text)"),
    _printed_rule("source_is_printed", "source_text", "The attributed source (source_text)"),
    _printed_rule("place_is_printed", "place_text", "The place (place_text)"),
)
