from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from transforms.contract import tables
from transforms.errors import InputError
from warehouse import load, publish
from warehouse.connection import open_published, open_working
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with a row, a view and macros in its working file, published once."""
    made = DataFolder(tmp_path_factory.mktemp("it's data"))
    with open_working(made, "test") as con:
        load.insert_rows(con, "core.places", [{"place_id": 1, "name": "Daraa", "precision": "town", "gazetteer": "g", "gazetteer_id": "1"}])
        add_run(con, "r1")
        con.execute("CREATE VIEW mart.towns AS SELECT place_id, name FROM core.places WHERE precision = 'town'")
        con.execute("COMMENT ON VIEW mart.towns IS 'One row = one town.'")
        con.execute("CREATE MACRO mart.as_of_test(day) AS TABLE SELECT run_id FROM ops.runs WHERE started_at::DATE <= day")
        con.execute("CREATE MACRO mart.shown(count) AS '> ' || count")
        publish.publish(con, made)
    return made


def add_run(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    load.insert_rows(con, "ops.runs", [{"run_id": run_id, "started_at": datetime(2018, 7, 25), "status": "running", "reader_version": "1"}])


def test_rows_views_and_macros_work_in_the_copy(folder: DataFolder) -> None:
    with open_published(folder) as con:
        assert con.execute("SELECT place_id, name FROM core.places").fetchall() == [(1, "Daraa")]
        assert con.execute("FROM mart.towns").fetchall() == [(1, "Daraa")]
        assert con.execute("FROM mart.as_of_test(?)", [date(2018, 7, 25)]).fetchall()[0] == ("r1",)
        assert con.execute("FROM mart.as_of_test(?)", [date(2018, 7, 24)]).fetchall() == []
        assert con.execute("SELECT mart.shown(600)").fetchall() == [("> 600",)]


def test_the_copy_has_all_tables_comments_and_checks_but_no_keys(folder: DataFolder) -> None:
    catalogue = (
        "SELECT schema_name || '.' || table_name AS name, comment, column_count, check_constraint_count FROM duckdb_tables() ORDER BY name"
    )
    columns = (
        "SELECT schema_name, table_name, column_name, data_type, comment, column_index FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY schema_name, table_name, column_index"
    )
    with open_working(folder, "test") as con:
        of_working, working_columns = con.execute(catalogue).fetchall(), con.execute(columns).fetchall()
    with open_published(folder) as con:
        assert con.execute(catalogue).fetchall() == of_working
        assert con.execute(columns).fetchall() == working_columns
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE has_primary_key").fetchall() == [(0,)]
        nulls = con.execute("SELECT column_name, is_nullable FROM duckdb_columns() WHERE schema_name || '.' || table_name = 'core.places'")
        assert dict(nulls.fetchall())["place_id"] is False
    assert {name for name, *_ in of_working} == {*tables(), "main.schema_state"}
    assert all(comment for _, comment, *_ in of_working)


def test_an_open_copy_stays_what_it_was_while_a_newer_one_comes(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with open_working(folder, "test") as con:
        publish.publish(con, folder)
        with open_published(folder) as old:
            add_run(con, "r2")
            publish.publish(con, folder)
            assert old.execute("SELECT count(*) FROM ops.runs").fetchall() == [(0,)]
        with open_published(folder) as new:
            assert new.execute("SELECT run_id FROM ops.runs").fetchall() == [("r2",)]


def test_leftovers_of_a_killed_publication_do_not_matter_and_none_are_left(folder: DataFolder) -> None:
    for name in ("casualties.duckdb.tmp", "casualties.duckdb.tmp.wal", "casualties.json.tmp"):
        (folder.published.parent / name).write_bytes(b"half a file" * 1000)
    with open_working(folder, "test") as con:
        publish.publish(con, folder)
    assert sorted(path.name for path in folder.published.parent.iterdir()) == ["casualties.duckdb", "casualties.json"]
    publish.verify_published(folder)


def test_a_publication_that_fails_leaves_the_old_copy_and_a_usable_connection(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = publish.verify_published(folder)
    with open_working(folder, "test") as con:
        monkeypatch.setattr(publish, "sha256", lambda path: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            publish.publish(con, folder)
        monkeypatch.setattr("warehouse.ddl.create_table_sql", lambda *args, **options: "CREATE NONSENSE")
        with pytest.raises(duckdb.ParserException):
            publish.publish(con, folder)
        monkeypatch.undo()
        assert publish.verify_published(folder) == before
        publish.publish(con, folder)
    publish.verify_published(folder)


def test_what_was_written_down_is_the_file(folder: DataFolder) -> None:
    known = json.loads(folder.published_info.read_text())
    assert [item["size"] for item in known] == [folder.published.stat().st_size]
    assert publish.verify_published(folder).sha256 == known[0]["sha256"]


def test_a_crash_between_the_two_renames_still_verifies(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Path.replace
    for crash_at in (1, 2, 3):  # what is known, the copy, what is known again
        renamed: list[str] = []

        def replace(self: Path, target: Path, crash_at: int = crash_at, renamed: list[str] = renamed) -> Path:
            renamed.append(target.name)
            if len(renamed) == crash_at:
                raise KeyboardInterrupt
            return original(self, target)

        with open_working(folder, "test") as con:
            add_run(con, f"crash at {crash_at}")
            monkeypatch.setattr(Path, "replace", replace)
            with pytest.raises(KeyboardInterrupt):
                publish.publish(con, folder)
            monkeypatch.undo()
        assert renamed == ["casualties.json", "casualties.duckdb", "casualties.json"][:crash_at]
        publish.verify_published(folder)


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_damage_is_noticed(folder: DataFolder, damage: str) -> None:
    with open_working(folder, "test") as con:
        publish.publish(con, folder)
    content = bytearray(folder.published.read_bytes())
    if damage == "cut":
        del content[-4096:]
    else:
        content[len(content) // 2] ^= 1
    folder.published.write_bytes(content)
    with pytest.raises(InputError, match="damaged or replaced"):
        publish.verify_published(folder)


def test_nothing_published_and_nothing_written_down(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with pytest.raises(InputError, match="nothing has been published"):
        publish.verify_published(folder)
    folder.published.parent.mkdir()
    folder.published.write_bytes(b"")
    with pytest.raises(InputError, match="damaged or replaced"):
        publish.verify_published(folder)
    folder.published_info.write_text('{"half": ')
    with pytest.raises(InputError, match="damaged or replaced"):
        publish.verify_published(folder)
