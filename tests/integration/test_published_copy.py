"""People query the published copy while runs publish: never a lock error, never a half-written state."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from warehouse import load
from warehouse.connection import open_working
from warehouse.paths import DataFolder
from warehouse.publish import publish, verify_published

pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[2]
N_PUBLICATIONS = 20
READINGS_OF_A_RUN = 3_000
# One row: the number of runs in the copy, and of readings, which are always READINGS_OF_A_RUN times as many.
STATE = "SELECT (SELECT count(*) FROM ops.runs), (SELECT count(*) FROM ops.readings), (SELECT count(DISTINCT run_id) FROM ops.readings)"

# Opens the copy again and again, holding each for a few queries; its findings go to standard output at the end.
REOPENING = """
import json, select, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from warehouse.connection import open_published
from warehouse.paths import DataFolder
from warehouse.publish import verify_published
from warehouse.query import run_sql
folder, state = DataFolder(Path(sys.argv[1])), sys.argv[3]
seen = []
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    with open_published(folder) as con:
        first = con.execute(state).fetchall()[0]
        assert con.execute(state).fetchall()[0] == first, "an open copy changed"
    seen += [first, run_sql(folder, state).rows[0]]
    verify_published(folder)
print(json.dumps(seen))
"""
# Opens the copy once and goes on querying it.
HOLDING = """
import json, select, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from warehouse.connection import open_published
from warehouse.paths import DataFolder
seen = []
with open_published(DataFolder(Path(sys.argv[1]))) as con:
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        seen.append(con.execute(sys.argv[3]).fetchall()[0])
print(json.dumps(seen))
"""


def one_run(folder: DataFolder, number: int) -> None:
    """What a run does to the warehouse: rows in several tables, each committed by itself, then the publication."""
    run_id, now = f"run {number}", datetime(2018, 7, 25) + timedelta(days=number)
    with open_working(folder, run_id) as con:
        load.insert_rows(con, "ops.runs", [{"run_id": run_id, "started_at": now, "status": "running", "reader_version": "1"}])
        first = number * READINGS_OF_A_RUN
        readings = [
            {"article_version_id": i, "reader_version": "1", "read_at": now, "n_figures": 0, "n_quarantined": 0, "run_id": run_id}
            for i in range(first, first + READINGS_OF_A_RUN)
        ]
        load.insert_rows(con, "ops.readings", readings)
        publish(con, folder)


def reader(folder: DataFolder, script: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder.root), str(PROJECT), STATE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def findings(process: subprocess.Popen[str]) -> list[tuple[int, int, int]]:
    out, err = process.communicate("stop\n", timeout=60)
    assert process.returncode == 0, err
    return [(runs, readings, run_ids) for runs, readings, run_ids in json.loads(out)]


def test_readers_see_whole_states_in_order_while_runs_publish(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    one_run(folder, 0)
    processes = [reader(folder, HOLDING), reader(folder, REOPENING)]
    try:
        for number in range(1, N_PUBLICATIONS + 1):
            one_run(folder, number)
    finally:
        held, reopened = [findings(process) for process in processes]
    assert len(held) > N_PUBLICATIONS
    assert set(held) == {(1, READINGS_OF_A_RUN, 1)}, "the copy that was held open changed"
    assert all(state == (state[0], state[0] * READINGS_OF_A_RUN, state[0]) for state in reopened), "a half-written state"
    assert reopened == sorted(reopened), "an older copy came back"
    assert len(set(reopened)) > 3, "the reader saw no publication: the test shows nothing"
    assert verify_published(folder).size == folder.published.stat().st_size


PUBLISHING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from warehouse.connection import open_working
from warehouse.paths import DataFolder
from warehouse.publish import publish
folder = DataFolder(Path(sys.argv[1]))
with open_working(folder, "publishes until killed") as con:
    print("ready", flush=True)
    while True:
        publish(con, folder)
"""


@pytest.mark.parametrize("seconds", [0.02, 0.05, 0.11, 0.23])
def test_a_publication_killed_at_any_moment_leaves_a_good_copy(tmp_path: Path, seconds: float) -> None:
    folder = DataFolder(tmp_path)
    one_run(folder, 0)
    process = reader(folder, PUBLISHING)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    process.kill()
    process.communicate()
    verify_published(folder)
    one_run(folder, 1)
    verify_published(folder)
    assert sorted(path.name for path in folder.published.parent.iterdir()) == ["casualties.duckdb", "casualties.json"]
