"""The example article: what the reader finds in it, through the same intake as everything else.

The article itself lies outside the project (`../shared/seed`); a paraphrase of our own asserts the same figures always.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from transforms.ingest.collecting import collect
from transforms.ingest.records import Received
from transforms.places.build import ensure_index
from transforms.places.index import open_index
from transforms.reading.document import Article, Reading
from transforms.reading.reader import read
from warehouse.paths import data_folder

PROJECT = Path(__file__).parents[2]
SEED = PROJECT / "../shared/seed/article.txt"
PARAPHRASE = PROJECT / "tests/fixtures/ingest/seed_paraphrase.md"
ARTICLES = [
    pytest.param(SEED, id="the article", marks=pytest.mark.skipif(not SEED.is_file(), reason="the article is no part of the project")),
    pytest.param(PARAPHRASE, id="our paraphrase"),
]
OF_THE_DAY = {"event_date_start": date(2018, 7, 25), "event_date_end": date(2018, 7, 25), "date_basis": "stated"}
UNDATED = {"event_date_start": None, "event_date_end": None}
SUWAYDA = {"place_text": "eastern al-Suwayda", "place_admin": "Suwayda", "country": "SY"}
ISIS = {"outcome": "killed", "victim_text": "ISIS members", "victim_status": "combatant", "victim_group": "ISIS"}
EXACTLY = {"bound": "exact", "stance": "asserted", "relation": "total", "scope": "incident"}
# What the body says, and nothing else: not the 30 villages, not the 6,000 fighters who could take part.
BODY: list[dict[str, Any]] = [
    {
        **ISIS, **UNDATED, "quantity_text": "over 600", "count_stated": 600, "count_min": 601, "count_max": None, "bound": "more_than",
        "scope": "cumulative", "source_kind": "military", "place_text": "ISIS-held pocket", "place_admin": "Daraa", "country": "SY",
        "stance": "asserted", "trend": None, "verb_text": "have been eliminated",
    },
    {
        **ISIS, **EXACTLY, **UNDATED, **SUWAYDA, "quantity_text": "75", "count_min": 75, "count_max": 75, "source_kind": "government",
        "trend": None,
    },
    {
        **OF_THE_DAY, **SUWAYDA, "quantity_text": "many", "outcome": "missing", "count_stated": None, "count_min": 3, "count_max": None,
        "bound": "vague", "victim_text": "civilians", "victim_status": "civilian", "source_kind": "government", "scope": "incident",
    },
    {
        **EXACTLY, **OF_THE_DAY, **SUWAYDA, "quantity_text": "215", "outcome": "killed", "count_min": 215, "count_max": 215,
        "victim_status": "civilian", "source_text": None, "source_kind": None, "trend": "rose",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> dict[Path, Reading]:
    places = open_index(ensure_index(data_folder(None).gazetteer, None))
    return {path: read(_article(path), places) for path in (SEED, PARAPHRASE) if path.is_file()}


def _article(path: Path) -> Article:
    (item,) = collect([path])
    assert isinstance(item, Received)
    return Article(item.article_id, item.text, item.title, item.publisher, item.url, item.published_on, item.read_spans)


def _body(reading: Reading) -> list[dict[str, Any]]:
    return [row for row in reading.figures if not row["in_title"]]


@pytest.mark.integration
@pytest.mark.parametrize("path", ARTICLES)
def test_the_body_has_these_figures_and_no_other(path: Path, readings: dict[Path, Reading]) -> None:
    body = _body(readings[path])
    assert [row["quantity_text"] for row in body] == [wanted["quantity_text"] for wanted in BODY]
    for row, wanted in zip(body, BODY, strict=True):
        assert {name: row[name] for name in wanted} == wanted


@pytest.mark.integration
@pytest.mark.parametrize("path", ARTICLES)
def test_the_sources_are_named_as_printed(path: Path, readings: dict[Path, Reading]) -> None:
    sources = [row["source_text"] for row in _body(readings[path])]
    assert [source and source.lower() for source in sources] == [
        "a source in the 4th armoured division",
        "the province's governor amer al-ashi",
        "the province's governor amer al-ashi",
        None,  # `updated data` names no party
    ]


@pytest.mark.integration
@pytest.mark.parametrize("path", ARTICLES)
def test_the_running_toll_says_since_when(path: Path, readings: dict[Path, Reading]) -> None:
    first = _body(readings[path])[0]
    assert first["since_text"].lower() == "since the start of the operation"


@pytest.mark.integration
@pytest.mark.parametrize("path", ARTICLES)
def test_the_headline_is_told_apart(path: Path, readings: dict[Path, Reading]) -> None:
    (title,) = [row for row in readings[path].figures if row["in_title"]]
    wanted = {"quantity_text": "Over 600", "outcome": "killed", "count_min": 601, "count_max": None, "scope": "cumulative"}
    assert {name: title[name] for name in wanted} == wanted


@pytest.mark.integration
@pytest.mark.parametrize("path", ARTICLES)
def test_the_main_incident_is_the_attack_and_not_the_running_toll(path: Path, readings: dict[Path, Reading]) -> None:
    main = readings[path].main_incident
    assert main["killed"] == {"count_min": 215, "count_max": 215} and main["injured"] is None
    assert (main["event_date_start"], main["event_date_end"], main["country"]) == ("2018-07-25", "2018-07-25", "SY")
