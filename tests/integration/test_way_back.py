"""From every number in every view back to the words it came from, in a warehouse that the real command made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.integration.commands import casualties, data_folder_with_places
from warehouse.connection import open_published
from warehouse.load import fetch_rows
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration

ARTICLES = [
    ("gazette", "The Gazette", "At least 12 people were killed when rockets hit the port of Aden on Monday, Amnesty International said."),
    ("post", "Evening Post", "Amnesty International said that 12 civilians were killed in Monday's rocket attack on the port of Aden."),
    ("herald", "Herald", "Rockets hit the port of Aden on Monday. The police said 17 people were killed. Another 30 were injured."),
    ("desk", "Desk", "The army said 5 civilians and 7 soldiers were killed when rockets hit the port of Aden on Monday."),
    ("tribune", "Tribune", "More than 600 civilians have been killed in Aden since January, Human Rights Watch said."),
]
# every view that has numbers, and the expression that gives the figures behind a row
VIEWS = {
    "mart.figure_comparison": "figure_ids",
    "mart.incident_tolls": "figure_ids",
    "mart.toll_revisions": "figure_ids",
    "mart.series_comparison": "figure_ids",
    "mart.relay_drift": "figure_ids",
    "mart.tolls": "coalesce(derived_from, [figure_id])",
    "mart.origin_pairs()": "figure_ids",
    "mart.apart()": "figure_ids",
    "mart.as_of(DATE '2021-05-04')": "figure_ids",
    "mart.revisions('publisher')": "figure_ids",
    "mart.tolls_under('lower')": "figure_ids",
    "mart.tolls_under('midpoint')": "figure_ids",
    "mart.tolls_under('acled')": "figure_ids",
    "mart.tolls_under('gtd')": "figure_ids",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    root: Path = tmp_path_factory.mktemp("way_back")
    given = root / "articles.jsonl"
    lines = [
        {"article_id": name, "publisher": publisher, "url": f"https://{name}.example/1", "published_on": "2021-05-04", "text": text}
        for name, publisher, text in ARTICLES
    ]
    given.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    data = data_folder_with_places(root / "data")
    done = casualties("run", given, data=data)
    assert done.returncode == 0, done.stderr
    with open_published(DataFolder(data)) as con:
        yield con


def _words(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, Any]]:
    rows = fetch_rows(
        con,
        "SELECT f.figure_id, f.quantity_text, f.sentence, f.in_title, f.char_start, f.char_end, a.title, a.text, a.url "
        "FROM core.figures AS f JOIN raw.articles AS a USING (article_version_id) WHERE f.valid_to IS NULL",
    )
    return {row["figure_id"]: row for row in rows}


@pytest.mark.parametrize("view", VIEWS)
def test_each_row_leads_to_quote_place_in_the_text_and_link(copy: duckdb.DuckDBPyConnection, view: str) -> None:
    words = _words(copy)
    rows = copy.execute(f"SELECT {VIEWS[view]} FROM {view}").fetchall()
    assert rows, "a walk over nothing shows nothing"
    for (figure_ids,) in rows:
        assert figure_ids
        for figure_id in figure_ids:
            figure = words[figure_id]
            text = figure["title"] if figure["in_title"] else figure["text"]
            assert text[figure["char_start"] : figure["char_end"]] == figure["quantity_text"]
            assert figure["sentence"] in text and figure["quantity_text"] in figure["sentence"]
            assert figure["url"].startswith("https://")


def test_coverage_leads_to_articles_and_agreement_to_incidents(copy: duckdb.DuckDBPyConnection) -> None:
    versions = {row[0] for row in copy.execute("SELECT article_version_id FROM raw.articles").fetchall()}
    covered = [version for (ids,) in copy.execute("SELECT article_version_ids FROM mart.coverage").fetchall() for version in ids]
    assert sorted(covered) == sorted(versions)
    agreement = "SELECT origin_id, other_origin_id, incident_ids, n_both FROM mart.source_agreement"
    for one, other, incidents, n_both in copy.execute(agreement).fetchall():
        assert len(incidents) == n_both
        for incident in incidents:
            said = "SELECT DISTINCT origin_id FROM mart.figure_comparison WHERE incident_id = ? AND origin_id IN (?, ?)"
            assert len(copy.execute(said, [incident, one, other]).fetchall()) == 2


def test_every_table_and_column_says_what_it_means(copy: duckdb.DuckDBPyConnection) -> None:
    silent = copy.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart' AND comment IS NULL").fetchall()
    assert silent == []
