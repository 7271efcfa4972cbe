"""A hand-made warehouse with two incidents and two running tolls, for the tests of comparison and report.

Belongs here: rows. Keep out: assertions.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import duckdb

from tests.warehouse.made import READ_AT, empty_warehouse, figure_row, put_article
from warehouse.load import insert_rows
from warehouse.marts import create_macros

# Two ids with the same first digits: a prefix of both names neither.
MARKET, BRIDGE = 4100000000000000001, 4100000000000000777
HOSTILE = 'Officials said <script>alert(1)</script> 40 were "killed" & more\u202e\x1b[31m.'
HOSTILE_LINK = "javascript:alert(1)"
CELL = {"outcome": "killed", "victim_side": "attacked", "victim_status": "people", "demographic": "all"}
MONITOR, REBELS, HOSPITAL = 1, 2, 3
NAMES = {MONITOR: "Hilltop Monitor", REBELS: "Red Column", HOSPITAL: "unnamed sources of The Gazette"}


def compared() -> duckdb.DuckDBPyConnection:
    """Return a warehouse in memory: a market attack that three origins count, a bridge that one counts, two running tolls."""
    con = empty_warehouse()
    create_macros(con)
    _sources(con)
    figures = _articles_and_figures(con)
    _incidents(con, figures)
    _comparison(con, figures)
    _tolls(con, figures)
    _revisions(con, figures)
    _series(con, figures)
    return con


def _sources(con: duckdb.DuckDBPyConnection) -> None:
    given: dict[int, dict[str, Any]] = {
        MONITOR: {"kind": "monitor", "is_known": True, "is_unnamed": False},
        REBELS: {"kind": "armed_group", "is_known": True, "is_unnamed": False},
        HOSPITAL: {"is_known": False, "is_unnamed": True},
    }
    insert_rows(con, "core.sources", [{"source_id": key, "name": NAMES[key], **row} for key, row in given.items()])
    itself = {"affiliation_id": 1, "source_id": REBELS, "party": NAMES[REBELS], "tie": "itself", "countries": [], "why": "it fights"}
    insert_rows(con, "core.source_affiliations", [itself])


def _articles_and_figures(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Insert three articles and their figures; return the figures' ids by name."""
    said = {
        "early": (
            "a1",
            "38",
            MONITOR,
            {"source_text": "the Hilltop Monitor", "sentence": "38 people were killed, the Hilltop Monitor said."},
        ),
        "late": ("a2", ">=40", MONITOR, {"source_text": "The Hilltop Monitor", "sentence": HOSTILE}),
        "claim": ("a2", "90", REBELS, {"source_text": "Red Column", "stance": "claimed", "sentence": "Red Column claims 90 dead."}),
        "ward": ("a3", "dozens", HOSPITAL, {"source_text": "a hospital source", "sentence": "Dozens died, a hospital source said."}),
        "denied": ("a3", "5", REBELS, {"source_text": "the Red Column", "stance": "denied", "sentence": "It denied that 5 died."}),
        "bridge": ("a3", "2", MONITOR, {"sentence": "Two died on the bridge.", "victim_text": "=cmd()"}),
        "toll": ("a3", ">600", MONITOR, {"scope": "cumulative", "since_text": "since March", "sentence": "Over 600 died since March."}),
        "other_toll": ("a1", "283", REBELS, {"scope": "cumulative", "sentence": "283 died."}),
    }
    pages: dict[str, dict[str, Any]] = {
        "a1": {"publisher": "The Gazette", "url": "https://gazette.example/1", "published_on": date(2021, 5, 3), "is_paraphrase": True},
        "a2": {"publisher": "Evening Post", "url": HOSTILE_LINK, "published_on": date(2021, 5, 4)},
        "a3": {"publisher": "The Gazette", "url": "https://gazette.example/3", "published_on": date(2021, 5, 5)},
    }
    versions = {}
    for article_id, page in pages.items():
        title = f"News <b>{article_id}</b>"
        versions[article_id] = put_article(con, article_id, title=title, **page)
        row = {"article_id": article_id, "article_version_id": versions[article_id], "first_seen_at": READ_AT}
        day = {"published_on": page["published_on"]}
        insert_rows(con, "core.article_versions", [row | day | {"version": 1}])
        insert_rows(con, "core.articles", [{"is_paraphrase": False} | row | page | {"n_versions": 1, "title": title}])
    ids = {}
    for position, (name, (article_id, words, origin, given)) in enumerate(said.items()):
        made = figure_row(versions[article_id], article_id, words, name=name, char_start=position * 10, origin_id=origin, **given)
        insert_rows(con, "core.figures", [made])
        ids[name] = made["figure_id"]
    return ids


def _incidents(con: duckdb.DuckDBPyConnection, figures: dict[str, int]) -> None:
    reports = {"early": (11, MARKET), "late": (12, MARKET), "claim": (12, MARKET), "ward": (13, MARKET), "denied": (13, MARKET)}
    reports["bridge"] = (14, BRIDGE)
    insert_rows(con, "core.report_figures", [{"figure_id": figures[name], "report_id": reports[name][0]} for name in reports])
    for report_id, incident_id in sorted(set(reports.values())):
        linked = {"report_id": report_id, "incident_id": incident_id, "link_basis": "same day and place", "model_version": "1"}
        insert_rows(con, "core.incident_reports", [linked])
        about = {"article_version_id": report_id, "article_id": "a1", "is_main": True, "place_text": "the old bazaar of Dar-Salâm"}
        insert_rows(con, "core.reports", [{"report_id": report_id, "victim_groups": [], "weapons": [], "n_figures": 1, **about}])
    common = {"country": "YE", "n_reports": 3, "n_articles": 3}
    day = {"event_date_start": date(2021, 5, 3), "event_date_end": date(2021, 5, 3)}
    later = {"event_date_start": date(2021, 6, 1), "event_date_end": date(2021, 6, 2)}
    market = {"incident_id": MARKET, "label": "Market, 2021-05-03", "place_name": "Ṣan‘ā’", "attacker_group": "Red Column"}
    bridge = {"incident_id": BRIDGE, "label": "Bridge, 2021-06-01", "contained_in_incident_id": MARKET}
    insert_rows(con, "core.incidents", [{**common, **day, **market}, {**common, **later, **bridge}])


