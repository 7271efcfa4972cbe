"""`casualties run` for real: a first run, a second, an addition, rejects, a kill in the middle."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.commands import COMMAND, PROJECT, casualties, data_folder_with_places, write_articles
from warehouse.connection import open_working
from warehouse.load import fetch_rows
from warehouse.lock import hold
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A data folder after the first run on one of the files, and the folder of articles."""
    root = tmp_path_factory.mktemp("run")
    articles = write_articles(root / "articles", "harbour-1.jsonl")
    data = data_folder_with_places(root / "data")
    done = casualties("run", articles, data=data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Received 2 articles: 2 new, 0 known.\nRead 2 articles: ")
    assert done.stderr == "", "quiet when nobody watches"
    yield data, articles


def queried(data: Path, sql: str) -> list[dict[str, Any]]:
    done = casualties("sql", sql, "--format", "json", data=data)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_two_sources_stand_side_by_side(ran: tuple[Path, Path]) -> None:
    data, _ = ran
    rows = queried(data, "SELECT origin, count_shown FROM mart.figure_comparison WHERE outcome = 'killed' ORDER BY count_min")
    assert [row["count_shown"] for row in rows] == ["≥ 12", "17"]
    assert rows[1]["origin"] == "Amnesty International"
    table = casualties("compare", data=data)
    assert table.returncode == 0
    assert "KILLED" in table.stdout and "≥ 12" in table.stdout and "Amnesty International" in table.stdout
    assert max(len(line) for line in table.stdout.splitlines()) <= 140
    listed = list(csv.DictReader(io.StringIO(casualties("compare", "--format", "csv", "--outcome", "killed", data=data).stdout)))
    assert {row["count_shown"] for row in listed} == {"≥ 12", "17"}
    nested = json.loads(casualties("compare", "--format", "json", "--outcome", "killed", data=data).stdout)
    assert [len(incident["cells"]) for incident in nested["incidents"]] == [1]


def test_every_figure_is_shown_with_its_words(ran: tuple[Path, Path]) -> None:
    data, _ = ran
    (incident,) = queried(data, "SELECT incident_id FROM core.incidents")
    shown = casualties("incident", str(incident["incident_id"])[:8], data=data).stdout
    for words in ("“At least 12 people were killed when rockets hit the port of Aden", "https://gazette.example/1", "Evening Post"):
        assert words in shown
    assert "paraphrase" not in shown, "these are the articles' own words"
    report = casualties("report", data=data)
    assert report.returncode == 0
    assert (data / "reports" / f"incident-{incident['incident_id']}.html").exists()


def test_the_run_is_written_down_with_its_counts(ran: tuple[Path, Path]) -> None:
    data, _ = ran
    first = queried(data, "FROM ops.runs ORDER BY started_at LIMIT 1")[0]
    assert (first["status"], first["n_received"], first["n_new_versions"], first["n_read"]) == ("succeeded", 2, 2, 2)
    assert first["n_figures"] == queried(data, "SELECT count(*) AS n FROM core.figures")[0]["n"]
    suites = {row["suite"] for row in queried(data, "SELECT DISTINCT suite FROM ops.validation_results WHERE success")}
    assert {"raw.articles", "core.figures", "core.incidents", "mart.figure_comparison"} <= suites
    assert (data / "data_docs" / "index.html").exists()


def test_a_second_run_says_that_nothing_is_new_and_changes_nothing(ran: tuple[Path, Path]) -> None:
    data, articles = ran
    before = (data / "published" / "casualties.duckdb").stat()
    done = casualties("run", articles, data=data)
    assert done.stdout == "Received 2 articles: 0 new, 2 known.\nNothing new to read.\n"
    after = (data / "published" / "casualties.duckdb").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns), "the copy is left alone"


def test_a_text_in_another_language_is_kept_whole_and_not_half_read(ran: tuple[Path, Path], tmp_path: Path) -> None:
    data, _ = ran
    text = "Au moins 12 civils ont été tués et 30 autres blessés lundi dans un raid aérien contre un marché, selon la protection civile."
    (tmp_path / "fr.jsonl").write_text(json.dumps({"article_id": "fr-1", "publisher": "Le Jour", "text": text}), encoding="utf-8")
    done = casualties("run", tmp_path / "fr.jsonl", data=data)
    assert done.returncode == 0, done.stderr
    assert "Kept unread, for want of a grammar of their language: 1 in fr." in done.stdout
    assert queried(data, "SELECT language FROM core.articles WHERE article_id = 'fr-1'") == [{"language": "fr"}]
    assert queried(data, "SELECT count(*) AS n FROM core.figures WHERE article_id = 'fr-1'") == [{"n": 0}]
    covered = queried(data, "SELECT language, n_received, n_read, n_not_read FROM mart.coverage WHERE publisher = 'Le Jour'")
    assert covered == [{"language": "fr", "n_received": 1, "n_read": 0, "n_not_read": 1}]
    assert "Kept unread" not in casualties("run", tmp_path / "fr.jsonl", data=data).stdout, "it is said once"


