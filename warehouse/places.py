"""How two places of figures or reports stand to each other: the same, one within the other, or apart.

Belongs here: that one comparison. Keep out: resolving names (`transforms/places`), and the weights of linking.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from rapidfuzz import fuzz

Relation = Literal["unknown", "same", "within", "contains", "apart"]
FINE = frozenset({"point", "town"})
NEAR_KM = 15.0  # a town and its outskirts
ALIKE = 80  # rapidfuzz partial ratio: As-Suwayda and al-Suwayda city, not Daraa
_COARSENESS = {"point": 0, "town": 1, "district": 2, "admin1": 3, "country": 4}


def relation(one: Mapping[str, Any], other: Mapping[str, Any]) -> Relation:
    """Return how `one` stands to `other`. Both have place_id, place_text, place_name, place_precision, place_admin,
    country, lat and lon, each of which may be None.

    "unknown" where nothing speaks for or against. "within": `one` is a more precise place inside `other`.
    """
    if not (one["place_text"] or one["country"]) or not (other["place_text"] or other["country"]):
        return "unknown"
    if one["country"] and other["country"] and one["country"] != other["country"]:
        return "apart"
    if (one["place_id"] is not None and one["place_id"] == other["place_id"]) or alike(one, other):
        return "same"
    fine = one["place_precision"] in FINE, other["place_precision"] in FINE
    distance = kilometres(one, other)
    if all(fine) and distance is not None:
        return "same" if distance <= NEAR_KM else "apart"
    if one["place_admin"] and other["place_admin"] and one["place_admin"] != other["place_admin"]:
        return "apart"
    return _nested(one, other)


def alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether the two places bear the same name, as printed or in the gazetteer."""
    names = [{place["place_text"], place.get("place_name")} - {None, ""} for place in (one, other)]
    return any(fuzz.partial_ratio(a.casefold(), b.casefold()) >= ALIKE for a in names[0] for b in names[1] if min(len(a), len(b)) >= 4)


def kilometres(one: Mapping[str, Any], other: Mapping[str, Any]) -> float | None:
    """Return the distance in km (great circle), None where a coordinate is missing."""
    values = [place[key] for place in (one, other) for key in ("lat", "lon")]
    if any(value is None for value in values):
        return None
    lat1, lon1, lat2, lon2 = map(math.radians, values)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def _nested(one: Mapping[str, Any], other: Mapping[str, Any]) -> Relation:
    sizes = _COARSENESS.get(one["place_precision"]), _COARSENESS.get(other["place_precision"])
    if sizes[0] is None or sizes[1] is None or sizes[0] == sizes[1]:
        return "unknown"
    area = other if sizes[1] > sizes[0] else one
    shared = ("country",) if area["place_precision"] == "country" else ("country", "place_admin")
    if any(one[key] is None or one[key] != other[key] for key in shared):
        return "unknown"
    return "within" if sizes[1] > sizes[0] else "contains"
