from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from transforms.contract import SCHEMAS, Column, Table, table, tables
from transforms.errors import ContractError
from warehouse import ddl

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    ddl.create_all(connection)
    yield connection
    connection.close()


def test_every_table_of_the_contract_is_made_and_no_other(con: duckdb.DuckDBPyConnection) -> None:
    made = con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
    assert {name for (name,) in made} == set(tables())


def test_columns_have_the_contracts_order_types_and_nulls(con: duckdb.DuckDBPyConnection) -> None:
    for full_name, described in tables().items():
        rows = con.execute(
            "SELECT column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
            [described.schema, described.name],
        ).fetchall()
        wanted = [(c.name, c.type, c.null and c.name not in described.key) for c in described.columns]
        assert rows == wanted, full_name


def test_every_table_and_column_has_its_comment(con: duckdb.DuckDBPyConnection) -> None:
    for described in tables().values():
        place = [described.schema, described.name]
        comment = con.execute("SELECT comment FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?", place).fetchall()
        assert comment == [(ddl.table_comment(described),)]
        columns = con.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?", place
        ).fetchall()
        assert dict(columns) == {c.name: ddl.column_comment(c) for c in described.columns}


def test_comments_say_row_caution_and_unit() -> None:
    assert "Never sum rows" in ddl.table_comment(table("core.figures"))
    assert ddl.table_comment(table("core.publishers")) == "One row = one publisher."
    assert ddl.column_comment(table("core.figures").column("count_min")).endswith("[persons]")


def test_primary_keys_are_the_contracts(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT schema_name || '.' || table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    assert {name: tuple(columns) for name, columns in rows} == {name: described.key for name, described in tables().items()}


def test_without_keys_for_the_published_copy() -> None:
    assert "PRIMARY KEY" not in ddl.create_table_sql(table("core.figures"), keys=False)


RANGED = Table(
    "core",
    "ranged",
    "one row",
    None,
    ("id",),
    (
        Column("id", "INTEGER", "id", null=False),
        Column("kind", "VARCHAR", "kind", allowed=("it's", "plain")),
        Column("share", "DOUBLE", "share", min=0, max=1),
        Column("count_min", "BIGINT", "least"),
        Column("count_max", "BIGINT", "most"),
        Column("char_start", "INTEGER", "start"),
        Column("char_end", "INTEGER", "end"),
    ),
)


@pytest.fixture(scope="module")
def ranged(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("ATTACH ':memory:' AS other")
    con.execute("CREATE SCHEMA other.core")
    con.execute(ddl.create_table_sql(RANGED, catalog="other"))
    return con


@pytest.mark.parametrize(
    "values",
    [
        "NULL, 'plain', 0.5, 1, 2, 0, 1",
        "1, 'other', 0.5, 1, 2, 0, 1",
        "1, 'plain', -0.1, 1, 2, 0, 1",
        "1, 'plain', 1.1, 1, 2, 0, 1",
        "1, 'plain', 0.5, 3, 2, 0, 1",
        "1, 'plain', 0.5, 1, 2, 1, 1",
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(ranged: duckdb.DuckDBPyConnection, values: str) -> None:
    with pytest.raises(duckdb.ConstraintException):
        ranged.execute(f"INSERT INTO other.core.ranged VALUES ({values})")


@pytest.mark.parametrize("values", ["1, 'it''s', 0, 2, 2, 0, 1", "2, NULL, 1, NULL, 2, NULL, 1", "3, 'plain', NULL, 5, NULL, 7, NULL"])
def test_edges_and_nulls_are_allowed(ranged: duckdb.DuckDBPyConnection, values: str) -> None:
    ranged.execute(f"INSERT INTO other.core.ranged VALUES ({values})")
    assert ranged.execute("SELECT count(*) FROM other.core.ranged WHERE id = ?", [int(values[0])]).fetchall() == [(1,)]


@pytest.mark.parametrize("name", ["", "Core", "a b", 'a"b', "1a", "a;drop", "a.b", "é", "a\n"])
def test_only_plain_names_are_identifiers(name: str) -> None:
    with pytest.raises(ContractError, match="is no name"):
        ddl.quote_identifier("core", name)


def test_literals_are_quoted(con: duckdb.DuckDBPyConnection) -> None:
    hostile = "it's; DROP TABLE core.figures; -- \\' \n é"
    assert con.execute(f"SELECT {ddl.quote_literal(hostile)}").fetchall() == [(hostile,)]
    with pytest.raises(ContractError):
        ddl.quote_literal("a\0b")


def test_all_schemas_are_made(con: duckdb.DuckDBPyConnection) -> None:
    there = {name for (name,) in con.execute("SELECT schema_name FROM duckdb_schemas() WHERE NOT internal").fetchall()}
    assert set(SCHEMAS) <= there
