from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from transforms.errors import InputError
from warehouse import ddl, load
from warehouse.quarantine import list_quarantined, readmit, readmitted_keys

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

MONDAY = datetime(2018, 7, 30, 12, tzinfo=UTC)
FIGURE: dict[str, Any] = {
    "figure_id": 77,
    "article_version_id": 1,
    "article_id": "a1",
    "reader_version": "1",
    "rule": "number_noun",
    "in_title": False,
    "char_start": 10,
    "char_end": 14,
    "quantity_text": "2011",
    "sentence": "The blast hit 2011 people.",
    "count_stated": 2011,
    "count_min": 2011.0,
    "count_max": float("nan"),
    "bound": "at_least",
    "outcome": "casualties",
    "victim_status": "unknown",
    "victim_side": "unknown",
    "named_person": False,
    "relation": "total",
    "scope": "incident",
    "event_date_start": "2018-07-25",
    "event_date_end": "2018-07-25T00:00:00",
    "stance": "asserted",
    "flags": ["implausible"],
    "title": "columns of the article",
    "text": "that the expectations looked at",
}


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    ddl.create_all(connection)
    yield connection
    connection.close()


@pytest.fixture
def con(shared: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """One figure that two expectations held back, and its article."""
    for name in ("raw.articles", "core.figures", "ops.readings", "ops.quarantine"):
        shared.execute(f"DELETE FROM {name}")
    article = {"article_version_id": 1, "article_id": "a1", "version": 1, "text": "t", "title": "A blast", "read_spans": "[]"}
    rest = {"is_paraphrase": False, "origin": "here.txt", "bytes_hash": "b", "text_hash": "t", "ingested_on": date(2018, 7, 30)}
    load.insert_rows(shared, "raw.articles", [{**article, **rest, "first_seen_at": datetime(2018, 7, 30), "run_id": "r1"}])
    load.insert_rows(shared, "ops.quarantine", [held_back(5, "year_is_no_count"), held_back(6, "age_is_no_count")])
    add_reading(shared, "1", 1)
    return shared


def held_back(quarantine_id: int, expectation: str, **others: Any) -> dict[str, Any]:
    figure = {**FIGURE, **others}
    return {
        "quarantine_id": quarantine_id,
        "figure_id": figure["figure_id"],
        "article_version_id": 1,
        "reader_version": figure["reader_version"],
        "expectation": expectation,
        "reason": "the number looks like something else",
        "row_json": json.dumps(figure),
        "quarantined_at": datetime(2018, 7, 30, 0, quarantine_id),
        "run_id": "r1",
    }


def add_reading(con: duckdb.DuckDBPyConnection, reader: str, hour: int) -> None:
    row = {"article_version_id": 1, "reader_version": reader, "n_figures": 0, "n_quarantined": 1, "run_id": "r1"}
    load.insert_rows(con, "ops.readings", [{**row, "read_at": datetime(2018, 7, 30, hour)}])


def test_list_names_the_article_and_the_reason(con: duckdb.DuckDBPyConnection) -> None:
    rows = list_quarantined(con)
    assert [(row["quarantine_id"], row["expectation"], row["title"], row["article_id"]) for row in rows] == [
        (5, "year_is_no_count", "A blast", "a1"),
        (6, "age_is_no_count", "A blast", "a1"),
    ]
    assert json.loads(rows[0]["row_json"])["sentence"] == FIGURE["sentence"]


def test_readmitted_figure_lands_as_it_was_read_with_its_flag(con: duckdb.DuckDBPyConnection) -> None:
    done = readmit(con, 5, "the text says 2011 people", "R. Analyst", MONDAY)
    assert (done.figure_id, done.reader_version, done.expectations) == (77, "1", ("age_is_no_count", "year_is_no_count"))
    row = load.fetch_rows(con, "FROM core.figures")[0]
    assert {name: row[name] for name in ("quantity_text", "count_stated", "count_min", "count_max", "bound")} == {
        "quantity_text": "2011",
        "count_stated": 2011,
        "count_min": 2011,
        "count_max": None,
        "bound": "at_least",
    }
    assert row["flags"] == ["implausible", "readmitted"]
    assert (row["event_date_start"], row["event_date_end"]) == (date(2018, 7, 25), date(2018, 7, 25))
    assert (row["valid_from"], row["valid_to"], row["review"], row["run_id"]) == (datetime(2018, 7, 30, 12), None, "machine_read", "r1")


def test_who_why_and_when_are_kept_and_the_row_leaves_the_list(con: duckdb.DuckDBPyConnection) -> None:
    readmit(con, 5, "the text says so", "R. Analyst", MONDAY)
    assert list_quarantined(con) == []
    kept = list_quarantined(con, everything=True)
    assert {(row["readmitted_by"], row["readmitted_why"], row["readmitted_at"]) for row in kept} == {
        ("R. Analyst", "the text says so", datetime(2018, 7, 30, 12))
    }
    assert len(kept) == 2


def test_keys_of_what_was_readmitted(con: duckdb.DuckDBPyConnection) -> None:
    assert readmitted_keys(con) == frozenset()
    readmit(con, 6, "the text says so", "R. Analyst", MONDAY)
    assert readmitted_keys(con) == {(77, "year_is_no_count"), (77, "age_is_no_count")}


def test_a_second_time_is_refused_with_the_first_ones_words(con: duckdb.DuckDBPyConnection) -> None:
    readmit(con, 5, "the text says so", "R. Analyst", MONDAY)
    with pytest.raises(InputError, match=r"R\. Analyst on 2018-07-30: the text says so"):
        readmit(con, 6, "again", "S. Other", MONDAY)
    assert con.execute("SELECT count(*) FROM core.figures").fetchall() == [(1,)]


def test_unknown_ids_and_empty_reasons_are_wrong_use(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError, match="no row 99"):
        readmit(con, 99, "why", "who", MONDAY)
    for why, by in ((" ", "who"), ("why", "")):
        with pytest.raises(InputError, match="a reason and a name"):
            readmit(con, 5, why, by, MONDAY)


def test_what_an_older_reader_misread_is_neither_listed_nor_readmitted(con: duckdb.DuckDBPyConnection) -> None:
    add_reading(con, "2", 2)
    assert list_quarantined(con) == []
    assert len(list_quarantined(con, everything=True)) == 2
    with pytest.raises(InputError, match="reader 2 has read the article since"):
        readmit(con, 5, "why", "who", MONDAY)
    assert con.execute("SELECT count(*) FROM core.figures").fetchall() == [(0,)]


def test_a_figure_that_breaks_the_table_itself_stays_out_and_unmarked(con: duckdb.DuckDBPyConnection) -> None:
    load.insert_rows(con, "ops.quarantine", [held_back(8, "bounds_in_order", figure_id=78, count_min=9, count_max=3)])
    with pytest.raises(InputError, match=r"cannot stand in core\.figures"):
        readmit(con, 8, "why", "who", MONDAY)
    assert con.execute("SELECT count(*) FROM core.figures").fetchall() == [(0,)]
    assert 8 in {row["quarantine_id"] for row in list_quarantined(con)}