def _comparison(con: duckdb.DuckDBPyConnection, figures: dict[str, int]) -> None:
    def origin(incident: int, source: int, shown: str, low: int, high: int | None, names: list[str], **given: Any) -> dict[str, Any]:
        label = "Market, 2021-05-03" if incident == MARKET else "Bridge, 2021-06-01"
        return {
            "incident_id": incident,
            "incident": label,
            **CELL,
            "origin_id": source,
            "origin": NAMES[source],
            "count_shown": shown,
            "count_min": low,
            "count_max": high,
            "bound": "exact",
            "stance": "asserted",
            "order_known": True,
            "first_reported_on": date(2021, 5, 3),
            "last_reported_on": date(2021, 5, 4),
            "n_figures": len(names),
            "n_publishers": 1,
            "n_stories": 1,
            "n_quarantined": 0,
            "figure_id": figures[names[-1]],
            "figure_ids": [figures[name] for name in names],
            "is_paraphrase": False,
            "is_derived": False,
            "is_reviewed": False,
            "cell_id": 1,
            "holds_from": float(low),
            "holds_to": float(high) if high is not None else math.inf,
            "days": [date(2021, 5, 4)],
            "days_from": [float(low)],
            "days_to": [float(high) if high is not None else math.inf],
            "said_low": low,
            "said_high": high or low,
            **given,
        }

    party = {"origin_kind": "armed_group", "origin_affiliation": "Red Column", "stance": "claimed"}
    rows = [
        origin(MARKET, MONITOR, "≥ 40", 40, None, ["early", "late"], origin_kind="monitor", is_paraphrase=True, n_quarantined=2),
        origin(MARKET, REBELS, "90", 90, 90, ["claim"], **party),
        origin(MARKET, HOSPITAL, "dozens", 24, None, ["ward"], bound="vague"),
        origin(BRIDGE, MONITOR, "2", 2, 2, ["bridge"]),
    ]
    insert_rows(con, "mart.figure_comparison", rows)


def _tolls(con: duckdb.DuckDBPyConnection, figures: dict[str, int]) -> None:
    for incident, label, low, high, n, conflict in (
        (MARKET, "Market, 2021-05-03", 24, 90, 3, True),
        (BRIDGE, "Bridge, 2021-06-01", 2, 2, 1, False),
    ):
        toll = {"incident_id": incident, "incident": label, **CELL, "lowest": low, "highest": high, "spread": high - low}
        toll |= {"n_distinct_origins": n, "n_publishers": 2, "n_stories": 2, "is_conflict": conflict, "figure_ids": [figures["late"]]}
        toll |= (
            {"status": "conflict", "n_conflicts": 1, "gap": 50, "gap_ratio": 2.25}
            if conflict
            else {"status": "one_origin", "n_conflicts": 0}
        )
        insert_rows(con, "mart.incident_tolls", [toll])


def _revisions(con: duckdb.DuckDBPyConnection, figures: dict[str, int]) -> None:
    moved = {"incident_id": MARKET, "incident": "Market, 2021-05-03", **CELL, "origin_id": MONITOR, "origin": NAMES[MONITOR]}
    first = {"published_on": date(2021, 5, 3), "publisher": "The Gazette", "count_shown": "38", "order_known": True, "revision": "first"}
    then = {"published_on": date(2021, 5, 4), "publisher": "Evening Post", "count_shown": "≥ 40", "order_known": True, "revision": "up"}
    steps = (("early", first), ("late", then | {"change": 2}))
    own = [
        {"toll_id": figures[name], "figure_id": figures[name], "figure_ids": [figures[name]], "is_derived": False, "review": "machine_read"}
        for name, _ in steps
    ]
    revisions = [{**moved, **step, **key} for (_, step), key in zip(steps, own, strict=True)]
    insert_rows(con, "mart.toll_revisions", revisions)


def _series(con: duckdb.DuckDBPyConnection, figures: dict[str, int]) -> None:
    for series_id, source, name, shown in ((21, MONITOR, "toll", "> 600"), (22, REBELS, "other_toll", "283")):
        counted = {"series_id": series_id, "origin_id": source, "outcome": "killed", "victim_status": "unknown", "country": "YE"}
        insert_rows(con, "core.series", [counted])
        insert_rows(con, "core.series_figures", [{"figure_id": figures[name], "series_id": series_id}])
        row = {"series_group": 5, "series_id": series_id, "what": "people, killed", "place": "Dar-Salâm", "origin_id": source}
        row |= {"origin": NAMES[source], "count_shown": shown, "first_reported_on": date(2021, 5, 5), "last_reported_on": date(2021, 5, 5)}
        row |= {"review": "machine_read", "n_figures": 1, "figure_id": figures[name], "figure_ids": [figures[name]]}
        row |= {"since_text": "since March"} if name == "toll" else {}
        insert_rows(con, "mart.series_comparison", [row])
