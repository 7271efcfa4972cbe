"""`python -m benchmarks.warehouse`: the marts over a made warehouse, and the same work in plain pandas and SQLite.

The warehouse is made by `sql/made_warehouse.sql`: articles, about three figures each, three tenths as many incidents, skewed.
"The same work" is each origin's latest counted figure per cell, found from the stored figures (the rows of mart.tolls).

Belongs here: making, measuring and printing. Keep out: what the views mean.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from benchmarks.__main__ import say
from warehouse import ddl
from warehouse.connection import _PUBLISHED_SETTINGS, _WORKING_SETTINGS
from warehouse.marts import TABLES, fill_marts
from warehouse.transaction import transaction

MADE = Path(__file__).parent / "sql" / "made_warehouse.sql"
MANY = 1_000_000
MEGABYTE = 1024  # kilobytes, in which Linux tells the peak
RUNS = 5
FILTERS = {
    "one incident": "incident_id = {incident}",  # the one with the most origins
    "a country's month": "country = 'C3' AND event_date_start BETWEEN DATE '2018-07-01' AND DATE '2018-07-31'",
    "one source": "origin_id = 1500",
}
ONE_PUBLISHER = "publisher = 'Publisher 77'"
VIEWS = (
    *("mart.figure_comparison", "mart.tolls", "mart.toll_revisions", "mart.relay_drift", "mart.origin_pairs()"),
    "mart.as_of(DATE '2018-08-01')",
)
OF_PUBLISHERS = ("mart.revisions('publisher')",)  # their one source is a publisher
OF_INCIDENTS = ("mart.incident_tolls", "mart.tolls_under('gtd')")  # their rows are of no single source
LATEST = """
    SELECT incident_id, cell_id, origin_id, said FROM (
        SELECT *, row_number() OVER (
            PARTITION BY incident_id, cell_id, origin_id ORDER BY reported_on DESC, published_at DESC, figure_id) AS place
        FROM tolls WHERE counts_alone AND {where})
    WHERE place = 1
"""


ROWS = """
    SELECT incident_id, (cell_id >> 2)::BIGINT AS cell_id, origin_id, country, event_date_start::VARCHAR AS event_date_start,
        reported_on::VARCHAR AS reported_on, published_at::VARCHAR AS published_at, figure_id, said, counts_alone
    FROM mart.tolls
"""
INDEXES = """
    CREATE INDEX i ON tolls (incident_id);
    CREATE INDEX c ON tolls (country, event_date_start);
    CREATE INDEX o ON tolls (origin_id);
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that one question took, in milliseconds: by the clock, and of all cores together."""

    clock: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.clock:7.0f} ({self.cpu:6.0f})"


def make(con: duckdb.DuckDBPyConnection, articles: int) -> None:
    """Fill an empty database with the contract's tables and made rows."""
    ddl.create_all(con)
    con.execute(f"SET VARIABLE articles = {int(articles)}")
    con.execute(MADE.read_text(encoding="utf-8"))


