from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.contract import PANDAS_TYPES, table, tables
from transforms.errors import ContractError
from warehouse import ddl, load

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    ddl.create_all(connection)
    yield connection
    connection.close()


@pytest.fixture
def con(shared: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The module's database, in a transaction that is rolled back."""
    shared.begin()
    yield shared
    shared.rollback()


def place(place_id: int, **others: Any) -> dict[str, Any]:
    return {"place_id": place_id, "name": "Daraa", "precision": "town", "gazetteer": "geonames", "gazetteer_id": "1", **others}


def names(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    return con.execute("SELECT place_id, name FROM core.places ORDER BY place_id").fetchall()


def test_rows_land_by_name_whatever_their_order(con: duckdb.DuckDBPyConnection) -> None:
    rows = [dict(reversed(place(1, lat=32.6).items())), place(2)]
    assert load.insert_rows(con, "core.places", iter(rows)) == 2
    assert con.execute("SELECT place_id, name, lat, lon FROM core.places ORDER BY 1").fetchall() == [
        (1, "Daraa", 32.6, None),
        (2, "Daraa", None, None),
    ]


def test_no_rows_are_no_error(con: duckdb.DuckDBPyConnection) -> None:
    assert load.insert_rows(con, "core.places", []) == 0
    assert load.insert_rows(con, "core.places", load.to_frame("core.places", [])) == 0
    assert load.to_arrow("core.places", []).column_names == list(table("core.places").column_names)


def test_values_never_become_sql(con: duckdb.DuckDBPyConnection) -> None:
    hostile = "x'); DROP TABLE core.places; --\0\u202e\n'"
    load.insert_rows(con, "core.places", [place(1, name=hostile)])
    assert names(con) == [(1, hostile)]


def test_batches_are_put_together(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "BATCH_ROWS", 2)
    rows = [place(1), place(2), place(3, lat=1.0), place(4), place(5)]
    assert load.insert_rows(con, "core.places", (row for row in rows)) == 5
    assert len(names(con)) == 5
    arrow = load.to_arrow("core.places", rows)
    assert arrow.num_rows == 5
    assert arrow.column("lat").to_pylist() == [None, None, 1.0, None, None]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (place(1, nope=1), "core.places has no column nope"),
        (place(1, name=None), r"core\.places\.name must not be null"),
        ({"place_id": 1}, r"core\.places\.name must not be null, and the rows don't have it"),
        (place(-1), r"core\.places\.place_id is UBIGINT"),
        (place(1, lat="north"), r"core\.places\.lat is DOUBLE, and row 0 holds a str that is none"),
        (place(1, name="\udcff"), r"core\.places\.name is VARCHAR"),
    ],
)
def test_rows_off_the_contract_are_named(con: duckdb.DuckDBPyConnection, row: dict[str, Any], message: str) -> None:
    with pytest.raises(ContractError, match=message):
        load.insert_rows(con, "core.places", [row])
    assert names(con) == []


@pytest.mark.parametrize(
    ("row", "message"), [(place(1, precision="hamlet"), "core.places.*precision"), (place(1, lat=91), "core.places.*lat")]
)
def test_broken_checks_are_named_and_leave_the_connection_usable(
    shared: duckdb.DuckDBPyConnection, row: dict[str, Any], message: str
) -> None:
    with pytest.raises(ContractError, match=message):
        load.insert_rows(shared, "core.places", [row])
    assert names(shared) == []
    shared.begin()
    with pytest.raises(ContractError, match=message):
        load.insert_rows(shared, "core.places", [row])
    shared.rollback()
    assert names(shared) == []


def test_a_key_twice_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    load.insert_rows(con, "core.places", [place(1)])
    with pytest.raises(ContractError, match=r"core\.places.*PRIMARY KEY"):
        load.insert_rows(con, "core.places", [place(1)])


def test_keep_existing_keeps_the_row_first_seen(con: duckdb.DuckDBPyConnection) -> None:
    load.insert_rows(con, "core.places", [place(1, name="first")])
    load.insert_rows(con, "core.places", [place(1, name="second"), place(2, name="third"), place(2, name="fourth")], keep_existing=True)
    assert names(con) == [(1, "first"), (2, "third")]


