"""Linking: which reports of different articles tell of one incident, with probability and reasons.

Splink with a linking model of fixed parameters, on its DuckDB backend, in a scratch database in memory: it leaves tables
of its own behind. What is handed over holds no number of people.

Belongs here: preparing the reports, running the model, pairs out. Keep out: the model (`linking_model.py`), which reports
are new (`link_reports.py`) and groups of pairs (`incidents.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from transforms.identity import hash63
from warehouse.likeness import weigh, words
from warehouse.linking_model import Model, Reason
from warehouse.statements import statement

AT_LEAST = 0.01  # pairs of a smaller probability are not kept
EVIDENCE: dict[str, pa.DataType] = {
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
    "words": pa.list_(pa.uint64()),
    "weights": pa.list_(pa.float64()),
    "rare": pa.list_(pa.uint64()),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports (left < right), the probability that they tell of one incident, and what that rests on."""

    left: int
    right: int
    probability: float
    reasons: tuple[Reason, ...] = ()

    @property
    def basis(self) -> str:
        """What speaks for the pair, then what speaks against it, in words."""
        pro = [reason.says for reason in self.reasons if reason.weight > 0]
        contra = [reason.says for reason in self.reasons if reason.weight < 0]
        return "; ".join(pro) + (f" (although: {'; '.join(contra)})" if contra else "")


def find_pairs(reports: Sequence[Mapping[str, Any]], model: Model) -> list[Pair]:
    """Return the pairs of reports that the model finds at all likely (AT_LEAST), most probable first.

    reports: rows of `core/link_inputs.sql`.
    """
    scratch = duckdb.connect(":memory:")
    try:
        scratch.execute(statement("core/link_macros"))
        scratch.register("evidence", prepare(reports, model))
        keyed = scratch.sql(statement("core/link_keyed"), params=dict(model.blocking)).to_arrow_table()
    finally:
        scratch.close()
    return predict(keyed, model)


def prepare(reports: Sequence[Mapping[str, Any]], model: Model) -> pa.Table:
    """Return the evidence of each report, in order of their ids, as Splink reads it: columns of EVIDENCE."""
    listed = {hash63("word", word) for word in model.rarity.per_10000}
    rows = []
    for report in sorted(reports, key=lambda item: item["report_id"]):
        weighed = weigh(words(report["words"] or ""), model.rarity)
        found = {"words": list(weighed), "weights": list(weighed.values()), "rare": [word for word in weighed if word not in listed]}
        rows.append({**report, **found, "event_date_end": report["event_date_end"] or report["event_date_start"]})
    return pa.table({name: pa.array([row[name] for row in rows], type=kind) for name, kind in EVIDENCE.items()})


def predict(keyed: pa.Table, model: Model) -> list[Pair]:
    """Return the likely pairs among reports of which at least one is new, most probable first.

    keyed: columns of EVIDENCE, `keys` (the keys of which two reports must share one to be looked at) and `is_new`. Two
    reports of one article version are never a pair: it was split into them for a reason.
    """
    if keyed.num_rows < 2:
        return []
    from splink import Linker  # here, because importing it takes longer than most commands take
    from splink.backends.duckdb import DuckDBAPI

    scratch = duckdb.connect(":memory:")
    try:
        scratch.execute(statement("core/link_macros"))
        registered = DuckDBAPI(connection=scratch).register(keyed, dataset_display_name="reports")
        linker = Linker(registered, model.settings(), log_level=None)
        predicted = linker.inference.predict(threshold_match_probability=AT_LEAST).as_duckdbpyrelation()
        wanted = ["report_id_l", "report_id_r", "match_probability", *(f"gamma_{comparison.name}" for comparison in model.comparisons)]
        found = predicted.select(*wanted).to_arrow_table().to_pylist()
    finally:
        scratch.close()
    pairs = [_pair(row, model) for row in found]
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.left, pair.right))


def _pair(row: Mapping[str, Any], model: Model) -> Pair:
    left, right = sorted((row["report_id_l"], row["report_id_r"]))
    gammas = {comparison.name: row[f"gamma_{comparison.name}"] for comparison in model.comparisons}
    return Pair(left, right, float(row["match_probability"]), model.reasons(gammas))
