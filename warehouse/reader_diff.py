"""What a newer reader reads otherwise in the same articles: figures added, gone, changed, by rule.

A figure keeps its id under every reader version (article, place in the text, outcome), so two readings of one article can be
laid side by side. Only article versions that both have read count.

Belongs here: comparing two reader versions in one warehouse. Keep out: which of the two is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from transforms.contract import table
from transforms.errors import InputError
from warehouse.ddl import quote_identifier
from warehouse.figures import READING_COLUMNS
from warehouse.load import fetch_rows
from warehouse.statements import statement

# Not part of what a figure says: who read it, by which rule, and ids that are derived later.
_ASIDE = frozenset({"figure_id", "article_version_id", "article_id", "reader_version", "rule", "source_id"})
COMPARED = tuple(name for name in READING_COLUMNS if name not in _ASIDE)


@dataclass(frozen=True, slots=True)
class ReaderDiff:
    """Rows of what differs, and how many article versions both have read.

    Each row: change (added, gone, changed), rule (the new reader's; of what is gone the old one's), article_id, figure_id,
    outcome, quantity_text, sentence, changed (the columns that differ, with the old and the new value), held_back (whether
    the other reader read the figure too, and it stands in quarantine).
    """

    rows: list[dict[str, Any]]
    n_articles: int


def versions(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the reader versions that have read anything, in the order of their first reading."""
    rows = con.execute("SELECT reader_version FROM ops.readings GROUP BY reader_version ORDER BY min(read_at), reader_version").fetchall()
    return [str(version) for (version,) in rows]


def compare_readers(con: duckdb.DuckDBPyConnection, old: str, new: str) -> ReaderDiff:
    """Compare two reader versions. Raises InputError, naming those there are, when one of them has read nothing."""
    known = versions(con)
    for version in (old, new):
        if version not in known:
            raise InputError(f"reader {version} has read nothing here; there are {', '.join(known) or 'none yet'}")
    params = {"old": old, "new": new}
    both = con.execute(statement("report/read_by_both"), params).fetchall()[0][0]
    rows = fetch_rows(con, statement("report/reader_diff").replace("{changed}", _changed_sql()), params)
    return ReaderDiff(rows, int(both))


def _changed_sql() -> str:
    """Return the list of the differences of o and n as SQL, made from the contract's columns."""
    described = table("core.figures")
    parts = []
    for name in COMPARED:
        column = quote_identifier(described.column(name).name)
        shown = f"concat('{name}: ', coalesce(o.{column}::VARCHAR, '-'), ' → ', coalesce(n.{column}::VARCHAR, '-'))"
        parts.append(f"CASE WHEN o.{column} IS DISTINCT FROM n.{column} THEN {shown} END")
    return f"list_filter([{', '.join(parts)}], lambda part: part IS NOT NULL)"
