"""How two places stand to each other."""

from __future__ import annotations

from typing import Any

import pytest

from warehouse.places import kilometres, relation

_EMPTY: dict[str, Any] = dict.fromkeys(("place_text", "place_name", "place_id", "place_precision", "place_admin", "country", "lat", "lon"))
CITY = _EMPTY | {
    "place_text": "al-Suwayda city", "place_id": 1, "place_precision": "town", "place_admin": "As-Suwayda", "country": "SY",
    "lat": 32.709, "lon": 36.569,
}  # fmt: skip
AREA = _EMPTY | {"place_text": "As-Suwayda", "place_id": 2, "place_precision": "admin1", "place_admin": "As-Suwayda", "country": "SY"}
SUBURB = CITY | {"place_text": "Atil", "place_id": 3, "lat": 32.75, "lon": 36.57}
VILLAGE = CITY | {"place_text": "Shbiki", "place_id": 4, "lat": 32.75, "lon": 36.85}
SYRIA = _EMPTY | {"place_text": "Syria", "place_id": 5, "place_precision": "country", "country": "SY"}


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        (CITY, CITY, "same", "one row of the gazetteer"),
        (CITY, AREA, "same", "one name, as printed: al-Suwayda city and As-Suwayda"),
        (CITY, SUBURB, "same", "five kilometres"),
        (CITY, VILLAGE, "apart", "two towns 27 km apart"),
        (VILLAGE, AREA, "within", "a village in the province"),
        (AREA, VILLAGE, "contains", "the province around it"),
        (VILLAGE, SYRIA, "within", "in the country"),
        (VILLAGE, SYRIA | {"country": "IQ", "place_text": "Iraq"}, "apart", "another country"),
        (VILLAGE, AREA | {"place_admin": "Daraa", "place_text": "Daraa"}, "apart", "another province"),
        (VILLAGE, _EMPTY, "unknown", "no place is no evidence"),
        (_EMPTY | {"place_text": "the old mill"}, VILLAGE, "unknown", "not in the gazetteer: nothing speaks for or against"),
    ],
)
def test_relation(one: dict[str, Any], other: dict[str, Any], expected: str, why: str) -> None:
    assert relation(one, other) == expected, why


def test_kilometres() -> None:
    assert kilometres(CITY, {"lat": 32.625, "lon": 36.105}) == pytest.approx(44.4, abs=0.5)
    assert kilometres(CITY, _EMPTY) is None
