"""Files that must be whole: hashed, forced to disk, removed with what DuckDB puts beside them.

Belongs here: the few things that every maker of a database file does to it. Keep out: what is in the files.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_BLOCK = 1 << 20


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex. Never of a database that this process has open for writing: that drops its lock."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Force a file's (or folder's) content to disk, so that a power cut cannot swap in an empty file."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def log_of(database: Path) -> Path:
    """Return where DuckDB keeps what is committed but not yet in the file itself."""
    return database.with_name(database.name + ".wal")


def remove_database(path: Path) -> None:
    """Remove a database that was not finished, and its log, where they are."""
    for leftover in (path, log_of(path)):
        leftover.unlink(missing_ok=True)
