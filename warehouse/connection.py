"""Opening the two database files: the working file under the lock, the published copy locked down.

Never open the working file by other means in the writing process (copying, hashing, `open().close()`): that drops DuckDB's
lock on it, a second writer gets in, and rows are lost.

Belongs here: connections and their settings. Keep out: queries, and anything that makes either file's content.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from transforms.errors import InputError, WarehouseLockedError
from warehouse.lock import WAIT_SECONDS, hold
from warehouse.migrate import bring_up_to_date
from warehouse.paths import DataFolder
from warehouse.snapshot import answering

# No network: the users' subject matter is sensitive, and an extension fetched on demand is code nobody chose.
_WORKING_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# `python_enable_replacements`: otherwise a query may name any variable of the calling Python code as a table.
_PUBLISHED_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    **_WORKING_SETTINGS,
    "enable_external_access": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": "1GB",
    "threads": 2,
    "temp_directory": "",
    "lock_configuration": True,
}
DAMAGE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
_RESTORE = "restore a backup (`casualties restore FILE`), or move the file away and run on your articles again"


@contextmanager
def open_working(folder: DataFolder, purpose: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working file for reading and writing, under the lock; folders, schemas and tables are made when missing.

    purpose: what for, in words another user can act on; it is shown to whoever finds the warehouse locked.
    Raises WarehouseLockedError when somebody else holds the warehouse for longer than `wait_seconds`, ContractError when
    the file is of a newer schema or its data doesn't fit the contract, InputError when it is no database.
    """
    with hold(folder.lock, purpose, wait_seconds), open_file(folder) as con:
        try:
            bring_up_to_date(con)
        except DAMAGE as error:
            raise unusable(folder, error) from error
        with answering(con, folder):
            yield con


@contextmanager
def open_file(folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working file as it is, of whatever schema. Only under the lock. Raises like `open_working`."""
    con = _connect_working(folder)
    try:
        yield con
    finally:
        con.close()


@contextmanager
def open_published(folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy: read-only, no files, no network, no extensions, no spilling to disk, settings locked.

    A connection keeps seeing the copy it opened, also after a newer one is published; so close it soon in a process that
    lives long: DuckDB gives a second opening in the same process the first one's copy while that is open.
    Raises InputError when nothing has been published yet or the file cannot be opened.
    """
    if not folder.published.exists():
        raise InputError(f"nothing has been published yet ({folder.published} is not there); run `casualties run PATH…` first")
    try:
        con = duckdb.connect(str(folder.published), read_only=True, config=dict(_PUBLISHED_SETTINGS))
    except duckdb.Error as error:
        raise InputError(f"the published copy {folder.published} cannot be opened: {error}; publish it again with a run") from error
    try:
        yield con
    finally:
        con.close()


def _connect_working(folder: DataFolder) -> duckdb.DuckDBPyConnection:
    path = folder.database
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.stat().st_size and folder.published.exists():
            # DuckDB would take it for a new database, and the next run would publish an empty one.
            raise InputError(f"the working file {path} is empty, and something was published from it before; {_RESTORE}")
        return duckdb.connect(str(path), config=dict(_WORKING_SETTINGS))
    except OSError as error:
        raise InputError(f"the working file {path} cannot be made: {error.strerror}; see to the folder's permissions") from error
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and "lock" in str(error).lower():
            raise WarehouseLockedError(
                f"a program that doesn't use our lock file has the working file open: {error}; close it, and query {folder.published}"
            ) from error
        raise unusable(folder, error) from error


def unusable(folder: DataFolder, error: duckdb.Error) -> InputError:
    """Return what to tell, and the way back, when the working file cannot be opened or its blocks cannot be read."""
    path = folder.database
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        way_back = "give yourself permission to read and write it"
    elif "No space left" in str(error):
        way_back = "make room on the disk, then run again"
    else:
        way_back = f"if it is damaged, {_RESTORE}; the published copy still answers"
    return InputError(f"the working file {path} cannot be opened: {first_line(error)}; {way_back}")


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message: what follows in DuckDB's is a stack trace."""
    return next(iter(str(error).splitlines()), type(error).__name__)
