"""Folding of spellings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.sources.areas import area_name
from transforms.sources.keys import name_key, place_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Suwayda", "al-Suwayda", "As-Suwayda", "Sweida", "Suweida", "Suwaida", "Sweidah", "Soueida", "Assuwayda"),
        ("Deir ez-Zor", "Deir al-Zour", "Deir Ezzor", "Deir Ez-Zour"),
        ("Raqqa", "ar-Raqqah", "Al-Raqqa"),
        ("Daraa", "Dara'a", "Deraa"),
        ("Qamishli", "Kamishly"),
    ],
)
def test_romanisations_of_one_place_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({place_key(spelling) for spelling in spellings}) == 1


def test_different_places_keep_different_keys() -> None:
    names = ("Homs", "Hama", "Suwayda", "Saida", "Idlib", "Aleppo", "Raqqa", "Latakia", "Tartus", "Kyiv", "Kharkiv")
    assert len({place_key(name) for name in names}) == len(names)


def test_name_key_drops_articles_case_points_and_possessives() -> None:
    assert name_key("The U.S. Army's 4th") == "us army 4th"
    assert name_key("B'Tselem") == name_key("B\u2019Tselem") == "btselem"


@pytest.mark.parametrize(
    ("printed", "country", "name"),
    [
        ("Suweida", "SY", "As Suwayda"),
        ("al-Suwayda province", None, "As Suwayda"),
        ("Clearwater", "US", "Clearwater"),
        ("Idlib", "SY", "Idlib"),
    ],
)
def test_area_name(printed: str, country: str | None, name: str) -> None:
    assert area_name(printed, country) == name


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_keys_of_keys_are_themselves(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
