"""One transaction: all of it or nothing.

Belongs here: opening, committing and rolling back. Keep out: what is written, and the connection itself (`connection.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import duckdb


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run the body in one transaction: committed at its end, rolled back when anything stops it, which is raised on.

    Must not be opened in another: DuckDB has no nested transactions and raises TransactionException.
    """
    con.begin()
    with ExitStack() as undo:
        undo.callback(con.rollback)
        yield
        con.commit()
        undo.pop_all()
