"""DAGSTER_HOME inside the data folder: its settings, its instance, and runs that were killed.

Belongs here: preparing the folder and reaping dead runs. Keep out: definitions, and anything of the warehouse.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.lock import hold
from warehouse.paths import DATA_VARIABLE, DataFolder

if TYPE_CHECKING:
    import dagster as dg

SETTINGS = Path(__file__).parent / "dagster.yaml"
_OPENING_SECONDS = 60.0
PID_TAG = ".dagster/casualties-process"  # the prefix keeps it out of sight in the UI


def prepare(folder: DataFolder) -> dict[str, str]:
    """Make DAGSTER_HOME with our settings (telemetry off) and return the environment that Dagster's processes need.

    The settings are copied anew each time: what the project says holds, also after an update.
    """
    folder.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SETTINGS, folder.dagster_home / "dagster.yaml")
    return {
        "DAGSTER_HOME": str(folder.dagster_home),
        DATA_VARIABLE: str(folder.root),
        # Dagster's beta notices are addressed to its developers and would stand between a user and the table.
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def instance(folder: DataFolder) -> Iterator[dg.DagsterInstance]:
    """Open the Dagster instance of the data folder; runs left over from killed commands are marked failed first."""
    os.environ.update(prepare(folder))
    import dagster as dg  # takes a second: only commands that run the graph pay it

    with ExitStack() as stack:
        with hold(folder.dagster_home / "opening.lock", "opening of Dagster's records", wait_seconds=_OPENING_SECONDS):
            opened = stack.enter_context(dg.DagsterInstance.from_config(str(folder.dagster_home)))
            reap(opened)
            # Dagster makes the files of its storages on first use, and two processes that do so at once end in an SQL error.
            _ = opened.event_log_storage, opened.schedule_storage
        yield opened


@contextmanager
def own_streams() -> Iterator[None]:
    """Give standard output and error back at the end, whatever happened.

    Dagster points them at log files while a step runs. Where an error of its own tears it out of one (a full disk), they stay
    there, and what we say of it would be lost.
    """
    kept = [(stream, os.dup(stream)) for stream in (1, 2)]
    try:
        yield
    finally:
        for stream, copy in kept:
            os.dup2(copy, stream)
            os.close(copy)


def reap(opened: dg.DagsterInstance) -> list[str]:
    """Mark runs as failed whose command is no longer alive, and return their ids.

    Only runs that a command started (they carry their process id as a tag) are looked at: those of the UI are watched
    by Dagster's own daemon. A killed process cannot say so itself, and its run would stay `started` for ever.
    """
    import dagster as dg

    unfinished = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.NOT_STARTED])
    dead = [run for run in opened.get_runs(unfinished) if PID_TAG in run.tags and not _alive(run.tags[PID_TAG])]
    for run in dead:
        opened.report_run_failed(run, "The process of this run was killed. What it had landed stays; the next run goes on from there.")
    return [run.run_id for run in dead]


def process_tag() -> str:
    """Return what identifies this process: its id and start, so that a reused id is not taken for it."""
    return f"{os.getpid()}:{_started(os.getpid())}"


def _alive(tag: str) -> bool:
    pid, _, started = tag.partition(":")
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:  # it lives, under another user
        return True
    return started == _started(int(pid))


def _started(pid: int) -> str:
    """Return the start of a process in clock ticks since boot; '' where /proc is not there (macOS)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
