"""Dagster's event log as we open it: what it stores is what Dagster's own class reads, and it holds on to no file of an old run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from orchestration.event_log import OpenEventLog
from orchestration.home import instance
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration


@dg.asset(check_specs=[dg.AssetCheckSpec("counted", asset="figures")])
def figures() -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    yield dg.MaterializeResult(metadata={"rows": 3})
    yield dg.AssetCheckResult(passed=False, check_name="counted", metadata={"unexpected": 1})


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """The instance as commands open it, with the settings of the project."""
    before = dict(os.environ)
    with instance(DataFolder(tmp_path)) as dagster:
        yield dagster
    os.environ.clear()
    os.environ.update(before)


def _run(dagster: dg.DagsterInstance) -> str:
    return dg.materialize([figures], instance=dagster).run_id


def _own(dagster: dg.DagsterInstance) -> OpenEventLog:
    storage = dagster.event_log_storage
    assert isinstance(storage, OpenEventLog), "the settings no longer name our storage: Dagster may have changed how it is asked for"
    return storage


def test_dagsters_own_class_reads_the_same_events(opened: dg.DagsterInstance, tmp_path: Path) -> None:
    """Who takes our setting away again, or looks with Dagster's tools, must find every event of every run."""
    run_id = _run(opened)
    theirs = SqliteEventLogStorage(str(tmp_path / "dagster_home" / "history" / "runs"))
    stored = theirs.get_logs_for_run(run_id)
    assert {entry.dagster_event_type for entry in stored} >= {
        dg.DagsterEventType.ASSET_MATERIALIZATION,
        dg.DagsterEventType.ASSET_CHECK_EVALUATION,
        dg.DagsterEventType.RUN_SUCCESS,
    }
    assert stored == _own(opened).get_logs_for_run(run_id)
    assert theirs.get_latest_materialization_events([dg.AssetKey("figures")])[dg.AssetKey("figures")] is not None


def test_only_the_index_and_the_run_last_spoken_of_stay_open(opened: dg.DagsterInstance) -> None:
    """The UI looks at hundreds of runs: a connection kept for each would end at the limit of open files."""
    first, second = _run(opened), _run(opened)
    storage = _own(opened)
    for run_id in (first, second, first):
        assert storage.get_logs_for_run(run_id)
        assert _open_files(first, second) == {run_id}


def test_what_was_said_is_there_for_others_at_once(opened: dg.DagsterInstance, tmp_path: Path) -> None:
    """An event that waited in the process would be lost when it is killed."""
    run_id = _run(opened)
    file = tmp_path / "dagster_home" / "history" / "runs" / f"{run_id}.db"
    with sqlite3.connect(file) as other:
        (n_events,) = other.execute("SELECT count(*) FROM event_logs").fetchone()
    assert n_events == len(_own(opened).get_logs_for_run(run_id)) > 0


def test_a_closed_storage_leaves_no_file_open(opened: dg.DagsterInstance) -> None:
    run_id = _run(opened)
    _own(opened).dispose()
    assert _open_files(run_id) == set()


def _open_files(*run_ids: str) -> set[str]:
    """Return the runs whose database this process has open."""
    links = [link.readlink().name for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return {run_id for run_id in run_ids if f"{run_id}.db" in links}
