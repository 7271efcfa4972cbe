"""The published copy: made beside, then swapped in.

DuckDB lets one process write, and readers are locked out meanwhile. So people query a copy. It is written under another
name and takes the place of the one before in a single rename; whoever has the old one open keeps it, whole.

Belongs here: making, swapping and verifying the copy. Keep out: opening it for queries (`connection.py`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import duckdb

from transforms.contract import tables
from transforms.errors import InputError
from warehouse import ddl
from warehouse.files import flush, remove_database, sha256
from warehouse.masked_copy import copy_masked
from warehouse.paths import DataFolder
from warehouse.settings import masks_names
from warehouse.transaction import transaction

_ATTACHED = "publishing"


@dataclass(frozen=True, slots=True)
class Published:
    """A published copy: size in bytes, SHA-256 and time (UTC, ISO 8601)."""

    size: int
    sha256: str
    published_at: str


def publish(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> Published:
    """Copy the working file, through its own connection, and swap the copy into place.

    The copy has all tables, views, macros, checks and comments, and no primary keys: nobody writes to it, and they would
    double its size. Names are masked unless the folder's settings say otherwise. Leftovers of a publication that was killed
    are removed first. Must not be called in a transaction.
    """
    target = folder.published
    target.parent.mkdir(parents=True, exist_ok=True)
    making = target.with_name(target.name + ".tmp")
    remove_database(making)
    try:
        con.execute(f"ATTACH {ddl.quote_literal(str(making))} AS {_ATTACHED}")
        try:
            _copy(con, folder)
            con.execute(f"CHECKPOINT {_ATTACHED}")
        finally:
            con.execute(f"DETACH {_ATTACHED}")
        made = Published(making.stat().st_size, sha256(making), datetime.now(UTC).isoformat(timespec="seconds"))
        flush(making)
        # Both are allowed while the files change places: a crash between the two steps leaves a copy that still verifies.
        _write_info(folder, [made, *_read_info(folder)])
        making.replace(target)
        flush(target.parent)
        _write_info(folder, [made])
    finally:
        remove_database(making)  # half a copy would take the room that the next one needs
    return made


def verify_published(folder: DataFolder) -> Published:
    """Return what is known of the published copy after comparing its size and hash with what was written down.

    DuckDB doesn't always notice a file that was cut short. Raises InputError when there is none or it is damaged.
    """
    if not folder.published.exists():
        raise InputError(f"nothing has been published yet ({folder.published} is not there); run `casualties run PATH…` first")
    while True:
        known = _read_info(folder)
        found = folder.published.stat().st_size, sha256(folder.published)
        for published in known:
            if (published.size, published.sha256) == found:
                return published
        if _read_info(folder) == known:
            break  # else a publication went by while we were hashing: look again
    raise InputError(
        f"the published copy {folder.published} is not the one that was published (damaged or replaced); publish it again with a run"
    )


def _copy(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    """Copy everything in one transaction: the catalogue, then the contract's tables anew without keys, then the rows."""
    source = con.execute("SELECT current_database()").fetchall()[0][0]
    quoted = '"' + str(source).replace('"', '""') + '"'  # named by the file, not by the contract
    with transaction(con):  # else every statement is flushed to disk by itself: 1 s instead of .1 s
        con.execute(f"COPY FROM DATABASE {quoted} TO {_ATTACHED} (SCHEMA)")
        ddl.create_anew(con, tables(), catalog=_ATTACHED, keys=False)
        if masks_names(folder):
            con.execute(f"INSERT INTO {_ATTACHED}.main.schema_state FROM {quoted}.main.schema_state")
            copy_masked(con, quoted, _ATTACHED, list(tables().values()))
        else:
            con.execute(f"COPY FROM DATABASE {quoted} TO {_ATTACHED} (DATA)")


def _read_info(folder: DataFolder) -> list[Published]:
    try:
        return [Published(**item) for item in json.loads(folder.published_info.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def _write_info(folder: DataFolder, known: list[Published]) -> None:
    making = folder.published_info.with_name(folder.published_info.name + ".tmp")
    making.write_text(json.dumps([asdict(item) for item in known], indent=2) + "\n", encoding="utf-8")
    flush(making)
    making.replace(folder.published_info)
