"""Every invariant of `verify` holds on a warehouse that a rebuild made, and is seen when it is broken by other means."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.made import READ_AT, figure_row, put_article
from transforms.contract import tables
from warehouse.connection import open_working
from warehouse.load import insert_rows
from warehouse.paths import DataFolder
from warehouse.publish import publish
from warehouse.rebuild import rebuild_core, rebuild_marts
from warehouse.verify import REFERENCES, Finding, broken_only, verify

pytestmark = pytest.mark.integration

TEXT = "In Aden 12 were killed, the army said. It was the 3rd day."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A warehouse of two articles with a figure each, built, published, and whole."""
    folder = DataFolder(tmp_path_factory.mktemp("whole"))
    with open_working(folder, "test") as con:
        con.execute(
            "INSERT INTO ops.runs (run_id, started_at, status, reader_version, n_new_versions, n_read, n_figures) "
            "VALUES ('test', '2026-01-01', 'succeeded', '1', 2, 2, 2)"
        )
        for article in ("a", "b"):
            version = put_article(
                con, article, text=TEXT, publisher=f"Paper {article}", text_hash=hashlib.sha256(TEXT.encode()).hexdigest()
            )
            row = figure_row(version, article, "12", char_start=8, char_end=10, sentence="In Aden 12 were killed, the army said.")
            insert_rows(con, "core.figures", [row])
            insert_rows(con, "ops.readings", [reading(version)])
        rebuild_core(con, READ_AT)
        rebuild_marts(con)
        publish(con, folder)
    return folder


def reading(version: int, reader: str = "1", n_figures: int = 1) -> dict[str, object]:
    counts = {"n_figures": n_figures, "n_quarantined": 0}
    return {"article_version_id": version, "reader_version": reader, "read_at": READ_AT, "run_id": "test", **counts}


@pytest.fixture
def folder(whole: DataFolder, tmp_path: Path) -> Iterator[DataFolder]:
    """A copy of it, to be broken."""
    shutil.copytree(whole.root, tmp_path / "data")
    yield DataFolder(tmp_path / "data")


def broken(folder: DataFolder) -> dict[str, Finding]:
    return {finding.name: finding for finding in broken_only(verify(folder))}


def test_a_whole_warehouse_breaks_nothing(whole: DataFolder) -> None:
    found = list(verify(whole))
    assert broken_only(found) == []
    assert len(found) > len(tables()) + len(REFERENCES), "keys, references, and the invariants of the .sql files"
    assert all(finding.holds.endswith(".") and finding.way_back for finding in found)


BREAKING = {
    "words": "UPDATE core.figures SET quantity_text = '13' WHERE article_id = 'a'",
    "texts unchanged": "UPDATE raw.articles SET text = replace(text, '12', '21') WHERE article_id = 'a'",
    "versions numbered": "UPDATE raw.articles SET version = 3 WHERE article_id = 'a'",
    "one current reading": (
        "INSERT INTO core.figures BY NAME SELECT * REPLACE ('2' AS reader_version) FROM core.figures WHERE article_id = 'a'"
    ),
    "latest is current": "UPDATE core.figures SET valid_to = '2026-02-01' WHERE article_id = 'a'",
    "figures were read": "DELETE FROM ops.readings WHERE article_version_id IN (SELECT article_version_id FROM core.figures LIMIT 1)",
    "reading counts": "UPDATE ops.readings SET n_figures = 2",
    "run counts": "UPDATE ops.runs SET n_figures = 3",
    "times not ahead": "UPDATE ops.runs SET ended_at = '2999-01-01'",
    "runs ended": "UPDATE ops.runs SET status = 'running'",
    "validity forward": "UPDATE core.figures SET valid_to = '2020-01-01'",
    "core counts": "UPDATE core.incidents SET n_reports = 7",
    "reports linked": "DELETE FROM core.incident_reports",
    "mart figures": "UPDATE mart.figure_comparison SET figure_ids = [1]",
    "links within article": "UPDATE core.figures SET part_of_figure_id = 1",
    "core.figures.article_version_id": "DELETE FROM raw.articles WHERE article_id = 'a'",
    "core.report_figures.figure_id": "DELETE FROM core.figures WHERE article_id = 'a'",
    "raw.articles.run_id": "UPDATE raw.articles SET run_id = 'nobody'",
}


@pytest.mark.parametrize(("name", "sql"), BREAKING.items(), ids=list(BREAKING))
def test_what_breaks_an_invariant_is_named_with_the_way_back(folder: DataFolder, name: str, sql: str) -> None:
    with open_working(folder, "breaking it") as con:
        con.execute(sql)
    finding = broken(folder)[name]
    assert finding.n_broken and finding.broken and finding.way_back


def test_every_invariant_of_the_sql_files_is_broken_once_here() -> None:
    from warehouse.statements import SQL_DIR

    assert {path.stem.replace("_", " ") for path in (SQL_DIR / "verify").glob("*.sql")} <= set(BREAKING)


def test_references_name_columns_of_the_contract() -> None:
    known = {f"{full_name}.{column}" for full_name, table in tables().items() for column in table.column_names}
    assert {*REFERENCES, *REFERENCES.values()} <= known


def test_a_row_twice_in_the_published_copy_which_has_no_keys_is_seen(folder: DataFolder) -> None:
    import json

    with duckdb.connect(str(folder.published)) as con:
        con.execute("INSERT INTO core.figures FROM core.figures")
    content = folder.published.read_bytes()
    info = [{"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "published_at": "2026-01-01"}]
    folder.published_info.write_text(json.dumps(info))
    assert set(broken(folder)) == {"published key of core.figures"}


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_copy_is_named_with_the_way_back(folder: DataFolder, damage: str) -> None:
    content = bytearray(folder.published.read_bytes())
    if damage == "cut":
        folder.published.write_bytes(content[:-4096])
    elif damage == "changed":
        content[len(content) // 2] ^= 1
        folder.published.write_bytes(content)
    else:
        folder.published.unlink()
    finding = broken(folder)["published"]
    assert "casualties run" in finding.way_back


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_working_file_that_was_cut_short_is_named_with_the_way_back(folder: DataFolder, share: float) -> None:
    content = folder.database.read_bytes()
    folder.database.write_bytes(content[: int(len(content) * share)])
    found = broken(folder)
    assert found, "a file of no bytes is an empty warehouse: then the published copy is more than it"
    assert all(finding.way_back for finding in found.values())


def test_changed_bytes_in_the_working_file_are_seen_wherever_they_hold_data(folder: DataFolder) -> None:
    content = bytearray(folder.database.read_bytes())
    start = content.index(TEXT[:20].encode())
    content[start] ^= 1
    folder.database.write_bytes(content)
    found = broken(folder)
    assert set(found) & {"file", "readable"}, "the checksum of the block tells"
    assert "restore" in next(iter(found.values())).way_back


def test_half_made_files_are_told(folder: DataFolder) -> None:
    folder.published.with_name("casualties.duckdb.tmp").write_bytes(b"half")
    assert set(broken(folder)) == {"leftovers"}


def test_no_warehouse_at_all(tmp_path: Path) -> None:
    assert set(broken(DataFolder(tmp_path))) == {"file"}
