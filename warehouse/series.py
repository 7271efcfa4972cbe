"""Series: running tolls, kept apart from the numbers of any incident.

One series is one origin, one thing counted (outcome, status, group, demographic), one place and one start. The army's
`over 600` since the start of its operation and a monitor's 283 are two series, and stand side by side in
`mart.series_comparison` because they count the same in the same area.

Belongs here: cumulative figures in, core.series out, and which series stand side by side. Keep out: tolls of incidents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from transforms.identity import hash63
from transforms.sources.groups import group_name
from warehouse.dimensions import scratch
from warehouse.load import fetch_rows, insert_rows
from warehouse.statements import statement


def rebuild_series(con: duckdb.DuckDBPyConnection) -> None:
    """Fill core.series and core.series_figures (empty before) from the current cumulative figures."""
    rows = fetch_rows(con, statement("core/series_inputs"))
    found: dict[int, dict[str, Any]] = {}
    links = []
    for row in _headlines_following(rows):
        described = _series(row)
        found.setdefault(described["series_id"], described)
        links.append({"figure_id": row["figure_id"], "series_id": described["series_id"]})
    insert_rows(con, "core.series", (found[key] for key in sorted(found)))
    insert_rows(con, "core.series_figures", links)


def group_series(con: duckdb.DuckDBPyConnection) -> None:
    """Leave the scratch table series_groups (series_id, series_group): rows of one group stand side by side."""
    home = {series: series for (series,) in con.execute("SELECT series_id FROM core.series ORDER BY series_id").fetchall()}

    def root(series: int) -> int:
        while home[series] != series:
            series = home[series]
        return series

    for one, other in con.execute(statement("mart/series_neighbours")).fetchall():
        low, high = sorted((root(one), root(other)))
        home[high] = low
    columns = {"series_id": list(home), "series_group": [root(series) for series in home]}
    scratch(con, "series_groups", {name: (pa.uint64(), values) for name, values in columns.items()})


def _headlines_following(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give a headline that repeats a running toll of its article what only the body says of it: whom, where, since when."""
    bodies: dict[tuple[object, ...], Mapping[str, Any]] = {}
    followed = []
    for row in rows:  # the body of an article comes before its title
        key = tuple(row[name] for name in ("article_version_id", "outcome", "count_stated", "count_min", "count_max"))
        if not row["in_title"]:
            bodies.setdefault(key, row)
        followed.append({**row, **bodies[key], "figure_id": row["figure_id"]} if row["in_title"] and key in bodies else dict(row))
    return followed


def _series(row: Mapping[str, Any]) -> dict[str, Any]:
    group = group_name(row["victim_group"] or "") or row["victim_group"]
    place = row["place_id"] if row["place_id"] is not None else (row["place_text"] or "").casefold()
    since = row["event_date_start"] if row["event_date_start"] is not None else (row["since_text"] or "").casefold()
    what = row["outcome"], row["victim_status"], group, row["demographic"]
    return {
        "series_id": hash63("series", row["origin_id"], *what, place, since),
        "origin_id": row["origin_id"],
        "outcome": row["outcome"],
        "victim_status": row["victim_status"],
        "victim_group": group,
        "demographic": row["demographic"],
        "place_id": row["place_id"],
        "place_name": row["place_name"] or row["place_text"],
        "place_admin": row["place_admin"],
        "country": row["country"],
        "since_on": row["event_date_start"],
        "since_text": row["since_text"],
    }
