"""Whether a warehouse is what it should be: every invariant, what breaks it, and the way back.

Invariants within the working file are the files of `warehouse/sql/verify/`: each says what holds, what to do otherwise, and
selects what breaks it. Keys and references come from the contract. The published copy is compared with what was written down.

Belongs here: looking. Keep out: mending anything, and rules on single figures (`expectations/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from transforms.contract import Table, tables
from transforms.errors import CasualtiesError, WarehouseLockedError
from warehouse.connection import open_published, open_working
from warehouse.ddl import quote_identifier
from warehouse.paths import DataFolder
from warehouse.publish import verify_published
from warehouse.statements import SQL_DIR

MOST_COUNTED = 1000
SHOWN = 3
RESTORE = "restore a backup (`casualties restore FILE`)"
RUN_AGAIN = "run again (`casualties run PATH…`, also on articles that are known): what is derived is built anew and published"
# column that names a row elsewhere -> the column it names; null names nothing
REFERENCES = {
    "core.figures.article_version_id": "raw.articles.article_version_id",
    "core.figures.place_id": "core.places.place_id",
    "ops.readings.article_version_id": "raw.articles.article_version_id",
    "ops.quarantine.article_version_id": "raw.articles.article_version_id",
    "core.articles.article_version_id": "raw.articles.article_version_id",
    "core.articles.publisher_id": "core.publishers.publisher_id",
    "core.articles.story_id": "core.stories.story_id",
    "core.article_versions.article_version_id": "raw.articles.article_version_id",
    "core.article_versions.story_id": "core.stories.story_id",
    "core.publishers.source_id": "core.sources.source_id",
    "core.source_names.source_id": "core.sources.source_id",
    "core.reports.article_version_id": "core.article_versions.article_version_id",
    "core.reports.place_id": "core.places.place_id",
    "core.report_figures.report_id": "core.reports.report_id",
    "core.report_figures.figure_id": "core.figures.figure_id",
    "core.incident_reports.report_id": "core.reports.report_id",
    "core.incident_reports.incident_id": "core.incidents.incident_id",
    "core.incidents.contained_in_incident_id": "core.incidents.incident_id",
    "core.series.origin_id": "core.sources.source_id",
    "core.series_figures.series_id": "core.series.series_id",
    "core.series_figures.figure_id": "core.figures.figure_id",
    "raw.articles.run_id": "ops.runs.run_id",
    "core.figures.run_id": "ops.runs.run_id",
    "ops.readings.run_id": "ops.runs.run_id",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One invariant: what it says, what breaks it (the first few, in words), how many do, and what to do about it.

    n_broken is at most MOST_COUNTED: then it means that many or more.
    """

    name: str
    holds: str
    broken: tuple[str, ...]
    n_broken: int
    way_back: str

    @property
    def ok(self) -> bool:
        """Whether the invariant holds."""
        return not self.n_broken


@dataclass(frozen=True, slots=True)
class Invariant:
    """An invariant of the working file: its name, what it says, the way back, and the query whose rows break it."""

    name: str
    holds: str
    way_back: str
    sql: str


def verify(folder: DataFolder) -> Iterator[Finding]:
    """Check the working file, then the published copy, and yield one finding for each invariant, in order.

    Takes the lock for the time of the working file's checks. Raises WarehouseLockedError when another process holds it.
    """
    yield _leftovers(folder)
    if folder.database.exists():
        yield from _working(folder)
    else:
        yield _one("file", "The working file is there.", f"there is no {folder.database}", "run on your articles, or " + RESTORE)
    yield from _published(folder)


