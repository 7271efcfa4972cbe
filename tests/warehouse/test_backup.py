"""Backups for real: of an idle warehouse, of one that another process holds and writes to, damaged ones, and the way back."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.integration.commands import PROJECT
from tests.warehouse.made import put_article
from transforms.errors import ContractError, InputError, WarehouseLockedError
from warehouse import backup
from warehouse.connection import open_published, open_working
from warehouse.lock import hold
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration

# A writer that commits pairs of rows, and is in the middle of a pair most of the time.
WRITER = """
import sys, time
from pathlib import Path
from tests.warehouse.made import put_article
from warehouse.connection import open_working
from warehouse.paths import DataFolder
from warehouse.transaction import transaction

with open_working(DataFolder(Path(sys.argv[1])), "a long run") as con:
    for n in range(1000):
        with transaction(con):
            put_article(con, f"left-{n}")
            if n == 0:
                print("writing", flush=True)
            time.sleep(0.05)
            put_article(con, f"right-{n}")
"""


def warehouse_of(root: Path, *articles: str) -> DataFolder:
    folder = DataFolder(root)
    with open_working(folder, "test") as con:
        con.execute("INSERT INTO ops.runs (run_id, started_at, status, reader_version) VALUES ('test', now()::TIMESTAMP, 'succeeded', '1')")
        for article in articles:
            put_article(con, article, text_hash="0" * 64)
    return folder


def articles_of(folder: DataFolder) -> list[str]:
    with open_working(folder, "test") as con:
        return [name for (name,) in con.execute("SELECT article_id FROM raw.articles ORDER BY article_id").fetchall()]


def test_there_and_back(tmp_path: Path) -> None:
    folder = warehouse_of(tmp_path / "data", "a")
    made = backup.take(folder, tmp_path / "kept.duckdb")
    assert Path(made.path).stat().st_mode & 0o077 == 0, "it holds names: nobody else may read it"
    with open_working(folder, "test") as con:
        put_article(con, "b")
    kept, _ = backup.restore(folder, tmp_path / "kept.duckdb")
    assert articles_of(folder) == ["a"]
    with open_published(folder) as con:
        assert con.execute("SELECT count(*) FROM raw.articles").fetchall() == [(1,)], "what people query is what was restored"
    assert kept is not None
    with duckdb.connect(str(kept), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM raw.articles").fetchall() == [(2,)], "nothing is ever thrown away"
    with open_working(folder, "test") as con, pytest.raises(duckdb.ConstraintException):
        con.execute("INSERT INTO raw.articles FROM raw.articles")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "kept.duckdb", "kept.duckdb.sha256"]


def test_a_backup_while_another_process_writes_holds_whole_transactions_only(tmp_path: Path) -> None:
    folder = warehouse_of(tmp_path / "data")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder.root)], stdout=subprocess.PIPE, cwd=PROJECT, text=True)
    try:
        assert writer.stdout is not None and writer.stdout.readline() == "writing\n"
        counts = []
        for number in range(3):
            made = backup.take(folder, tmp_path / f"{number}.duckdb", 60)
            with duckdb.connect(made.path, read_only=True) as con:
                (left, right) = con.execute(
                    "SELECT count(*) FILTER (article_id LIKE 'left%'), count(*) FILTER (article_id LIKE 'right%') FROM raw.articles"
                ).fetchall()[0]
            assert left == right
            counts.append(left)
        assert writer.poll() is None, "the run goes on"
        assert counts == sorted(counts) and counts[-1] > 0
        assert not folder.backup_request.exists()
        with pytest.raises(WarehouseLockedError, match="a long run"), open_working(folder, "test", 0.1):
            pass
    finally:
        writer.kill()
        writer.wait()
    articles = articles_of(folder)
    assert len(articles) % 2 == 0


def test_who_holds_the_warehouse_and_does_not_answer_is_named(tmp_path: Path) -> None:
    folder = warehouse_of(tmp_path / "data")
    started = time.monotonic()
    with hold(folder.lock, "somebody else's work"), pytest.raises(WarehouseLockedError, match="somebody else's work"):
        backup.take(folder, tmp_path / "kept.duckdb", 0.5)
    assert time.monotonic() - started < 20
    assert not folder.backup_request.exists()
    assert not (tmp_path / "kept.duckdb").exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "not a database", "another database", "newer"])
def test_a_damaged_or_foreign_backup_is_refused_and_nothing_changes(tmp_path: Path, damage: str) -> None:
    folder = warehouse_of(tmp_path / "data", "a")
    file = tmp_path / "kept.duckdb"
    backup.take(folder, file)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-4096])
    elif damage == "changed":
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    else:
        (tmp_path / "kept.duckdb.sha256").unlink()
        if damage == "not a database":
            file.write_bytes(b"no database at all" * 1000)
        elif damage == "another database":
            file.unlink()
            duckdb.connect(str(file)).execute("CREATE TABLE t (i INTEGER)").close()
        else:
            with duckdb.connect(str(file)) as con:
                con.execute("UPDATE main.schema_state SET schema_version = 999")
    with pytest.raises((InputError, ContractError)):
        backup.restore(folder, file)
    assert articles_of(folder) == ["a"]
    assert sorted(path.name for path in folder.database.parent.iterdir()) == ["casualties.duckdb"]


@pytest.mark.parametrize("target", ["there.duckdb", "no/folder.duckdb"])
def test_a_target_that_cannot_be_is_wrong_use(tmp_path: Path, target: str) -> None:
    folder = warehouse_of(tmp_path / "data")
    (tmp_path / "there.duckdb").write_text("precious")
    with pytest.raises(InputError):
        backup.take(folder, tmp_path / target)
    assert (tmp_path / "there.duckdb").read_text() == "precious"


def test_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to back up"):
        backup.take(DataFolder(tmp_path), tmp_path / "kept.duckdb")
