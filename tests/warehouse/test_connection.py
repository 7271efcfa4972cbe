from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from transforms.errors import InputError, WarehouseLockedError
from warehouse.connection import open_published, open_working
from warehouse.paths import DataFolder
from warehouse.publish import publish

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[2]
OPEN_WITHOUT_OUR_LOCK = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with a working file that has the tables, and a published copy."""
    made = DataFolder(tmp_path_factory.mktemp("data") / "new")
    with open_working(made, "test") as con:
        con.execute("INSERT INTO ops.runs (run_id, started_at, status, reader_version) VALUES ('r1', now()::TIMESTAMP, 'running', '1')")
        publish(con, made)
    return made


def test_rows_stay_when_opened_again(folder: DataFolder) -> None:
    with open_working(folder, "test") as con:
        assert con.execute("SELECT run_id FROM ops.runs").fetchall() == [("r1",)]


def test_a_second_opening_is_refused_with_the_firsts_purpose(folder: DataFolder) -> None:
    with (
        open_working(folder, "the nightly run"),
        pytest.raises(WarehouseLockedError, match="the nightly run"),
        open_working(folder, "another", wait_seconds=0),
    ):
        pass


def test_the_lock_is_free_after_a_failure_inside(folder: DataFolder) -> None:
    with pytest.raises(RuntimeError), open_working(folder, "fails"):
        raise RuntimeError
    with open_working(folder, "next", wait_seconds=0):
        pass


def test_a_program_without_our_lock_is_named_as_the_obstacle(folder: DataFolder) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OPEN_WITHOUT_OUR_LOCK, str(folder.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    try:
        with pytest.raises(WarehouseLockedError, match=f"PID {other.pid}"), open_working(folder, "us", wait_seconds=0):
            pass
    finally:
        other.communicate("")


def test_a_file_that_is_no_database_is_wrong_use(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    for path in (folder.database, folder.published):
        path.parent.mkdir(parents=True)
        path.write_text("no database, but long enough to look like one " * 200)
    with pytest.raises(InputError, match="cannot be opened"), open_working(folder, "us"):
        pass
    with pytest.raises(InputError, match="cannot be opened"), open_published(folder):
        pass


def test_before_the_first_publication_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="casualties run"), open_published(DataFolder(tmp_path)):
        pass


def test_published_copy_can_be_read_while_the_working_file_is_open(folder: DataFolder) -> None:
    with open_working(folder, "a run"), open_published(folder) as con:
        assert con.execute("SELECT run_id FROM ops.runs").fetchall() == [("r1",)]


@pytest.mark.integration
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO ops.runs (run_id) VALUES ('x')",
        "CREATE TABLE core.more (a INTEGER)",
        "ATTACH '/etc/passwd' AS other",
        "COPY ops.runs TO 'runs.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "RESET lock_configuration",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM sql",
    ],
)
def test_published_connection_is_locked_down_by_itself(folder: DataFolder, sql: str) -> None:
    with open_published(folder) as con, pytest.raises(duckdb.Error):
        con.execute(sql)


def test_working_connection_fetches_no_extensions(folder: DataFolder) -> None:
    with open_working(folder, "test") as con:
        settings = con.execute("SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'").fetchall()
    assert settings == [("false",), ("false",)]
