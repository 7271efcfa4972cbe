"""The user's own places, kept in the data folder, so that scheduled runs and the UI read with them too.

Belongs here: keeping the file, naming its state, the index made with it. Keep out: what is in it (`transforms/places`).
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from transforms.errors import InputError
from transforms.places.build import ensure_index
from transforms.reading.reader import READER_VERSION
from warehouse.paths import DataFolder


def keep_user_file(path: Path, folder: DataFolder) -> None:
    """Copy the user's file into the data folder in place of any earlier one. Raises InputError when there is no such file."""
    if not path.is_file():
        raise InputError(f"the gazetteer file {path} does not exist")
    own = _own(folder)
    own.mkdir(parents=True, exist_ok=True)
    kept = own / path.name
    if kept.exists() and kept.samefile(path):
        return
    for other in own.iterdir():
        other.unlink()
    shutil.copy2(path, kept)


def user_file(folder: DataFolder) -> Path | None:
    """Return the kept file of the user; None when there is none."""
    own = _own(folder)
    found = sorted(own.iterdir()) if own.is_dir() else []
    return found[0] if found else None


def index_file(folder: DataFolder, own: Path | None = None) -> Path:
    """Return the gazetteer's index, built first (once, some seconds) where it is missing or out of date.

    own: a file of the user's own places for this once, in place of the kept one. Raises InputError, naming file and line,
    when it is not well formed.
    """
    if own is not None:
        return ensure_index(folder.gazetteer / "once", own)
    return ensure_index(folder.gazetteer, user_file(folder))


def is_ready(folder: DataFolder) -> bool:
    """Return whether there is an index at all, so that a command can say beforehand why it takes longer."""
    return any(folder.gazetteer.glob("gazetteer-*.sqlite"))


def reading_version(folder: DataFolder) -> str:
    """Return the version of reading: the reader's, and with places of the user's own a mark of their state.

    Other places give other readings, so a changed file has every article read again.
    """
    own = user_file(folder)
    if own is None:
        return READER_VERSION
    return f"{READER_VERSION}+places.{hashlib.sha256(own.read_bytes()).hexdigest()[:8]}"


def _own(folder: DataFolder) -> Path:
    return folder.gazetteer / "own"
