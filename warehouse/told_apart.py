"""Reports told apart: whether two groups hold reports that state days, or name towns, clearly apart.

Belongs here: that one question, for all reports of two groups at once. Keep out: what follows from it (`grouping.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse import places
from warehouse.linking_model import Model
from warehouse.open_days import days_between, is_open, year_days

_EARTH_KM = 12742  # diameter
_SLACK_KM = 0.001  # that much further than wanted two towns may seem together, before it is looked at exactly


class ToldApart:
    """Reports, by their place in a list, with their days and towns in arrays."""

    def __init__(self, reports: Sequence[Mapping[str, Any]], model: Model) -> None:
        """reports: rows of `core/link_inputs.sql`."""
        self._reports, self._model = reports, model
        dated = [row["day_stated"] and row["event_date_start"] is not None for row in reports]
        days = [
            (row["event_date_start"], row["event_date_end"] or row["event_date_start"]) if ok else None
            for row, ok in zip(reports, dated, strict=True)
        ]
        self._first = np.array([found[0].toordinal() if found else np.nan for found in days])
        self._last = np.array([found[1].toordinal() if found else np.nan for found in days])
        self._open = np.array([is_open(row) for row in reports], dtype=np.bool_)
        fine = [row["place_fine"] and row["lat"] is not None and row["lon"] is not None for row in reports]
        self._lat, self._lon = (
            np.radians(np.array([row[name] if ok else np.nan for row, ok in zip(reports, fine, strict=True)], dtype=np.float64))
            for name in ("lat", "lon")
        )

    def apart(self, some: Sequence[int], others: Sequence[int], linked: tuple[NDArray[np.int32], NDArray[np.int32]]) -> bool:
        """Whether a report of `some` and one of `others` are clearly apart, and not linked themselves.

        linked: the two reports of each pair between the groups that is linked, in either order.
        """
        one, other = np.array(some), np.array(others)
        maybe = self._maybe(one[:, None], other[None, :])
        if not maybe.any():
            return False
        row, column = (np.full(len(self._reports), -1, dtype=np.int32) for _ in range(2))
        row[one], column[other] = np.arange(len(one)), np.arange(len(other))
        for left, right in (linked, linked[::-1]):
            here = row[left] >= 0
            maybe[row[left[here]], column[right[here]]] = False
        return any(
            clearly_apart(self._reports[one[i]], self._reports[other[j]], self._model) for i, j in zip(*np.nonzero(maybe), strict=True)
        )

    def _maybe(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of each report and each other one: false only when they are not clearly apart."""
        first, last, lat, lon = self._first, self._last, self._lat, self._lon
        half = np.sin((lat[other] - lat[one]) / 2) ** 2 + np.cos(lat[one]) * np.cos(lat[other]) * np.sin((lon[other] - lon[one]) / 2) ** 2
        km = _EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
        days = np.maximum(first[one] - last[other], first[other] - last[one])
        found: NDArray[np.bool_] = (days > self._model.most_days_apart) | (km > self._model.most_km_apart - _SLACK_KM)
        return found | self._open[one] | self._open[other]


def clearly_apart(left: Mapping[str, Any], right: Mapping[str, Any], model: Model) -> bool:
    """Whether two reports state days, or name towns, that are clearly apart."""
    if all(row["day_stated"] or is_open(row) for row in (left, right)) and _days_apart(left, right) > model.most_days_apart:
        return True
    return bool(left["place_fine"] and right["place_fine"] and (places.kilometres(left, right) or 0.0) > model.most_km_apart)


def _days_apart(left: Mapping[str, Any], right: Mapping[str, Any]) -> int:
    if left["event_date_start"] is None or right["event_date_start"] is None:
        return days_between(year_days(left), year_days(right)) or 0
    ends = [row["event_date_end"] or row["event_date_start"] for row in (left, right)]
    gaps = (left["event_date_start"] - ends[1]).days, (right["event_date_start"] - ends[0]).days
    return max(0, int(max(gaps)))
