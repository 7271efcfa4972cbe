"""What the fault tests share: runs of the real command that can be killed, a poller of the published copy, and rows to compare.

Belongs here: doing things to a run, and looking. Keep out: assertions about one fault.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from tests.integration import commands
from tests.integration.commands import COMMAND, PROJECT
from transforms.contract import tables
from transforms.errors import CasualtiesError
from warehouse.connection import open_published, open_working
from warehouse.lock import hold
from warehouse.paths import DataFolder
from warehouse.publish import verify_published
from warehouse.verify import broken_only, verify

# What happened, not what is: differs between two runs that lead to the same warehouse.
DIARIES = ("ops.runs", "ops.validation_results")
_SETTLED_SECONDS = 60.0
_LOOK_SECONDS = 0.2


def start(*arguments: str | Path, data: Path, project: Path = PROJECT, prefix: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start the command in a session of its own. prefix: a command that starts it. project: whose code runs."""
    environment = {name: value for name, value in os.environ.items() if name not in ("CASUALTIES_DATA", "DAGSTER_HOME", "COLUMNS")}
    environment |= {"PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8"}
    command = [*prefix, *COMMAND, "--data", str(data), *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=project, start_new_session=True
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: exit code (negative: the signal), output, errors."""

    code: int
    out: str
    err: str


def finish(process: subprocess.Popen[str], timeout: float = 3600) -> Ended:
    """Wait for a command and return how it ended."""
    out, err = process.communicate(timeout=timeout)
    return Ended(process.returncode, out, err)


def casualties(*arguments: str | Path, data: Path, project: Path = PROJECT, prefix: Sequence[str] = ()) -> Ended:
    """Run the command to its end: forked where it is this project's and nothing stands before it, which is faster."""
    if project != PROJECT or prefix:
        return finish(start(*arguments, data=data, project=project, prefix=prefix))
    done = commands.casualties(*arguments, data=data, timeout=3600)
    return Ended(done.returncode, done.stdout, done.stderr)


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill the command's main process alone, as the kernel would, when it is still there then. Returns whether it was."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def left_over(session: int) -> list[int]:
    """Return the processes of a session that are still there after some time: workers that outlive their parent."""
    deadline = time.monotonic() + _SETTLED_SECONDS
    while (found := _members(session)) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    return found


def _members(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(session) and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def lock_is_free(data: Path) -> bool:
    """Return whether nobody holds the warehouse, neither our lock nor DuckDB's."""
    folder = DataFolder(data)
    try:
        with hold(folder.lock, "a look", wait_seconds=5):
            if folder.database.exists():
                duckdb.connect(str(folder.database)).close()
    except (CasualtiesError, duckdb.Error):
        return False
    return True


def facts(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table but the diaries, without run ids and clock times, in the order of their keys."""
    found = {}
    with open_working(DataFolder(data), "a look") as con:
        for full_name, table in tables().items():
            if full_name in DIARIES:
                continue
            clock = {column.name for column in table.columns if column.type == "TIMESTAMP" and column.name != "published_at"}
            kept = [f'"{name}"' for name in table.column_names if name not in clock | {"run_id"}]
            key = [f'"{name}"' for name in table.key]
            found[full_name] = con.execute(f"SELECT {', '.join(kept)} FROM {full_name} ORDER BY {', '.join(key)}").fetchall()
    return found


def differences(one: dict[str, list[tuple[Any, ...]]], other: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """Return in words where two sets of facts differ: the first row of each table that does."""
    said = []
    for name, rows in one.items():
        if rows == other[name]:
            continue
        first = next((pair for pair in zip(rows, other[name], strict=False) if pair[0] != pair[1]), None)
        said.append(f"{name}: {len(rows)} and {len(other[name])} rows; first {first}")
    return said


def broken(data: Path) -> list[str]:
    """Return what `verify` finds broken."""
    return [f"{finding.name}: {finding.broken}" for finding in broken_only(verify(DataFolder(data)))]


@dataclass
class Poller:
    """Looks at the published copy again and again: is it the file that was published, does it open, is it whole?"""

    looks: int = 0
    copies: set[str] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)

    def look(self, folder: DataFolder) -> None:
        """Look once."""
        try:
            published = verify_published(folder)
            with open_published(folder) as con:
                figures, linked = con.execute(
                    "SELECT (SELECT count(*) FROM core.figures), "
                    "(SELECT count(*) FROM mart.figure_comparison c WHERE NOT EXISTS (FROM core.figures f WHERE f.figure_id = c.figure_id))"
                ).fetchall()[0]
        except (CasualtiesError, duckdb.Error, OSError) as error:
            self.trouble.append(str(error))
            return
        self.looks += 1
        self.copies.add(published.sha256)
        if not figures or linked:
            self.trouble.append(f"{figures} figures, {linked} numbers without their figure")


@contextmanager
def polling(data: Path) -> Iterator[Poller]:
    """Poll the published copy from its first appearance to the end of the block."""
    poller, ended = Poller(), threading.Event()
    folder = DataFolder(data)

    def poll() -> None:
        while not ended.wait(_LOOK_SECONDS):
            if folder.published.exists():
                poller.look(folder)

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    try:
        yield poller
    finally:
        ended.set()
        thread.join()
