"""Marts: what people query, made from core by the files of `warehouse/sql/mart/`.

Belongs here: the order in which those files run. Keep out: any rule of comparison, which stands in the SQL, beside what
its rows mean.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from transforms.contract import tables
from warehouse.conventions import Convention, read_conventions, store_conventions
from warehouse.ddl import create_anew
from warehouse.series import group_series
from warehouse.statements import statement

# In order: a macro may use those before it, and a table those before it.
MACROS = ("macros", "party_of", "series_tolls", "latest_of", "as_of", "origin_pairs", "apart", "revisions", "tolls_under")
BASE = ("tolls", "figure_comparison")  # what the scratch tables are made from
TABLES = (
    *BASE,
    "incident_tolls",
    "source_agreement",
    "toll_revisions",
    "series_comparison",
    "series_revisions",
    "article_incidents",
    "relay_drift",
    "coverage",
)


def create_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create mart.as_of(day) and the other macros; earlier definitions are replaced."""
    for name in MACROS:
        con.execute(statement(f"mart/{name}"))


def fill_marts(con: duckdb.DuckDBPyConnection, conventions: Iterable[Convention] | None = None) -> None:
    """Fill every mart table anew from core. Run it inside a transaction. conventions: None = those that are shipped."""
    create_anew(con, (name for name in tables() if name.startswith("mart.")))
    store_conventions(con, read_conventions() if conventions is None else conventions)
    create_macros(con)
    for name in BASE:
        con.execute(statement(f"mart/{name}"))
    con.execute(statement("mart/scratch"))
    group_series(con)
    for name in TABLES[len(BASE) :]:
        con.execute(statement(f"mart/{name}"))
    con.execute(statement("mart/drop_scratch"))
