"""How long the records of runs are kept: Dagster's runs and events, the pages and results of Great Expectations.

Articles, figures, readings, quarantine and the diary of runs (`ops.runs`) are evidence and are never removed here.

Belongs here: removing old records, of all their places. Keep out: when that happens (the command).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orchestration import home
from warehouse import clock
from warehouse.connection import open_working
from warehouse.load import utc
from warehouse.paths import DataFolder
from warehouse.statements import statement

DAYS = 90


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed: Dagster's runs, folders of pages (one a run), rows of `ops.validation_results`."""

    runs: int
    pages: int
    results: int


def prune(folder: DataFolder, days: int = DAYS) -> Pruned:
    """Remove the records of runs that ended more than that many days ago; those of runs that are going on stay.

    The latest results of each table stay however old, since later runs with nothing new confirm them. Raises
    WarehouseLockedError while a run is going.
    """
    before = clock.now() - timedelta(days=days)
    with open_working(folder, f"prune records older than {days} days") as con:
        runs = _dagster_runs(folder, before)
        pages = list(_old_pages(folder.data_docs, before))
        for page in pages:
            shutil.rmtree(page)
        if pages:
            from expectations.pages import write_index

            write_index(folder.data_docs)
        results = con.execute(statement("base/prune_results"), [utc(before)]).fetchall()
    return Pruned(runs, len(pages), len(results))


def _dagster_runs(folder: DataFolder, before: datetime) -> int:
    """Remove Dagster's finished runs from before that time: rows, events, each run's own event file and its logs."""
    if not folder.dagster_home.is_dir():
        return 0
    with home.instance(folder) as instance:
        import dagster as dg

        old = [record.dagster_run for record in instance.get_run_records(dg.RunsFilter(created_before=before))]
        finished = [run for run in old if run.is_finished]
        for run in finished:
            instance.delete_run(run.run_id)
    for run in finished:
        for leftover in (folder.dagster_home / "history" / "runs").glob(f"{run.run_id}.db*"):
            leftover.unlink()
        shutil.rmtree(folder.dagster_home / "storage" / run.run_id, ignore_errors=True)
    return len(finished)


def _old_pages(data_docs: Path, before: datetime) -> Iterator[Path]:
    for told in sorted((data_docs / "runs").glob("*/run.json")):
        try:
            checked_at = datetime.fromisoformat(str(json.loads(told.read_text(encoding="utf-8"))["checked_at"]))
        except (OSError, ValueError, KeyError):
            continue
        if (checked_at if checked_at.tzinfo else checked_at.replace(tzinfo=UTC)) < before:
            yield told.parent
