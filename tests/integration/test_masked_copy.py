"""No name of a victim, detainee, minor or private source is in anything that is published; numbers still lead to their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.commands import casualties, data_folder_with_places
from transforms.contract import tables
from warehouse.connection import open_published, open_working
from warehouse.masked_copy import WITHOUT_WORDS
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration
NAMES = ("Lindqvist", "lindqvist", "Rosa", "Landry", "Whitcomb", "Vandermeer", "Ontiveros")
STAYING = ("Oleg Marek", "Syrian Observatory for Human Rights", "Dana Kowalski")
ARTICLES = [
    {
        "article_id": "a-1",
        "publisher": "Tarhal Daily",
        "url": "https://daily.example/2024/rosa-lindqvist-killed",
        "title": "Rosa Lindqvist, 9, among four killed in market",
        "published_on": "2024-03-05",
        "text": "Four people were killed in a bombing in Aleppo on Monday, police said. Rosa Lindqvist, 9, died at the scene. "
        "Officer Peter Landry and 12 others were wounded, Mayor Oleg Marek said.\n\n“I saw three men fall,” said Clara Whitcomb, a "
        "neighbor. Rosa’s father, Nils Lindqvist, was injured. Two more people were injured, Whitcomb said.",
    },
    {
        "article_id": "b-2",
        "publisher": "Aleppo Wire",
        "url": "https://wire.example/b",
        "title": "Toll rises to five",
        "published_on": "2024-03-06",
        "text": "Five people were killed in the Aleppo bombing, according to the Syrian Observatory for Human Rights. Peter Landry died in "
        "hospital. A photo of Rosa Lindqvist was shown. Curtis Vandermeer, 34, was arrested, Sheriff Dana Kowalski said.",
    },
    {
        "article_id": "nils-lindqvist-3",
        "publisher": "Aleppo Wire",
        "url": "https://wire.example/c",
        "title": "Funeral",
        "published_on": "2024-03-06",
        "text": "At least 20 people were injured in Aleppo on Monday, a relative, Nils Lindqvist, said. "
        "In 2024 people buried Maribel Ontiveros, 51, who was killed on Monday.",
    },
]


def _run(folder: Path, *arguments: str, mask: str = "") -> str:
    done = casualties(*arguments, data=folder, env={"CASUALTIES_MASK": mask})
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DataFolder, str]]:
    """A warehouse made of ARTICLES, and everything its commands printed."""
    root = tmp_path_factory.mktemp("masked")
    source = root / "articles.jsonl"
    source.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES), encoding="utf-8")
    folder = data_folder_with_places(root / "data")
    done = [_run(folder, "run", str(source)), _run(folder, "compare"), _run(folder, "compare", "--format", "json")]
    done += [_run(folder, "report"), _run(folder, "quarantine", "list", "--all", "--format", "json")]
    done.append(_run(folder, "sql", "SELECT * FROM core.figures", "--format", "csv"))
    yield DataFolder(folder), "".join(done)


def test_no_name_is_in_any_byte_of_what_is_published(ran: tuple[DataFolder, str]) -> None:
    folder, printed = ran
    files = [path for path in folder.root.rglob("*") if path.is_file() and "gazetteer" not in path.parts and "warehouse" not in path.parts]
    assert {folder.published, folder.data_docs / "index.html", folder.reports / "index.html"} <= set(files)
    leaks = [(path.name, name) for path in files for name in NAMES if name.encode() in path.read_bytes()]
    assert not leaks
    assert not [name for name in NAMES if name in printed]


def test_the_working_file_keeps_all_and_office_holders_stay(ran: tuple[DataFolder, str]) -> None:
    folder, _ = ran
    with open_working(folder, "a test") as con:
        texts = " ".join(text for (text,) in con.execute("SELECT text FROM raw.articles").fetchall())
    with open_published(folder) as con:
        published = " ".join(text for (text,) in con.execute("SELECT text FROM raw.articles").fetchall())
    assert all(name in texts for name in ("Rosa Lindqvist", "Clara Whitcomb", "Curtis Vandermeer"))
    assert all(name in published for name in STAYING)


def test_every_figure_leads_to_its_words(ran: tuple[DataFolder, str]) -> None:
    folder, _ = ran
    figures = _figures(folder)
    assert len(figures) > 10
    for figure in figures:
        whole = figure["title"] if figure["in_title"] else figure["text"]
        assert whole[figure["char_start"] : figure["char_end"]] == figure["quantity_text"]
        assert figure["sentence"] in whole
        assert figure["quantity_text"] in figure["sentence"]
    assert any(figure["quantity_text"].startswith("[name ") for figure in figures)


def test_one_name_has_one_mask_everywhere(ran: tuple[DataFolder, str]) -> None:
    folder, _ = ran
    with open_published(folder) as con:
        (title,), (text,) = con.execute(
            "SELECT title FROM raw.articles WHERE article_id = 'a-1' UNION ALL SELECT text FROM raw.articles WHERE article_id = 'b-2'"
        ).fetchall()
    rosa = title.partition(",")[0]
    assert f"A photo of {rosa} was shown" in text


def test_spans_that_are_read_move_along(ran: tuple[DataFolder, str]) -> None:
    folder, _ = ran
    with open_published(folder) as con:
        for text, spans in con.execute("SELECT text, read_spans FROM raw.articles").fetchall():
            assert json.loads(spans)[-1][1] == len(text)


def test_mask_false_publishes_names(ran: tuple[DataFolder, str]) -> None:
    folder, _ = ran
    source = folder.root.parent / "articles.jsonl"
    _run(folder.root, "run", str(source), mask="false")
    assert b"Lindqvist" in folder.published.read_bytes()
    _run(folder.root, "run", str(source))
    assert b"Lindqvist" not in folder.published.read_bytes()


def test_columns_left_alone_are_columns_of_the_contract() -> None:
    assert {column.name for table in tables().values() for column in table.columns} >= WITHOUT_WORDS


def _figures(folder: DataFolder) -> list[dict[str, Any]]:
    with open_published(folder) as con:
        cursor = con.execute(
            "SELECT f.in_title, f.char_start, f.char_end, f.quantity_text, f.sentence, a.title, a.text "
            "FROM core.figures AS f JOIN raw.articles AS a USING (article_version_id)"
        )
        names = [item[0] for item in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
