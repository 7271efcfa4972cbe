"""Linking: which reports of different articles tell of one incident, with probability and reasons.

Splink with the shipped model, on its DuckDB backend, in a scratch database in memory: it leaves tables of its own
behind. What is handed over holds no number of people.

Belongs here: preparing the reports, running the model, pairs out. Keep out: the model (`linking_model.toml`) and groups
of pairs (`incidents.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.linking_model import Model
from warehouse.names import names, weigh
from warehouse.statements import statement

MOST_BLOCKED_DAYS = 7  # a report over more days than this is blocked on its first ones
NAMES_WITH_DAY = 12  # rarest names of a text that may bring two reports of one day together
NAMES_IN_PAIRS = 8  # rarest names of which two must be shared where no day helps
_COLUMNS: dict[str, pa.DataType] = {
    "report_id": pa.uint64(),
    "article_id": pa.string(),
    "article_version_id": pa.uint64(),
    "story_id": pa.uint64(),
    "is_main": pa.bool_(),
    "published_on": pa.date32(),
    "event_date_start": pa.date32(),
    "event_date_end": pa.date32(),
    "day_stated": pa.bool_(),
    "country": pa.string(),
    "place_admin": pa.string(),
    "place_id": pa.uint64(),
    "place_fine": pa.bool_(),
    "lat": pa.float64(),
    "lon": pa.float64(),
    "attacker_group": pa.string(),
    "victim_groups": pa.list_(pa.string()),
    "weapons": pa.list_(pa.string()),
    "names": pa.map_(pa.string(), pa.float64()),
    "day_area": pa.list_(pa.string()),
    "day_name": pa.list_(pa.string()),
    "week_area": pa.list_(pa.string()),
    "name_pair": pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports (left < right), the probability that they tell of one incident, and what that rests on, in words."""

    left: int
    right: int
    probability: float
    basis: str


def find_pairs(reports: Sequence[Mapping[str, Any]], model: Model, *, at_least: float = 0.01) -> list[Pair]:
    """Return the pairs of reports that the model finds at all likely, most probable first.

    reports: rows of `core/link_inputs.sql`. at_least: pairs below this probability are left out.
    """
    if len(reports) < 2:
        return []
    from splink import Linker  # here, because importing it takes longer than most commands take
    from splink.backends.duckdb import DuckDBAPI

    scratch = duckdb.connect(":memory:")
    try:
        scratch.execute(statement("core/link_macros"))
        registered = DuckDBAPI(connection=scratch).register(prepare(reports), dataset_display_name="reports")
        linker = Linker(registered, model.settings(), log_level=None)
        predicted = linker.inference.predict(threshold_match_probability=at_least).as_duckdbpyrelation()
        wanted = ["report_id_l", "report_id_r", "match_probability", *(f"gamma_{comparison.name}" for comparison in model.comparisons)]
        found = predicted.select(*wanted).to_arrow_table().to_pylist()
    finally:
        scratch.close()
    pairs = [_pair(row, model) for row in found]
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.left, pair.right))


def prepare(reports: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return the table that Splink reads: the evidence of each report, and the keys under which it is looked for."""
    texts = {report["report_id"]: names(report["words"] or "") for report in reports}
    articles = {report["article_version_id"]: texts[report["report_id"]] for report in reports if report["is_main"]}
    weighed = weigh(texts, articles.values())
    rows = []
    for report in sorted(reports, key=lambda item: item["report_id"]):
        weights = weighed[report["report_id"]]
        end = report["event_date_end"] or report["event_date_start"]
        rows.append(report | {"names": list(weights.items()), "event_date_end": end} | _keys(report, list(weights)))  # type: ignore[operator]
    return pa.table({name: pa.array([row[name] for row in rows], type=kind) for name, kind in _COLUMNS.items()})


def _keys(report: Mapping[str, Any], rarest: list[str]) -> dict[str, list[str]]:
    area = f"{report['country']}|{report['place_admin']}" if report["country"] and report["place_admin"] else None
    days = _days(report)
    published = report["published_on"]
    week = (published - date(1970, 1, 1)).days // 7 if published is not None else None
    return {
        "day_area": [f"{day}|{area}" for day in days] if area else [],
        "day_name": [f"{day}|{name}" for day in days for name in rarest[:NAMES_WITH_DAY]],
        "week_area": [f"{week + step}|{area}" for step in (0, 1)] if area and week is not None else [],
        "name_pair": ["|".join(pair) for pair in combinations(sorted(rarest[:NAMES_IN_PAIRS]), 2)],
    }


def _days(report: Mapping[str, Any]) -> list[date]:
    """The days of a report and the day after, so that neighbours meet as well."""
    start = report["event_date_start"]
    if start is None:
        return []
    end = report["event_date_end"] or start
    return [start + timedelta(days=step) for step in range(min((end - start).days, MOST_BLOCKED_DAYS) + 2)]


def _pair(row: Mapping[str, Any], model: Model) -> Pair:
    left, right = sorted((row["report_id_l"], row["report_id_r"]))
    gammas = {comparison.name: row[f"gamma_{comparison.name}"] for comparison in model.comparisons}
    return Pair(left, right, float(row["match_probability"]), model.basis(gammas))
