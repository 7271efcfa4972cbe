"""One gazetteer entry on its way into the index: a `Place` and all names under which it is found.

Belongs here: the shape that all sources of the index share. Keep out: reading any source.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.identity import hash63
from transforms.reading.document import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and the names that find it. wins: a user's entry that goes before others of the same name."""

    place: Place
    names: tuple[str, ...]
    wins: bool = False


def place(
    gazetteer: str,
    gazetteer_id: str,
    name: str,
    precision: str,
    *,
    admin1: str | None,
    country: str | None,
    lat: float | None,
    lon: float | None,
    population: int = 0,
) -> Place:
    """Return a Place with its id: a hash of the gazetteer and the id there, hence the same in every build."""
    place_id = hash63("place", gazetteer, gazetteer_id)
    return Place(place_id, name, precision, admin1, country, lat, lon, population, gazetteer, gazetteer_id)
