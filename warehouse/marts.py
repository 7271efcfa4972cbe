"""Marts: what people query, made from core by the files of `warehouse/sql/mart/`.

Belongs here: the order in which those files run. Keep out: any rule of comparison, which stands in the SQL, beside what
its rows mean.
"""

from __future__ import annotations

import duckdb

from warehouse.series import group_series
from warehouse.statements import statement

# In order: a macro may use those before it.
MACROS = ("macros", "tolls", "origin_tolls", "as_of")
TABLES = ("figure_comparison", "incident_tolls", "toll_revisions", "series_comparison", "article_incidents")


def create_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Create mart.as_of(day) and what it is made of; earlier definitions are replaced."""
    for name in MACROS:
        con.execute(statement(f"mart/{name}"))


def fill_marts(con: duckdb.DuckDBPyConnection) -> None:
    """Fill every mart table anew from core. Run it inside a transaction."""
    con.execute(statement("mart/clear"))
    create_macros(con)
    group_series(con)
    for name in TABLES:
        con.execute(statement(f"mart/{name}"))
