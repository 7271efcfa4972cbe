"""A copy of the open working file at one moment, also while a run is going.

Only the process that has the working file open can read it. So whoever holds it looks, twice a second, whether somebody asks
for a backup, and makes it on a cursor of its own: the state after the last whole transaction, whatever the run is doing.
When nobody holds it, the asking process opens it and does the same.

Belongs here: asking, answering, copying. Keep out: opening the working file (`connection.py`), what becomes of a copy (`backup.py`).
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import CasualtiesError
from warehouse import ddl
from warehouse.files import flush, remove_database, sha256
from warehouse.paths import DataFolder

_LOOK_SECONDS = 0.5
_ATTACHED = "backing_up"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: where, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


def make(con: duckdb.DuckDBPyConnection, target: Path) -> Backup:
    """Copy the open working file into `target`, keys and all, beside it first and then in one rename.

    con: a connection or cursor that is in no transaction. Only the owner may read the file: it holds the articles' words,
    names included. Its SHA-256 is written beside it, as `sha256sum -c` reads it. Raises OSError or duckdb.Error.
    """
    making = target.with_name(target.name + ".tmp")
    remove_database(making)
    source = con.execute("SELECT current_database()").fetchall()[0][0]
    quoted = '"' + str(source).replace('"', '""') + '"'  # named by the file, not by the contract
    try:
        con.execute(f"ATTACH {ddl.quote_literal(str(making))} AS {_ATTACHED}")
        try:
            making.chmod(0o600)
            con.execute(f"COPY FROM DATABASE {quoted} TO {_ATTACHED}")
            con.execute(f"CHECKPOINT {_ATTACHED}")
        finally:
            con.execute(f"DETACH {_ATTACHED}")
        flush(making)
        made = Backup(str(target), making.stat().st_size, sha256(making))
        making.replace(target)
    finally:
        remove_database(making)
    hash_file(target).write_text(f"{made.sha256}  {target.name}\n", encoding="utf-8")
    flush(target.parent)
    return made


def hash_file(backup: Path) -> Path:
    """Return where the SHA-256 of a backup stands."""
    return backup.with_name(backup.name + ".sha256")


@contextmanager
def answering(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> Iterator[None]:
    """Answer requests for backups from a thread of its own, for as long as the block holds the working file."""
    ended = threading.Event()
    cursor = con.cursor()

    def look() -> None:
        while not ended.wait(_LOOK_SECONDS):
            _answer(cursor, folder)

    thread = threading.Thread(target=look, name="backups", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        cursor.close()


def ask(folder: DataFolder, target: Path) -> None:
    """Ask whoever holds the working file for a backup; `answer` tells what came of it."""
    _write(folder, {"target": str(target), "pid": os.getpid()})


def answer(folder: DataFolder) -> Backup | None:
    """Return the backup that was asked for; None while there is none. Raises CasualtiesError when it could not be made."""
    said = _said(folder)
    if "error" in said:
        raise CasualtiesError(f"the backup could not be made: {said['error']}")
    return Backup(**said["made"]) if "made" in said else None


def withdraw(folder: DataFolder) -> None:
    """Take back the request, answered or not."""
    folder.backup_request.unlink(missing_ok=True)


def _said(folder: DataFolder) -> dict[str, Any]:
    try:
        said = json.loads(folder.backup_request.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _answer(cursor: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    """Make the backup that is asked for, if there is one, and say what came of it."""
    said = _said(folder)
    if "target" not in said or not _is_alive(int(said["pid"])):
        return
    if folder.backup_request.stat().st_uid not in (os.getuid(), 0):
        said["error"] = "the request is another user's"
    else:
        try:
            said["made"] = asdict(make(cursor, Path(said["target"])))
        except (OSError, duckdb.Error) as error:
            said["error"] = str(error).splitlines()[0]
    del said["target"]
    _write(folder, said)


def _write(folder: DataFolder, said: dict[str, Any]) -> None:
    making = folder.backup_request.with_suffix(".tmp")
    making.write_text(json.dumps(said), encoding="utf-8")
    making.replace(folder.backup_request)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
