"""Most values are copied without being masked row by row; what comes out is what masking every row would give."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from transforms.contract import Column, Table, tables
from warehouse.masked_copy import _MAY_CHANGE, _OF_A_SIDE, _functions, _masking, copy_masked
from warehouse.masks import Names
from warehouse.redaction import Wanted, _Redacting
from warehouse.transaction import transaction

TEXTS = {  # article_version_id -> title and text
    1: ("Rosa Lindqvist, 9, among four killed", "Four people were killed. Rosa Lindqvist died; Rosa’s father, Nils Berg, said so."),
    2: (None, "A photo of Rosa Lindqvist was shown. Five people died."),
    3: ("Toll rises to five", "Five people were killed, the ministry said. Rosa market was closed, said Bo."),
    4: ("Не прочитано", "Роза Линдквист погибла."),
}
PEOPLE = {
    1: [
        {"name": "Rosa Lindqvist", "kind": "victim", "mentions": [[True, 0, 14], [False, 25, 39], [False, 46, 50]]},
        {"name": "Nils Berg", "kind": "source", "mentions": [[False, 60, 69]]},
    ],
    3: [{"name": "Bo", "kind": "source", "mentions": [[False, 73, 75]]}],
}
WORDS = [
    *("Rosa Lindqvist", "Rosa", "Rosas", "a photo of Rosa Lindqvist", "Rosa Lindqvists", "Rosa\nLindqvist", "Nils Berg said", "Nils", "Bo"),
    *("ROSA LINDQVIST", "the ministry", "", "[name 1]", "Rosa-Lindqvist", "said “Rosa”", "https://a.example/rosa-lindqvist"),
]
JSON = [
    *({"place_name": word, "killed": None, "list": [word]} for word in WORDS),
    {"quantity_text": "Four people", "char_start": 0, "char_end": 11, "in_title": False, "sentence": "Four people were killed."},
]
VERSIONS = [*TEXTS, 5]  # the last one has no article


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database `made`, without keys and checks, whose every column holds names in many ways, and an empty one, `target`."""
    con = duckdb.connect(tmp_path / "made.duckdb")
    con.execute("ATTACH ':memory:' AS target")
    for database in ("made", "target"):
        for schema in {table.schema for table in tables().values()}:
            con.execute(f"CREATE SCHEMA {database}.{schema}")
        for table in tables().values():
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            con.execute(f"CREATE TABLE {database}.{table.full_name} ({columns})")
    chance = random.Random(11)
    for table in tables().values():
        rows = [_row(table, number, chance) for number in range(len(TEXTS) if table.full_name == "raw.articles" else 80)]
        con.register("incoming", pa.table({name: [row[name] for row in rows] for name in table.column_names}))
        con.execute(f"INSERT INTO made.{table.full_name} BY NAME FROM incoming")
    yield con
    con.close()


def _row(table: Table, number: int, chance: random.Random) -> dict[str, Any]:
    row = {column.name: _value(column, chance) for column in table.columns}
    version = list(TEXTS)[number] if table.full_name == "raw.articles" else chance.choice(VERSIONS)
    row |= {"article_version_id": version} if "article_version_id" in row else {}
    title, text = TEXTS.get(version, (None, ""))
    if table.full_name in ("raw.articles", "core.articles"):
        row |= {"title": title, "text": text, "read_spans": json.dumps([[0, len(text)]])}
    if table.full_name == "raw.articles":
        row["article_id"] = ["a-1", "rosa-lindqvist-2", "a-3", "a-4"][number]
    if table.full_name in ("core.publishers", "core.sources"):  # of an office, or known: never masked
        row |= {"name": "Nils Berg Institute"} if table.full_name == "core.publishers" else {"is_known": row["name"] == "Rosa Lindqvists"}
    if table.full_name == "ops.readings":
        row |= {"people": json.dumps(PEOPLE[version]) if version in PEOPLE else None, "read_at": "2024-01-01", "reader_version": "1"}
        row["not_read"] = "language" if version == 4 else None
    if table.full_name == "core.figures":
        whole = (title if row["in_title"] else text) or ""
        start = chance.randrange(len(whole) or 1)
        end = min(start + chance.randrange(1, 20), len(whole))
        row |= {"char_start": start, "char_end": end, "quantity_text": whole[start:end] or "5", "sentence": whole or "5 died"}
    return row


def _value(column: Column, chance: random.Random) -> Any:
    if column.name in ("main_incident", "row_json", "new_values", "machine_values", "people", "read_spans"):
        return json.dumps(chance.choice(JSON), ensure_ascii=chance.random() < 0.5)
    if column.null and chance.random() < 0.1:
        return None
    kinds: dict[str, Any] = {
        "VARCHAR": chance.choice(WORDS),
        "VARCHAR[]": [chance.choice([*WORDS, None]) for _ in range(chance.randrange(3))],
        "BOOLEAN": chance.random() < 0.5,
        "DATE": "2024-03-05",
        "TIMESTAMP": "2024-03-05 12:00:00",
    }
    return kinds.get(column.type, [] if column.type.endswith("[]") else chance.randrange(9))


