"""The gazetteer of a data folder: its index, made with the user's own places, and the version of reading that follows from it.

Belongs here: the index and that version. Keep out: keeping the user's files (`own_places.py`), what is in them (`transforms/places`).
"""

from __future__ import annotations

from pathlib import Path

from orchestration import own_places
from transforms.errors import InputError
from transforms.places.build import ensure_index
from transforms.reading.reader import READER_VERSION
from warehouse.paths import DataFolder


def index_file(folder: DataFolder, own: Path | None = None) -> Path:
    """Return the gazetteer's index, built first (once, half a minute) where it is missing or out of date.

    own: a file of the user's own places for this once, in place of the kept ones. Raises InputError, naming file, line and
    column, when it is not well formed.
    """
    if own is None:
        return ensure_index(folder.gazetteer, own_places.paths(folder))
    if not own.is_file():
        raise InputError(f"the gazetteer file {own} does not exist")
    return ensure_index(folder.gazetteer / "once", [own], folder.gazetteer)


def is_ready(folder: DataFolder) -> bool:
    """Return whether there is an index at all, so that a command can say beforehand why it takes longer."""
    return any(folder.gazetteer.glob("gazetteer-*.sqlite"))


def reading_version(folder: DataFolder) -> str:
    """Return the version of reading: the reader's, and with places of the user's own a mark of their state.

    Other places give other readings, so a changed set of files has every article read again.
    """
    files = own_places.own_files(folder)
    return f"{READER_VERSION}+places.{own_places.state(files)}" if files else READER_VERSION
