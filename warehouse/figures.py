"""Reading in chunks: what has not been read yet, and landing what was read.

One chunk is one transaction: figures, places, readings, quarantine and check results of some article versions land
together or not at all. `ops.readings` is the memory of it: a killed run goes on with the versions that have no row there.

Belongs here: choosing article versions to read, and landing a chunk. Keep out: reading and judging (`transforms/reading`,
`expectations`), and what is derived from figures (linking, marts).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from transforms.contract import table
from transforms.errors import ContractError
from transforms.naming import Person
from transforms.reading.document import Article, Place, Reading
from warehouse import load
from warehouse.statements import statement
from warehouse.transaction import transaction

SET_AT_LANDING = ("review", "origin_id", "valid_from", "valid_to", "run_id")
READING_COLUMNS = tuple(name for name in table("core.figures").column_names if name not in SET_AT_LANDING)
CHUNK_BYTES = 30_000_000  # of the texts of one chunk, which are in memory together: 500 news articles have two million
_PLACE_COLUMNS = table("core.places").column_names


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one chunk of article versions gave, after validation.

    reader_version: who read them. figures: rows with READING_COLUMNS (mappings or the validated frame). places: gazetteer
    entries that figures resolved to. readings: rows of `ops.readings` without `read_at` and `run_id`; one for every
    article version that was read, also when it has no figure. quarantined, validation_results: rows of those tables.
    """

    reader_version: str
    figures: Iterable[Mapping[str, object]] | pd.DataFrame
    places: Sequence[Place]
    readings: Sequence[Mapping[str, Any]]
    quarantined: Sequence[Mapping[str, Any]] = ()
    validation_results: Sequence[Mapping[str, object]] = ()


