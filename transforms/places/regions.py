"""Regions that states don't know as areas of theirs (Darfur, the Donbas, Ghouta), and other names of countries: from the lexicon.

Belongs here: turning `lexicon/place_regions.csv` and `lexicon/country_names.csv` into entries. Keep out: areas of states (`areas`).
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.lexicon import load
from transforms.places.entry import Entry, place

_REGION_CLASSES = frozenset({"admin1", "district", "town", "point"})
_COUNTRY_CLASSES = frozenset({"country"})


def read_regions() -> Iterator[Entry]:
    """Yield the regions; their class is their precision, `aliases` are separated by `|`."""
    for entry in load("place_regions", _REGION_CLASSES):
        extra = entry.extra
        region = place(
            "regions",
            entry.term,
            entry.term,
            entry.term_class,
            admin1=extra["admin1"] or None,
            country=extra["country"] or None,
            lat=float(extra["lat"]) if extra["lat"] else None,
            lon=float(extra["lon"]) if extra["lon"] else None,
        )
        yield Entry(region, (entry.term, *filter(None, extra["aliases"].split("|"))))


def country_aliases() -> dict[str, tuple[str, ...]]:
    """Return further names of countries by ISO code."""
    found: dict[str, list[str]] = {}
    for entry in load("country_names", _COUNTRY_CLASSES):
        found.setdefault(entry.extra["country"], []).append(entry.term)
    return {country: tuple(names) for country, names in found.items()}
