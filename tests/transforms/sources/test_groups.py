"""Groups, armies and sides in phrases for victims and attackers."""

from __future__ import annotations

import pytest

from transforms.sources import group_name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("ISIS members", "ISIS"),
        ("Daesh militants", "ISIS"),
        ("ISIL fighters", "ISIS"),
        ("Islamic State gunmen", "ISIS"),
        ("IS", "ISIS"),
        ("Al-Qaeda fighters", "Al-Qaeda"),
        ("Syrian soldiers", "Syrian army"),
        ("members of the Syrian Arab Army", "Syrian army"),
        ("Israeli soldiers", "Israeli army"),
        ("Hamas militants", "Hamas"),
        ("Ukrainian servicemen", "Ukrainian army"),
        ("Russian troops", "Russian army"),
        ("Kenyan soldiers", "Kenyan army"),
        ("FARC rebels", "Revolutionary Armed Forces of Colombia"),
        ("Tamil Tiger rebels", "Liberation Tigers of Tamil Eelam"),
        ("White Helmets volunteers", "White Helmets"),
        ("Houthi fighters", "Houthis"),
        ("SYRIAN SOLDIERS", "Syrian army"),
    ],
)
def test_names_a_group(phrase: str, name: str) -> None:
    assert group_name(phrase) == name


@pytest.mark.parametrize(
    "phrase", ["civilians", "a policeman", "soldiers", "who is", "people", "rebels", "Syrian civilians", "Turkish journalists", ""]
)
def test_names_none(phrase: str) -> None:
    assert group_name(phrase) is None