def test_what_cannot_be_taken_in_is_listed_and_the_rest_goes_on(ran: tuple[Path, Path], tmp_path: Path) -> None:
    data, _ = ran
    mixed = write_articles(tmp_path / "mixed", "bridge.jsonl")
    with (mixed / "bridge.jsonl").open("a") as handle:
        handle.write("{broken\n")
    (mixed / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = casualties("run", mixed, data=data)
    assert done.returncode == 0
    assert "Received 1 article: 1 new, 0 known." in done.stdout
    assert "Left out 2 inputs that could not be taken in (2 for the first time):" in done.stdout
    assert "bridge.jsonl, line 2  broken_json" in done.stdout
    assert "picture.txt  binary" in done.stdout
    assert len(queried(data, "FROM ops.rejected_inputs")) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "nowhere"], "there is no nowhere"),
        (["run", "--gazetteer", "nowhere.csv", "."], "the gazetteer file nowhere.csv does not exist"),
        (["compare", "--from", "yesterday"], "--from 'yesterday' is no day"),
        (["compare", "--outcome", "dead"], "'dead' is no outcome"),
        (["incident", "x"], "'x' is no incident id"),
        (["sql", "DROP TABLE core.figures"], "only statements that read"),
        (["sql", "FROM read_csv('/etc/passwd')"], "Permission Error"),
        (["sql", "nonsense"], "Parser Error"),
        (["quarantine", "readmit", "1", "--why", "x"], "no row 1"),
        (["read", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(ran: tuple[Path, Path], arguments: list[str], told: str) -> None:
    done = casualties(*arguments, data=ran[0])
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.startswith("casualties: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_warehouse_that_is_held_is_a_failed_run_that_says_who_holds_it(tmp_path: Path) -> None:
    data = data_folder_with_places(tmp_path / "data")
    articles = write_articles(tmp_path / "articles", "bridge.jsonl")
    with hold(DataFolder(data).lock, "a long run of somebody else"):
        started = time.monotonic()
        done = casualties("run", articles, data=data)
        assert time.monotonic() - started < 30, "it does not wait for ever"
    assert done.returncode == 1
    assert "a long run of somebody else" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_sees_bars_and_then_the_summary(ran: tuple[Path, Path]) -> None:
    data, articles = ran
    ours, its = pty.openpty()
    command = [*COMMAND, "--data", str(data), "run", str(articles)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=its, text=True) as process:
        os.close(its)
        shown = ""
        with contextlib.suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 4096):
                shown += piece.decode("utf-8", "replace")
        assert process.stdout is not None
        assert process.stdout.read() == "Received 2 articles: 0 new, 2 known.\nNothing new to read.\n"
    os.close(ours)
    assert process.returncode == 0
    assert "Taking in" in shown and "Traceback" not in shown


def kill_once_it_shows(command: list[str], pattern: str, *, at_least: int) -> None:
    """Run a command on a terminal of its own and kill it when its progress bar shows that many."""
    ours, its = pty.openpty()
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.DEVNULL, stderr=its)
    os.close(its)
    shown = ""
    try:
        while not any(int(number) >= at_least for number in re.findall(pattern, shown)):
            shown += os.read(ours, 4096).decode("utf-8", "replace")  # OSError when the command has ended
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    data = data_folder_with_places(tmp_path / "data")
    articles = tmp_path / "many.jsonl"
    line = "The army said that {n} people were killed in a raid on Aden on Monday."
    articles.write_text(
        "".join(
            json.dumps({"article_id": f"a{n}", "publisher": "P", "published_on": "2021-05-04", "text": line.format(n=n + 100)}) + "\n"
            for n in range(120)
        )
    )
    command = [*COMMAND, "--data", str(data), "run", str(articles), "--chunk-size", "1", "--workers", "1"]
    kill_once_it_shows(command, r"Reading[^/]*?(\d+)/120", at_least=10)
    with open_working(DataFolder(data), "a look") as con:
        n_before = fetch_rows(con, "SELECT count(*) AS n FROM ops.readings")[0]["n"]
    assert 0 < n_before < 120
    done = casualties("run", articles, data=data)
    assert done.returncode == 0, done.stderr
    assert f"Read {120 - n_before} articles" in done.stdout
    counts = queried(data, "SELECT count(*) AS n, count(DISTINCT figure_id) AS ids FROM core.figures")[0]
    assert counts["n"] == counts["ids"] == 120
    statuses = queried(data, "SELECT status FROM ops.runs ORDER BY started_at")
    assert [row["status"] for row in statuses] == ["failed", "succeeded"]