def timed(work: Callable[[], Any], runs: int = RUNS) -> Taken:
    """Return the median time of some runs, by the clock and of CPU."""
    taken = []
    for _ in range(runs):
        clock, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append(((time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000))
    return Taken(median(clock for clock, _ in taken), median(cpu for _, cpu in taken))


def views(con: duckdb.DuckDBPyConnection, incident: int) -> Iterator[tuple[str, str, Taken]]:
    """Yield view, filter and time for every view with every filter that it can have."""
    for view in (*VIEWS, *OF_PUBLISHERS, *OF_INCIDENTS):
        for name, where in FILTERS.items():
            if name != "one source" or view in VIEWS:
                yield view, name, timed(_asked(con, f"FROM {view} WHERE {where.format(incident=incident)}"))
    for view in OF_PUBLISHERS:
        yield view, "one source", timed(_asked(con, f"FROM {view} WHERE {ONE_PUBLISHER}"))
    yield "mart.source_agreement", "one source", timed(_asked(con, "FROM mart.source_agreement WHERE origin_id = 1500"))
    yield "mart.source_agreement", "everything", timed(_asked(con, "SELECT count(*), sum(n_both) FROM mart.source_agreement"))
    yield "mart.coverage", "one source", timed(_asked(con, f"FROM mart.coverage WHERE {ONE_PUBLISHER}"))


def beside(con: duckdb.DuckDBPyConnection, incident: int, folder: Path) -> Iterator[tuple[str, Taken, Taken, Taken]]:
    """Yield filter and the times of mart.as_of, of pandas, and of SQLite (with an index for each filter)."""
    frame = con.execute(ROWS).df()
    lite = sqlite3.connect(folder / "beside.sqlite")
    frame.to_sql("tolls", lite, index=False, chunksize=100_000)
    lite.executescript(INDEXES)
    masks = {
        "one incident": lambda rows: rows["incident_id"] == incident,
        "a country's month": lambda rows: (rows["country"] == "C3") & rows["event_date_start"].between("2018-07-01", "2018-07-31"),
        "one source": lambda rows: rows["origin_id"] == 1500,
    }
    for name, where in FILTERS.items():
        text = where.format(incident=incident)
        ours = timed(_asked(con, f"FROM mart.as_of(DATE '9999-12-31') WHERE {text}"))
        in_pandas = timed(partial(_latest, frame, masks[name]))
        yield name, ours, in_pandas, timed(_asked(lite, LATEST.format(where=text.replace("DATE ", ""))))
    lite.close()


def _asked(con: duckdb.DuckDBPyConnection | sqlite3.Connection, query: str) -> Callable[[], list[Any]]:
    return lambda: con.execute(query).fetchall()


def _latest(rows: Any, mask: Callable[[Any], Any]) -> Any:
    wanted = rows[mask(rows) & rows["counts_alone"]]
    ordered = wanted.sort_values(["reported_on", "published_at", "figure_id"], ascending=[False, False, True])
    return ordered.groupby(["incident_id", "cell_id", "origin_id"]).first()


def main() -> None:
    """Make the warehouse, fill the marts, copy them, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warehouse", description="The marts at size, beside pandas and SQLite.")
    parser.add_argument("--articles", type=int, default=MANY, help="articles of the made warehouse [default: %(default)s]")
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        con = duckdb.connect(str(folder / "made.duckdb"), config={**_WORKING_SETTINGS, "threads": 2, "memory_limit": "3GB"})
        make(con, articles)
        for when in ("filled", "filled again, as a later run does"):
            start, cpu = time.perf_counter(), time.process_time()
            with transaction(con):
                fill_marts(con)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
            clock, cpu = time.perf_counter() - start, time.process_time() - cpu
            say(f"{articles} articles: marts {when} in {clock:.1f} s by the clock, {cpu:.1f} s of CPU; {peak:.0f} MB at most")
        for name in TABLES:
            n_rows = con.execute(f"SELECT count(*) FROM mart.{name}").fetchall()[0][0]
            say(f"  mart.{name:20} {n_rows:>10} rows")
        con.execute("CHECKPOINT")
        con.close()
        con = duckdb.connect(str(folder / "made.duckdb"), read_only=True, config=dict(_PUBLISHED_SETTINGS))
        incident = con.execute("SELECT incident_id FROM mart.incident_tolls ORDER BY n_distinct_origins DESC, 1 LIMIT 1").fetchall()[0][0]
        say("\nfiltered, in ms by the clock (and of CPU), median of five")
        for view, name, taken in views(con, incident):
            say(f"  {view:34} {name:18} {taken}")
        say("\neach origin's latest figure, from the stored figures: ours, pandas, SQLite, in ms by the clock (and of CPU)")
        for name, ours, in_pandas, in_sqlite in beside(con, incident, folder):
            say(f"  {name:18} {ours} {in_pandas} {in_sqlite}")
        con.close()


if __name__ == "__main__":
    main()
