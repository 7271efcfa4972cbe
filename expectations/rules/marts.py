"""Rules for schema mart: the numbers that people compare are consistent in themselves.

Belongs here: rules within one row, or within one mart. Keep out: whether a mart is right, which its hand-computed tests show.
"""

from __future__ import annotations

from typing import Any

from expectations.rules.common import is_not, not_above, not_blank, row_rule
from expectations.rules.linking import OUTCOME

_COUNTS = not_above("count_min", "count_max", "The lower bound is not above the upper.")
_REPORTED = not_above("first_reported_on", "last_reported_on", "The first day of printing is not after the last.")
_SHOWN = row_rule(
    "figure_shown_is_among_its_figures",
    "The figure shown is one of the figures behind the row.",
    ("figure_id", "figure_ids"),
    lambda figure, figures: figures is None or figure in figures,
)
_COUNTED = row_rule(
    "n_figures_counts_figure_ids",
    "n_figures is the number of different figures behind the row.",
    ("n_figures", "figure_ids"),
    lambda count, figures: figures is None or count == len(set(figures)) == len(figures),
)


def _spread(lowest: int | None, highest: int | None, spread: int | None) -> bool:
    if lowest is None or highest is None:
        return spread is None
    return spread == highest - lowest


def _movement(revision: str, change: int | None) -> bool:
    """Return whether the sign of the change is what the kind of movement says."""
    if change is None:
        return True
    return {"up": change > 0, "down": change < 0, "same": change == 0, "first": False, "unordered": False}.get(revision, True)


def _only_ordered(order_known: bool, previous: Any, change: Any) -> bool:
    return bool(order_known) or (previous is None and change is None)


TOLLS = (
    OUTCOME,
    _COUNTS,
    not_above("holds_from", "holds_to", "The interval that a figure leaves open is not empty."),
    row_rule(
        "sum_names_its_parts",
        "A derived row names the parts it is the sum of; no other row has any.",
        ("is_derived", "derived_from"),
        lambda derived, parts: derived == (parts is not None and len(parts) > 1),
    ),
    row_rule(
        "left_out_alone_is_left_out",
        "What its own article keeps from counting does not count.",
        ("counts_alone", "left_out", "superseded_by"),
        lambda alone, left_out, superseded: alone or left_out is not None or superseded is not None,
    ),
)
FIGURE_COMPARISON = (
    OUTCOME,
    _COUNTS,
    _REPORTED,
    _SHOWN,
    _COUNTED,
    not_blank("count_shown", "A number is shown as people write it."),
    not_above("n_publishers", "n_figures", "No more publishers than figures."),
    not_above("n_stories", "n_figures", "No more stories than figures."),
    row_rule(
        "some_bound_is_given",
        "A row that is compared bounds a number on one side at least, unless it spans figures whose order is not known.",
        ("count_min", "count_max", "order_known"),
        lambda low, high, order_known: low is not None or high is not None or not order_known,
    ),
)
INCIDENT_TOLLS = (
    OUTCOME,
    not_above("lowest", "highest", "The lowest number is not above the highest."),
    row_rule("spread_is_the_difference", "spread is highest less lowest.", ("lowest", "highest", "spread"), _spread),
    row_rule(
        "conflict_needs_two_origins",
        "Only two or more origins can contradict each other.",
        ("is_conflict", "n_distinct_origins"),
        lambda conflict, origins: not conflict or origins >= 2,
    ),
    row_rule(
        "status_goes_with_conflict",
        "The status is `conflict` exactly where two origins contradict each other, and `one_origin` where there is one.",
        ("status", "is_conflict", "n_distinct_origins"),
        lambda status, conflict, origins: (status == "conflict") == conflict and (status == "one_origin") == (origins == 1),
    ),
    row_rule(
        "origins_within_figures",
        "Each origin has a figure behind the row.",
        ("n_distinct_origins", "figure_ids"),
        lambda origins, figures: figures is None or origins <= len(set(figures)),
    ),
)
_ORDERED = (
    is_not("previous_figure_id", "figure_id", "No figure comes before itself."),
    row_rule(
        "unknown_order_has_no_change",
        "Where the order of same-day figures is unknown, none comes before another and nothing changed.",
        ("order_known", "previous_figure_id", "change"),
        _only_ordered,
    ),
)
TOLL_REVISIONS = (
    OUTCOME,
    _COUNTS,
    *_ORDERED,
    row_rule("change_goes_with_revision", "`up` is more, `down` is less, `same` is no change.", ("revision", "change"), _movement),
    row_rule(
        "first_has_none_before",
        "The first figure of an origin has none before it.",
        ("revision", "previous_figure_id"),
        lambda revision, previous: revision != "first" or previous is None,
    ),
)
SERIES_COMPARISON = (_COUNTS, _REPORTED, _SHOWN, _COUNTED, not_blank("what", "What is counted is said in words."))
SERIES_REVISIONS = (
    _COUNTS,
    *_ORDERED,
    row_rule(
        "change_goes_with_revision",
        "`up` is more, `down` is less, `same` is no change, and counts with different starts are not subtracted.",
        ("revision", "change"),
        lambda revision, change: _movement(revision, change) and not (revision == "restart" and change is not None),
    ),
)
ARTICLE_INCIDENTS = (not_blank("article_id", "An article has an id."),)
SOURCE_AGREEMENT = (
    not_above("n_both", "n_incidents", "No more incidents in common than the one reports."),
    not_above("n_both", "n_other_incidents", "No more incidents in common than the other reports."),
    is_not("other_origin_id", "origin_id", "Nobody agrees with himself."),
    row_rule(
        "statuses_add_up",
        "Every cell that both give a number for has one status.",
        ("n_cells", "n_compatible", "n_overlap", "n_conflict", "n_not_comparable"),
        lambda cells, *statuses: cells == sum(statuses),
    ),
)
RELAY_DRIFT = (
    OUTCOME,
    is_not("reference_figure_id", "figure_id", "A print is not held against itself."),
    row_rule(
        "each_change_in_words",
        "Each difference is told in words.",
        ("changed", "details"),
        lambda changed, details: changed is None or len(changed) == len(details),
    ),
)
COVERAGE = (
    row_rule(
        "received_is_read_or_unread",
        "What was received was read, left unread for its language, or not looked at.",
        ("n_received", "n_read", "n_not_read", "n_unread"),
        lambda received, read, not_read, unread: received == read + not_read + unread,
    ),
    not_above("n_with_figures", "n_received", "No more articles with figures than articles."),
    not_above("n_with_quarantined", "n_received", "No more articles with held-back figures than articles."),
)
CONVENTIONS = (not_blank("source", "A convention names where it is published."),)
CONVENTION_WORDS = (not_blank("word", "A word has letters."),)
