"""Rules for schema ops, with the comparison of a run with the runs before it.

Belongs here: rules about runs, readings, quarantine and results. Keep out: the same comparison for a chunk (`measures.py`).
"""

from __future__ import annotations

import json

import pandas as pd

from expectations.check import Rule
from expectations.frames import values
from expectations.measures import FEW_ARTICLES, Reading, times_before, unlike_before
from expectations.rules.common import is_not, not_above, not_blank, row_rule


def _like_runs_before(frame: pd.DataFrame) -> list[bool]:
    columns = ("run_id", "started_at", "status", "n_read", "n_figures", "n_quarantined")
    results = dict.fromkeys(range(len(frame)), True)
    history: list[Reading] = []
    ordered = sorted(enumerate(values(frame, *columns)), key=lambda item: (item[1][1], item[1][0]))
    for position, (_, _, status, n_read, n_figures, n_quarantined) in ordered:
        if status != "succeeded" or not n_read:
            continue
        this = Reading(n_read, (n_figures or 0) + (n_quarantined or 0))
        results[position] = n_read < FEW_ARTICLES or not unlike_before(times_before(this, history))
        history.append(this)
    return list(results.values())


def _status_fits_end(status: str, ended_at: object) -> bool:
    return (ended_at is None) == (status == "running")


def _is_json(text: str | None) -> bool:
    if text is None:
        return True
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


RUNS = (
    not_above("started_at", "ended_at", "A run ends after it starts."),
    row_rule(
        "status_fits_end", "A run without an end is running, one with an end is not.", ("status", "ended_at"), _status_fits_end, "flag"
    ),
    row_rule(
        "failure_has_reason",
        "A failed run says why.",
        ("status", "error"),
        lambda status, error: status != "failed" or bool(error),
    ),
    Rule(
        "figures_like_runs_before",
        "flag",
        "The figures per article of a run are within a fifth and five times of the median of the runs before it; outside, the input or the "
        "reader changed. A run is not stopped for it: a day of other news is no mistake.",
        ("run_id", "started_at", "status", "n_read", "n_figures", "n_quarantined"),
        _like_runs_before,
    ),
)
READINGS = (
    row_rule("main_incident_is_json", "main_incident is JSON.", ("main_incident",), _is_json),
    row_rule("people_is_json", "people is JSON.", ("people",), _is_json),
)
REJECTED_INPUTS = (
    row_rule("detail_says_why", "What is rejected is told why, in words.", ("detail",), lambda text: text is None or bool(text.strip())),
)
QUARANTINE = (
    row_rule("row_is_json", "The row that was kept out can be read again.", ("row_json",), _is_json),
    row_rule(
        "readmission_is_signed",
        "Who re-admits a figure leaves a name and a reason.",
        ("readmitted_at", "readmitted_by", "readmitted_why"),
        lambda at, by, why: (at is None) == (by is None) == (why is None),
    ),
)
SOURCE_MERGES = (
    is_not("into_source_id", "from_source_id", "No source is merged into itself."),
    not_blank("why", "Who merges two sources leaves a reason."),
    not_blank("merged_by", "Who merges two sources leaves a name."),
    row_rule(
        "undoing_is_signed",
        "Who takes a merge back leaves a name and a reason.",
        ("undone_at", "undone_by", "undone_why"),
        lambda at, by, why: (at is None) == (by is None) == (why is None),
    ),
)
CORRECTIONS = (
    not_blank("why", "Who corrects leaves a reason."),
    not_blank("decided_by", "Who corrects leaves a name."),
    row_rule(
        "undoing_is_signed",
        "Who takes a correction back leaves a name and a reason.",
        ("undone_at", "undone_by", "undone_why"),
        lambda at, by, why: (at is None) == (by is None) == (why is None),
    ),
)
REDACTIONS = (
    row_rule("redaction_says_why", "Who redacts leaves a name and a reason.", ("redacted_by", "why"), lambda by, why: bool(by and why)),
)
VALIDATION_RESULTS = (
    not_above("n_unexpected", "n_rows", "No more rows fail than were looked at.", "flag"),
    row_rule(
        "success_has_no_unexpected",
        "What held has no failing rows.",
        ("success", "n_unexpected"),
        lambda success, n_unexpected: not success or n_unexpected == 0,
    ),
)
