"""A user's own gazetteer file: a CSV with a header, or a GeoNames dump (tab-separated, no header), also inside a zip.

CSV columns: `name,lat,lon,country` and, where wanted, `id,admin1,precision,population,alternate_names` (separated by `|`),
`wins` (`yes`: this entry goes before all others of its name). A country needs no point. A row of a GeoNames dump replaces our row
of the same id.

Belongs here: reading such files and saying what is wrong with them. Keep out: writing the index (`build`).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from transforms.errors import InputError
from transforms.ingest.zip_file import BROKEN
from transforms.places.entry import Entry, place
from transforms.places.geonames import is_usable
from transforms.places.names import plain_letters

REQUIRED = ("name", "lat", "lon", "country")
PRECISIONS = frozenset({"point", "town", "district", "admin1", "country"})
_YES = frozenset({"yes", "true", "1", "y"})
# Columns of a GeoNames dump, and what its feature classes are here. Other classes (hotels, streams, parks) are left out, save spots.
_DUMP_WIDTH = 19
_FEATURES = {"P": "town", "A": "district", "S": "point", "L": "district", "T": "point", "H": "point"}
_FIRST_LEVEL = "ADM1"
_POPULATION_DIGITS = 11
_COUNTRY = re.compile(r"[A-Za-z]{2}")
csv.field_size_limit(10_000_000)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open the file, or the largest `.txt` or `.csv` inside the zip."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield handle
        return
    with zipfile.ZipFile(path) as archive:
        inside = [item for item in archive.infolist() if item.filename.lower().endswith((".txt", ".csv", ".tsv"))]
        inside = [item for item in inside if "readme" not in item.filename.lower()]
        if not inside:
            raise InputError(f"{path.name}: the zip holds no .txt or .csv file; give a GeoNames dump such as SY.zip")
        with archive.open(max(inside, key=lambda item: item.file_size)) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as handle:
            yield handle


def _wrong(path: Path, line: int, column: str, text: str) -> InputError:
    return InputError(f"{path.name}, line {line}, column {column}: {text}")


def _number(path: Path, line: int, column: str, text: str, limit: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise _wrong(path, line, column, f"must be a number between {-limit:g} and {limit:g}, not {text[:40]!r}")
    return value


def _csv_cells(path: Path, line: int, row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    """Return the cells of a row by column, cells that are not there as empty. Raises InputError for what every place needs."""
    if None in row:
        raise InputError(f"{path.name}, line {line}: more cells than the header has columns; quote a cell that contains a comma")
    cells = {str(key): (value or "").strip() for key, value in row.items() if not isinstance(value, list)}
    if not cells["name"]:
        raise _wrong(path, line, "name", "a place needs a name")
    if not _COUNTRY.fullmatch(cells["country"]):
        raise _wrong(path, line, "country", f"must be the two letters of ISO 3166-1, such as SY, not {cells['country'][:20]!r}")
    precision = cells.get("precision") or "town"
    if precision not in PRECISIONS:
        raise _wrong(path, line, "precision", f"{precision[:20]!r} is none of {', '.join(sorted(PRECISIONS))}")
    return cells | {"precision": precision}


def _csv_entry(path: Path, line: int, cells: Mapping[str, str]) -> Entry:
    name, precision = cells["name"], cells["precision"]
    pointless = precision == "country" and not cells["lat"] and not cells["lon"]
    lat = None if pointless else _number(path, line, "lat", cells["lat"], 90)
    lon = None if pointless else _number(path, line, "lon", cells["lon"], 180)
    entry = place(
        path.stem,
        cells.get("id") or f"{name}@{lat},{lon}",
        name,
        precision,
        admin1=cells.get("admin1") or None,
        country=cells["country"].upper(),
        lat=lat,
        lon=lon,
        population=int(_number(path, line, "population", cells.get("population") or "0", 1e11)),
    )
    others = tuple(part.strip() for part in cells.get("alternate_names", "").split("|") if part.strip())
    return Entry(entry, (name, *others), wins=cells.get("wins", "").lower() in _YES)


def _read_csv(path: Path, lines: Iterable[str]) -> Iterator[Entry | None]:
    reader = csv.DictReader(lines)
    missing = set(REQUIRED) - set(reader.fieldnames or ())
    if missing:
        raise InputError(f"{path.name}, line 1: columns {', '.join(sorted(missing))} are missing (or give a GeoNames dump)")
    seen: dict[str, int] = {}
    for row in reader:
        cells = _csv_cells(path, reader.line_num, row)
        if cells.get("id"):
            if cells["id"] in seen:
                raise _wrong(path, reader.line_num, "id", f"{cells['id'][:40]!r} stands in line {seen[cells['id']]} too")
            seen[cells["id"]] = reader.line_num
        yield _csv_entry(path, reader.line_num, cells)


def _dump_entry(path: Path, line: int, cells: list[str], admin1_names: Mapping[str, str]) -> Entry | None:
    feature, code, country = cells[6], cells[7], cells[8]
    if not cells[0].isdecimal():
        raise _wrong(path, line, "1 (geonameid)", f"must be a number, not {cells[0][:40]!r}")
    lat = _number(path, line, "5 (latitude)", cells[4], 90)
    lon = _number(path, line, "6 (longitude)", cells[5], 180)
    precision = "admin1" if code == _FIRST_LEVEL else _FEATURES.get(feature)
    if precision is None or not country or not cells[1]:
        return None
    if not _COUNTRY.fullmatch(country):
        raise _wrong(path, line, "9 (country code)", f"must be two letters, such as SY, not {country[:20]!r}")
    admin1 = admin1_names.get(f"{country}.{cells[10]}")
    name = plain_letters(cells[1]) if precision == "admin1" else cells[1]
    entry = place(
        "geonames",
        cells[0],
        name,
        precision,
        admin1=admin1 or (name if precision == "admin1" else None),
        country=country,
        lat=lat,
        lon=lon,
        population=int(cells[14]) if cells[14].isdecimal() and len(cells[14]) <= _POPULATION_DIGITS else 0,
    )
    return Entry(entry, tuple(dict.fromkeys((cells[1], cells[2], *(other for other in cells[3].split(",") if is_usable(other))))))


def _read_dump(path: Path, lines: Iterable[str], admin1_names: Mapping[str, str]) -> Iterator[Entry | None]:
    for line, text in enumerate(lines, 1):
        cells = text.rstrip("\r\n").split("\t")
        if len(cells) != _DUMP_WIDTH:
            raise InputError(
                f"{path.name}, line {line}: a GeoNames dump has {_DUMP_WIDTH} tab-separated columns, this line has {len(cells)}"
            )
        yield _dump_entry(path, line, cells, admin1_names)


def _read(path: Path, admin1_names: Mapping[str, str]) -> Iterator[Entry | None]:
    """Yield an entry for each row, None for a row of a dump that is no place here (a hotel, a stream)."""
    if not path.is_file():
        raise InputError(f"the gazetteer file {path} does not exist")
    try:
        with _opened(path) as handle:
            first = handle.readline()
            lines = _chained(first, handle)
            yield from _read_dump(path, lines, admin1_names) if first.count("\t") == _DUMP_WIDTH - 1 else _read_csv(path, lines)
    except (*BROKEN, csv.Error, OSError) as error:
        raise InputError(f"{path.name} is no readable UTF-8 CSV, GeoNames dump or zip: {error}") from error


def read_user_file(path: Path, admin1_names: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the entries of a user's file, row by row (millions are fine).

    admin1_names: English name of a first-level area by its GeoNames code. Raises InputError (file, line, column, what is wrong).
    """
    return (entry for entry in _read(path, admin1_names) if entry is not None)


def check_user_file(path: Path) -> tuple[int, int]:
    """Return how many rows the file has, and how many of them are places. Raises InputError as `read_user_file` does."""
    n_rows = n_places = 0
    for entry in _read(path, {}):
        n_rows += 1
        n_places += entry is not None
    if not n_places:
        raise InputError(f"{path.name} holds no place among its {n_rows} rows")
    return n_rows, n_places


def _chained(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
