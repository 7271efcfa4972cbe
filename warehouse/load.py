"""Rows in and out of tables, with the contract's types.

Rows arrive as mappings, pandas frames or Arrow tables, become one Arrow table with the contract's types, and are
inserted BY NAME: values never become part of an SQL text.

Belongs here: conversion between rows, frames and Arrow, and the one INSERT. Keep out: transactions and what rows mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import count, islice, repeat
from typing import Any, TypeAlias

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from transforms.contract import PANDAS_TYPES, Column, Table, table
from transforms.errors import ContractError
from warehouse.ddl import quote_identifier

Rows: TypeAlias = Iterable[Mapping[str, object]] | pd.DataFrame | pa.Table
BATCH_ROWS = 20_000
ROWS_AT_ONCE = 2_000
_ARROW_TYPES = {
    "UBIGINT": pa.uint64(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
    "UBIGINT[]": pa.list_(pa.uint64()),
    "DATE[]": pa.list_(pa.date32()),
    "DOUBLE[]": pa.list_(pa.float64()),
}
_view_numbers = count()


def utc(moment: datetime) -> datetime:
    """Return the moment as TIMESTAMP columns hold it: UTC without a zone. A naive one is taken as UTC already."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def insert_rows(con: duckdb.DuckDBPyConnection, full_name: str, rows: Rows, *, keep_existing: bool = False) -> int:
    """Insert rows into a table of the contract and return how many were given.

    Columns that are not given become null. keep_existing: rows whose key is there already are left out (a row lands
    once, as first seen). Mappings are taken in batches, so an endless iterator needs no more memory than a batch; the
    caller's transaction, where there is one, spans them. Raises ContractError, naming table and column, for an unknown
    column, a missing or null value where the contract allows none, a value of the wrong type, a broken check or key.
    """
    described = table(full_name)
    return sum(_insert(con, described, batch, keep_existing) for batch in _arrow_batches(described, rows))


def to_arrow(full_name: str, rows: Rows) -> pa.Table:
    """Return the rows as an Arrow table of the contract's types, with the columns that were given."""
    described = table(full_name)
    batches = list(_arrow_batches(described, rows))
    return pa.concat_tables(batches, promote_options="default") if batches else _schema(described).empty_table()


