"""The stages of a run, callable without Dagster: take in, read, build core, build marts, publish.

Belongs here: calling the packages below in the right order, chunk by chunk, and counting. Keep out: reading, rules and SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from expectations.validate import validate
from orchestration import freshness, gazetteer, lineage
from orchestration.progress import Progress
from transforms.contract import table
from transforms.ingest import Received, Rejected, collect
from transforms.reading.bulk import read_many
from transforms.reading.document import Article, Reading
from warehouse import articles, figures, load, quarantine, rebuild, runs
from warehouse.ddl import quote_identifier
from warehouse.paths import DataFolder
from warehouse.publish import Published, publish
from warehouse.statements import statement

TAKE_IN, READ, LINK, COMPARE, PUBLISH = "Taking in", "Reading", "Linking", "Comparing", "Publishing"
CHUNK_SIZE = 500
EXTRA_COLUMNS = ("title", "text", "published_on")  # of the article: rules on figures need them


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. workers: processes. chunk_size: article versions that are validated and landed at a time."""

    workers: int = 1
    chunk_size: int = CHUNK_SIZE


@dataclass(slots=True)
class ReadTotals:
    """What reading gave: article versions read, figures landed, figures held back, and every validation result."""

    reader_version: str
    n_read: int = 0
    n_figures: int = 0
    n_quarantined: int = 0
    results: list[dict[str, Any]] = field(default_factory=list)


def take_in(
    con: duckdb.DuckDBPyConnection, paths: Sequence[Path], run_id: str, now: datetime, progress: Progress
) -> articles.LandedArticles:
    """Land the articles of files and folders, and note the counts of the run. Raises InputError when a path does not exist."""

    def counted() -> Iterator[Received | Rejected]:
        for number, item in enumerate(collect(paths), 1):
            yield item
            progress(TAKE_IN, number, None)

    return articles.land_articles(con, counted(), run_id, now)


def count_day(con: duckdb.DuckDBPyConnection, full_name: str, day: date) -> int:
    """Return how many rows of `raw.articles` or `ops.rejected_inputs` came on that day (UTC)."""
    return int(con.execute(statement(f"report/day_{full_name.replace('.', '_')}"), {"day": day}).fetchall()[0][0])


def read_unread(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, options: ReadOptions, progress: Progress
) -> ReadTotals:
    """Read what has not been read in this way: read, validate and land chunk by chunk, each chunk its own transaction.

    A killed run therefore resumes at its last whole chunk. Raises SuiteFailedError before a chunk lands that is not what
    it should be at all.
    """
    version = gazetteer.reading_version(folder)
    totals = ReadTotals(version)
    n_unread = figures.count_unread(con, version)
    if not n_unread:
        return totals
    progress(READ, 0, n_unread)
    places_file = gazetteer.index_file(folder)
    readmitted = quarantine.readmitted_keys(con)
    for number, chunk in enumerate(figures.unread(con, version, options.chunk_size)):
        readings = []
        for reading in read_many(chunk, places_file=places_file, workers=options.workers):
            readings.append(reading)
            progress(READ, totals.n_read + len(readings), n_unread)
        _land(con, chunk, readings, number, run_id, readmitted, totals)
    return totals


def build_core(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, now: datetime, progress: Progress
) -> list[dict[str, Any]]:
    """Build all of core that is derived from articles and figures, and check it. Returns the validation results."""
    progress(LINK, 0, 1)
    rebuild.rebuild_core(con, now)
    results = _check(con, lineage.BUILT_CORE, run_id, now)
    progress(LINK, 1, 1)
    return results


def build_marts(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, now: datetime, progress: Progress
) -> list[dict[str, Any]]:
    """Build all marts from core, and check them. Returns the validation results."""
    progress(COMPARE, 0, 1)
    rebuild.rebuild_marts(con)
    results = _check(con, lineage.BUILT_MARTS, run_id, now)
    progress(COMPARE, 1, 1)
    return results


def close_and_publish(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, counts: Mapping[str, int], progress: Progress
) -> Published:
    """End the run's row as succeeded, publish, and note what the published copy was made from."""
    progress(PUBLISH, 0, 1)
    runs.finish_run(con, run_id, "succeeded", counts, None, datetime.now(UTC))
    published = publish(con, folder)
    freshness.keep(con, folder)
    progress(PUBLISH, 1, 1)
    return published


def _land(
    con: duckdb.DuckDBPyConnection,
    chunk: Sequence[Article],
    readings: Sequence[Reading],
    number: int,
    run_id: str,
    readmitted: frozenset[tuple[int, str]],
    totals: ReadTotals,
) -> None:
    """Validate and land one chunk, and add it to the totals."""
    now = datetime.now(UTC)
    rows = [row | {"reader_version": totals.reader_version} for row in _with_articles(chunk, readings)]
    frame = load.to_frame("core.figures", rows, without=figures.SET_AT_LANDING, extra=EXTRA_COLUMNS)
    validated = validate("core.figures", frame, chunk=number, run_id=run_id, now=now)
    places = {place.place_id: place for reading in readings for place in reading.places}
    figures.land_chunk(
        con,
        figures.Chunk(
            totals.reader_version,
            validated.landing,
            list(places.values()),
            figures.readings_rows(readings, totals.reader_version, validated.landing, validated.quarantined),
            validated.quarantined,
            validated.results,
        ),
        run_id,
        now,
    )
    totals.n_read += len(readings)
    totals.n_figures += len(validated.landing)
    totals.n_quarantined += len({row["figure_id"] for row in validated.quarantined})
    totals.results += validated.results


def _with_articles(chunk: Sequence[Article], readings: Sequence[Reading]) -> Iterator[dict[str, Any]]:
    """Yield the figures' rows with the columns of their article that rules look at. Readings come in the order of articles."""
    for article, reading in zip(chunk, readings, strict=True):
        beside = {name: getattr(article, name) for name in EXTRA_COLUMNS}
        for row in reading.figures:
            yield {**row, **beside}


def _check(con: duckdb.DuckDBPyConnection, full_names: Iterable[str], run_id: str, now: datetime) -> list[dict[str, Any]]:
    """Validate tables as they stand and land the results. Raises SuiteFailedError when one is not what it should be at all."""
    results: list[dict[str, Any]] = []
    for full_name in full_names:
        described = table(full_name)
        rows = load.fetch_rows(con, f"FROM {quote_identifier(described.schema, described.name)}")
        results += validate(full_name, load.to_frame(full_name, rows), chunk=0, run_id=run_id, now=now).results
    load.insert_rows(con, "ops.validation_results", results, keep_existing=True)
    return results
