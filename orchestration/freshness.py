"""Whether core and marts still are what a rebuild would make of the rows and the code: then a run leaves them alone.

The fingerprint covers what a rebuild reads (article versions, readings, figures, re-admissions) and the code and data
files that it runs, so an edited query or lexicon leads to a rebuild at the next run.

Belongs here: computing, keeping and comparing the fingerprint. Keep out: rebuilding.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from transforms.errors import InputError
from warehouse.paths import DataFolder
from warehouse.publish import verify_published
from warehouse.settings import masks_names
from warehouse.statements import statement

PROJECT = Path(__file__).parent.parent
_PACKAGES = ("transforms", "warehouse")
_SUFFIXES = {".py", ".sql", ".csv", ".toml", ".json"}


def fingerprint(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> str:
    """Return the fingerprint of the facts, the code that builds on them, the user's conventions and linking model, and what is masked."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(b"masked" if masks_names(folder) else b"open")
    digest.update(repr(con.execute(statement("report/facts")).fetchall()).encode())
    for package in _PACKAGES:
        for path in sorted((PROJECT / package).rglob("*")):
            if path.suffix in _SUFFIXES:
                digest.update(str(path.relative_to(PROJECT)).encode("utf-8", "surrogateescape"))
                digest.update(path.read_bytes())
    own = [*folder.conventions.glob("*.toml"), *folder.linking_model.parent.glob("*")]
    for path in sorted(own):
        digest.update(path.name.encode("utf-8", "surrogateescape"))
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> bool:
    """Return whether the published copy was made from these very facts by this very code, and is whole."""
    return _kept(folder) == fingerprint(con, folder) and _is_whole(folder)


def keep(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    """Note the fingerprint of what has just been published."""
    making = folder.built_from.with_suffix(".tmp")
    making.write_text(fingerprint(con, folder) + "\n", encoding="ascii")
    making.replace(folder.built_from)


def _is_whole(folder: DataFolder) -> bool:
    try:
        verify_published(folder)
    except InputError:
        return False
    return True


def _kept(folder: DataFolder) -> str | None:
    try:
        return folder.built_from.read_text(encoding="ascii").strip()
    except OSError:
        return None
