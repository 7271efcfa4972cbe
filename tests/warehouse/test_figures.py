from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from transforms.errors import ContractError
from transforms.identity import figure_id
from transforms.reading.document import Article, Place, Reading
from warehouse import ddl, figures, load
from warehouse.connection import open_working
from warehouse.figures import Chunk, land_chunk, readings_rows, unread
from warehouse.paths import DataFolder

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[2]
MONDAY = datetime(2018, 7, 30, 12, tzinfo=UTC)
TUESDAY = datetime(2018, 7, 31, 12, tzinfo=UTC)
DARAA = Place(11, "Daraa", "town", "Daraa", "SY", 32.6, 36.1, 146_000, "geonames", "170905")


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    ddl.create_all(connection)
    yield connection
    connection.close()


@pytest.fixture
def con(shared: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The module's database, emptied."""
    for name in ("raw.articles", "core.figures", "core.places", "ops.readings", "ops.quarantine", "ops.validation_results"):
        shared.execute(f"DELETE FROM {name}")
    return shared


def add_articles(con: duckdb.DuckDBPyConnection, *version_ids: int) -> None:
    """Put article versions into raw.articles, one minute after the other."""
    rows = [
        {
            "article_version_id": version_id,
            "article_id": f"a{version_id}",
            "version": 1,
            "text": f"Menu. A blast killed 12 people, report {version_id}.",
            "title": f"Report {version_id}",
            "read_spans": "[[6, 20], [21, 30]]",
            "published_on": date(2018, 7, 25),
            "is_paraphrase": False,
            "origin": "here.txt",
            "bytes_hash": "b",
            "text_hash": "t",
            "first_seen_at": datetime(2018, 7, 30) + timedelta(minutes=position),
            "ingested_on": date(2018, 7, 30),
            "run_id": "r1",
        }
        for position, version_id in enumerate(version_ids)
    ]
    load.insert_rows(con, "raw.articles", rows)


def figure(version_id: int, start: int = 21, reader: str = "1", **others: Any) -> dict[str, Any]:
    """Return a figure as the reader makes it: the columns that are not set at landing."""
    return {
        "figure_id": figure_id(version_id, False, start, start + 2, "killed"),
        "article_version_id": version_id,
        "article_id": f"a{version_id}",
        "reader_version": reader,
        "in_title": False,
        "char_start": start,
        "char_end": start + 2,
        "quantity_text": "12",
        "sentence": "A blast killed 12 people.",
        "count_min": 12,
        "count_max": 12,
        "bound": "exact",
        "outcome": "killed",
        "victim_status": "unknown",
        "victim_side": "unknown",
        "named_person": False,
        "relation": "total",
        "scope": "incident",
        "stance": "asserted",
        "flags": [],
        **others,
    }


def reading_row(version_id: int, reader: str = "1", n_figures: int = 1) -> dict[str, Any]:
    return {"article_version_id": version_id, "reader_version": reader, "n_figures": n_figures, "n_quarantined": 0, "main_incident": "{}"}


def chunk_of(*version_ids: int, reader: str = "1", **others: Any) -> Chunk:
    rows = [figure(version_id, reader=reader) for version_id in version_ids]
    return Chunk(reader, **{"figures": rows, "places": [DARAA], "readings": [reading_row(v, reader) for v in version_ids], **others})


def quarantine_row(version_id: int, expectation: str = "year_is_no_count") -> dict[str, Any]:
    row = figure(version_id, start=40)
    return {
        "quarantine_id": version_id * 10 + len(expectation) % 10,
        "figure_id": row["figure_id"],
        "article_version_id": version_id,
        "reader_version": "1",
        "expectation": expectation,
        "reason": "the number is a year",
        "row_json": json.dumps(row),
        "quarantined_at": datetime(2018, 7, 30),
        "run_id": "r1",
    }


RESULT = {
    "validation_id": 5,
    "run_id": "r1",
    "suite": "core.figures",
    "chunk": 0,
    "expectation": "year_is_no_count",
    "severity": "quarantine",
    "success": True,
    "n_rows": 1,
    "n_unexpected": 0,
    "checked_at": datetime(2018, 7, 30),
}


def state(con: duckdb.DuckDBPyConnection) -> list[list[tuple[Any, ...]]]:
    names = ("core.figures", "core.places", "ops.readings", "ops.quarantine", "ops.validation_results")
    return [con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names]


def ids_of(chunks: Iterator[list[Article]]) -> list[list[str]]:
    return [[article.article_id for article in chunk] for chunk in chunks]


def test_unread_gives_articles_as_the_reader_needs_them(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, 7)
    assert list(unread(con, "1", 10)) == [
        [
            Article(
                "a7",
                "Menu. A blast killed 12 people, report 7.",
                title="Report 7",
                published_on=date(2018, 7, 25),
                read_spans=((6, 20), (21, 30)),
                article_version_id=7,
            )
        ]
    ]


def test_unread_keeps_the_order_of_arrival_and_the_size(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, 9, 2, 5, 1, 8)
    assert ids_of(unread(con, "1", 2)) == [["a9", "a2"], ["a5", "a1"], ["a8"]]
    assert figures.count_unread(con, "1") == 5


def test_very_long_texts_come_in_chunks_of_their_own(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 of the longest that are taken in would be ten gigabytes."""
    add_articles(con, 1, 2, 3)
    ((size,),) = con.execute("SELECT max(strlen(text)) FROM raw.articles").fetchall()
    monkeypatch.setattr(figures, "CHUNK_BYTES", 2 * size)
    assert ids_of(unread(con, "1", 10)) == [["a1", "a2"], ["a3"]]
    monkeypatch.setattr(figures, "CHUNK_BYTES", 1)
    assert ids_of(unread(con, "1", 10)) == [["a1"], ["a2"], ["a3"]]


def test_unread_goes_on_rightly_while_chunks_land(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, *range(1, 8))
    seen = []
    for articles in unread(con, "1", 2):
        ids = [int(article.article_id[1:]) for article in articles]
        land_chunk(con, chunk_of(*ids), "r1", MONDAY)
        seen += ids
    assert seen == list(range(1, 8))
    assert list(unread(con, "1", 2)) == []
    assert figures.count_unread(con, "1") == 0
    assert figures.count_unread(con, "2") == 7


def test_unread_leaves_out_what_was_read_in_the_meantime(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, 1, 2, 3)
    chunks = unread(con, "1", 1)
    next(chunks)
    land_chunk(con, chunk_of(2), "another", MONDAY)
    assert ids_of(chunks) == [["a3"]]


def test_a_chunk_that_does_not_land_is_given_out_once_per_call(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, 1, 2)
    assert ids_of(unread(con, "1", 1)) == [["a1"], ["a2"]]
    assert ids_of(unread(con, "1", 1)) == [["a1"], ["a2"]]


def test_chunk_size_must_be_positive(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="chunk_size"):
        next(unread(con, "1", 0))


def test_a_chunk_lands_whole(con: duckdb.DuckDBPyConnection) -> None:
    land_chunk(con, chunk_of(1, quarantined=[quarantine_row(1)], validation_results=[RESULT]), "r1", MONDAY)
    rows = load.fetch_rows(con, "FROM core.figures")
    assert len(rows) == 1
    assert rows[0]["review"] == "machine_read"
    assert rows[0]["valid_from"] == datetime(2018, 7, 30, 12)
    assert (rows[0]["valid_to"], rows[0]["origin_id"], rows[0]["run_id"], rows[0]["flags"]) == (None, None, "r1", [])
    assert load.fetch_rows(con, "SELECT place_id, name, lat, gazetteer_id FROM core.places") == [
        {"place_id": 11, "name": "Daraa", "lat": 32.6, "gazetteer_id": "170905"}
    ]
    assert con.execute("SELECT read_at, run_id, main_incident FROM ops.readings").fetchall() == [(datetime(2018, 7, 30, 12), "r1", "{}")]
    assert con.execute("SELECT expectation FROM ops.quarantine").fetchall() == [("year_is_no_count",)]
    assert con.execute("SELECT validation_id FROM ops.validation_results").fetchall() == [(5,)]


def test_a_validated_frame_lands_like_rows(con: duckdb.DuckDBPyConnection) -> None:
    rows = [figure(1, flags=["implausible"], event_date_start=date(2018, 7, 25)), figure(1, start=30, count_max=None)]
    frame = load.to_frame("core.figures", rows, without=figures.SET_AT_LANDING)
    land_chunk(con, chunk_of(1, figures=frame), "r1", MONDAY)
    assert con.execute("SELECT flags, event_date_start, count_max FROM core.figures ORDER BY char_start").fetchall() == [
        (["implausible"], date(2018, 7, 25), 12),
        ([], None, None),
    ]


def test_a_whole_frame_with_columns_of_landing_lands_too(con: duckdb.DuckDBPyConnection) -> None:
    land_chunk(con, chunk_of(1, figures=load.to_frame("core.figures", [figure(1)])), "r1", MONDAY)
    assert con.execute("SELECT review, run_id FROM core.figures").fetchall() == [("machine_read", "r1")]


@pytest.mark.parametrize(
    "empty", [[], load.to_frame("core.figures", []), load.to_frame("core.figures", [], without=figures.SET_AT_LANDING)]
)
def test_articles_without_figures_are_read_all_the_same(con: duckdb.DuckDBPyConnection, empty: Any) -> None:
    add_articles(con, 1)
    land_chunk(con, chunk_of(1, figures=empty), "r1", MONDAY)
    assert figures.count_unread(con, "1") == 0
    assert con.execute("SELECT count(*) FROM core.figures").fetchall() == [(0,)]


def test_landing_twice_adds_and_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    chunk = chunk_of(1, 2, quarantined=[quarantine_row(1)], validation_results=[RESULT])
    land_chunk(con, chunk, "r1", MONDAY)
    before = state(con)
    land_chunk(con, chunk, "r2", TUESDAY)
    assert state(con) == before


def test_of_an_overlapping_chunk_only_what_is_new_lands(con: duckdb.DuckDBPyConnection) -> None:
    land_chunk(con, chunk_of(1), "r1", MONDAY)
    land_chunk(con, chunk_of(1, 2, quarantined=[quarantine_row(1), quarantine_row(2)]), "r2", TUESDAY)
    assert con.execute("SELECT article_version_id, run_id FROM core.figures ORDER BY ALL").fetchall() == [(1, "r1"), (2, "r2")]
    assert con.execute("SELECT article_version_id FROM ops.quarantine").fetchall() == [(2,)]


def test_a_newer_reader_ends_the_older_readings_of_its_articles_only(con: duckdb.DuckDBPyConnection) -> None:
    land_chunk(con, chunk_of(1, 2), "r1", MONDAY)
    land_chunk(con, chunk_of(1, reader="2"), "r2", TUESDAY)
    rows = con.execute("SELECT article_version_id, reader_version, valid_from, valid_to FROM core.figures ORDER BY ALL").fetchall()
    monday, tuesday = load.utc(MONDAY), load.utc(TUESDAY)
    assert rows == [(1, "1", monday, tuesday), (1, "2", tuesday, None), (2, "1", monday, None)]
    assert con.execute("SELECT count(DISTINCT figure_id) FROM core.figures WHERE article_version_id = 1").fetchall() == [(1,)]


def test_a_newer_reader_that_finds_nothing_ends_the_older_reading(con: duckdb.DuckDBPyConnection) -> None:
    land_chunk(con, chunk_of(1), "r1", MONDAY)
    land_chunk(con, chunk_of(1, reader="2", figures=[]), "r2", TUESDAY)
    assert con.execute("SELECT count(*) FROM core.figures WHERE valid_to IS NULL").fetchall() == [(0,)]


def test_a_third_reader_leaves_the_end_of_the_first_alone(con: duckdb.DuckDBPyConnection) -> None:
    for reader, now in (("1", MONDAY), ("2", TUESDAY), ("3", datetime(2018, 8, 1, tzinfo=UTC))):
        land_chunk(con, chunk_of(1, reader=reader), "r", now)
    ends = con.execute("SELECT valid_to FROM core.figures ORDER BY reader_version").fetchall()
    assert ends == [(load.utc(TUESDAY),), (datetime(2018, 8, 1),), (None,)]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"figures": [figure(1), figure(1)]}, "PRIMARY KEY|primary key"),
        ({"figures": [figure(1, count_min=5, count_max=4)]}, "CHECK"),
        ({"figures": [figure(1), figure(99)]}, "article version 99, but no reading"),
        ({"figures": [figure(1, reader="7")]}, "of 7"),
        ({"figures": [figure(1, surprise=1)]}, "no column surprise"),
        ({"readings": [{**reading_row(1), "n_figures": -1}]}, "ops.readings"),
        ({"quarantined": [{**quarantine_row(1), "reason": None}]}, "ops.quarantine.reason"),
        ({"validation_results": [{**RESULT, "severity": "mild"}]}, "ops.validation_results"),
        ({"places": [replace(DARAA, place_id=12, precision="hamlet")]}, "core.places"),
    ],
)
def test_a_chunk_with_a_bad_row_lands_nothing_at_all(con: duckdb.DuckDBPyConnection, bad: dict[str, Any], message: str) -> None:
    land_chunk(con, chunk_of(1, reader="0"), "r0", MONDAY)
    before = state(con)
    with pytest.raises(ContractError, match=message):
        land_chunk(con, chunk_of(1, **bad), "r1", TUESDAY)
    assert state(con) == before
    land_chunk(con, chunk_of(1), "r1", TUESDAY)
    assert con.execute("SELECT count(*) FROM core.figures WHERE valid_to IS NULL").fetchall() == [(1,)]


def test_an_interruption_in_the_middle_of_landing_lands_nothing(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(con)
    insert = load.insert_rows

    def interrupted(con: duckdb.DuckDBPyConnection, full_name: str, rows: load.Rows, **options: bool) -> int:
        if full_name == "ops.readings":
            raise KeyboardInterrupt
        return insert(con, full_name, rows, **options)

    monkeypatch.setattr(load, "insert_rows", interrupted)
    with pytest.raises(KeyboardInterrupt):
        land_chunk(con, chunk_of(1), "r1", MONDAY)
    monkeypatch.undo()
    assert state(con) == before
    land_chunk(con, chunk_of(1), "r1", MONDAY)
    assert con.execute("SELECT count(*) FROM core.figures").fetchall() == [(1,)]


def test_readings_rows_count_what_lands_and_what_is_held_back() -> None:
    read = [Reading("a1", 1, (), (), {"killed": 12, "on": date(2018, 7, 25)}, ()), Reading("a2", 2, (), (), {}, ())]
    landing = load.to_frame("core.figures", [figure(1), figure(1, start=50)])
    held_back = [quarantine_row(1), quarantine_row(1, "age_is_no_count"), quarantine_row(2)]
    rows = readings_rows(read, "1", landing, held_back)
    assert [(row["article_version_id"], row["n_figures"], row["n_quarantined"]) for row in rows] == [(1, 2, 1), (2, 0, 1)]
    assert json.loads(rows[0]["main_incident"]) == {"killed": 12, "on": "2018-07-25"}
    assert readings_rows(read, "1", pd.DataFrame(), [])[0]["n_figures"] == 0


LAND_SLOWLY = """
import sys
from datetime import datetime, timezone
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_figures import chunk_of
from warehouse.connection import open_working
from warehouse.figures import land_chunk, unread
from warehouse.paths import DataFolder
with open_working(DataFolder(Path(sys.argv[1])), "a run that is killed") as con:
    for articles in unread(con, "1", 5):
        land_chunk(con, chunk_of(*(int(article.article_id[1:]) for article in articles)), "killed", datetime.now(timezone.utc))
        print("landed", flush=True)
"""


@pytest.mark.integration
@pytest.mark.parametrize("n_landed", [1, 4, 9])
def test_a_run_that_was_killed_goes_on_and_nothing_is_there_twice(tmp_path: Path, n_landed: int) -> None:
    folder = DataFolder(tmp_path)
    with open_working(folder, "setup") as con:
        add_articles(con, *range(1, 301))
    process = subprocess.Popen(
        [sys.executable, "-c", LAND_SLOWLY, str(tmp_path), str(PROJECT), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(n_landed):
        assert process.stdout.readline() == "landed\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    with open_working(folder, "the run after") as con:
        left = sum(len(articles) for articles in unread(con, "1", 5))
        assert 0 < left <= 300 - 5 * n_landed
        for articles in unread(con, "1", 5):
            land_chunk(con, chunk_of(*(int(article.article_id[1:]) for article in articles)), "after", MONDAY)
        assert con.execute("SELECT count(*), count(DISTINCT figure_id) FROM core.figures").fetchall() == [(300, 300)]
        assert con.execute("SELECT count(*) FROM ops.readings").fetchall() == [(300,)]
        assert con.execute("SELECT count(*) FROM core.figures WHERE run_id = 'after'").fetchall() == [(left,)]
        assert con.execute("SELECT count(*) FROM core.figures ANTI JOIN ops.readings USING (article_version_id)").fetchall() == [(0,)]


def test_articles_in_a_language_without_grammar_are_marked_once_and_never_handed_out(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, 1, 2, 3)
    con.execute("UPDATE raw.articles SET language_detected = CASE article_version_id WHEN 1 THEN 'en' WHEN 2 THEN 'ar' END")
    assert figures.leave_unread(con, "1", ("en",), "r1", MONDAY) == 1
    assert figures.leave_unread(con, "1", ("en",), "r1", MONDAY) == 0
    assert [article.article_id for chunk in unread(con, "1", 10) for article in chunk] == ["a1", "a3"], "doubtful texts are read"
    assert con.execute("SELECT article_version_id, n_figures, not_read FROM ops.readings").fetchall() == [(2, 0, "language")]
    assert figures.leave_unread(con, "2", ("en", "ar"), "r2", TUESDAY) == 0, "a reader that has the grammar reads them"
    assert [article.article_id for chunk in unread(con, "2", 10) for article in chunk] == ["a1", "a2", "a3"]


def test_what_an_older_reader_made_of_a_text_that_is_left_now_is_no_longer_current(con: duckdb.DuckDBPyConnection) -> None:
    add_articles(con, 7)
    land_chunk(con, chunk_of(7), "r1", MONDAY)
    con.execute("UPDATE raw.articles SET language_detected = 'ar'")
    assert figures.leave_unread(con, "2", ("en",), "r2", TUESDAY) == 1
    assert con.execute("SELECT count(*) FROM core.figures WHERE valid_to IS NULL").fetchall() == [(0,)]
