"""The places step, on the cases of tests/fixtures/places.toml and the tiny gazetteer beside it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.transforms.places.tiny import tiny_index
from tests.transforms.reading.figure_cases import document_of
from transforms.identity import hash63
from transforms.reading.document import Document
from transforms.reading.places import main_place, places

FIXTURE = Path(__file__).parents[2] / "fixtures" / "places.toml"
CASES = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["case"]


def _read(case: dict[str, Any], *, with_index: bool = True) -> Document:
    document = document_of(case)
    document.places = tiny_index() if with_index else None
    for figure, scope in zip(document.figures, case.get("scopes", ()), strict=False):
        figure.scope = scope
    return places(document)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_places(case: dict[str, Any]) -> None:
    figures = _read(case).figures
    assert len(figures) == len(case["expected"])
    for figure, wanted in zip(figures, case["expected"], strict=True):
        assert (figure.place_text or "") == wanted["text"], case["why"]
        assert (figure.country or "") == wanted["country"], case["why"]
        if "id" in wanted:
            expected = hash63("place", "places_gazetteer", wanted["id"]) if wanted["id"] else None
            assert figure.place_id == expected, case["why"]


def test_without_a_gazetteer_the_text_is_kept_and_nothing_resolved() -> None:
    (figure,) = _read({"text": "{Six} people were killed in the village of Tel Amara near Manbij on Monday."}, with_index=False).figures
    assert figure.place_text == "village of Tel Amara near Manbij"
    assert (figure.place_id, figure.place_name, figure.country, figure.lat) == (None, None, None, None)


def test_what_resolved_is_handed_on_and_the_area_around_an_unknown_name_is_given() -> None:
    document = _read({"text": "{Six} people were killed in Tel Amara in Idlib province, Syria."})
    (figure,) = document.figures
    assert (figure.place_name, figure.place_precision, figure.place_admin) == ("Idlib", "admin1", "Idlib")
    assert [place.name for place in document.resolved.values()] == ["Idlib"]


def test_the_main_place_is_that_of_its_figures_else_of_the_article() -> None:
    document = _read({"text": "A bomb killed {three} people in Zaria, Nigeria. A day earlier a blast in Kaduna city wounded {nine}."})
    assert main_place(document, [1])["country"] == "NG"
    assert main_place(document, [0])["place_name"] == "Zaria"
    assert main_place(document, []) == {"place_name": "Zaria", "country": "NG", "lat": 11.11, "lon": 7.72}


def test_what_is_told_long_after_a_widely_placed_incident_is_no_place_of_it() -> None:
    """Another raid of the same war far down the page: a wrong place is worse than none."""
    between = "Officials gave no details. " * 12
    lead = "Raids killed {three} fighters somewhere in northern Syria. "
    assert main_place(_read({"text": lead + "It took place near Kafr Nabl. " + between}), [0])["place_name"] == "Kafr Nabl"
    late = _read({"text": lead + between + "A month before {two} people were killed near Kafr Nabl."})
    assert main_place(late, [0]) == {"place_name": "Syria", "country": "SY", "lat": None, "lon": None}


def test_an_article_without_figures_still_has_a_main_place() -> None:
    document = _read({"text": "Gunmen attacked a checkpoint near Gardez, Afghanistan. No group claimed it."})
    assert main_place(document, []) == {"place_name": "Gardez", "country": "AF", "lat": 33.597, "lon": 69.226}


def test_a_dateline_is_no_place_of_an_event_that_the_text_places_elsewhere() -> None:
    text = "Damascus, NEWS- Jets struck several towns in the eastern region of Syria on Saturday. {Nobody} was hurt."
    place = main_place(_read({"text": text}), [])
    assert (place["country"], place["lat"]) == ("SY", None)


def test_a_country_has_no_point() -> None:
    assert main_place(_read({"text": "A protest was held somewhere in Syria."}), []) == {
        "place_name": "Syria",
        "country": "SY",
        "lat": None,
        "lon": None,
    }


@pytest.mark.parametrize(
    "text", ["", "in " * 500, "In In In Of The " * 200, "A" * 5000, "‘’'s of in at ((((,,,," * 50, "in Aleppo " * 400, "NEAR HOMS " * 400]
)
def test_hostile_texts_are_read_without_failing(text: str) -> None:
    assert _read({"text": text + " {Two} people were killed."}).figures[0].outcome
