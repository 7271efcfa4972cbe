"""A warehouse of every release comes up to this program's contract with all its rows, and a run goes on with it.

`tests/fixtures/schemas/` holds one file of SQL for each release: its tables, and what a run put in them.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from transforms.contract import tables
from transforms.errors import ContractError
from warehouse import backup
from warehouse.connection import open_working
from warehouse.migrate import SCHEMA_VERSION, bring_up_to_date
from warehouse.paths import DataFolder
from warehouse.rebuild import rebuild_core, rebuild_marts
from warehouse.verify import broken_only, verify_tables

pytestmark = pytest.mark.integration

RELEASES = sorted((Path(__file__).parents[1] / "fixtures" / "schemas").glob("*.sql"))


def as_released(root: Path, release: Path) -> DataFolder:
    """Return a data folder with the warehouse of a release."""
    folder = DataFolder(root)
    folder.database.parent.mkdir(parents=True)
    with duckdb.connect(str(folder.database)) as con:
        con.execute(release.read_text(encoding="utf-8"))
    return folder


def catalogue(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE NOT internal AND schema_name <> 'main' ORDER BY ALL"
    ).fetchall()


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_warehouse_of_a_release_comes_up_to_date_with_every_row(tmp_path: Path, release: Path) -> None:
    folder = as_released(tmp_path / "data", release)
    kept = [name for name in tables() if not name.startswith("mart.")]
    with duckdb.connect(str(folder.database), read_only=True) as con:
        there = {name for (name,) in con.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()}
        before = {name: con.execute(f"SELECT count(*) FROM {name}").fetchall() for name in kept if name in there}
        figures = con.execute("SELECT figure_id, quantity_text, sentence, count_min FROM core.figures ORDER BY ALL").fetchall()
    assert figures, "a release without rows tests little"
    with open_working(folder, "test") as con, duckdb.connect() as fresh:
        bring_up_to_date(fresh)
        assert catalogue(con) == catalogue(fresh), "no trace of the older schema is left"
        assert {name: con.execute(f"SELECT count(*) FROM {name}").fetchall() for name in before} == before
        assert con.execute("SELECT figure_id, quantity_text, sentence, count_min FROM core.figures ORDER BY ALL").fetchall() == figures
        rebuild_core(con, con.execute("SELECT max(started_at) FROM ops.runs").fetchall()[0][0])
        rebuild_marts(con)
        assert broken_only(verify_tables(con)) == []


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_backup_is_of_the_schema_as_it_is_and_comes_up_to_date_when_it_is_restored(tmp_path: Path, release: Path) -> None:
    """So that one can go back to before an update."""
    folder = as_released(tmp_path / "data", release)
    backup.take(folder, tmp_path / "kept.duckdb")
    with duckdb.connect(str(folder.database), read_only=True) as con, duckdb.connect(str(tmp_path / "kept.duckdb"), read_only=True) as kept:
        assert catalogue(kept) == catalogue(con)
    backup.restore(DataFolder(tmp_path / "other"), tmp_path / "kept.duckdb")
    with open_working(DataFolder(tmp_path / "other"), "test") as con:
        assert con.execute("SELECT count(*) > 0 FROM core.figures").fetchall() == [(True,)]


def test_a_newer_schema_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = as_released(tmp_path, RELEASES[-1])
    with duckdb.connect(str(folder.database)) as con:
        con.execute("UPDATE main.schema_state SET schema_version = ?", [SCHEMA_VERSION + 1])
        before = catalogue(con)
    with pytest.raises(ContractError, match="update the program"), open_working(folder, "test"):
        pass
    with duckdb.connect(str(folder.database), read_only=True) as con:
        assert catalogue(con) == before
