"""Rebuild: everything that is derived from articles and figures, from scratch, in one transaction each.

A rebuild with nothing new gives the same rows. Readers of the file see the state before or the state after.

Belongs here: the order of the steps and their transactions. Keep out: the steps.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb

from transforms.contract import tables
from warehouse.conventions import read_conventions
from warehouse.corrections import replay_on_figures
from warehouse.ddl import create_anew, quote_identifier
from warehouse.dimensions import rebuild_articles, rebuild_sources
from warehouse.incidents import former_incidents, rebuild_incidents
from warehouse.marts import TABLES, fill_marts
from warehouse.paths import DataFolder
from warehouse.reports import rebuild_reports
from warehouse.series import rebuild_series
from warehouse.transaction import transaction

logger = logging.getLogger(__name__)
# core.figures and core.places are facts; reports stay while what they are made from does (report_marks.sql); forwards remember.
_KEPT = frozenset({"core.figures", "core.places", "core.reports", "core.report_figures", "core.incident_forwards"})
DERIVED = tuple(name for name in tables() if name.startswith("core.") and name not in _KEPT)


def rebuild_core(con: duckdb.DuckDBPyConnection, now: datetime, folder: DataFolder | None = None) -> dict[str, int]:
    """Derive the dimensions, incidents and series of schema core anew, the reports that are not up to date, and the origin of every
    current figure.

    now: when the rebuild runs, for the log. folder: where a linking model of one's own may lie, and what is remembered of texts
    and of the linking (`story_memory.py`, `linking_memory.py`; the rows are the same without). Returns the number of rows per
    table. Incidents keep their ids.
    """
    former = former_incidents(con)
    with transaction(con):
        create_anew(con, DERIVED)
        replay_on_figures(con)
        rebuild_articles(con, folder.story_memory if folder else None)
        rebuild_sources(con)
        contained = rebuild_reports(con)
        rebuild_incidents(con, former, contained, folder)
        rebuild_series(con)
    counts = _counts(con, (*DERIVED, "core.reports", "core.report_figures", "core.incident_forwards"))
    logger.info("core rebuilt at %s: %s", now.isoformat(timespec="seconds"), counts)
    return counts


def rebuild_marts(con: duckdb.DuckDBPyConnection, own_conventions: Path | None = None) -> dict[str, int]:
    """Fill every mart table anew from core, and return the number of rows per table.

    own_conventions: folder with a user's conventions. Raises InputError, before anything changes, when one is not well formed.
    """
    conventions = read_conventions(own_conventions)
    with transaction(con):
        fill_marts(con, conventions)
    return _counts(con, (f"mart.{name}" for name in TABLES))


def _counts(con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> dict[str, int]:
    counts = {}
    for name in names:
        rows = con.execute(f"SELECT count(*) FROM {quote_identifier(*name.split('.'))}").fetchall()
        counts[name] = int(rows[0][0])
    return counts