def readings_rows(
    read: Sequence[Reading], reader_version: str, landing: pd.DataFrame, quarantined: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the `ops.readings` rows of readings, with how many of each one's figures land and how many are held back.

    A figure that several expectations held back is one quarantined figure. An article that the reader failed on is not read.
    """
    landed = landing["article_version_id"].value_counts().to_dict() if len(landing) else {}
    held_back: dict[int, set[int]] = {}
    for row in quarantined:
        held_back.setdefault(int(row["article_version_id"]), set()).add(int(row["figure_id"]))
    return [
        {
            "article_version_id": reading.article_version_id,
            "reader_version": reader_version,
            "n_figures": int(landed.get(reading.article_version_id, 0)),
            "n_quarantined": len(held_back.get(reading.article_version_id, ())),
            "main_incident": None if reading.error else json.dumps(reading.main_incident, ensure_ascii=False, default=str, sort_keys=True),
            "not_read": "error" if reading.error else None,
            "error": reading.error,
            "people": people_json(reading.people),
        }
        for reading in read
    ]


def people_json(people: Sequence[Person]) -> str | None:
    """Return the people to mask as `ops.readings.people` holds them: name, kind, mentions as [in title, start, end]."""
    if not people:
        return None
    listed = [{"name": p.name, "kind": p.kind, "mentions": [[m.in_title, m.char_start, m.char_end] for m in p.mentions]} for p in people]
    return json.dumps(listed, ensure_ascii=False)


def count_unread(con: duckdb.DuckDBPyConnection, reader_version: str) -> int:
    """Return how many article versions this reader version has not read yet."""
    return len(_unread_ids(con, reader_version)[0])


def unread(con: duckdb.DuckDBPyConnection, reader_version: str, chunk_size: int) -> Iterator[list[Article]]:
    """Yield lists of up to `chunk_size` article versions (fewer where they are very long) that this reader version has not
    read, oldest arrival first.

    Which ones is settled at the start; each is given out once, whether or not it is landed in between. Only ids are kept
    in memory, texts are fetched a chunk at a time, so chunks may be landed through `con` while this goes on.
    """
    if chunk_size < 1:
        raise ValueError(f"chunk_size is {chunk_size}; it must be 1 or more")
    ids, sizes = _unread_ids(con, reader_version)
    start = 0
    while start < len(ids):
        fitting = int((sizes[start : start + chunk_size].cumsum() <= CHUNK_BYTES).sum())
        end = start + max(1, fitting)
        rows = con.execute(statement("base/unread_articles"), [ids[start:end], reader_version]).fetchall()
        start = end
        if rows:
            yield [_article(row) for row in rows]


def leave_unread(con: duckdb.DuckDBPyConnection, reader_version: str, languages: Sequence[str], run_id: str, now: datetime) -> int:
    """Mark as not read what is in none of the languages (ISO 639), in one transaction; return how many article versions.

    Texts of no certain language are left to be read. What an older reader read in one that is left now is no longer current.
    """
    moment = load.utc(now)
    params = {"reader_version": reader_version, "languages": list(languages), "run_id": run_id, "now": moment}
    with transaction(con):
        left = [int(found) for (found,) in con.execute(statement("base/land_not_read"), params).fetchall()]
        con.execute(statement("base/close_older_readings"), [moment, left, reader_version])
    return len(left)


def land_chunk(con: duckdb.DuckDBPyConnection, chunk: Chunk, run_id: str, now: datetime) -> None:
    """Land a chunk in one transaction.

    Older readers' figures of these article versions get their `valid_to`, but those of an article that this reader failed on
    stay; the new ones are current from `now` on (UTC), `machine_read`. An article version that this reader version has read
    already is left out with all that is of it, so landing a chunk twice adds nothing. Raises ContractError, and lands
    nothing, when a row breaks the contract or belongs to an article version that the chunk has no reading of.
    """
    with transaction(con):
        _land(con, chunk, run_id, load.utc(now))


def _land(con: duckdb.DuckDBPyConnection, chunk: Chunk, run_id: str, moment: datetime) -> None:
    read = {int(reading["article_version_id"]) for reading in chunk.readings}
    fresh = read - _already_read(con, read, chunk.reader_version)
    figures = _figures_of(chunk, read, fresh, run_id, moment)
    quarantined = [row for row in chunk.quarantined if int(row["article_version_id"]) in fresh]
    readings = [{**row, "read_at": moment, "run_id": run_id} for row in chunk.readings if int(row["article_version_id"]) in fresh]
    failed = {int(row["article_version_id"]) for row in chunk.readings if row.get("error")}
    con.execute(statement("base/close_older_readings"), [moment, sorted(fresh - failed), chunk.reader_version])
    load.insert_rows(con, "core.places", [_place_row(place) for place in chunk.places], keep_existing=True)
    load.insert_rows(con, "core.figures", figures)
    load.insert_rows(con, "ops.readings", readings)
    load.insert_rows(con, "ops.quarantine", quarantined, keep_existing=True)
    load.insert_rows(con, "ops.validation_results", chunk.validation_results, keep_existing=True)


def _figures_of(chunk: Chunk, read: set[int], fresh: set[int], run_id: str, moment: datetime) -> pa.Table:
    """Return the figures of the fresh article versions as an Arrow table, with what is set at landing."""
    figures = load.to_arrow("core.figures", chunk.figures)
    if not figures.num_rows:
        return figures
    strangers = sorted(set(figures["article_version_id"].to_pylist()) - read)
    if strangers:
        raise ContractError(f"core.figures: the chunk has figures of article version {strangers[0]}, but no reading of it")
    others = sorted(set(figures["reader_version"].to_pylist()) - {chunk.reader_version})
    if others:
        raise ContractError(f"core.figures: the chunk is of reader {chunk.reader_version}, a figure of it of {others[0]}")
    figures = figures.drop_columns([name for name in SET_AT_LANDING if name in figures.column_names])
    figures = figures.filter(pc.is_in(figures["article_version_id"], value_set=pa.array(sorted(fresh), type=pa.uint64())))
    for name, value in (("review", "machine_read"), ("valid_from", moment), ("run_id", run_id)):
        figures = figures.append_column(name, pa.array([value] * figures.num_rows))
    return figures


def _unread_ids(con: duckdb.DuckDBPyConnection, reader_version: str) -> tuple[Any, Any]:
    """Return the ids, and the bytes of each one's text."""
    found = con.execute(statement("base/unread_ids"), [reader_version]).fetchnumpy()
    return found["article_version_id"], found["n_bytes"]


def _already_read(con: duckdb.DuckDBPyConnection, ids: set[int], reader_version: str) -> set[int]:
    rows = con.execute(statement("base/already_read"), [reader_version, sorted(ids)]).fetchall()
    return {int(found) for (found,) in rows}


def _article(row: tuple[Any, ...]) -> Article:
    article_id, text, title, publisher, url, published_on, read_spans, version = row
    spans = tuple((int(start), int(end)) for start, end in json.loads(read_spans))
    return Article(article_id, text, title, publisher, url, published_on, read_spans=spans, article_version_id=int(version))


def _place_row(place: Place) -> dict[str, object]:
    return {name: getattr(place, name) for name in _PLACE_COLUMNS}
