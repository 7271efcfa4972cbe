"""One transaction: all of it or nothing, whatever stops it."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.transaction import transaction


def _count(con: duckdb.DuckDBPyConnection) -> int:
    return len(con.execute("FROM t").fetchall())


@pytest.mark.parametrize("stop", [ValueError("bad row"), KeyboardInterrupt()])
def test_what_stops_it_is_raised_and_nothing_stays(stop: BaseException) -> None:
    """An interrupt by a person must not leave half a chunk either, nor a transaction open."""
    con = duckdb.connect()
    con.execute("CREATE TABLE t (i INTEGER)")
    with pytest.raises(type(stop)), transaction(con):
        con.execute("INSERT INTO t VALUES (1)")
        raise stop
    assert _count(con) == 0
    with transaction(con):
        con.execute("INSERT INTO t VALUES (2)")
    assert _count(con) == 1


def test_no_transaction_in_another() -> None:
    con = duckdb.connect()
    with pytest.raises(duckdb.TransactionException), transaction(con), transaction(con):
        pytest.fail("the second must not begin")