def verify_tables(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Check every invariant of the rows of an open warehouse."""
    readable = _readable(con)
    yield readable
    if not readable.ok:
        return
    for invariant in (*_from_contract(keys_only=False), *_from_files()):
        yield _checked(con, invariant)


def _working(folder: DataFolder) -> Iterator[Finding]:
    holds = "The working file opens, and its schema is one that this program knows."
    with ExitStack() as stack:
        try:
            con = stack.enter_context(open_working(folder, "verify"))
        except WarehouseLockedError:
            raise
        except CasualtiesError as error:
            yield _one("file", holds, str(error), RESTORE)
            return
        yield Finding("file", holds, (), 0, RESTORE)
        yield from verify_tables(con)


def _published(folder: DataFolder) -> Iterator[Finding]:
    name, holds = "published", "The published copy has the size and hash that were written down, and opens."
    if not folder.published.exists() and not folder.published_info.exists():
        return  # nothing was published yet
    try:
        verify_published(folder)
        with open_published(folder) as con:
            yield Finding(name, holds, (), 0, RUN_AGAIN)
            for invariant in _from_contract(keys_only=True):
                yield _checked(con, invariant, "published ")
    except CasualtiesError as error:
        yield _one(name, holds, str(error), RUN_AGAIN)


def _leftovers(folder: DataFolder) -> Finding:
    """Files that a killed command left: they do no harm, and the next run or publication removes or replaces them."""
    found = [path for place in (folder.root, folder.database.parent, folder.published.parent) for path in sorted(place.glob("*.tmp*"))]
    broken = tuple(str(path) for path in found if path.is_file())
    holds = "No half-made file of a killed command lies about."
    return Finding("leftovers", holds, broken[:SHOWN], len(broken), "the next run replaces them; none is ever taken for a whole file")


def _readable(con: duckdb.DuckDBPyConnection) -> Finding:
    """Read every value of every table: DuckDB then compares the checksum of every block."""
    broken = []
    for full_name in tables():
        try:
            con.execute(f"SELECT sum(hash(COLUMNS(*))::DOUBLE) FROM {quote_identifier(*full_name.split('.'))}").fetchall()
        except duckdb.Error as error:
            broken.append(f"{full_name}: {str(error).splitlines()[0]}")
    return Finding("readable", "Every block of every table can be read.", tuple(broken[:SHOWN]), len(broken), RESTORE)


def _checked(con: duckdb.DuckDBPyConnection, invariant: Invariant, before: str = "") -> Finding:
    rows = con.execute(invariant.sql).fetchmany(MOST_COUNTED)
    return Finding(before + invariant.name, invariant.holds, tuple(str(row[0]) for row in rows[:SHOWN]), len(rows), invariant.way_back)


def _from_contract(*, keys_only: bool) -> Iterator[Invariant]:
    for table in tables().values():
        yield Invariant(f"key of {table.full_name}", "No row is there twice.", RESTORE, _key_sql(table))
    for child, parent in {} if keys_only else REFERENCES.items():
        way_back = RESTORE if child.startswith(("raw.", "ops.", "core.figures.")) else RUN_AGAIN
        yield Invariant(child, f"What {child} names is in {parent.rpartition('.')[0]}.", way_back, _orphan_sql(child, parent))


def _key_sql(table: Table) -> str:
    key = ", ".join(quote_identifier(name) for name in table.key)
    return (
        f"SELECT concat_ws(' ', {key}, 'stands there', count(*), 'times') FROM {quote_identifier(table.schema, table.name)} "
        f"GROUP BY {key} HAVING count(*) > 1 ORDER BY ALL"
    )


def _orphan_sql(child: str, parent: str) -> str:
    (*child_table, column), (*parent_table, target) = child.split("."), parent.split(".")
    return (
        f"SELECT DISTINCT concat(c.{quote_identifier(column)}, ' is not there') FROM {quote_identifier(*child_table)} AS c "
        f"WHERE c.{quote_identifier(column)} IS NOT NULL AND NOT EXISTS (FROM {quote_identifier(*parent_table)} AS p "
        f"WHERE p.{quote_identifier(target)} = c.{quote_identifier(column)}) ORDER BY ALL"
    )


@cache
def _from_files() -> tuple[Invariant, ...]:
    return tuple(_from_file(path) for path in sorted((SQL_DIR / "verify").glob("*.sql")))


def _from_file(path: Path) -> Invariant:
    sql = path.read_text(encoding="utf-8")
    comments = {line.partition(": ")[0]: line.partition(": ")[2] for line in sql.splitlines() if line.startswith("-- ")}
    return Invariant(path.stem.replace("_", " "), comments["-- Holds"], comments["-- Otherwise"], sql)


def _one(name: str, holds: str, broken: str, way_back: str) -> Finding:
    return Finding(name, holds, (broken,), 1, way_back)


def broken_only(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that do not hold."""
    return [finding for finding in findings if not finding.ok]
