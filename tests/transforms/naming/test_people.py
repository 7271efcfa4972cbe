"""Names of victims, detainees, minors and private sources are found where they stand; office-holders are left."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.naming import find_people

CASES = tomllib.loads((Path(__file__).parents[2] / "fixtures" / "naming.toml").read_text(encoding="utf-8"))["case"]


def covered(text: str, spans: list[tuple[int, int]], name: str) -> list[bool]:
    """For each place where the name stands: whether all of it is covered."""
    inside = {i for start, end in spans for i in range(start, end)}
    found, at = [], text.find(name)
    while at >= 0:
        found.append(all(i in inside for i in range(at, at + len(name))))
        at = text.find(name, at + 1)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    spans = [(m.char_start, m.char_end) for person in find_people(None, text) for m in person.mentions]
    for name in case["masked"]:
        assert any(covered(text, spans, name)), f"{name} is not covered: {case['why']}"
    for name in case.get("stays", ()):
        assert not any(covered(text, spans, name)), f"{name} is covered: {case['why']}"
    if not case["masked"]:
        assert not spans, f"covered: {[text[slice(*span)] for span in spans]}"


def test_the_title_is_looked_at_too() -> None:
    people = find_people("Rosa Lindqvist laid to rest", "Rosa Lindqvist, 31, was killed on Friday.")
    assert [(m.in_title, m.char_start, m.char_end) for m in people[0].mentions] == [(True, 0, 14), (False, 0, 14)]


def test_kinds() -> None:
    text = "Ben Holloway, 9, was wounded. Carl Draper was arrested. Ida Moss, 40, was killed."
    assert {person.name: person.kind for person in find_people(None, text)} == {
        "Ben Holloway": "minor",
        "Carl Draper": "detainee",
        "Ida Moss": "victim",
    }


def test_a_figure_that_names_its_victim_is_masked() -> None:
    text = "It was Khalil they came for."
    figure = {"named_person": True, "in_title": False, "char_start": 7, "char_end": 13}
    assert [p.name for p in find_people(None, text, [figure])] == ["Khalil"]


@given(st.text(alphabet=st.sampled_from("Aa .,'’\"()-\n12éA\u200e\x00Jr"), max_size=200) | st.text(max_size=200))
def test_any_text_gives_spans_that_lie_in_it(text: str) -> None:
    for person in find_people(text[:40], text):
        for mention in person.mentions:
            side = text[:40] if mention.in_title else text
            assert 0 <= mention.char_start < mention.char_end <= len(side)