def test_nothing_is_left_registered(con: duckdb.DuckDBPyConnection) -> None:
    load.insert_rows(con, "core.places", [place(1)])
    assert con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == []


def test_frame_has_the_contracts_types_and_order() -> None:
    frame = load.to_frame("core.figures", [{"figure_id": 2**62, "count_min": 3, "flags": ["odd"], "in_title": True}])
    assert list(frame.columns) == list(table("core.figures").column_names)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        c.name: PANDAS_TYPES[c.type] for c in table("core.figures").columns
    }
    assert frame.loc[0, "figure_id"] == 2**62
    assert frame.loc[0, "flags"] == ["odd"]
    assert frame["count_max"].isna().all()


def test_frame_without_and_with_extra_columns() -> None:
    frame = load.to_frame("core.places", [place(1, text="words")], without=("lat", "lon"), extra=("text", "title"))
    assert "lat" not in frame.columns
    assert frame[["text", "title"]].to_dict("records") == [{"text": "words", "title": None}]
    with pytest.raises(ContractError, match="has no column text"):
        load.to_frame("core.places", [place(1, text="words")])


def test_a_frame_of_wrong_values_is_named() -> None:
    with pytest.raises(ContractError, match=r"core\.figures\.count_min is BIGINT"):
        load.to_frame("core.figures", [{"count_min": "many"}])


def test_messages_do_not_repeat_article_text(con: duckdb.DuckDBPyConnection) -> None:
    secret = "a private name"
    for load_it in (
        lambda: load.insert_rows(con, "core.places", [place(1), place(2, lat=secret)]),
        lambda: load.to_frame("core.places", [place(1), place(2, lat=secret)]),
    ):
        with pytest.raises(ContractError, match="row 1 holds a str") as told:
            load_it()
        assert secret not in str(told.value)


def test_empty_frame_keeps_types() -> None:
    frame = load.to_frame("core.places", [])
    assert len(frame) == 0
    assert str(frame.dtypes["place_id"]) == "UInt64"


FULL_ROW = {
    "run_id": "r1",
    "started_at": datetime(2018, 7, 25, 12, 0, 0, 123456),
    "ended_at": None,
    "status": "running",
    "reader_version": "1",
    "n_received": 3,
}


def test_rows_survive_frame_arrow_and_table(con: duckdb.DuckDBPyConnection) -> None:
    frame = load.to_frame("ops.runs", [FULL_ROW, {**FULL_ROW, "run_id": "r2", "n_received": None}])
    load.insert_rows(con, "ops.runs", frame)
    back = load.fetch_rows(con, "SELECT * FROM ops.runs ORDER BY run_id")
    assert back[0] == {**dict.fromkeys(table("ops.runs").column_names), **FULL_ROW}
    assert back[1]["n_received"] is None
    arrow = load.to_arrow("ops.runs", back).set_column(0, "run_id", pa.array(["r3", "r4"]))
    load.insert_rows(con, "ops.runs", arrow)
    assert con.execute("SELECT count(*) FROM ops.runs").fetchall() == [(4,)]


def test_days_and_lists_survive_a_frame() -> None:
    row = {"event_date_start": date(2018, 7, 25), "flags": ["a", "b"], "count_max": 2**40}
    frame = load.to_frame("core.figures", [row, {}])
    assert frame.loc[0, "event_date_start"] == date(2018, 7, 25)
    arrow = load.to_arrow("core.figures", frame).select(list(row)).to_pylist()
    assert arrow == [row, dict.fromkeys(row)]


def test_moments_with_a_zone_land_as_utc(con: duckdb.DuckDBPyConnection) -> None:
    in_damascus = datetime(2018, 7, 25, 3, 0, tzinfo=timezone(timedelta(hours=3)))
    load.insert_rows(con, "ops.runs", [{**FULL_ROW, "started_at": in_damascus}])
    assert con.execute("SELECT started_at FROM ops.runs").fetchall() == [(datetime(2018, 7, 25, 0, 0),)]
    assert load.utc(in_damascus) == load.utc(datetime(2018, 7, 25, tzinfo=UTC)) == datetime(2018, 7, 25)


