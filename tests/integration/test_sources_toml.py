"""`sources.toml` for real: the check, a run over a feed and an archive, sensors and schedules of a real Dagster instance."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration import home
from orchestration.definitions import definitions
from orchestration.fetching.settings import FILE_NAME
from orchestration.triggers import SETTLED_SECONDS
from tests.integration.commands import ARTICLES, PROJECT, casualties, data_folder_with_places, write_articles
from tests.orchestration.fetching.web import Web, serving
from warehouse.connection import open_working
from warehouse.load import fetch_rows
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration
TEXT = "At least 12 people were killed when rockets hit the port of Aden on Monday, the health ministry said in a statement."


def today() -> str:
    """The day (UTC) at this moment: tests that run for long may pass midnight."""
    return datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving() as server:
        server.page("/a", TEXT)
        item = f"<item><title>Port</title><link>{server.url('/a')}</link><pubDate>Tue, 04 May 2021 08:00:00 GMT</pubDate></item>"
        feed = f'<rss version="2.0"><channel><title>Daily</title>{item}</channel></rss>'
        server.answers["/feed"] = (200, {"ETag": '"1"'}, feed.encode())
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, web: Web) -> DataFolder:
    """A data folder with a sources.toml: an inbox, a packed folder, and a feed on loopback."""
    made = DataFolder(data_folder_with_places(tmp_path_factory.mktemp("sources")))
    (made.root / "drop").mkdir()
    with zipfile.ZipFile(made.root / "old.zip", "w") as archive:
        archive.writestr("bridge.jsonl", "\n".join(json.dumps(one) for one in ARTICLES["bridge.jsonl"]))
        archive.writestr("../out.txt", TEXT)
    (made.root / FILE_NAME).write_text(
        f"""
        [fetch]
        delay_seconds = 0
        allow_private_hosts = ["{web.host}"]
        [[inbox]]
        name = "drop"
        path = "drop"
        [[archive]]
        name = "old"
        path = "old.zip"
        [[feed]]
        name = "daily"
        url = "{web.url("/feed")}"
        schedule = "*/20 * * * *"
        publisher = "The Daily"
        """,
        encoding="utf-8",
    )
    return made


@pytest.fixture(scope="module")
def instance(folder: DataFolder) -> Iterator[dg.DagsterInstance]:
    with home.instance(folder) as opened:
        yield opened


def raw(folder: DataFolder) -> list[dict[str, Any]]:
    with open_working(folder, "a look") as con:
        return fetch_rows(con, "SELECT publisher, origin, published_on::VARCHAR AS day FROM raw.articles ORDER BY first_seen_at, url")


def rejected(folder: DataFolder) -> list[str]:
    with open_working(folder, "a look") as con:
        return [row["reason"] for row in fetch_rows(con, "FROM ops.rejected_inputs")]


def test_the_command_says_that_a_file_is_right_or_what_is_wrong_with_it(tmp_path: Path) -> None:
    done = casualties("sources", "check", PROJECT / "examples" / FILE_NAME)
    assert done.returncode == 0, done.stderr
    assert "sources.toml is right: 3 sources." in done.stdout and "at */30 * * * *" in done.stdout
    wrong = tmp_path / FILE_NAME
    wrong.write_text('[[feed]]\nname = "a"\nurl = "https://x.example/rss"\nschedule = "61 * * * *"\n')
    done = casualties("sources", "check", wrong)
    assert done.returncode == 2 and "'61 * * * *' of a is no schedule" in done.stderr
    wrong.write_text('[[feed]]\nname = "a"\nlink = "https://x.example/rss"\n')
    done = casualties("run", "--sources", wrong, data=tmp_path / "data")
    assert done.returncode == 2
    assert "line 1: `url` is missing" in done.stderr and "line 3: `link` is unknown" in done.stderr


def test_a_run_takes_all_sources_in_and_an_unchanged_feed_costs_one_question(folder: DataFolder, web: Web) -> None:
    done = casualties("run", "--sources", folder.root / FILE_NAME, data=folder.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Received 2 articles: 2 new, 0 known.")
    assert sorted(raw(folder), key=lambda row: str(row["publisher"])) == [
        {"publisher": "Evening Post", "origin": f"{folder.root}/old.zip!bridge.jsonl", "day": "2021-06-02"},
        {"publisher": "The Daily", "origin": web.url("/a"), "day": "2021-05-04"},
    ]
    assert rejected(folder) == ["unsafe_archive"]
    web.answers["/feed"] = (304, {}, b"")
    web.asked.clear()
    done = casualties("run", "--sources", folder.root / FILE_NAME, "--only", "daily", data=folder.root)
    assert done.stdout == "Received 0 articles: 0 new, 0 known.\nNothing new to read.\n", done.stderr
    assert [(one.path, one.headers.get("if-none-match")) for one in web.asked if one.path == "/feed"] == [("/feed", '"1"')]


def test_a_sensor_for_each_inbox_and_a_schedule_for_each_feed_start_real_runs(
    folder: DataFolder, web: Web, instance: dg.DagsterInstance
) -> None:
    defs = definitions(folder.root)
    repository = defs.get_repository_def()
    assert {one.name for one in repository.sensor_defs} == {"inbox_files", "inbox_drop"}
    assert {one.name: one.cron_schedule for one in repository.schedule_defs}["feed_daily"] == "*/20 * * * *"

    write_articles(folder.root / "drop", "harbour-1.jsonl")
    old = datetime.now(UTC).timestamp() - SETTLED_SECONDS - 5
    os.utime(folder.root / "drop" / "harbour-1.jsonl", (old, old))
    sensor = repository.get_sensor_def("inbox_drop")
    with dg.build_sensor_context(instance=instance, definitions=defs) as context:
        asked = sensor.evaluate_tick(context)
    (request,) = asked.run_requests or ()
    with dg.build_sensor_context(instance=instance, definitions=defs, cursor=asked.cursor) as context:
        assert not sensor.evaluate_tick(context).run_requests, "once for each state of the folder"

    schedule = repository.get_schedule_def("feed_daily")
    moment = datetime.now(UTC) - timedelta(minutes=1)
    with dg.build_schedule_context(instance=instance, repository_def=repository, scheduled_execution_time=moment) as context:
        (fetching,) = schedule.evaluate_tick(context).run_requests or ()
    web.page("/b", TEXT.replace("12", "14"))
    item = f"<item><link>{web.url('/b')}</link></item>"
    web.answers["/feed"] = (200, {}, f'<rss version="2.0"><channel><title>Daily</title>{item}</channel></rss>'.encode())
    job = defs.resolve_job_def("full_run")
    for one in (request, fetching):
        result = job.execute_in_process(
            instance=instance,
            partition_key=one.partition_key,
            run_config=one.run_config,
            asset_selection=[dg.AssetKey(["raw", "articles"])],
        )
        assert result.success
    assert {row["publisher"] for row in raw(folder)} >= {"The Daily", "The Gazette"}
    assert [row["origin"] for row in raw(folder)][-1] == web.url("/b")


def test_the_daily_run_looks_at_folders_and_archives_but_does_not_fetch(folder: DataFolder, web: Web, instance: dg.DagsterInstance) -> None:
    (folder.root / "drop" / "new.txt").write_text("Three soldiers were killed when a bomb exploded near Taiz on Tuesday, the army said.")
    web.asked.clear()
    job = definitions(folder.root).resolve_job_def("full_run")
    result = job.execute_in_process(instance=instance, partition_key=today(), asset_selection=[dg.AssetKey(["raw", "articles"])])
    assert result.success and web.asked == []
    assert [row["origin"] for row in raw(folder)][-1].endswith("new.txt")


def test_a_broken_file_stops_what_needs_it_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('[[feed]]\nname = "a"\n')
    done = casualties("run", PROJECT / "examples" / "articles", data=tmp_path)
    assert done.returncode == 2 and "line 1: `url` is missing" in done.stderr
