"""What is redacted is gone from every byte, leaves a tombstone, and does not come back."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from tests.warehouse.named import ARTICLES, take_in, written
from transforms.errors import InputError
from warehouse import backup
from warehouse.connection import open_published, open_working
from warehouse.corrections import correct_figure
from warehouse.load import fetch_rows
from warehouse.paths import DataFolder
from warehouse.publish import publish
from warehouse.redaction import Wanted, redact
from warehouse.verify import broken_only, verify

pytestmark = pytest.mark.integration
WHY, BY = "asked by the family", "data protection"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    take_in(made, written(tmp_path / "articles.jsonl"))
    made.reports.mkdir()
    (made.reports / "incident-1.html").write_text("Rosa Lindqvist")
    backup.take(made, tmp_path / "monday.duckdb")
    return made


def everything(folder: DataFolder, *others: Path) -> bytes:
    files = [path for path in folder.root.rglob("*") if path.is_file()]
    return b"\n".join(path.read_bytes() for path in [*files, *others])


def test_a_name_is_gone_from_every_byte_and_does_not_come_back(folder: DataFolder, tmp_path: Path) -> None:
    monday = tmp_path / "monday.duckdb"
    assert b"Rosa Lindqvist" in everything(folder, monday)
    done = redact(folder, Wanted("Rosa Lindqvist", WHY, BY), [monday])
    assert (done.kind, done.n_versions, done.still) == ("name", 2, [])
    for name in (b"Rosa Lindqvist", b"Rosa", b"rosa-lindqvist"):
        assert name not in everything(folder, monday)
    assert b"Nils Lindqvist" in everything(folder)  # another person
    subprocess.run(["sha256sum", "-c", "monday.duckdb.sha256"], cwd=tmp_path, check=True, capture_output=True)

    landed = take_in(folder, tmp_path / "articles.jsonl")
    assert landed.n_new_versions == 0
    again = {**ARTICLES[0], "article_id": "c-3", "publisher": "Reprint"}
    (tmp_path / "again.jsonl").write_text(json.dumps(again, ensure_ascii=False), encoding="utf-8")
    assert take_in(folder, tmp_path / "again.jsonl").n_new_versions == 1
    assert b"Rosa" not in everything(folder)
    _words_are_where_they_should_be(folder)


def test_the_tombstone_says_what_when_why_and_who_and_no_name(folder: DataFolder) -> None:
    redact(folder, Wanted("Rosa Lindqvist", WHY, BY))
    with open_published(folder) as con:
        (row,) = fetch_rows(con, "FROM ops.redactions")
    assert (row["kind"], row["why"], row["redacted_by"], row["n_articles"]) == ("name", WHY, BY, 2)
    assert row["redacted_at"] is not None
    assert row["fingerprint"] == "[withheld]"
    assert "Rosa" not in str(row)


def test_numbers_stay_and_lead_to_their_words(folder: DataFolder) -> None:
    with open_working(folder, "a test") as con:
        before = con.execute("SELECT figure_id, count_min, outcome FROM core.figures ORDER BY ALL").fetchall()
    redact(folder, Wanted("Rosa Lindqvist", WHY, BY))
    with open_working(folder, "a test") as con:
        assert con.execute("SELECT figure_id, count_min, outcome FROM core.figures ORDER BY ALL").fetchall() == before
        assert con.execute("SELECT count(*) FROM raw.articles WHERE text_hash != sha256(text)").fetchall() == [(0,)]
    _words_are_where_they_should_be(folder)


def test_an_article_is_gone_and_does_not_come_back(folder: DataFolder, tmp_path: Path) -> None:
    redact(folder, Wanted("a-1", WHY, BY))
    assert b"Four people were killed" not in everything(folder)
    with open_working(folder, "a test") as con:
        assert con.execute("SELECT text, title, url FROM raw.articles WHERE article_id = 'a-1'").fetchall() == [
            ("[redacted]", "[redacted]", None)
        ]
        assert con.execute("SELECT count(*) FROM core.figures WHERE article_id = 'a-1'").fetchall() == [(0,)]
    (tmp_path / "again.jsonl").write_text(json.dumps({**ARTICLES[0], "article_id": "reprint"}, ensure_ascii=False), encoding="utf-8")
    landed = take_in(folder, tmp_path / "again.jsonl")
    assert (landed.n_new_versions, landed.n_new_rejected) == (0, 1)
    assert b"Four people were killed" not in everything(folder)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("Nobody Here", WHY, BY),
        Wanted("Rosa Lindqvist", " ", BY),
        Wanted("Rosa Lindqvist", "Rosa Lindqvist asked", BY),
        Wanted("Rosa Lindqvist", "asked by the Lindqvist family", BY),
        Wanted("Rosa Lindqvist", WHY, "Rosa Lindqvist"),
    ],
    ids=["not there", "no reason", "the reason holds the name", "the reason holds a part", "who decided is who is meant"],
)
def test_a_wrong_redaction_changes_nothing(folder: DataFolder, wanted: Wanted) -> None:
    before = folder.published.read_bytes()
    with pytest.raises(InputError):
        redact(folder, wanted)
    assert folder.published.read_bytes() == before
    assert not list(folder.root.rglob("*.tmp"))


def test_what_people_decided_keeps_no_name_either(folder: DataFolder, tmp_path: Path) -> None:
    """A correction holds a reason, what the machine read and what was set: of a private source, a name, and in JSON maybe escaped."""
    told = {
        "article_id": "d-4",
        "publisher": "Aleppo Wire",
        "title": "Blast",
        "published_on": "2024-03-07",
        "text": "Seven people were killed in a bombing in Homs on Monday, Zoë Märkelin, a resident, said.",
    }
    (tmp_path / "told.jsonl").write_text(json.dumps(told), encoding="utf-8")
    take_in(folder, tmp_path / "told.jsonl")
    with open_working(folder, "a test") as con:
        ((figure, source),) = con.execute("SELECT figure_id, source_text FROM core.figures WHERE article_id = 'd-4'").fetchall()
        assert "Zoë Märkelin" in source
        decided = {"source_text": "Zoë Märkelin, a neighbour"}
        correct_figure(con, "amend", figure, "Zoë Märkelin wrote to us", "an editor", datetime(2024, 3, 8), decided)
        # as earlier versions wrote it
        ((machine,),) = con.execute("SELECT machine_values FROM ops.corrections").fetchall()
        con.execute("UPDATE ops.corrections SET machine_values = ?", [json.dumps(json.loads(machine))])
        publish(con, folder)
    with open_published(folder) as con:
        (row,) = fetch_rows(con, "FROM ops.corrections")
    assert "rkelin" not in str(row) and "[name " in row["machine_values"] and "[name " in row["new_values"] and "[name " in row["why"]

    done = redact(folder, Wanted("Zoë Märkelin", WHY, BY))
    assert done.still == []
    for part in ("Märkelin", json.dumps("Märkelin")[1:-1]):
        assert part.encode() not in everything(folder)
    with open_working(folder, "a test") as con:
        (row,) = fetch_rows(con, "FROM ops.corrections")
        assert con.execute("SELECT source_text, review FROM core.figures WHERE article_id = 'd-4'").fetchall() == [
            ("[redacted], a neighbour", "amended")
        ]
    assert (row["why"], row["figure_ids"]) == ("[redacted] wrote to us", [figure])


def test_parts_of_a_name_go_out_of_what_people_wrote(folder: DataFolder) -> None:
    """Nobody writes `Rosa Lindqvist` twice in one reason; and of a redaction made before, the reason is kept for ever."""
    redact(folder, Wanted("Nils Lindqvist", "his daughter Rosa asked", BY))
    with open_working(folder, "a test") as con:
        ((figure,),) = con.execute("SELECT min(figure_id) FROM core.figures WHERE article_id = 'b-2'").fetchall()
        correct_figure(
            con, "confirm", figure, "seen by Rosa's aunt, Mrs. Lindqvist; the Rosary was read", "an editor", datetime(2024, 3, 8)
        )
        publish(con, folder)
    assert redact(folder, Wanted("Rosa Lindqvist", WHY, BY)).still == []
    with open_working(folder, "a test") as con:
        whys = con.execute("SELECT why FROM ops.corrections UNION ALL SELECT why FROM ops.redactions ORDER BY ALL").fetchall()
    assert [why for (why,) in whys] == [
        WHY,
        "his daughter [redacted] asked",
        "seen by [redacted]'s aunt, Mrs. [redacted]; the Rosary was read",
    ]


@pytest.mark.parametrize("what", ["Rosa Lindqvist", "a-1"], ids=["a name", "an article"])
def test_the_warehouse_verifies_after_a_redaction(folder: DataFolder, what: str) -> None:
    before = broken_only(verify(folder))  # no run took these articles in
    redact(folder, Wanted(what, WHY, BY))
    assert broken_only(verify(folder)) == before
    with open_working(folder, "a test") as con:
        links = con.execute("SELECT coalesce(string_agg(link_basis, ' '), '') FROM core.incident_reports").fetchall()
    assert "Rosa" not in links[0][0]


def _words_are_where_they_should_be(folder: DataFolder) -> None:
    sql = (
        "SELECT f.quantity_text, f.sentence, f.char_start, f.char_end, CASE WHEN in_title THEN a.title ELSE a.text END "
        "FROM core.figures AS f JOIN raw.articles AS a USING (article_version_id)"
    )
    with open_working(folder, "a test") as con:
        rows = con.execute(sql).fetchall()
    with open_published(folder) as con:
        rows += con.execute(sql).fetchall()
    assert rows
    for quantity, sentence, start, end, whole in rows:
        assert whole[start:end] == quantity
        assert sentence in whole
