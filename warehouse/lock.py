"""One writer at a time: the lock of the working file, across commands and Dagster runs.

DuckDB's own lock names a process id at best and is dropped when the writing process opens the file by other means. Ours
is an `flock` on a file of its own: the kernel lets go of it when the holder dies, however it dies, so nothing is ever
left locked. The file's content says who holds it; without the flock that content means nothing.

Belongs here: taking, holding and explaining the lock. Keep out: anything about the database.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from transforms.errors import WarehouseLockedError

WAIT_SECONDS = 2.0
_POLL_SECONDS = 0.05
_held: set[int] = set()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: process id, user, what for, and since when (UTC, ISO 8601)."""

    pid: int
    user: str
    purpose: str
    since: str


def _let_go_in_child() -> None:
    """Close the inherited descriptors in a forked child: a worker that outlives its killed parent must not keep the lock."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def hold(path: Path, purpose: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[Holder]:
    """Hold the lock at `path` for the length of the block.

    purpose: what for, in words that another user can act on (`run of 3 files`). A second taker, also one in the same
    process, waits up to `wait_seconds` and then gets WarehouseLockedError, which says who holds it and since when.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    _held.add(descriptor)
    try:
        _take(descriptor, path, wait_seconds)
        holder = Holder(os.getpid(), _user(), purpose, datetime.now(UTC).isoformat(timespec="seconds"))
        _write(descriptor, json.dumps(asdict(holder), ensure_ascii=False))
        try:
            yield holder
        finally:
            if descriptor in _held:
                _write(descriptor, "")
                fcntl.flock(descriptor, fcntl.LOCK_UN)  # for a worker, too, that was forked just now and hasn't closed its copy
    finally:
        if descriptor in _held:
            _held.discard(descriptor)
            os.close(descriptor)


def holder_of(path: Path) -> Holder | None:
    """Return what the lock file says of its holder; None when it is absent, empty or not readable.

    Only true while somebody holds the lock: a killed holder leaves its words behind.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(said["pid"]), str(said["user"]), str(said["purpose"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _take(descriptor: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseLockedError(_explain(path)) from None
            time.sleep(_POLL_SECONDS)


def _explain(path: Path) -> str:
    holder = holder_of(path)
    if holder is None:
        return f"another process holds the warehouse ({path}); wait until it ends, then try again"
    return (
        f"the warehouse is held by process {holder.pid} of user {holder.user} ({holder.purpose}) since {holder.since}; "
        f"wait until it ends, then try again"
    )


def _write(descriptor: int, content: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, content.encode("utf-8", "backslashreplace"), 0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user id without a name (KeyError before Python 3.13)
        return str(os.getuid())