def test_fetch_rows_binds_by_position_and_name(con: duckdb.DuckDBPyConnection) -> None:
    assert load.fetch_rows(con, "SELECT ? AS a, ? AS b", ["it's", 2]) == [{"a": "it's", "b": 2}]
    assert load.fetch_rows(con, "SELECT $x AS a", {"x": None}) == [{"a": None}]
    assert load.fetch_rows(con, "SELECT 1 AS a WHERE false") == []


@pytest.mark.parametrize(("n", "sizes"), [(0, [0]), (3, [3]), (4, [4]), (9, [4, 4, 1])])
def test_frames_hold_every_row_once_and_there_is_always_one(n: int, sizes: list[int]) -> None:
    con = duckdb.connect()
    ddl.create_all(con)
    load.insert_rows(con, "core.places", (place(number) for number in range(n)))
    frames = list(load.fetch_frames(con, "core.places", "FROM core.places WHERE name = ? ORDER BY place_id", ["Daraa"], 4))
    assert [len(frame) for frame in frames] == sizes
    assert [number for frame in frames for number in frame["place_id"]] == list(range(n))


@pytest.mark.parametrize("n", [20_000, 50_001])
def test_a_frame_is_as_large_as_it_was_asked_to_be(n: int) -> None:
    """Results of checks are numbered by frame: where one ends must not depend on how DuckDB reads."""
    con = duckdb.connect()
    ddl.create_all(con)
    con.execute("INSERT INTO core.source_names SELECT i, i::VARCHAR, i FROM range(?) AS t(i)", [n])
    frames = list(load.fetch_frames(con, "core.source_names", "FROM core.source_names", size=20_000))
    assert [len(frame) for frame in frames] == [min(20_000, n - start) for start in range(0, n, 20_000)]


def test_a_fetched_frame_is_the_frame_of_the_rows() -> None:
    """Every type of the contract, with values and without: a check must not see another value than the load does."""
    con = duckdb.connect()
    values: dict[str, Any] = {
        "UBIGINT": 2**63 + 1,
        "BIGINT": -5,
        "INTEGER": 7,
        "DOUBLE": 0.5,
        "BOOLEAN": True,
        "VARCHAR": "Qamishlī",
        "DATE": date(2018, 7, 25),
        "TIMESTAMP": datetime(2018, 7, 25, 1, 2, 3, 4),
        "VARCHAR[]": ["a", None],
        "UBIGINT[]": [2**63 + 1],
        "DATE[]": [date(2018, 7, 25)],
        "DOUBLE[]": [0.25, 1.0],
    }
    assert set(values) == set(PANDAS_TYPES)
    for described in tables().values():
        full = {column.name: values[column.type] for column in described.columns}
        rows = [full, dict.fromkeys(full), full]
        con.execute(f"CREATE TABLE typed ({', '.join(f'{ddl.quote_identifier(c.name)} {c.type}' for c in described.columns)})")
        for row in rows:
            con.execute(f"INSERT INTO typed VALUES ({', '.join('?' * len(row))})", list(row.values()))
        (fetched,) = load.fetch_frames(con, described.full_name, "FROM typed")
        pd.testing.assert_frame_equal(fetched, load.to_frame(described.full_name, rows))
        assert [type(item) for item in fetched.iloc[0]] == [type(item) for item in load.to_frame(described.full_name, rows).iloc[0]]
        con.execute("DROP TABLE typed")


@given(
    st.lists(st.none() | st.lists(st.none() | st.sampled_from(["a", "b", ""]), max_size=3), max_size=8),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_lists_are_cut_where_they_end(rows: list[list[str | None] | None], start: int, length: int) -> None:
    """Also in a part of an array, whose items lie among others', and over several arrays."""
    array = pa.array(rows, pa.list_(pa.string()))
    columns = pa.chunked_array([array.slice(start, length), array])
    assert load._lists(columns) == columns.to_pylist()
