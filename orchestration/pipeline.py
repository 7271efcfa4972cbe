"""The stages of a run, callable without Dagster: take in, read, build core, build marts, publish.

Belongs here: calling the packages below in the right order, chunk by chunk, and counting. Keep out: reading, rules and SQL.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from expectations.table_checks import check_table
from expectations.validate import FrameRefusedError, Validated, validate
from orchestration import freshness, gazetteer, lineage
from orchestration.fetching.settings import Sources
from orchestration.garbage import no_full_collections
from orchestration.progress import Progress
from transforms.contract import table
from transforms.errors import SuiteFailedError
from transforms.ingest import Received, Rejected, collect
from transforms.reading.bulk import read_many
from transforms.reading.document import Article, Reading
from transforms.reading.languages import READ_LANGUAGES
from warehouse import articles, clock, figures, load, quarantine, rebuild, runs
from warehouse.connection import open_working
from warehouse.ddl import quote_identifier
from warehouse.paths import DataFolder
from warehouse.publish import Published, publish
from warehouse.statements import statement

TAKE_IN, PLACES, READ, LINK, COMPARE, PUBLISH = "Taking in", "Places", "Reading", "Linking", "Comparing", "Publishing"
CHUNK_SIZE = 500
CHECKED_AT_ONCE = 50_000  # rows of a table: each frame costs Great Expectations 30 ms whatever it holds, and each of these rows 1 KB
# The reader may fail on so many articles of a chunk whatever their share, and beyond that on this share: more is no fault of articles.
FEW_FAILED, MOST_FAILED = 3, 0.5
WORTH_WORKERS = 150  # articles; starting a pool takes longer than reading fewer
EXTRA_COLUMNS = ("title", "text", "published_on")  # of the article: rules on figures need them


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. workers: processes. chunk_size: article versions that are validated and landed at a time."""

    workers: int = 1
    chunk_size: int = CHUNK_SIZE


@dataclass(slots=True)
class ReadTotals:
    """What reading gave: article versions read, those left in a language without grammar, figures landed,
    figures held back, and every validation result."""

    reader_version: str
    n_chunks: int = 0
    n_read: int = 0
    n_not_read: int = 0
    n_figures: int = 0
    n_quarantined: int = 0
    results: list[dict[str, Any]] = field(default_factory=list)


def take_in(
    con: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    run_id: str,
    now: datetime,
    progress: Progress,
    web: tuple[Sources, DataFolder] | None = None,
) -> articles.LandedArticles:
    """Land the articles of files, folders and web sources. Raises InputError when a path does not exist.

    web: sources to fetch, and the folder that remembers what was fetched before: that is kept only when all has landed.
    """
    incoming = collect(paths)
    if web is None or not web[0].web:
        return articles.land_articles(con, _counted(incoming, progress), run_id, now)
    from orchestration.fetching.gathering import gather  # HTTP: only for who fetches
    from orchestration.fetching.memory import Memory

    sources, folder = web
    with closing(Memory(folder.root / "fetched.sqlite")) as memory:
        landed = articles.land_articles(con, _counted(chain(incoming, gather(sources, memory)), progress), run_id, now)
        memory.keep()
    return landed


def _counted(incoming: Iterable[Received | Rejected], progress: Progress) -> Iterator[Received | Rejected]:
    for number, item in enumerate(incoming, 1):
        yield item
        progress(TAKE_IN, number, None)


def count_day(con: duckdb.DuckDBPyConnection, full_name: str, day: date) -> int:
    """Return how many rows of `raw.articles` or `ops.rejected_inputs` came on that day (UTC)."""
    return int(con.execute(statement(f"report/day_{full_name.replace('.', '_')}"), {"day": day}).fetchall()[0][0])


def has_work(folder: DataFolder) -> bool:
    """Return whether anything is unread, or what was published rests on other facts or other code than there are now."""
    with open_working(folder, "a look for work") as con:
        return figures.count_unread(con, gazetteer.reading_version(folder)) > 0 or not freshness.is_current(con, folder)