def _who(con: duckdb.DuckDBPyConnection, what: str | None) -> Names:
    return Names(con) if what is None else _Redacting(con, Wanted(what, "asked", "us"))


def _row_by_row(con: duckdb.DuckDBPyConnection, table: Table, keeps: bool) -> list[Any]:
    """Mask every value of every row, with nothing asked before."""
    columns = ", ".join(_masking(table, column, keeps).sql for column in table.columns)
    joined = " LEFT JOIN made.raw.articles AS a USING (article_version_id)" if table.full_name in ("core.figures", "ops.quarantine") else ""
    left = " WHERE NOT masked_gone(article_version_id)" if joined and keeps else ""
    return con.execute(f"SELECT {columns} FROM made.{table.full_name} AS t{joined}{left}").fetchall()


@pytest.mark.parametrize("what", [None, "Rosa Lindqvist", "a-1"])
def test_the_copy_is_what_masking_every_row_gives(con: duckdb.DuckDBPyConnection, what: str | None) -> None:
    names = _who(con, what)
    assert set(names.articles) == {None: {1, 2, 3}, "Rosa Lindqvist": {1, 2}, "a-1": {1}}[what]
    copy_masked(con, "made", "target", list(tables().values()), names)
    masked = set()
    with _functions(con, names):
        for table in tables().values():
            expected = _row_by_row(con, table, names.keeps)
            got = con.execute(f"FROM target.{table.full_name}").fetchall()
            for column, there, here in zip(table.column_names, zip(*expected, strict=True), zip(*got, strict=True), strict=True):
                place = f"{table.full_name}.{column}"
                assert _normal(place, here) == _normal(place, there), place
            if got != con.execute(f"FROM made.{table.full_name}").fetchall():
                masked.add(table.full_name)
    assert {"raw.articles", "core.articles"} <= masked
    assert what == "a-1" or {"core.figures", "core.sources", "ops.quarantine", "ops.corrections", "mart.tolls"} <= masked


def _normal(place: str, values: tuple[Any, ...]) -> list[Any]:
    """JSON that holds no name stays as it was written: it is the same JSON."""
    if place in ("ops.readings.main_incident", "ops.readings.people"):
        return [value and json.loads(value) for value in values]
    return list(values)


def test_a_name_whose_letters_are_escaped_is_found_in_json(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("""UPDATE made.ops.readings SET main_incident = '{"place_name": "R\\u006fsa Lindqvist"}'""")
    copy_masked(con, "made", "target", list(tables().values()))
    kept = con.execute("SELECT DISTINCT main_incident FROM target.ops.readings").fetchall()
    assert kept == [('{"place_name": "[name 1]"}',)]


def test_what_is_not_touched_stays_in_every_article(con: duckdb.DuckDBPyConnection) -> None:
    names = Names(con)
    for value in WORDS:
        assert names.touches(value) == any(names.words(version, value) != value for version in VERSIONS), value
    assert names.touches("Bo") is False  # of two letters: it may be anything's


def test_every_column_that_is_masked_says_which_rows_may_change() -> None:
    without = {
        f"{table.full_name}.{column.name}"
        for table in tables().values()
        for column in table.columns
        if "masked_" in _masking(table, column, False).sql and _masking(table, column, False).function not in (*_MAY_CHANGE, *_OF_A_SIDE)
    }
    assert without == {"ops.quarantine.row_json", "ops.corrections.new_values", "ops.corrections.machine_values"}


def test_a_copy_that_failed_says_why_and_leaves_nothing_behind(con: duckdb.DuckDBPyConnection) -> None:
    """The failure aborts the transaction, in which no statement runs any more: what tidies up must not fail in its place."""
    threads = con.execute("SELECT current_setting('threads')").fetchall()
    con.execute("ALTER TABLE target.core.figures RENAME TO gone")
    with pytest.raises(duckdb.CatalogException, match="figures"), transaction(con):
        copy_masked(con, "made", "target", list(tables().values()))
    with pytest.raises(duckdb.CatalogException):
        con.execute("FROM masked_versions")
    assert con.execute("SELECT current_setting('threads')").fetchall() == threads


def test_rows_stay_in_their_order(con: duckdb.DuckDBPyConnection) -> None:
    """Filters of the marts skip blocks that hold nothing of theirs; two threads would put blocks of a join in as they come."""
    con.execute("SET threads = 2")
    con.execute("DELETE FROM made.core.source_names")
    con.execute(
        "INSERT INTO made.core.source_names (source_id, name_printed) "
        "SELECT n, CASE WHEN n % 7 = 0 THEN 'Rosa Lindqvist' ELSE 'A' || n END FROM range(140_000) AS r(n)"
    )
    con.execute("DELETE FROM made.core.source_names WHERE source_id < 100_000 AND source_id % 10 = 3")
    con.execute("CHECKPOINT made")
    copy_masked(con, "made", "target", [tables()["core.source_names"]])
    rows = con.execute("SELECT source_id, name_printed FROM target.core.source_names").fetchall()
    left = [n for n in range(140_000) if n >= 100_000 or n % 10 != 3]
    assert rows == [(n, "[name 1]" if n % 7 == 0 else f"A{n}") for n in left]
    assert con.execute("SELECT current_setting('threads')").fetchall() == [(2,)]
