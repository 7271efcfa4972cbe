"""The masked copy of every table.

Masking happens while rows are copied: no unmasked row is ever written into the published file. Offsets move with the
masks, so that each number still leads to its words. A daily run publishes all that a warehouse ever read, and most of it holds
no name: so we ask each value once whether masking may change it, and let DuckDB copy by itself what it cannot.

Belongs here: which columns are masked, by which rule, and in which rows. Keep out: what a value becomes (`masks.py`), swapping
the copy in (`publish.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.sqltypes import BOOLEAN, INTEGER, UBIGINT, VARCHAR

from transforms.contract import Column, Table
from warehouse.ddl import quote_identifier
from warehouse.masks import HELD_BACK, Names

# Columns without words of articles: hashes, ids, codes, names of rules, versions and gazetteers, what the linking model says.
WITHOUT_WORDS = frozenset(
    {
        *("run_id", "reader_version", "bytes_hash", "text_hash", "language", "country", "rule", "gazetteer", "gazetteer_id", "precision"),
        *("model_version", "expectation", "suite", "place_admin", "admin1", "place_name", "place_precision", "count_shown", "fingerprint"),
        *("readmitted_by", "redacted_by", "merged_by", "undone_by", "kind", "comparisons", "reasons"),
    }
)
ADDRESSES = frozenset({"url", "origin"})
PLACES = frozenset({"place_text", "label", "incident", "place"})
REASONS = frozenset({"why", "undone_why", "readmitted_why"})  # what people wrote of their decisions
_VALUES = 100_000  # values of which the masked form is kept while tables are copied: sources, words and ids come again and again
_BATCH = 10_000
_VERSIONS = "masked_versions"
# Tables whose masks need the text that their rows are of; of figures only those change that are of an article with names.
_WITH_TEXTS = {
    "core.figures": f" WHERE article_version_id IN (SELECT article_version_id FROM {_VERSIONS})",
    "ops.quarantine": "",
}
# By masking function: whether it may change a value, whichever article that is from. Functions of an article's sides are not
# here: they may change all of an article version that has names, and nothing of others.
_MAY_CHANGE: dict[str, Callable[[Names, str], bool]] = {
    "masked_words": lambda names, value: names.touches(value),
    "masked_json": lambda names, value: "\\" in value or names.touches(value),  # an escape may stand for a letter of a name
    "masked_place": lambda names, value: names.place(0, value) != value,
    "masked_anywhere": lambda names, value: names.anywhere(value) != value,
    "masked_reason": lambda names, value: names.reason(value) != value,
    "masked_address": lambda names, value: names.address(value) != value,
    "masked_key": lambda names, value: names.key(value) != value,
}
_OF_A_SIDE = frozenset({"masked_side", "masked_spans", "masked_position", "masked_part", "masked_sentence"})


@dataclass(frozen=True, slots=True)
class Masking:
    """How one column is masked. sql: of a row `t` and, in _WITH_TEXTS, its article `a`. function: the one that changes it,
    where only it tells which rows it may change (see _MAY_CHANGE, _OF_A_SIDE); None = the expression is for every row."""

    sql: str
    function: str | None = None


def copy_masked(con: duckdb.DuckDBPyConnection, source: str, target: str, described: Sequence[Table], names: Names | None = None) -> None:
    """Copy the rows of the contract's tables from one attached database to another, masked. source, target: quoted names.

    names: what to mask; None = what must be masked in what is published.
    """
    names = names or Names(con)
    with _functions(con, names), _touched(con, names, source, described) as touched, _in_order(con):
        for table in described:
            query = select_masked(table, source, touched, keeps=names.keeps)
            con.execute(f"INSERT INTO {target}.{quote_identifier(table.schema, table.name)} {query}")


@contextmanager
def _in_order(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep rows in their order, which filters of the marts need: two threads put the rows of a join in as they come. Python's
    functions would make them wait for each other anyway."""
    ((threads,),) = con.execute("SELECT current_setting('threads')").fetchall()
    con.execute("SET threads = 1")
    try:
        yield
    finally:
        with con.cursor() as beside:  # what failed has aborted the transaction of `con`, and with it every statement
            beside.execute(f"SET threads = {int(threads)}")


def select_masked(table: Table, source: str, touched: Mapping[str, set[str]], *, keeps: bool = False) -> str:
    """Return the query for a table's rows, masked, in the order of its columns. keeps: for the working file (see `Names`).

    touched: see `_touched`.
    """
    columns = ", ".join(_expression(table, column, touched, keeps) for column in table.columns)
    rows = f"SELECT {columns} FROM {source}.{quote_identifier(table.schema, table.name)} AS t"
    if table.full_name not in _WITH_TEXTS:
        return rows
    texts = f"SELECT article_version_id, title, text FROM {source}.raw.articles{_WITH_TEXTS[table.full_name]}"
    rows += f" LEFT JOIN ({texts}) AS a USING (article_version_id)"
    return f"{rows} WHERE NOT masked_gone(article_version_id)" if keeps else rows


