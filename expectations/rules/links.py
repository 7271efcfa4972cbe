"""Rules for core.figures: what one figure says of another of the same article.

Belongs here: parts and their wholes, tolls and those they replace. Keep out: figures of different articles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from expectations.check import CHUNK_ONLY, Rule
from expectations.frames import values

_ID = ("article_version_id", "reader_version", "figure_id")


def _by_id(frame: pd.DataFrame, *names: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return the named columns by (article version, reader version, figure); the first row of an id counts."""
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in values(frame, *_ID, *names):
        found.setdefault(row[:3], row[3:])
    return found


def _points_into_article(column: str) -> Callable[[pd.DataFrame], list[bool]]:
    """Return a rule: the column names another figure of the same article version, or nothing."""

    def holds(frame: pd.DataFrame) -> list[bool]:
        known = _by_id(frame)
        return [
            target is None or (target != figure and (version, reader, target) in known)
            for version, reader, figure, target in values(frame, *_ID, column)
        ]

    return holds


def _whole_goes_with_part(frame: pd.DataFrame) -> list[bool]:
    return [whole is None or relation == "part_of" for whole, relation in values(frame, "part_of_figure_id", "relation")]


def _parts_form_no_ring(frame: pd.DataFrame) -> list[bool]:
    wholes = _by_id(frame, "part_of_figure_id")
    return [not _in_ring(key, wholes) for key in (row[:3] for row in values(frame, *_ID))]


def _in_ring(key: tuple[Any, ...], wholes: dict[tuple[Any, ...], tuple[Any, ...]]) -> bool:
    """Return whether following the wholes of this figure leads back to it; one that is its own whole is no matter of this rule."""
    seen = {key}
    current = (*key[:2], wholes[key][0])
    if current == key:
        return False
    while current in wholes and current not in seen:
        seen.add(current)
        current = (*key[:2], wholes[current][0])
    return current == key


def _part_within_whole(frame: pd.DataFrame) -> list[bool]:
    counts = _by_id(frame, "count_min", "count_max")
    return [
        low is None or _high(counts, version, reader, whole) is None or low <= _high(counts, version, reader, whole)
        for version, reader, low, whole in values(frame, "article_version_id", "reader_version", "count_min", "part_of_figure_id")
    ]


def _high(counts: dict[tuple[Any, ...], tuple[Any, ...]], *key: Any) -> Any:
    return counts.get(key, (None, None))[1]


def _trend_agrees(frame: pd.DataFrame) -> list[bool]:
    counts = _by_id(frame, "count_min", "count_max")
    columns = ("article_version_id", "reader_version", "supersedes_figure_id", "trend", "count_min", "count_max")
    return [
        _moved(trend, (low, high), counts.get((*key, earlier), (None, None))) for *key, earlier, trend, low, high in values(frame, *columns)
    ]


def _moved(trend: str | None, now: tuple[int | None, int | None], earlier: tuple[int | None, int | None]) -> bool:
    """Return whether a toll that rose or fell can have moved that way from the earlier one."""
    if trend == "rose":
        return now[1] is None or earlier[0] is None or now[1] >= earlier[0]
    if trend == "fell":
        return now[0] is None or earlier[1] is None or now[0] <= earlier[1]
    return True


RULES = (
    Rule(
        "whole_is_in_article",
        "quarantine",
        "A share points to its whole: another figure of the same article.",
        (*_ID, "part_of_figure_id"),
        _points_into_article("part_of_figure_id"),
        shows=("part_of_figure_id",),
        stages=CHUNK_ONLY,
    ),
    Rule(
        "superseded_is_in_article",
        "quarantine",
        "A toll that replaces an earlier one points to it: another figure of the same article.",
        (*_ID, "supersedes_figure_id"),
        _points_into_article("supersedes_figure_id"),
        shows=("supersedes_figure_id",),
        stages=CHUNK_ONLY,
    ),
    Rule(
        "whole_goes_with_part",
        "quarantine",
        "Only a share (relation part_of) has a whole.",
        ("part_of_figure_id", "relation"),
        _whole_goes_with_part,
        shows=("relation", "part_of_figure_id"),
    ),
    Rule(
        "parts_form_no_ring",
        "quarantine",
        "No figure is, over its wholes, a share of itself.",
        (*_ID, "part_of_figure_id"),
        _parts_form_no_ring,
        shows=("part_of_figure_id",),
        stages=CHUNK_ONLY,
    ),
    Rule(
        "part_exceeds_whole",
        "flag",
        "A share is larger than its whole. Articles do print such things, most often when they mix two tolls: said, but odd.",
        (*_ID, "count_min", "count_max", "part_of_figure_id"),
        _part_within_whole,
        shows=("count_min", "part_of_figure_id"),
    ),
    Rule(
        "trend_disagrees",
        "flag",
        "The text says that the toll rose (fell), and yet the toll that it replaces is higher (lower): said, but odd.",
        (*_ID, "supersedes_figure_id", "trend", "count_min", "count_max"),
        _trend_agrees,
        shows=("trend", "count_min", "supersedes_figure_id"),
    ),
)
