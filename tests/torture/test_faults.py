"""Faults of the machine, each really done: two runs at once, a full disk, folders that cannot be written, a clock set back, damage."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import corpus
from tests.integration.commands import data_folder_with_places
from tests.torture.machine import Ended, broken, casualties, differences, facts, finish, start
from tests.torture.projects import newer_reader
from warehouse.connection import open_working
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration

# As root without the right to pass by permissions: then a folder's mode counts.
WITHOUT_OVERRIDE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.write(tmp_path_factory.mktemp("articles") / "articles.jsonl", 60, seed=5)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """A data folder after an undisturbed run; not to be changed."""
    data = data_folder_with_places(tmp_path_factory.mktemp("ran"))
    assert casualties("run", articles, data=data).code == 0
    return data


@pytest.fixture
def data(ran: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(ran, tmp_path / "data", symlinks=True)


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """Some articles that are not in it."""
    return corpus.write(tmp_path / "more.jsonl", 10, seed=6, first=1000)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting a small disk is not permitted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def one_line(ended: Ended, *words: str) -> None:
    """Assert that a command failed with one line that says these words."""
    assert ended.code != 0
    assert "Traceback" not in ended.err, ended.err
    assert len([line for line in ended.err.splitlines() if line.startswith("casualties: ")]) == 1, ended.err
    for word in words:
        assert word.lower() in ended.err.lower()


def test_two_runs_at_once_end_in_the_warehouse_of_one(tmp_path: Path, articles: Path, ran: Path) -> None:
    data = data_folder_with_places(tmp_path / "data")
    both = [start("run", articles, data=data) for _ in range(2)]
    for ended in [finish(process) for process in both]:
        if ended.code:
            one_line(ended, "held by process", "since", "wait until it ends")
    assert casualties("run", articles, data=data).code == 0
    assert broken(data) == []
    assert differences(facts(ran), facts(data)) == []


def test_a_full_disk_stops_the_run_and_it_goes_on_when_there_is_room(small_disk: Path, articles: Path, ran: Path) -> None:
    data = data_folder_with_places(small_disk / "data")
    one_line(casualties("run", articles, data=data), "make room")
    subprocess.run(["mount", "-o", "remount,size=500m", str(small_disk)], check=True)
    ended = casualties("run", articles, data=data)
    assert ended.code == 0, ended.err
    assert broken(data) == []
    assert differences(facts(ran), facts(data)) == []


def test_a_disk_that_fills_up_later_leaves_the_published_copy_whole(small_disk: Path, ran: Path, more: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=500m", str(small_disk)], check=True)
    data = shutil.copytree(ran, small_disk / "data", symlinks=True)
    before = (data / "published" / "casualties.duckdb").read_bytes()
    room = shutil.disk_usage(small_disk).free - 1_000_000
    (small_disk / "other").write_bytes(bytes(room))
    one_line(casualties("run", more, data=data), "make room")
    assert (data / "published" / "casualties.duckdb").read_bytes() == before
    (small_disk / "other").unlink()
    assert casualties("run", more, data=data).code == 0
    assert broken(data) == []


def test_a_read_only_disk_is_said_and_the_copy_still_answers(small_disk: Path, ran: Path, more: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=500m", str(small_disk)], check=True)
    data = shutil.copytree(ran, small_disk / "data", symlinks=True)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    one_line(casualties("run", more, data=data), "read-only")
    asked = casualties("sql", "SELECT count(*) AS n FROM core.figures", "--format", "csv", data=data)
    assert asked.code == 0, asked.err


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv (util-linux) is not there to give up the right to pass by permissions")
def test_a_data_folder_without_permission_is_said(data: Path, more: Path) -> None:
    prefix = WITHOUT_OVERRIDE if os.getuid() == 0 else ()
    folder = DataFolder(data)
    folder.root.chmod(0o500)
    folder.lock.chmod(0o400)
    one_line(casualties("run", more, data=data, prefix=prefix), "permission")
    folder.root.chmod(0o700)
    folder.lock.chmod(0o600)
    folder.database.chmod(0o000)
    assert "permission" in casualties("verify", data=data, prefix=prefix).out
    folder.database.chmod(0o600)
    assert casualties("run", more, data=data, prefix=prefix).code == 0


def test_a_clock_that_was_set_back_leaves_the_latest_reading_the_latest(data: Path, more: Path, tmp_path: Path) -> None:
    """What was written down lies three hours ahead, as after a clock that was wrong; then a newer reader reads all again."""
    with open_working(DataFolder(data), "test") as con:
        for table, columns in {
            "ops.runs": ("started_at", "ended_at"),
            "ops.readings": ("read_at",),
            "core.figures": ("valid_from",),
            "raw.articles": ("first_seen_at",),
        }.items():
            for column in columns:
                con.execute(f"UPDATE {table} SET {column} = {column} + INTERVAL 3 HOUR")
    project = newer_reader(tmp_path / "project")
    ended = casualties("run", more, data=data, project=project)
    assert ended.code == 0, ended.err
    assert [line.split(":")[0] for line in broken(data)] == ["times not ahead"], "verify tells of the clock, and of nothing else"
    with open_working(DataFolder(data), "test") as con:
        assert con.execute("SELECT count(DISTINCT reader_version) FROM core.figures WHERE valid_to IS NULL").fetchall() == [(1,)]


@pytest.mark.torture  # its parts are tested beside `verify` and `backup`
@pytest.mark.parametrize("damage", ["cut", "emptied", "overwritten"])
def test_a_damaged_working_file_is_said_with_the_way_back_which_works(data: Path, more: Path, tmp_path: Path, damage: str) -> None:
    kept = tmp_path / "kept.duckdb"
    assert casualties("backup", kept, data=data).code == 0
    before = facts(data)
    database = DataFolder(data).database
    if damage == "cut":
        os.truncate(database, database.stat().st_size // 3)
    elif damage == "emptied":
        os.truncate(database, 0)
    else:
        database.write_bytes(b"nothing" * 10_000)
    one_line(casualties("run", more, data=data), "casualties restore")
    assert casualties("sql", "SELECT 1 AS one", data=data).code == 0, "the published copy still answers"
    restored = casualties("restore", kept, data=data)
    assert restored.code == 0 and "kept as" in restored.out, restored.err
    assert differences(before, facts(data)) == []


def test_a_damaged_copy_is_published_again_by_a_run_without_news(data: Path, articles: Path) -> None:
    copy = DataFolder(data).published
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    assert casualties("run", articles, data=data).code == 0
    assert broken(data) == []
