"""Rows of what ties reports to their incidents: core.incident_reports and core.incident_links, from groups and pairs.

Columns, not rows: there are nearly ten links for each report, and what they say is said in a few thousand ways.

Belongs here: pairs in, rows out. Keep out: ids and rows of incidents (`incidents.py`), and which reports are one (`grouping.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warehouse.linking_model import Model, basis
from warehouse.pairs import Pairs

MOST_LINKS = 20
_PAIRS_AT_ONCE = 50_000
_ROWS_AT_ONCE = 50_000
_ALONE = "stands alone"


def review(decided: bool) -> str:
    """Return what the column `review` says of a report or incident."""
    return "reviewed" if decided else "machine_linked"


def report_rows(incident_of: Mapping[int, int], within: Pairs, model: Model, decided: Mapping[int, str]) -> pa.Table:
    """Return the rows of core.incident_reports, one for each report, which goes by its most probable pair.

    within: the pairs of one incident. decided: what people decided on a report, in words.
    """
    reports, pairs = within.first_of_each()
    known, which = np.unique(within.levels[pairs], return_inverse=True)
    probable: list[float | None] = [None] * len(within.ids)
    rests_on = [_ALONE] * len(within.ids)
    said = [basis(within.shown[number].reasons) for number in known.tolist()]
    for report, probability, number in zip(reports.tolist(), within.probabilities(pairs).tolist(), which.tolist(), strict=True):
        probable[report], rests_on[report] = probability, said[number]
    return pa.table(
        {
            "report_id": pa.array(within.ids, type=pa.uint64()),
            "incident_id": pa.array([incident_of[report] for report in within.ids], type=pa.uint64()),
            "match_probability": pa.array(probable, type=pa.float64()),
            "link_basis": [decided.get(report, text) for report, text in zip(within.ids, rests_on, strict=True)],
            "model_version": [model.version] * len(within.ids),
            "review": [review(report in decided) for report in within.ids],
        }
    )


def link_rows(incident_of: Mapping[int, int], within: Pairs, model: Model) -> Iterator[pa.Table]:
    """Yield the links to keep, some rows at a time: of each report the MOST_LINKS most probable. All pairs of an incident grow with
    its square.

    within: the pairs of one incident.
    """
    ids = np.array(within.ids, dtype=np.uint64)
    incidents = np.array([incident_of[report] for report in within.ids], dtype=np.uint64)
    kept = _kept(within)
    for start in range(0, len(kept), _ROWS_AT_ONCE):
        some = kept[start : start + _ROWS_AT_ONCE]
        left = within.left[some]
        yield pa.table(
            {
                "left_report_id": ids[left],
                "right_report_id": ids[within.right[some]],
                "incident_id": incidents[left],
                "match_probability": within.probabilities(some),
                "prior_weight": np.full(len(some), model.prior_weight),
                **_said(within, some),
                "model_version": pa.repeat(model.version, len(some)),
            }
        )


def _said(pairs: Pairs, some: NDArray[np.int64]) -> dict[str, pa.Array]:
    """What the comparisons say of these pairs: each way of saying it is made once, and taken where it stands."""
    known, which = np.unique(pairs.levels[some], return_inverse=True)
    reasons = [pairs.shown[number].reasons for number in known.tolist()]
    said: dict[str, tuple[Sequence[Sequence[Any]], pa.DataType]] = {
        "comparisons": ([[reason.comparison for reason in found] for found in reasons], pa.string()),
        "reasons": ([[reason.says for reason in found] for found in reasons], pa.string()),
        "weights": ([[reason.weight for reason in found] for found in reasons], pa.float64()),
    }
    return {name: pa.array(lists, type=pa.list_(kind)).take(pa.array(which)) for name, (lists, kind) in said.items()}


def _kept(pairs: Pairs) -> NDArray[np.int64]:
    """The places of the pairs of which one report at least has less than MOST_LINKS more probable ones that are kept."""
    kept = [0] * len(pairs.ids)
    found = []
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):  # a list of all would take more memory than the pairs
        left, right = (column[start : start + _PAIRS_AT_ONCE] for column in (pairs.left, pairs.right))
        full = np.array(kept) >= MOST_LINKS
        maybe = np.flatnonzero(~(full[left] & full[right]))
        for place, one, other in zip((start + maybe).tolist(), left[maybe].tolist(), right[maybe].tolist(), strict=True):
            if kept[one] < MOST_LINKS or kept[other] < MOST_LINKS:
                kept[one] += 1
                kept[other] += 1
                found.append(place)
    return np.array(found, dtype=np.int64)