def read_unread(con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, options: ReadOptions, progress: Progress) -> ReadTotals:
    """Read what has not been read in this way: read, validate and land chunk by chunk, each chunk its own transaction.

    A killed run therefore resumes at its last whole chunk. What is in a language without grammar is marked, not read, and so is
    an article that the reader fails on. Raises SuiteFailedError before a chunk lands that is not what it should be at all.
    """
    version = gazetteer.reading_version(folder)
    totals = ReadTotals(version)
    totals.n_not_read = figures.leave_unread(con, version, READ_LANGUAGES, run_id, clock.moment(con))
    n_unread = figures.count_unread(con, version)
    if not n_unread:
        return totals
    progress(PLACES, 0, 1)
    places_file = gazetteer.index_file(folder)
    progress(PLACES, 1, 1)
    landing = _Landing(con, run_id, quarantine.readmitted_keys(con), load.fetch_rows(con, "FROM ops.runs ORDER BY started_at"))
    workers = options.workers if n_unread >= WORTH_WORKERS else 1
    # A cursor of its own: the pool takes articles from another thread while chunks land through `con`.
    handed_out: deque[list[Article]] = deque()
    articles_ahead = _handing_out(figures.unread(con.cursor(), version, options.chunk_size), handed_out)
    readings: list[Reading] = []
    found = read_many(articles_ahead, places_file=places_file, workers=workers, people=True)
    for n_done, reading in enumerate(found, 1):
        readings.append(reading)
        progress(READ, n_done, n_unread)
        if len(readings) == len(handed_out[0]):
            _land(landing, handed_out.popleft(), readings, totals)
            readings = []
    return totals


def _handing_out(chunks: Iterable[list[Article]], handed_out: deque[list[Article]]) -> Iterator[Article]:
    """Yield the articles of all chunks, and note each chunk before its first article."""
    for chunk in chunks:
        handed_out.append(chunk)
        yield from chunk


def build_core(con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, now: datetime, progress: Progress) -> list[dict[str, Any]]:
    """Build all of core that is derived from articles and figures, and check it. Returns the validation results."""
    progress(LINK, 0, 1)
    with no_full_collections():
        rebuild.rebuild_core(con, now, folder)
    results = check_tables(con, (*lineage.DECIDED, *lineage.BUILT_CORE), run_id, now)
    progress(LINK, 1, 1)
    return results


def build_marts(con: duckdb.DuckDBPyConnection, folder: DataFolder, run_id: str, now: datetime, progress: Progress) -> list[dict[str, Any]]:
    """Build all marts from core and the user's conventions, and check them. Returns the validation results."""
    progress(COMPARE, 0, 1)
    rebuild.rebuild_marts(con, folder.conventions)
    results = check_tables(con, lineage.BUILT_MARTS, run_id, now)
    progress(COMPARE, 1, 1)
    return results


def close(con: duckdb.DuckDBPyConnection, run_id: str, counts: Mapping[str, int], *, check: bool) -> list[dict[str, Any]]:
    """End the run's row as succeeded, before publishing, so that the copy tells of it. Returns validation results.

    check: whether to check the row; else the results are those of an earlier run.
    """
    now = clock.moment(con)
    runs.finish_run(con, run_id, "succeeded", counts, None, now)
    return check_tables(con, ("ops.runs",), run_id, now) if check else last_results(con, ("ops.runs",))


def publish_copy(con: duckdb.DuckDBPyConnection, folder: DataFolder, progress: Progress) -> Published:
    """Publish, and note what the published copy was made from."""
    progress(PUBLISH, 0, 1)
    with no_full_collections():
        published = publish(con, folder)
    freshness.keep(con, folder)
    progress(PUBLISH, 1, 1)
    return published


@dataclass(frozen=True, slots=True)
class _Landing:
    """What all chunks of one reading share."""

    con: duckdb.DuckDBPyConnection
    run_id: str
    readmitted: frozenset[tuple[int, str]]
    history: list[dict[str, Any]]


