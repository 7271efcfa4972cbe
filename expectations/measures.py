"""Measures of a whole chunk, and of runs: figures per article against the runs before, and how much went to quarantine.

The measures become a frame of one row, which Great Expectations checks by `CHECKS`. They are generous, and robust against
one odd article (medians, shares of articles): a hostile text must not be able to stop every run.

Belongs here: numbers over many rows. Keep out: rules about one row (`rules/`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd

from expectations.check import Check
from expectations.frames import values

FEW_ARTICLES = 50  # below it, figures per article say nothing about the reader
_FEW_RUNS = 3
_MANY_ARTICLES = 500
_BETWEEN = (0.2, 5.0)  # times the median of the runs before
_SOME_ARTICLES = 20
_MOST_FIGURES = 150  # of the median article


@dataclass(frozen=True, slots=True)
class Reading:
    """How many articles were read, and how many figures were found in them (landed or quarantined)."""

    n_articles: int
    n_figures: int


def history_of(runs: Sequence[Mapping[str, Any]]) -> list[Reading]:
    """Return the readings of earlier runs (rows of ops.runs) that succeeded and read something."""
    return [
        Reading(run["n_read"], (run.get("n_figures") or 0) + (run.get("n_quarantined") or 0))
        for run in runs
        if run.get("status", "succeeded") == "succeeded" and run.get("n_read")
    ]


def times_before(this: Reading, history: Sequence[Reading]) -> float | None:
    """Return figures per article as a multiple of the median of earlier readings of some size; None where there are too few."""
    rates = [earlier.n_figures / earlier.n_articles for earlier in history if earlier.n_articles >= FEW_ARTICLES]
    if this.n_articles == 0 or len(rates) < _FEW_RUNS or median(rates) == 0:
        return None
    return this.n_figures / this.n_articles / median(rates)


def unlike_before(times: float | None) -> bool:
    """Return whether the multiple lies outside of what other news explains."""
    return times is not None and not _BETWEEN[0] <= times <= _BETWEEN[1]


def measure(frame: pd.DataFrame, quarantined: Collection[int], n_articles: int | None, history: Sequence[Reading]) -> pd.DataFrame:
    """Return the measures of a chunk of figures as a frame of one row; null where the chunk is too small to say.

    quarantined: positions of the rows that were kept out. n_articles: articles read, with those that have no figure.
    """
    rows_of: dict[Any, list[int]] = {}
    for position, (version,) in enumerate(values(frame, "article_version_id")):
        rows_of.setdefault(version, []).append(position)
    out = frozenset(quarantined)
    read = max(n_articles or 0, len(rows_of))
    times = times_before(Reading(read, len(frame)), history)
    enough = len(rows_of) >= _SOME_ARTICLES
    mostly_out = sum(2 * len(out.intersection(rows)) > len(rows) for rows in rows_of.values())
    return pd.DataFrame(
        {
            "figures_per_article_times_before": pd.array([times if read >= FEW_ARTICLES else None], dtype="Float64"),
            "figures_are_there": pd.array([times != 0 if read >= _MANY_ARTICLES else None], dtype="boolean"),
            "figures_of_median_article": pd.array([median(map(len, rows_of.values())) if enough else None], dtype="Float64"),
            "share_of_articles_mostly_quarantined": pd.array([mostly_out / len(rows_of) if enough else None], dtype="Float64"),
        }
    )


def _between(name: str, column: str, severity: Any, why: str, low: float | None, high: float | None) -> Check:
    return Check(name, severity, why, "expect_column_values_to_be_between", {"column": column, "min_value": low, "max_value": high})


CHECKS = (
    _between(
        "figures_per_article_like_before",
        "figures_per_article_times_before",
        "flag",
        f"Row counts against the runs before: a chunk of at least {FEW_ARTICLES} articles has between a fifth and five times the figures "
        f"per article of the median of the earlier runs (at least {_FEW_RUNS} of them). Outside, the input or the reader changed: worth a "
        "look, no reason to stop, for other news has other numbers.",
        *_BETWEEN,
    ),
    Check(
        "figures_have_not_vanished",
        "suite",
        f"{_MANY_ARTICLES} or more articles without a single figure, where earlier runs found some, is a broken reader or a broken input.",
        "expect_column_values_to_be_in_set",
        {"column": "figures_are_there", "value_set": [True]},
    ),
    _between(
        "median_article_is_no_table",
        "figures_of_median_article",
        "suite",
        f"Where the median of {_SOME_ARTICLES} or more articles has more than {_MOST_FIGURES} figures, these are no news articles, or "
        "every number was taken for a toll.",
        None,
        _MOST_FIGURES,
    ),
    _between(
        "articles_mostly_hold",
        "share_of_articles_mostly_quarantined",
        "suite",
        f"Where more than half of the figures of more than half of {_SOME_ARTICLES} or more articles are misread, texts and offsets do not "
        "belong together.",
        None,
        0.5,
    ),
)