def to_frame(
    full_name: str, rows: Iterable[Mapping[str, object]], *, without: Sequence[str] = (), extra: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the rows as a frame with the contract's columns, in its order, and the contract's pandas types.

    Columns not given are null. without: columns of the contract to leave out (those set at landing). extra: columns
    the contract doesn't have (of the article, say), kept as objects at the end. Any other column raises ContractError.
    """
    described = table(full_name)
    listed = list(rows)
    _refuse_unknown(described, {name for row in listed for name in row} - set(extra))
    columns: dict[str, pd.Series[Any]] = {}
    for column in described.columns:
        if column.name not in without:
            columns[column.name] = _series(described, column, [row.get(column.name) for row in listed])
    for name in extra:
        columns[name] = pd.Series([row.get(name) for row in listed], dtype="object")
    return pd.DataFrame(columns, index=pd.RangeIndex(len(listed)))


def fetch_rows(con: duckdb.DuckDBPyConnection, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[dict[str, Any]]:
    """Run a query with bound parameters and return its rows as dicts, all at once."""
    cursor = con.execute(sql, params) if params else con.execute(sql)
    names = [str(item[0]) for item in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def stream_rows(
    con: duckdb.DuckDBPyConnection, sql: str, params: Sequence[object] | Mapping[str, object] = (), size: int = ROWS_AT_ONCE
) -> Iterator[dict[str, Any]]:
    """Yield what `fetch_rows` returns, holding `size` rows at a time. The connection runs nothing else before the last row is taken."""
    cursor = con.execute(sql, params) if params else con.execute(sql)
    names = [str(item[0]) for item in cursor.description or ()]
    while rows := cursor.fetchmany(size):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def fetch_frames(
    con: duckdb.DuckDBPyConnection, full_name: str, sql: str, params: Sequence[object] = (), size: int = BATCH_ROWS
) -> Iterator[pd.DataFrame]:
    """Run a query for rows of a table of the contract and yield them as `to_frame` makes them, at most `size` at a time.

    Without rows one empty frame. Values go from column to column, never through a dict for each row. On a cursor of its own, so
    that the connection may be used between two frames. Sees what is committed.
    """
    described = table(full_name)
    cursor = con.cursor()
    try:
        reader = cursor.sql(sql, params=list(params)).to_arrow_reader(size)
        empty = True
        for batch in reader:
            empty = False
            yield _frame(described, pa.Table.from_batches([batch]))
        if empty:
            yield _frame(described, _schema(described).empty_table())
    finally:
        cursor.close()


def _frame(described: Table, rows: pa.Table) -> pd.DataFrame:
    rows = rows.select(described.column_names).cast(_schema(described))
    columns = {column.name: _pandas(column, rows.column(column.name)) for column in described.columns}
    return pd.DataFrame(columns, index=pd.RangeIndex(rows.num_rows))


def _pandas(column: Column, values: pa.ChunkedArray) -> pd.Series[Any]:
    kind = PANDAS_TYPES[column.type]
    if kind == "object":
        return pd.Series(_lists(values) if column.type.endswith("[]") else values.to_pandas(), dtype="object")
    made: pd.Series[Any] = values.to_pandas(types_mapper=None if kind.startswith("datetime") else lambda _: pd.api.types.pandas_dtype(kind))
    return made


def _lists(values: pa.ChunkedArray) -> list[list[Any] | None]:
    """Return a column of lists as Python's: all items at once, then cut, in a third of the time that a list at a time takes."""
    found: list[list[Any] | None] = []
    for chunk in values.chunks:
        items, ends = _items(chunk.flatten()), np.cumsum(pc.fill_null(pc.list_value_length(chunk), 0).to_numpy()).tolist()
        missing = chunk.is_null().to_pylist() if chunk.null_count else repeat(False)
        found += [None if null else items[start:end] for start, end, null in zip([0, *ends], ends, missing, strict=False)]
    return found


def _items(values: pa.Array) -> list[Any]:
    """Return Python values. Texts come again and again: each different one is made once."""
    if not pa.types.is_string(values.type):
        return list(values.to_pylist())
    coded = values.dictionary_encode()
    words = [*coded.dictionary.to_pylist(), None]
    return [words[code] for code in coded.indices.fill_null(len(words) - 1).to_pylist()]


def _insert(con: duckdb.DuckDBPyConnection, described: Table, batch: pa.Table, keep_existing: bool) -> int:
    _refuse_nulls(described, batch)
    view = f"incoming_{next(_view_numbers)}"
    verb = "INSERT OR IGNORE INTO" if keep_existing else "INSERT INTO"
    con.register(view, batch)
    try:
        con.execute(f"{verb} {quote_identifier(described.schema, described.name)} BY NAME SELECT * FROM {quote_identifier(view)}")
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        raise ContractError(f"{described.full_name}: {error}") from error
    finally:
        try:
            con.unregister(view)
        except duckdb.TransactionException:
            pass  # the failed INSERT aborted the caller's transaction; the view goes with its rollback
    return int(batch.num_rows)


def _arrow_batches(described: Table, rows: Rows) -> Iterator[pa.Table]:
    if isinstance(rows, pa.Table):
        _refuse_unknown(described, rows.column_names)
        yield rows.cast(pa.schema([_schema(described).field(name) for name in rows.column_names]))
    elif isinstance(rows, pd.DataFrame):
        _refuse_unknown(described, [str(name) for name in rows.columns])
        yield _from_columns(described, {str(name): rows[name].tolist() for name in rows.columns}, from_pandas=True)
    else:
        iterator = iter(rows)
        while batch := list(islice(iterator, BATCH_ROWS)):
            names = {name for row in batch for name in row}
            _refuse_unknown(described, names)
            yield _from_columns(described, {name: [row.get(name) for row in batch] for name in described.column_names if name in names})


def _from_columns(described: Table, columns: dict[str, list[Any]], *, from_pandas: bool = False) -> pa.Table:
    arrays = {}
    for name, values in columns.items():
        arrays[name] = _array(described, described.column(name), values, from_pandas)
    return pa.table(arrays)


def _array(described: Table, column: Column, values: list[Any], from_pandas: bool) -> pa.Array:
    if column.type == "TIMESTAMP":
        values = [utc(value) if isinstance(value, datetime) else value for value in values]
    try:
        return pa.array(values, type=_ARROW_TYPES[column.type], from_pandas=from_pandas)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise ContractError(f"{described.full_name}.{column.name} is {column.type}{_culprit(column, values)}") from None


def _series(described: Table, column: Column, values: list[Any]) -> pd.Series[Any]:
    try:
        if column.type == "TIMESTAMP":
            values = [utc(value) if isinstance(value, datetime) else value for value in values]
        return pd.Series(values, dtype=PANDAS_TYPES[column.type])
    except (TypeError, ValueError, OverflowError):
        raise ContractError(f"{described.full_name}.{column.name} is {column.type}{_culprit(column, values)}") from None


def _culprit(column: Column, values: list[Any]) -> str:
    """Return which row doesn't fit and what it holds. The value itself stays out: it may be article text, with names."""
    for number, value in enumerate(values):
        try:
            pa.array([value], type=_ARROW_TYPES[column.type], from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            return f", and row {number} holds a {type(value).__name__} that is none ({type(error).__name__})"
    return ", and its values don't go together in one column"


def _refuse_unknown(described: Table, names: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(described.column_names))
    if unknown:
        raise ContractError(f"{described.full_name} has no column {', '.join(unknown)}")


def _refuse_nulls(described: Table, batch: pa.Table) -> None:
    for column in described.columns:
        if column.null or not batch.num_rows:
            continue
        if column.name not in batch.column_names:
            raise ContractError(f"{described.full_name}.{column.name} must not be null, and the rows don't have it")
        if batch.column(column.name).null_count:
            raise ContractError(
                f"{described.full_name}.{column.name} must not be null, and is in {batch.column(column.name).null_count} row(s)"
            )


@cache
def _schema(described: Table) -> pa.Schema:
    return pa.schema([pa.field(column.name, _ARROW_TYPES[column.type]) for column in described.columns])
