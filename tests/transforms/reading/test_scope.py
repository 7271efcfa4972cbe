"""The scope of figures, by cases with reasons (tests/fixtures/scope.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.transforms.reading.figure_cases import document_of
from transforms.reading.dates import dates

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "fixtures/scope.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    figures = dates(document_of(case)).figures
    assert [figure.scope for figure in figures] == case["scope"]
    since = [figure.since_text for figure in figures if figure.since_text]
    assert [text.lower() for text in since] == [text.lower() for text in case.get("since", [])]


def test_a_headline_and_a_part_have_the_scope_of_what_they_restate() -> None:
    document = document_of(
        {
            "title": "Over {600} fighters killed",
            "text": "The army said that over {600} fighters, {40} of them foreigners, have been killed since May 2018.",
        }
    )
    document.figures[2].part_of = 1
    dates(document)
    assert [figure.scope for figure in document.figures] == ["cumulative"] * 3
    assert {figure.since_text for figure in document.figures} == {"since May 2018"}