def _land(landing: _Landing, chunk: Sequence[Article], readings: Sequence[Reading], totals: ReadTotals) -> None:
    """Validate and land one chunk, and add it to the totals."""
    failed = [reading for reading in readings if reading.error]
    if len(failed) > max(FEW_FAILED, len(readings) * MOST_FAILED):
        raise SuiteFailedError(
            f"the reader failed on {len(failed)} of {len(readings)} articles ({failed[0].error}); that is no fault of the articles: "
            "nothing of them lands. Install the project anew, or report it with this line"
        )
    now = clock.moment(landing.con)
    rows = [row | {"reader_version": totals.reader_version} for row in _with_articles(chunk, readings)]
    validated = _validated(landing, rows, len(chunk), totals.n_chunks, now)
    places = {place.place_id: place for reading in readings for place in reading.places}
    figures.land_chunk(
        landing.con,
        figures.Chunk(
            totals.reader_version,
            validated.landing,
            list(places.values()),
            figures.readings_rows(readings, totals.reader_version, validated.landing, validated.quarantined),
            validated.quarantined,
            validated.results,
        ),
        landing.run_id,
        now,
    )
    totals.n_chunks += 1
    totals.n_read += len(readings) - len(failed)
    totals.n_not_read += len(failed)
    totals.n_figures += len(validated.landing)
    totals.n_quarantined += len({row["figure_id"] for row in validated.quarantined})
    totals.results += validated.results


def _validated(landing: _Landing, rows: list[dict[str, Any]], n_articles: int, number: int, now: datetime) -> Validated:
    """Validate a chunk; of one that is refused, the results land and nothing else."""
    frame = load.to_frame("core.figures", rows, without=figures.SET_AT_LANDING, extra=EXTRA_COLUMNS)
    try:
        return validate(
            "core.figures",
            frame,
            chunk=number,
            run_id=landing.run_id,
            now=load.utc(now),
            readmitted=landing.readmitted,
            history=landing.history,
            n_articles=n_articles,
        )
    except FrameRefusedError as refused:
        load.insert_rows(landing.con, "ops.validation_results", refused.results, keep_existing=True)
        raise


def _with_articles(chunk: Sequence[Article], readings: Sequence[Reading]) -> Iterator[dict[str, Any]]:
    """Yield the figures' rows with the columns of their article that rules look at. Readings come in the order of articles."""
    for article, reading in zip(chunk, readings, strict=True):
        beside = {name: getattr(article, name) for name in EXTRA_COLUMNS}
        for row in reading.figures:
            yield {**row, **beside}


def check_tables(con: duckdb.DuckDBPyConnection, full_names: Iterable[str], run_id: str, now: datetime) -> list[dict[str, Any]]:
    """Check tables after their load and land the results: what this run added where rows name their run, else all rows.

    A batch of rows at a time, so that memory stays constant; that no key stands in two batches, the table itself sees to.
    """
    results: list[dict[str, Any]] = []
    with no_full_collections():
        for full_name in full_names:
            described = table(full_name)
            everything = f"FROM {quote_identifier(described.schema, described.name)}"
            of_run = (f"{everything} WHERE run_id = ?", [run_id]) if "run_id" in described.column_names else (everything, [])
            for number, frame in enumerate(load.fetch_frames(con, full_name, *of_run, size=CHECKED_AT_ONCE)):
                results += check_table(full_name, frame, run_id, load.utc(now), chunk=number)
    load.insert_rows(con, "ops.validation_results", results, keep_existing=True)
    return results


def last_results(con: duckdb.DuckDBPyConnection, full_names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the results of the latest check of each table, for tables that this run leaves as they are."""
    return load.fetch_rows(con, statement("report/last_results"), {"suites": list(full_names)})


def write_docs(folder: DataFolder, results: Iterable[Mapping[str, Any]]) -> dict[str, Path]:
    """Write the pages of validation results and return the page of each table."""
    from expectations import data_docs  # imports Great Expectations: 4 s that a run with nothing new need not pay

    return data_docs.write(results, folder.data_docs)