def _expression(table: Table, column: Column, touched: Mapping[str, set[str]], keeps: bool) -> str:
    """Return the expression of a column: masked where masking may change it, else the column itself."""
    masking = _masking(table, column, keeps)
    name = f"t.{quote_identifier(column.name)}"
    if masking.function is None:
        return masking.sql
    if masking.function in _OF_A_SIDE:
        asked = f"{_version(table)} IN (SELECT article_version_id FROM {_VERSIONS})"
    elif _id(table, column) not in touched[masking.function]:
        return name
    elif column.type == "VARCHAR[]":
        return masking.sql
    else:
        asked = f"{name} IN (SELECT value FROM {masking.function}_values)"
    return f"CASE WHEN {asked} THEN {masking.sql} ELSE {name} END"


def _masking(table: Table, column: Column, keeps: bool) -> Masking:
    """Return how a column is masked; most are the column itself."""
    name, version = f"t.{quote_identifier(column.name)}", _version(table)
    if column.name == "article_version_id":
        return Masking(version)
    kept = _kept(table.full_name, column.name, name, version) if keeps else None
    special = Masking(kept) if kept else _special(table.full_name, column.name, name, version)
    if special is not None:
        return special
    if column.name == "article_id":
        return Masking(f"masked_key({name})", "masked_key")
    if column.type not in ("VARCHAR", "VARCHAR[]") or column.allowed or column.name in WITHOUT_WORDS:
        return Masking(name)
    if column.name in ADDRESSES and table.full_name in ("raw.articles", "core.articles", "ops.rejected_inputs"):
        return Masking(f"masked_address({name})", "masked_address")
    if column.name in REASONS:
        return Masking(f"masked_reason({name})", "masked_reason")
    function, given = ("masked_words", f"{version}, ") if "article_version_id" in table.column_names else ("masked_anywhere", "")
    if column.name in PLACES:
        function, given = "masked_place", "0::UBIGINT, "
    if column.type == "VARCHAR[]":
        return Masking(f"list_transform({name}, lambda item: {function}({given}item))", function)
    return Masking(f"{function}({given}{name})", function)


def _version(table: Table) -> str:
    return "article_version_id" if table.full_name in _WITH_TEXTS else "t.article_version_id"


def _id(table: Table, column: Column) -> str:
    return f"{table.full_name}.{column.name}"


