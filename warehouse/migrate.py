"""Bringing an existing working file up to the contract of this program.

`main.schema_state` remembers for each table the SQL that made it (as a hash) and the schema version of the program that
did. A table whose description changed is rebuilt: DuckDB cannot add a CHECK to a table that is there. Marts are made
anew on every run, so they are dropped instead. Nothing is ever thrown away to fit a description: a column with data that
the contract doesn't know stops the program.

Belongs here: creating, comparing and rebuilding tables. Keep out: the SQL of a table (`ddl.py`), rows.
"""

from __future__ import annotations

import hashlib

import duckdb

from transforms.contract import Table, tables
from transforms.errors import ContractError
from warehouse import ddl
from warehouse.statements import statement
from warehouse.transaction import transaction

# Raise it when an older program must not write to the new file, even where the tables look alike to it.
SCHEMA_VERSION = 1
_REBUILDING = "__rebuilt"


def bring_up_to_date(con: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing and rebuild what changed, in one transaction; does next to nothing when nothing changed.

    Raises ContractError when the file is of a newer schema version, or when its data doesn't fit the contract.
    """
    wanted = {full_name: _fingerprint(table) for full_name, table in tables().items()}
    found = _state(con)
    newest = max((version for _, version in found.values()), default=0)
    if newest > SCHEMA_VERSION:
        raise ContractError(
            f"the warehouse is of schema version {newest}, this program knows versions up to {SCHEMA_VERSION}: "
            f"update the program, or use another data folder"
        )
    if {name: fingerprint for name, (fingerprint, _) in found.items()} == wanted and newest == SCHEMA_VERSION:
        return
    with transaction(con):
        _apply(con, wanted, {name: fingerprint for name, (fingerprint, _) in found.items()})


def is_warehouse(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the database was made by this program, in this or another version."""
    return bool(_state(con))


def _apply(con: duckdb.DuckDBPyConnection, wanted: dict[str, str], found: dict[str, str]) -> None:
    if not found:
        ddl.create_all(con)
        con.execute(statement("base/create_schema_state"))
    else:
        con.execute(";\n".join(ddl.create_schemas_sql()))
        for full_name, table in tables().items():
            if full_name not in found:
                _create(con, table)
            elif found[full_name] != wanted[full_name]:
                _rebuild(con, table)
    con.execute("DELETE FROM main.schema_state")
    con.executemany("INSERT INTO main.schema_state VALUES (?, ?, ?)", [[*item, SCHEMA_VERSION] for item in wanted.items()])


def _create(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    con.execute(ddl.create_table_sql(table))
    con.execute(";\n".join(ddl.comment_sql(table)))


def _rebuild(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the table anew and copy its rows over by column name."""
    old = ddl.quote_identifier(table.schema, table.name)
    if table.schema != "mart":
        new = ddl.quote_identifier(table.schema, table.name + _REBUILDING)
        con.execute(ddl.create_table_sql(table, name=table.name + _REBUILDING))
        shared = ", ".join(ddl.quote_identifier(name) for name in _shared_columns(con, table))
        try:
            con.execute(f"INSERT INTO {new} ({shared}) SELECT {shared} FROM {old}")
        except (duckdb.ConstraintException, duckdb.ConversionException) as error:
            raise ContractError(f"rows of {table.full_name} don't fit its new description: {error}; a migration is needed") from None
        con.execute(f"DROP TABLE {old}")
        con.execute(f"ALTER TABLE {new} RENAME TO {ddl.quote_identifier(table.name)}")
        con.execute(";\n".join(ddl.comment_sql(table)))
    else:
        con.execute(f"DROP TABLE {old}")
        _create(con, table)


def _shared_columns(con: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    rows = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = ? AND table_name = ?",
        [table.schema, table.name],
    ).fetchall()
    there = [str(name) for (name,) in rows]
    for name in sorted(set(there) - set(table.column_names)):
        full = ddl.quote_identifier(table.schema, table.name)
        # any identifier that DuckDB itself reports, hence not through quote_identifier
        quoted = '"' + name.replace('"', '""') + '"'
        if con.execute(f"SELECT 1 FROM {full} WHERE {quoted} IS NOT NULL LIMIT 1").fetchall():
            raise ContractError(
                f"{table.full_name} holds data in column {name!r}, which this program doesn't know: "
                f"update the program, or use another data folder"
            )
    return [name for name in there if name in table.column_names]


def _state(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, int]]:
    if not con.execute(statement("base/has_schema_state")).fetchall():
        return {}
    rows = con.execute("SELECT full_name, ddl_hash, schema_version FROM main.schema_state").fetchall()
    return {str(name): (str(fingerprint), int(version)) for name, fingerprint, version in rows}


def _fingerprint(table: Table) -> str:
    sql = ";\n".join([ddl.create_table_sql(table), *ddl.comment_sql(table)])
    return hashlib.sha256(sql.encode()).hexdigest()
