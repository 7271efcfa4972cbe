"""A month of daily runs whose feeds overlap, under a simulated clock: nothing twice, nothing leaked, old records go.

The clock is the one that the program writes down (`warehouse.clock`). Dagster stamps its records by the real one, so the test
dates them back to the simulated day.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import corpus
from orchestration.cli.run import execute
from orchestration.progress import quiet
from orchestration.retention import prune
from tests.integration.commands import data_folder_with_places
from tests.torture.machine import broken
from tests.torture.table import Tried
from warehouse import clock
from warehouse.connection import open_working
from warehouse.paths import DataFolder

FIRST = datetime(2026, 3, 1, 3, 15, tzinfo=UTC)
OVERLAP_DAYS = 2  # a feed holds the news of the last days too


@dataclass(frozen=True, slots=True)
class Day:
    """What one simulated day left: CPU seconds of its run, articles in the warehouse, files of records, open descriptors."""

    seconds: float
    articles: int
    records: int
    descriptors: int


@pytest.mark.torture
def test_days_of_overlapping_feeds_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soak(tmp_path, monkeypatch, days=4, a_day=8, keep_days=2)


@pytest.mark.torture
def test_a_month_of_overlapping_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried) -> None:
    seen = soak(tmp_path, monkeypatch, days=30, a_day=150, keep_days=7)
    early, late = seen[9], seen[29]
    growth, data = late.seconds / early.seconds, late.articles / early.articles
    assert growth < 1.3 * data, "a run's time grows with the data at most"
    tried(
        "30 simulated days of overlapping feeds, records kept 7 days",
        f"each article once, every invariant holds; run time grew {growth:.1f} times from day 10 to 30, data {data:.1f} times; "
        f"{seen[9].records} and {late.records} files of records, {seen[9].descriptors} and {late.descriptors} open descriptors",
    )


def soak(root: Path, monkeypatch: pytest.MonkeyPatch, *, days: int, a_day: int, keep_days: int) -> list[Day]:
    """Run the days and assert what must hold after each."""
    folder = DataFolder(data_folder_with_places(root / "data"))
    records = list(islice(corpus.articles(days * a_day, seed=3), days * a_day))
    seen: list[Day] = []
    dated: set[str] = set()
    for number in range(days):
        today = FIRST + timedelta(days=number)
        monkeypatch.setattr(clock, "now", lambda today=today: today)
        feed = root / "feed.jsonl"
        listed = records[max(0, (number - OVERLAP_DAYS) * a_day) : (number + 1) * a_day]
        feed.write_text("".join(json.dumps(record) + "\n" for record in listed), encoding="utf-8")
        began = time.process_time()
        _, error = execute(folder, {"paths": [str(feed)]}, 1, 500, quiet)
        assert error is None
        seconds = time.process_time() - began
        date_back(folder, today, dated)
        prune(folder, keep_days)
        seen.append(Day(seconds, articles(folder), len(list(record_files(folder))), len(list(Path("/proc/self/fd").iterdir()))))
    distinct = {json.dumps(record, sort_keys=True) for record in records}
    assert seen[-1].articles == len(distinct), "each article once, however many feeds list it"
    with open_working(folder, "test") as con:
        assert con.execute("SELECT count(*), count(*) FILTER (status = 'succeeded') FROM ops.runs").fetchall() == [(days, days)]
        assert con.execute("SELECT count(DISTINCT ingested_on) FROM raw.articles").fetchall() == [(days,)]
    assert broken(folder.root) == []
    assert list(folder.root.rglob("*.tmp")) == []
    settled = min(keep_days + 1, days - 2)
    assert seen[-1].records <= seen[settled].records, "records are kept for as long as asked for, and no longer"
    assert seen[-1].descriptors <= seen[settled].descriptors + 3, "nothing stays open"
    return seen


def articles(folder: DataFolder) -> int:
    with open_working(folder, "test") as con:
        return int(con.execute("SELECT count(*) FROM raw.articles").fetchall()[0][0])


def record_files(folder: DataFolder) -> Iterator[Path]:
    """Yield the files that each run adds: Dagster's events and logs, pages of checks."""
    for place in (folder.dagster_home, folder.data_docs):
        yield from (path for path in place.rglob("*") if path.is_file())


def date_back(folder: DataFolder, today: datetime, dated: set[str]) -> None:
    """Let Dagster's records of the runs that were not dated before be of the simulated day."""
    with closing(sqlite3.connect(folder.dagster_home / "history" / "runs.db")) as con:
        for (run_id,) in con.execute("SELECT run_id FROM runs").fetchall():
            if run_id not in dated:
                con.execute("UPDATE runs SET create_timestamp = ? WHERE run_id = ?", [f"{today:%Y-%m-%d %H:%M:%S.%f}", run_id])
                dated.add(run_id)
        con.commit()
