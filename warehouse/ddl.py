"""The contract as SQL: CREATE TABLE with its checks and keys, and a comment for every table and column.

Keys: the working file has them all. Measured over 1 million `core.figures` rows in chunks of 20,000 on 2 cores: 19.0 s
and 122 MB without a key, 21.0 s and 235 MB with (figure_id, reader_version). That is the price of "no figure twice",
and small tables pay next to nothing. The published copy is never written to and goes without keys.

Belongs here: statements made from the contract, and the one function each that quotes identifiers and literals. Keep
out: running them on an existing database (`migrate.py`), rows, and any identifier that doesn't come from the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb

from transforms.contract import SCHEMAS, Column, Table, tables
from transforms.errors import ContractError

_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")
# What must hold between two columns wherever a table has both: (lower, operator, upper).
_ORDERED = (("count_min", "<=", "count_max"), ("char_start", "<", "char_end"))


def quote_identifier(*parts: str) -> str:
    """Return `"core"."figures"` for ("core", "figures"). Raises ContractError for what is no plain lower-case name."""
    for part in parts:
        if not _IDENTIFIER.fullmatch(part):
            raise ContractError(f"{part!r} is no name for a schema, table or column: lower-case letters, digits and _ only")
    return ".".join(f'"{part}"' for part in parts)


def quote_literal(text: str) -> str:
    """Return the text as an SQL string literal. Only for texts of the contract in DDL, where nothing can be bound."""
    if "\0" in text:
        raise ContractError("a text of the contract contains a NUL character")
    return "'" + text.replace("'", "''") + "'"


def create_schemas_sql(catalog: str | None = None) -> list[str]:
    """Return the statements that create the schemas of the contract where they are missing."""
    return [f"CREATE SCHEMA IF NOT EXISTS {_qualified(catalog, schema)}" for schema in SCHEMAS]


def create_table_sql(table: Table, *, name: str | None = None, catalog: str | None = None, keys: bool = True) -> str:
    """Return CREATE TABLE for a table of the contract.

    name: another name in the same schema (while a table is rebuilt). catalog: an attached database. keys: with primary key.
    """
    lines = [_column_sql(column) for column in table.columns]
    names = set(table.column_names)
    for lower, operator, upper in _ORDERED:
        if lower in names and upper in names:
            lines.append(f"CHECK ({quote_identifier(lower)} {operator} {quote_identifier(upper)})")
    if keys:
        lines.append(f"PRIMARY KEY ({', '.join(quote_identifier(column) for column in table.key)})")
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {_qualified(catalog, table.schema, name or table.name)} (\n    {body}\n)"


def comment_sql(table: Table, *, catalog: str | None = None) -> list[str]:
    """Return COMMENT ON for the table (what one row is, what to beware of) and for each column (meaning, unit)."""
    qualified = _qualified(catalog, table.schema, table.name)
    statements = [f"COMMENT ON TABLE {qualified} IS {quote_literal(table_comment(table))}"]
    for column in table.columns:
        where = f"{qualified}.{quote_identifier(column.name)}"
        statements.append(f"COMMENT ON COLUMN {where} IS {quote_literal(column_comment(column))}")
    return statements


def table_comment(table: Table) -> str:
    """Return the comment of a table: `One row = …`, and the caution when there is one."""
    return f"One row = {table.row}." + (f" {table.caution}" if table.caution else "")


def column_comment(column: Column) -> str:
    """Return the comment of a column: its meaning, and its unit in square brackets when it has one."""
    return column.means + (f" [{column.unit}]" if column.unit else "")


def create_all(con: duckdb.DuckDBPyConnection, *, catalog: str | None = None, keys: bool = True) -> None:
    """Create every schema and table of the contract, with comments, in a database that has none of the tables yet."""
    statements = create_schemas_sql(catalog)
    for table in tables().values():
        statements += [create_table_sql(table, catalog=catalog, keys=keys), *comment_sql(table, catalog=catalog)]
    con.execute(";\n".join(statements))


def create_anew(con: duckdb.DuckDBPyConnection, names: Iterable[str], *, catalog: str | None = None, keys: bool = True) -> None:
    """Put an empty table in the place of each of these tables of the contract (full names), which are there.

    Inside a transaction that fills them again this takes less memory than emptying them: rows that are deleted stay in memory
    until it ends, with their keys.
    """
    statements = []
    for table in (tables()[name] for name in names):
        statements.append(f"DROP TABLE {_qualified(catalog, table.schema, table.name)}")
        statements += [create_table_sql(table, catalog=catalog, keys=keys), *comment_sql(table, catalog=catalog)]
    con.execute(";\n".join(statements))


def _qualified(catalog: str | None, *parts: str) -> str:
    return quote_identifier(*([catalog] if catalog else []), *parts)


def _column_sql(column: Column) -> str:
    name = quote_identifier(column.name)
    rules = []
    if column.allowed:
        rules.append(f"{name} IN ({', '.join(quote_literal(value) for value in column.allowed)})")
    if column.min is not None:
        rules.append(f"{name} >= {column.min!r}")
    if column.max is not None:
        rules.append(f"{name} <= {column.max!r}")
    check = f" CHECK ({' AND '.join(rules)})" if rules else ""
    return f"{name} {column.type}{'' if column.null else ' NOT NULL'}{check}"
