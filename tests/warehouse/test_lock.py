from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from transforms.errors import WarehouseLockedError
from warehouse.lock import hold, holder_of

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[2]
HOLD_FOREVER = """
import sys, time
from pathlib import Path
from warehouse.lock import hold
with hold(Path(sys.argv[1]), "a run in another process"):
    print("held", flush=True)
    time.sleep(600)
"""
HOLD_WITH_A_WORKER = """
import os, sys, time
from pathlib import Path
from warehouse.lock import hold
with hold(Path(sys.argv[1]), "a run with workers"):
    print("held", flush=True)
    worker = os.fork()
    if worker:
        print(worker, flush=True)
    time.sleep(600)
"""


def holding_process(lock: Path, script: str = HOLD_FOREVER) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(lock)], cwd=PROJECT, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(PROJECT)}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_holder_is_written_down_and_wiped_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "new" / "warehouse.lock"
    with hold(lock, "a run of 3 files"):
        holder = holder_of(lock)
        assert holder is not None
        assert (holder.pid, holder.purpose) == (os.getpid(), "a run of 3 files")
    assert holder_of(lock) is None


def test_second_taker_in_the_same_process_is_told_who_and_since_when(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    with hold(lock, "the first run") as holder, pytest.raises(WarehouseLockedError) as told, hold(lock, "the second", wait_seconds=0.1):
        pass
    assert f"process {os.getpid()}" in str(told.value)
    assert "the first run" in str(told.value)
    assert holder.since in str(told.value)


def test_failed_taker_leaves_the_holders_words_alone(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    with hold(lock, "the first run"):
        with pytest.raises(WarehouseLockedError), hold(lock, "the second", wait_seconds=0):
            pass
        assert holder_of(lock) is not None
        with pytest.raises(WarehouseLockedError), hold(lock, "the third", wait_seconds=0):
            pass


def test_the_lock_is_let_go_when_the_block_fails(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    with pytest.raises(RuntimeError), hold(lock, "a run that fails"):
        raise RuntimeError
    with hold(lock, "the next", wait_seconds=0):
        pass


def test_a_taker_waits_for_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    waited: list[float] = []

    def take() -> None:
        start = time.monotonic()
        with hold(lock, "waiting", wait_seconds=5):
            waited.append(time.monotonic() - start)

    taker = threading.Thread(target=take)
    with hold(lock, "short work"):
        taker.start()
        time.sleep(0.15)
        assert not waited
    taker.join()
    assert waited[0] >= 0.1


def test_a_killed_holder_leaves_nothing_locked(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    process = holding_process(lock)
    with pytest.raises(WarehouseLockedError, match=f"process {process.pid} .*another process"), hold(lock, "us", wait_seconds=0):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    with hold(lock, "us", wait_seconds=0) as holder:
        assert holder_of(lock) == holder


def test_a_forked_worker_that_outlives_the_killed_holder_does_not_keep_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    holder = holding_process(lock, HOLD_WITH_A_WORKER)
    assert holder.stdout is not None
    worker = int(holder.stdout.readline())
    try:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with hold(lock, "the next run", wait_seconds=2):
            os.kill(worker, 0)  # still alive
    finally:
        os.kill(worker, signal.SIGKILL)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "user": "", "purpose": "", "since": ""}', "\udcff"])
def test_unreadable_words_name_nobody(tmp_path: Path, content: str) -> None:
    lock = tmp_path / "warehouse.lock"
    lock.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert holder_of(lock) is None


def test_purpose_with_half_a_character_is_no_failure(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    with hold(lock, "a run of \udcff.txt"):
        assert holder_of(lock) is not None
