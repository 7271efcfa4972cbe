from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from transforms import contract
from transforms.contract import Column, Table, tables
from transforms.errors import ContractError
from warehouse import ddl, migrate

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration

PLACES = contract.table("core.places")
TOLLS = contract.table("mart.incident_tolls")
LINKS = contract.table("mart.article_incidents")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that a program with only two tables in its contract made."""
    connection = duckdb.connect()
    yield connection
    connection.close()


def with_contract(monkeypatch: pytest.MonkeyPatch, *described: Table) -> None:
    """Let the program believe that these are all tables."""
    of_this_program = {table.full_name: table for table in described}
    for module in (migrate, ddl):
        monkeypatch.setattr(module, "tables", lambda: of_this_program)


def add_place(con: duckdb.DuckDBPyConnection, place_id: int) -> None:
    con.execute(
        "INSERT INTO core.places (place_id, name, precision, gazetteer, gazetteer_id) VALUES (?, 'Daraa', 'town', 'geonames', '1')",
        [place_id],
    )


def columns(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    return [row[0] for row in con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [name]).fetchall()]


def test_the_second_time_nothing_is_touched(con: duckdb.DuckDBPyConnection) -> None:
    migrate.bring_up_to_date(con)
    before = con.execute("SELECT table_name, table_oid FROM duckdb_tables() ORDER BY ALL").fetchall()
    migrate.bring_up_to_date(con)
    assert con.execute("SELECT table_name, table_oid FROM duckdb_tables() ORDER BY ALL").fetchall() == before
    assert len(before) == len(tables()) + 1


def test_a_newer_schema_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    migrate.bring_up_to_date(con)
    con.execute("UPDATE main.schema_state SET schema_version = schema_version + 1")
    with pytest.raises(ContractError, match="update the program"):
        migrate.bring_up_to_date(con)


def test_a_new_table_is_added(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    with_contract(monkeypatch, PLACES)
    migrate.bring_up_to_date(con)
    add_place(con, 1)
    with_contract(monkeypatch, PLACES, TOLLS)
    migrate.bring_up_to_date(con)
    assert columns(con, "incident_tolls") == list(TOLLS.column_names)
    assert con.execute("SELECT place_id FROM core.places").fetchall() == [(1,)]


def test_a_new_column_and_rule_come_with_the_rows_kept(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    with_contract(monkeypatch, PLACES)
    migrate.bring_up_to_date(con)
    add_place(con, 1)
    grown = replace(PLACES, columns=(Column("spelling", "VARCHAR", "spelling", allowed=("a", "b")), *PLACES.columns))
    with_contract(monkeypatch, grown)
    migrate.bring_up_to_date(con)
    assert columns(con, "places") == list(grown.column_names)
    assert con.execute("SELECT spelling, place_id, name FROM core.places").fetchall() == [(None, 1, "Daraa")]
    with pytest.raises(duckdb.ConstraintException, match="CHECK"):
        con.execute("UPDATE core.places SET spelling = 'c'")
    with pytest.raises(duckdb.ConstraintException, match="primary key"):
        add_place(con, 1)
    assert con.execute("SELECT count(*) FROM duckdb_columns() WHERE table_name = 'places' AND comment IS NULL").fetchall() == [(0,)]


def test_rows_that_do_not_fit_stop_it_and_stay_as_they_were(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    with_contract(monkeypatch, PLACES)
    migrate.bring_up_to_date(con)
    add_place(con, 1)
    with_contract(monkeypatch, replace(PLACES, columns=(*PLACES.columns, Column("spelling", "VARCHAR", "spelling", null=False))))
    with pytest.raises(ContractError, match=r"core\.places.*spelling"):
        migrate.bring_up_to_date(con)
    assert columns(con, "places") == list(PLACES.column_names)
    assert con.execute("SELECT place_id FROM core.places").fetchall() == [(1,)]


def test_a_column_with_data_is_never_dropped(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    grown = replace(PLACES, columns=(*PLACES.columns, Column("spelling", "VARCHAR", "spelling")))
    with_contract(monkeypatch, grown)
    migrate.bring_up_to_date(con)
    add_place(con, 1)
    con.execute("UPDATE core.places SET spelling = 'Dera'")
    with_contract(monkeypatch, PLACES)
    with pytest.raises(ContractError, match="holds data in column 'spelling'"):
        migrate.bring_up_to_date(con)
    con.execute("UPDATE core.places SET spelling = NULL")
    migrate.bring_up_to_date(con)
    assert columns(con, "places") == list(PLACES.column_names)


def test_a_mart_is_made_anew_without_its_rows(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    old = replace(LINKS, columns=(*LINKS.columns, Column("gone", "INTEGER", "gone")))
    with_contract(monkeypatch, old)
    migrate.bring_up_to_date(con)
    con.execute("INSERT INTO mart.article_incidents SELECT 'a', 1, true, NULL, 'reviewed', 5")
    with_contract(monkeypatch, LINKS)
    migrate.bring_up_to_date(con)
    assert columns(con, "article_incidents") == list(LINKS.column_names)
    assert con.execute("SELECT count(*) FROM mart.article_incidents").fetchall() == [(0,)]
