"""Backups and the way back.

Belongs here: `take` and `restore`. Keep out: copying an open file (`snapshot.py`), the invariants (`verify.py`).
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from transforms.errors import InputError, WarehouseLockedError
from warehouse import snapshot
from warehouse.connection import open_file, open_working
from warehouse.files import flush, log_of, remove_database, sha256
from warehouse.lock import hold
from warehouse.migrate import bring_up_to_date, is_warehouse
from warehouse.paths import DataFolder
from warehouse.publish import publish
from warehouse.snapshot import Backup, hash_file
from warehouse.verify import Finding, verify_tables

WAIT_SECONDS = 600.0
_POLL_SECONDS = 0.2


def take(folder: DataFolder, target: Path, wait_seconds: float = WAIT_SECONDS) -> Backup:
    """Back the working file up into a new file, also while a run holds it.

    The file is taken as it is, of whatever schema. Raises InputError when there is nothing to back up or the target is there
    already, WarehouseLockedError when whoever holds the warehouse does not answer in time, CasualtiesError when it cannot be
    made (no room, no permission).
    """
    if not folder.database.exists():
        raise InputError(f"there is nothing to back up: {folder.database} is not there")
    if target.exists():
        raise InputError(f"{target} is there already; name another file, or remove it")
    if not target.parent.is_dir():
        raise InputError(f"there is no folder {target.parent}; make it, or name another file")
    with hold(folder.backup_lock, f"backup to {target}"):
        try:
            return _taken(folder, target.absolute(), time.monotonic() + wait_seconds)
        finally:
            snapshot.withdraw(folder)


def _taken(folder: DataFolder, target: Path, deadline: float) -> Backup:
    while True:
        try:
            with hold(folder.lock, f"backup to {target}", wait_seconds=0), open_file(folder) as con:
                return snapshot.make(con, target)
        except WarehouseLockedError:
            if time.monotonic() >= deadline:
                raise
        except (OSError, duckdb.Error) as error:
            raise InputError(f"{target} cannot be written: {error}") from error
        if not folder.backup_request.exists():
            snapshot.ask(folder, target)
        time.sleep(_POLL_SECONDS)
        if (made := snapshot.answer(folder)) is not None:
            return made


def restore(folder: DataFolder, source: Path) -> tuple[Path | None, list[Finding]]:
    """Put a backup in the working file's place, and publish it.

    The backup is looked through first: its hash where one stands beside it, then every invariant. What was there before is
    kept under another name. Returns where, and what of the invariants is broken. Raises InputError when the backup cannot be
    used, ContractError when it is of a newer schema; both leave everything as it was.
    """
    if not source.is_file():
        raise InputError(f"there is no {source}")
    known = _hash_beside(source)
    if known is not None and known != sha256(source):
        raise InputError(f"{source} is damaged: its SHA-256 is not the one in {hash_file(source)}; take another backup")
    with hold(folder.lock, f"restoring {source}"):
        _refuse_open(folder)
        folder.database.parent.mkdir(parents=True, exist_ok=True)
        making = folder.database.with_name(folder.database.name + ".tmp")
        remove_database(making)
        try:
            shutil.copyfile(source, making)
            making.chmod(0o600)
            findings = _looked_through(making, source)
            flush(making)
            kept = _set_aside(folder)
            making.replace(folder.database)
        finally:
            remove_database(making)
        flush(folder.database.parent)
        folder.built_from.unlink(missing_ok=True)  # so that the next run builds what is derived anew
    with open_working(folder, f"publishing what was restored from {source}") as con:
        publish(con, folder)
    return kept, [finding for finding in findings if not finding.ok]


def _hash_beside(source: Path) -> str | None:
    try:
        return hash_file(source).read_text(encoding="utf-8").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        return None


def _looked_through(making: Path, source: Path) -> list[Finding]:
    """Bring the copy of a backup up to the contract and check it. The copy has no other name yet, so nothing is lost by that."""
    with _opened(making, source) as con:
        return list(verify_tables(con))


@contextmanager
def _opened(making: Path, source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        con = duckdb.connect(str(making))
    except duckdb.Error as error:
        raise InputError(f"{source} cannot be opened: {error}; take another backup") from error
    try:
        if not is_warehouse(con):
            raise InputError(f"{source} is no backup of a warehouse")
        bring_up_to_date(con)
        yield con
    finally:
        con.close()


def _refuse_open(folder: DataFolder) -> None:
    """Raise WarehouseLockedError when a program that doesn't use our lock has the working file open."""
    if not folder.database.exists():
        return
    with folder.database.open("rb+") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseLockedError(f"another program has {folder.database} open; close it, then try again") from None


def _set_aside(folder: DataFolder) -> Path | None:
    """Give the working file that is there, and its log, another name; return it."""
    if not folder.database.exists():
        return None
    kept = folder.database.with_name(f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}.duckdb")
    if log_of(folder.database).exists():
        log_of(folder.database).replace(log_of(kept))
    folder.database.replace(kept)
    return kept
