"""Asking the gazetteer index: the places that a printed name can mean.

Belongs here: look-ups, with a cache. Keep out: choosing one of them (`resolve`) and building the index (`build`).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from rapidfuzz.fuzz import ratio

from transforms.errors import InputError
from transforms.places.build import FORMAT, SQL
from transforms.places.names import keys, skeleton
from transforms.reading.document import Place

_CANDIDATES = (SQL / "candidates.sql").read_text(encoding="utf-8")
_ALIKE = (SQL / "alike.sql").read_text(encoding="utf-8")
_WINS = 10
_CACHE = 30_000
# Two spellings of one consonant skeleton are taken for one name from this likeness on (rapidfuzz ratio, 0-100).
MIN_LIKENESS = 78.0


class Gazetteer:
    """An open index. Implements `PlaceIndex`; `similar` finds spellings that no key has."""

    def __init__(self, index_file: Path) -> None:
        """Open the index read-only. Raises InputError when there is none, or one of another format."""
        if not index_file.is_file():
            raise InputError(f"there is no gazetteer index at {index_file}; build it first")
        address = f"file:{quote(str(index_file.resolve()))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            found = self._connection.execute("SELECT value FROM meta WHERE item = 'format'").fetchone()
        except sqlite3.DatabaseError as error:
            raise InputError(f"{index_file} is no gazetteer index: {error}") from error
        if found != (str(FORMAT),):
            raise InputError(f"{index_file} was built by another version; remove it, it is built anew")
        self._found: dict[str, tuple[Place, ...]] = {}
        self._alike: dict[tuple[str, str], tuple[Place, ...]] = {}

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Return the entries that a printed name can mean, most populous first; () when there is none."""
        cached = self._found.get(name)
        if cached is None:
            if len(self._found) >= _CACHE:
                self._found.clear()
            cached = self._found[name] = self._look_up(name)
        return cached

    def _look_up(self, name: str) -> tuple[Place, ...]:
        places: dict[int, Place] = {}
        for key in keys(name):
            rows = self._connection.execute(_CANDIDATES, (key,)).fetchall()
            winning = [row for row in rows if row[_WINS]]
            for row in winning or rows:
                places.setdefault(row[0], Place(*row[:_WINS]))
            if winning:
                break
        return tuple(places.values())

    def similar(self, name: str, country: str) -> tuple[Place, ...]:
        """Return places of `country` (alpha-2) whose names are spelled alike, the most alike first; () when there is none."""
        cached = self._alike.get((name, country))
        if cached is None:
            if len(self._alike) >= _CACHE:
                self._alike.clear()
            cached = self._alike[name, country] = self._look_up_alike(name, country)
        return cached

    def _look_up_alike(self, name: str, country: str) -> tuple[Place, ...]:
        bones = skeleton(name)
        if not bones:
            return ()
        key = keys(name)[-1]
        rows = self._connection.execute(_ALIKE, (bones, country)).fetchall()
        likeness = sorted(((ratio(key, row[_WINS]), -place) for place, row in enumerate(rows)), reverse=True)
        places: dict[int, Place] = {}
        for score, place in likeness:
            if score >= MIN_LIKENESS:
                row = rows[-place]
                places.setdefault(row[0], Place(*row[:_WINS]))
        return tuple(places.values())

    def close(self) -> None:
        """Close the index file."""
        self._connection.close()


def open_index(index_file: Path) -> Gazetteer:
    """Open a built index: some milliseconds, a few megabytes; see `build.ensure_index`."""
    return Gazetteer(index_file)