def _kept(full_name: str, column: str, name: str, version: str) -> str | None:
    """What differs in the working file, where something is redacted for good."""
    rules = {
        ("raw.articles", "text_hash"): f"CASE WHEN masked_side({version}, false, t.text) = t.text THEN {name} "
        f"ELSE sha256(masked_side({version}, false, t.text)) END",
        ("raw.articles", "url"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_address({name}) END",
        ("raw.articles", "byline"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_words({version}, {name}) END",
        ("raw.articles", "origin"): f"CASE WHEN masked_gone({version}) THEN '{HELD_BACK}' ELSE masked_address({name}) END",
        ("core.articles", "url"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_address({name}) END",
        ("ops.readings", "people"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_people({version}, {name}) END",
        ("ops.redactions", "fingerprint"): name,
    }
    return rules.get((full_name, column))


def _special(full_name: str, column: str, name: str, version: str) -> Masking | None:
    """The columns with a rule of their own: texts, positions in them, quotes, JSON."""
    whole = "CASE WHEN t.in_title THEN a.title ELSE a.text END"
    side = f"{version}, t.in_title"
    part, sentence = f"masked_part({side}, {whole}, t.char_start, t.char_end)", f"masked_sentence({side}, {whole}, t.char_start, {name})"
    row = f"masked_row({version}, coalesce(a.title, ''), a.text, {name})"
    rules = {
        ("raw.articles", "title"): Masking(f"masked_side({version}, true, {name})", "masked_side"),
        ("raw.articles", "text"): Masking(f"masked_side({version}, false, {name})", "masked_side"),
        ("raw.articles", "read_spans"): Masking(f"masked_spans({version}, {name})", "masked_spans"),
        ("core.articles", "title"): Masking(f"masked_side({version}, true, {name})", "masked_side"),
        ("core.figures", "char_start"): Masking(f"masked_position({side}, {name}, false)", "masked_position"),
        ("core.figures", "char_end"): Masking(f"masked_position({side}, {name}, true)", "masked_position"),
        ("core.figures", "quantity_text"): Masking(f"coalesce({part}, {name})", "masked_part"),
        ("core.figures", "sentence"): Masking(f"coalesce({sentence}, {name})", "masked_sentence"),
        ("ops.quarantine", "row_json"): Masking(f"coalesce({row}, masked_json({version}, {name}))"),
        ("ops.readings", "main_incident"): Masking(f"masked_json({version}, {name})", "masked_json"),
        ("ops.readings", "people"): Masking("NULL"),
        ("ops.corrections", "new_values"): Masking(f"masked_anywhere_json({name})"),
        ("ops.corrections", "machine_values"): Masking(f"masked_anywhere_json({name})"),
        ("ops.redactions", "fingerprint"): Masking(f"'{HELD_BACK}'"),
    }
    return rules.get((full_name, column))


@contextmanager
def _touched(con: duckdb.DuckDBPyConnection, names: Names, source: str, described: Sequence[Table]) -> Iterator[dict[str, set[str]]]:
    """Ask every value of the masked columns once, and yield by masking function the columns in which it may change any.

    While the block runs SQL knows those values (`masked_words_values` and so on), and the article versions that have names.
    """
    columns: dict[str, list[tuple[Table, Column]]] = {}
    for table in described:
        for column in table.columns:
            function = _masking(table, column, names.keeps).function
            if function in _MAY_CHANGE:
                columns.setdefault(function, []).append((table, column))
    versions = pa.table({"article_version_id": pa.array(sorted(names.articles.keys() | names.unread), pa.uint64())})
    views = [_VERSIONS, *(f"{function}_values" for function in columns)]
    found: dict[str, list[str]] = {}
    con.register(_VERSIONS, versions)
    try:
        for function, those in columns.items():
            found[function] = _values(con, source, those, partial(_MAY_CHANGE[function], names))
            con.register(f"{function}_values", pa.table({"value": pa.array(found[function], pa.string())}))
        yield {
            function: {_id(*one) for one in those if found[function] and _holds(con, source, *one, f"{function}_values")}
            for function, those in columns.items()
        }
    finally:
        for view in views:
            with suppress(duckdb.TransactionException):  # what failed has aborted the transaction; the view goes with its rollback
                con.unregister(view)


def _values(
    con: duckdb.DuckDBPyConnection, source: str, columns: Sequence[tuple[Table, Column]], may_change: Callable[[str], bool]
) -> list[str]:
    """Return the different values of some columns that masking may change."""
    every = " UNION ALL ".join(f"SELECT {_items(column)} AS value FROM {_from(source, table)}" for table, column in columns)
    found = []
    con.execute(f"SELECT DISTINCT value FROM ({every}) WHERE value IS NOT NULL")
    while batch := con.fetchmany(_BATCH):
        found += [value for (value,) in batch if may_change(value)]
    return found


def _holds(con: duckdb.DuckDBPyConnection, source: str, table: Table, column: Column, values: str) -> bool:
    """Whether a column holds any of the values of a view."""
    asked = (
        f"SELECT 1 FROM (SELECT {_items(column)} AS value FROM {_from(source, table)}) WHERE value IN (SELECT value FROM {values}) LIMIT 1"
    )
    return bool(con.execute(asked).fetchall())


def _items(column: Column) -> str:
    name = quote_identifier(column.name)
    return f"unnest({name})" if column.type == "VARCHAR[]" else name


def _from(source: str, table: Table) -> str:
    return f"{source}.{quote_identifier(table.schema, table.name)}"


@contextmanager
def _functions(con: duckdb.DuckDBPyConnection, names: Names) -> Iterator[None]:
    """The masking functions, known to SQL while the block runs."""
    keeping = lru_cache(_VALUES)
    known: list[tuple[str, Callable[..., Any], list[Any], Any]] = [
        ("masked_side", names.side, [UBIGINT, BOOLEAN, VARCHAR], VARCHAR),
        ("masked_words", keeping(names.words), [UBIGINT, VARCHAR], VARCHAR),
        ("masked_place", keeping(names.place), [UBIGINT, VARCHAR], VARCHAR),
        ("masked_position", names.moved, [UBIGINT, BOOLEAN, INTEGER, BOOLEAN], INTEGER),
        ("masked_part", names.part, [UBIGINT, BOOLEAN, VARCHAR, INTEGER, INTEGER], VARCHAR),
        ("masked_sentence", names.sentence, [UBIGINT, BOOLEAN, VARCHAR, INTEGER, VARCHAR], VARCHAR),
        ("masked_anywhere", keeping(names.anywhere), [VARCHAR], VARCHAR),
        ("masked_reason", names.reason, [VARCHAR], VARCHAR),
        ("masked_anywhere_json", names.anywhere_json, [VARCHAR], VARCHAR),
        ("masked_address", names.address, [VARCHAR], VARCHAR),
        ("masked_key", names.key, [VARCHAR], VARCHAR),
        ("masked_spans", names.spans, [UBIGINT, VARCHAR], VARCHAR),
        ("masked_row", names.row, [UBIGINT, VARCHAR, VARCHAR, VARCHAR], VARCHAR),
        ("masked_gone", names.gone, [UBIGINT], BOOLEAN),
        ("masked_people", names.people, [UBIGINT, VARCHAR], VARCHAR),
        ("masked_json", names.json, [UBIGINT, VARCHAR], VARCHAR),
    ]
    for name, function, given, returned in known:
        con.create_function(name, function, given, returned)
    try:
        yield
    finally:
        for name, *_ in known:
            with suppress(duckdb.TransactionException):  # it goes with the rollback
                con.remove_function(name)
