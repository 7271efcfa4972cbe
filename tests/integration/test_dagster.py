"""The graph, for real: it validates, and materializing it fills every table and reports rows and checks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration import home, lineage
from orchestration.assets.intake import BY_DAY
from orchestration.checks import WHOLE, check_results, check_specs
from orchestration.definitions import definitions
from orchestration.resources import inbox
from orchestration.specs import asset_key
from orchestration.triggers import SETTLED_SECONDS, daily, inbox_files, inbox_state
from tests.integration.commands import PROJECT, data_folder_with_places, write_articles
from transforms.contract import tables
from warehouse.connection import open_working
from warehouse.load import fetch_rows
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration


def today() -> str:
    """The day (UTC) at this moment: tests that run for long may pass midnight."""
    return datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with articles in its inbox."""
    made = DataFolder(data_folder_with_places(tmp_path_factory.mktemp("dagster")))
    write_articles(inbox(made))
    return made


@pytest.fixture(scope="module")
def instance(folder: DataFolder) -> Iterator[dg.DagsterInstance]:
    with home.instance(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def full_run(folder: DataFolder, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    job = definitions(folder.root).resolve_job_def("full_run")
    return job.execute_in_process(instance=instance, partition_key=today())


def materialization(result: dg.ExecuteInProcessResult, full_name: str) -> dict[str, Any]:
    (event,) = [
        event.step_materialization_data.materialization
        for event in result.get_asset_materialization_events()
        if event.asset_key == asset_key(full_name)
    ]
    return {name: value.value for name, value in event.metadata.items()}


def test_definitions_validate(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-m", "orchestration.definitions"]
    env = {**os.environ, **home.prepare(DataFolder(tmp_path)), "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_table_is_an_asset_that_explains_itself() -> None:
    assets = definitions().resolve_asset_graph()
    assert set(assets.get_all_asset_keys()) == {asset_key(name) for name in tables()} | {dg.AssetKey(lineage.PUBLISHED_COPY)}
    for key in assets.get_all_asset_keys():
        node = assets.get(key)
        assert node.description and node.group_name != "default" and node.owners and node.kinds
        assert node.metadata["dagster/code_references"].code_references
        for reference in node.metadata["dagster/code_references"].code_references:
            assert Path(reference.file_path).is_file(), reference.file_path
    figures = assets.get(asset_key("core.figures")).metadata["dagster/column_schema"]
    assert [column.name for column in figures.columns] == list(tables()["core.figures"].column_names)
    assert all(column.description for column in figures.columns)


def test_a_full_run_takes_the_inbox_in_and_fills_and_checks_every_table(full_run: dg.ExecuteInProcessResult, folder: DataFolder) -> None:
    assert full_run.success
    done = {event.asset_key for event in full_run.get_asset_materialization_events()}
    assert done == {asset_key(name) for name in tables()} | {dg.AssetKey(lineage.PUBLISHED_COPY)}
    raw = materialization(full_run, "raw.articles")
    assert (raw["dagster/row_count"], raw["dagster/partition_row_count"], raw["versions added"]) == (3, 3, 3)
    figures = materialization(full_run, "core.figures")
    assert figures["dagster/row_count"] == figures["figures landed"] > 0
    assert Path(figures["data docs"]).is_file()
    checks = full_run.get_asset_check_evaluations()
    assert {check.asset_key for check in checks} >= {asset_key(name) for name in tables() if name != "ops.validation_results"}
    assert len([check for check in checks if check.asset_key == asset_key("core.figures")]) == len(check_specs(["core.figures"]))
    assert [f"{check.asset_key.to_user_string()}: {check.check_name}" for check in checks if not check.passed] == []
    assert folder.published.exists()


def test_a_run_with_nothing_new_confirms_what_is_there(
    full_run: dg.ExecuteInProcessResult, folder: DataFolder, instance: dg.DagsterInstance
) -> None:
    assert full_run.success
    before = folder.published.stat().st_ino
    again = definitions(folder.root).resolve_job_def("full_run").execute_in_process(instance=instance, partition_key=today())
    assert again.success
    assert materialization(again, "core.incidents")["unchanged"] is True
    assert len(again.get_asset_check_evaluations()) == len(full_run.get_asset_check_evaluations()), "nothing shows as skipped"
    assert folder.published.stat().st_ino == before


def test_marts_are_built_anew_when_asked_for(full_run: dg.ExecuteInProcessResult, folder: DataFolder, instance: dg.DagsterInstance) -> None:
    assert full_run.success
    before = folder.published.stat().st_ino
    result = definitions(folder.root).resolve_job_def("rebuild_marts").execute_in_process(instance=instance)
    assert result.success
    assert folder.published.stat().st_ino != before
    built = {event.asset_key.path[0] for event in result.get_asset_materialization_events()}
    assert built == {"mart", "ops", lineage.PUBLISHED_COPY}


def test_a_day_that_is_over_is_only_counted(full_run: dg.ExecuteInProcessResult, folder: DataFolder, instance: dg.DagsterInstance) -> None:
    assert full_run.success
    job = definitions(folder.root).resolve_job_def("full_run")
    result = job.execute_in_process(instance=instance, partition_key="2024-02-01", asset_selection=[asset_key("raw.articles")])
    raw = materialization(result, "raw.articles")
    assert (raw["dagster/row_count"], raw["dagster/partition_row_count"]) == (3, 0)
    assert "versions added" not in raw


def test_a_path_that_is_not_there_fails_at_once_and_the_run_is_written_down_as_failed(
    folder: DataFolder, instance: dg.DagsterInstance
) -> None:
    config = {"ops": {"take_in_articles": {"config": {"paths": ["/nowhere/at/all"]}}}}
    job = definitions(folder.root).resolve_job_def("full_run")
    result = job.execute_in_process(instance=instance, partition_key=today(), run_config=config, raise_on_error=False)
    assert not result.success
    assert not [event for event in result.all_events if event.event_type == dg.DagsterEventType.STEP_UP_FOR_RETRY]
    with open_working(folder, "a look") as con:
        (row,) = fetch_rows(con, "SELECT status, error FROM ops.runs WHERE run_id = ?", [result.run_id])
    assert row["status"] == "failed" and "/nowhere/at/all" in row["error"]


def test_a_killed_run_is_marked_failed_by_the_next_command_and_a_living_one_is_not(instance: dg.DagsterInstance) -> None:
    job = definitions().resolve_job_def("rebuild_marts")
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    tags = {"dead": f"{dead}:1", "reused": f"{os.getpid()}:1", "alive": home.process_tag()}
    runs = {
        name: instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED, tags={home.PID_TAG: tag}).run_id
        for name, tag in tags.items()
    }
    assert set(home.reap(instance)) == {runs["dead"], runs["reused"]}
    statuses = {name: instance.get_run_by_id(run_id) for name, run_id in runs.items()}
    assert {name: run.status.value for name, run in statuses.items() if run} == {"dead": "FAILURE", "reused": "FAILURE", "alive": "STARTED"}
    instance.delete_run(runs["alive"])


def test_the_schedule_asks_for_the_day_that_has_ended_and_for_today() -> None:
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 3, 1, 3, 15, tzinfo=UTC))
    requests = list(daily(context))
    assert [request.partition_key for request in requests] == ["2026-02-28", "2026-03-01"]
    assert today() in BY_DAY.get_partition_keys(), "today's partition exists before the day is over"


def test_the_sensor_asks_once_for_each_state_of_the_inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUALTIES_DATA", str(tmp_path))
    box = inbox(DataFolder(tmp_path))
    assert isinstance(inbox_files(dg.build_sensor_context()), dg.SkipReason)
    write_articles(box, "bridge.jsonl")
    assert inbox_state(box, box.stat().st_mtime) is None, "still being written"
    assert isinstance(inbox_files(dg.build_sensor_context()), dg.SkipReason)
    old = box.stat().st_mtime - SETTLED_SECONDS - 5
    os.utime(box / "bridge.jsonl", (old, old))
    asked = inbox_files(dg.build_sensor_context())
    assert isinstance(asked, dg.SensorResult)
    assert [request.partition_key for request in asked.run_requests or ()] == [today()]
    assert isinstance(inbox_files(dg.build_sensor_context(cursor=asked.cursor)), dg.SkipReason)


def test_a_check_tells_what_failed_and_how_bad_it_is() -> None:
    def row(expectation: str, severity: str, n_unexpected: int, chunk: int = 0) -> dict[str, Any]:
        outcome = {"success": not n_unexpected, "n_rows": 10, "n_unexpected": n_unexpected}
        return {"suite": "core.figures", "chunk": chunk, "expectation": expectation, "severity": severity, **outcome}

    rule = next(spec.name for spec in check_specs(["core.figures"]) if spec.name != WHOLE)
    rows = [row(rule, "quarantine", 2), row(rule, "quarantine", 1, chunk=1), row("figure_id_not_null", "suite", 3)]
    found = {result.check_name: result for result in check_results("core.figures", rows)}
    held_back, whole = found[rule], found[WHOLE]
    assert (held_back.passed, held_back.severity, held_back.metadata["rows checked"].value) == (False, dg.AssetCheckSeverity.WARN, 20)
    assert held_back.metadata["rows that failed"].value == 3
    assert (whole.passed, whole.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert whole.metadata["failed"].value == {"figure_id_not_null": 3}
