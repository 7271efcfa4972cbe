"""Which place a name means: among the places of one name, the one that fits the article.

A name is settled by the area named beside it, what it is said to be (a province, a village), the article's country, how near
it lies to the article's other places, and last by population. A name that stays unknown gets the area that contains it.

Belongs here: the choice among candidates. Keep out: finding names in text (`phrases`), which phrase a figure means (`choice`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from transforms.places.distance import kilometres
from transforms.places.names import keys, skeleton
from transforms.places.phrases import Phrase
from transforms.places.units import Unit
from transforms.reading.document import Place, PlaceIndex

# Points that speak for a candidate; population counts as its decimal logarithm (0 to 7).
_BY_HINT: dict[str, dict[str, float]] = {
    "admin1": {"admin1": 6.0, "district": 1.0, "town": -1.0},
    "district": {"district": 5.0, "town": 1.5, "admin1": -1.0},
    "town": {"town": 4.0, "point": 4.0, "district": 0.0, "admin1": -3.0},
    "around": {"admin1": 1.5, "town": 1.0, "district": 1.0},
    "site": {"town": 2.0, "point": 3.0, "district": 0.0, "admin1": 0.0},
    "feature": {"district": 2.0, "admin1": 1.0, "town": -1.0, "point": 3.0},
}
_INSIDE, _OUTSIDE = 7.0, -9.0
_COUNTRY_SHARE, _OTHER_COUNTRY = 6.0, -4.0
_BORDER_KM, _NEAR_KM, _WITHIN_REACH_KM = 30.0, 60.0, 200.0
# A lone name without any hint at its country is only resolved when it is a town that a reader would know.
_WELL_KNOWN, _WORLD_KNOWN = 100_000, 1_000_000
_SETTLED = 0.6
_CLEARLY_LARGER, _A_TOWN = 5, 5_000
# A province is named after a town of so many at least.
_SEAT = 20_000
# Hints at something beside or inside the named place: its name says less about where it is.
_VAGUE = frozenset({"site", "around", "feature"})
_OWN_NAME = 2.0
_FOREIGN_SHARE = 0.1
_MIN_SHARE_TO_GUESS_SPELLING = 0.5
_COMPASS_LETTER = re.compile(r"^[NSEW]\. ?")


@runtime_checkable
class SimilarNames(Protocol):
    """An index that also finds spellings that no key has."""

    def similar(self, name: str, country: str) -> tuple[Place, ...]:
        """Return places of `country` spelled alike, the most alike first."""


@dataclass(slots=True)
class Context:
    """What an article says of where it plays: weights of countries (alpha-2), and points of places already settled.

    named: the part of the weights that rests on names of countries and on hints, not on towns that may lie elsewhere.
    stated: the part of the named weights that rests on countries and areas named as places; groups and nationals act abroad too.
    """

    countries: dict[str, float] = field(default_factory=dict)
    named: dict[str, float] = field(default_factory=dict)
    stated: float = 0.0
    points: list[tuple[float, float]] = field(default_factory=list)

    def share(self, country: str | None) -> float:
        """Return the country's share of all weights, 0 to 1."""
        total = sum(self.countries.values())
        return self.countries.get(country or "", 0.0) / total if total else 0.0

    def named_share(self, country: str | None) -> float:
        """Return the country's share of the named weights, 0 to 1."""
        total = sum(self.named.values())
        return self.named.get(country or "", 0.0) / total if total else 0.0

    def main_country(self) -> str | None:
        """Return the country with the highest weight, of equal ones the one named first."""
        return max(self.countries, key=lambda code: self.countries[code]) if self.countries else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a phrase resolved to.

    place: the entry, or the containing area when the name itself is unknown (`exact` False). point: its latitude and longitude,
    else those of the nearest area around it that has a point.
    """

    place: Place | None
    admin1: str | None
    country: str | None
    exact: bool = True
    point: tuple[float, float] | None = None


NOWHERE = Resolved(None, None, None, exact=False)


def _point(place: Place) -> tuple[float, float] | None:
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


def _contained(place: Place, container: Place) -> float:
    """Return points for lying in (or near) a place that the text names as its container."""
    if place.place_id == container.place_id:
        return _INSIDE if place.precision == "town" else -2.0
    if place.country != container.country:
        return _OUTSIDE
    if container.precision == "country":
        return _INSIDE
    here, there = _point(place), _point(container)
    near = here is not None and there is not None and kilometres(here, there) <= _NEAR_KM
    if container.precision == "admin1":
        return (
            _INSIDE
            if place.admin1 and container.admin1 and keys(place.admin1)[-1:] == keys(container.admin1)[-1:]
            else 2.0
            if near
            else -3.0
        )
    return _INSIDE if near else 1.0 if place.admin1 == container.admin1 else -3.0


def _by_hint(place: Place, unit: Unit, widest: bool) -> float:
    if place.precision == "country":
        return 6.0 if unit.hint is None else 0.0
    if unit.hint is not None:
        return _BY_HINT[unit.hint].get(place.precision, 0.0)
    if unit.directed:
        return _BY_HINT["around"].get(place.precision, 0.0)
    if widest:
        return {"admin1": 1.5, "district": 0.5}.get(place.precision, 0.0)
    return {"town": 1.0, "point": 1.0}.get(place.precision, 0.0)


def _score(place: Place, unit: Unit, containers: Sequence[Place], context: Context, widest: bool) -> float:
    points = math.log10(place.population + 10) + _by_hint(place, unit, widest)
    if keys(place.name)[-1:] == keys(unit.name)[-1:]:
        points += _OWN_NAME
    points += sum(_contained(place, container) for container in containers)
    share = context.share(place.country)
    points += _COUNTRY_SHARE * share + (_OTHER_COUNTRY if context.countries and not share else 0.0)
    here = _point(place)
    if here is not None and context.points:
        nearest = min(kilometres(here, point) for point in context.points)
        points += 3.0 if nearest <= _NEAR_KM else 1.5 if nearest <= _WITHIN_REACH_KM else 0.0
    return points


def _plausible(place: Place, found: Sequence[Place], unit: Unit, containers: Sequence[Place], context: Context) -> bool:
    """A wrong place is worse than none: a name must lie in what contains it; a lone one in the article's country, or be well known."""
    if containers:
        return all(_lies_in(place, container) for container in containers)
    if unit.hint == "feature" and place.precision == "town":
        # the Yarmouk Basin is no town of that name elsewhere
        return False
    if place.precision == "country":
        return True
    if unit.hint == "admin1" and place.precision in ("town", "point") and place.population < _SEAT:
        # a province is no village of its name
        return False
    named_so = _is_called(place, unit)
    if not context.named:
        if unit.hint in _VAGUE and place.population < _WELL_KNOWN:
            # `on Main Street` alone is in no town of that name
            return False
        clear = _is_clear(place, found) or context.share(place.country) > _SETTLED
        return clear and (named_so or (unit.hint not in _VAGUE and _is_only(place, found)))
    at_home = context.named_share(place.country) > 0
    if place.population >= _WORLD_KNOWN and not (unit.hint in _VAGUE and at_home):
        return unit.hint not in _VAGUE
    total = sum(context.named.values())
    settled = max(context.named.values()) > _SETTLED * total and context.stated > total / 2
    if context.named_share(place.country) <= (_FOREIGN_SHARE if settled else 0.0):
        if settled or unit.hint in _VAGUE or place.population < _A_TOWN or not named_so:
            return False
        return _is_clear(place, [other for other in found if other.precision == place.precision])
    if unit.hint in _VAGUE and place.country != context.main_country():
        return False
    here = _point(place)
    nearest = min((kilometres(here, point) for point in context.points), default=0.0) if here is not None else 0.0
    far = nearest > _WITHIN_REACH_KM
    small = place.population < (_WELL_KNOWN if far else 2 * _A_TOWN)
    return not (small and (far or unit.hint == "site") and unit.hint in _VAGUE)


def _is_only(place: Place, found: Sequence[Place]) -> bool:
    """Return whether no place of another country has the name."""
    return all(other.country == place.country for other in found)


def _is_called(place: Place, unit: Unit) -> bool:
    """Return whether the printed name is the place's own, in some spelling, and not another name of it (`Machi` for Maji is one)."""
    bones = skeleton(unit.name)
    return keys(place.name)[-1:] == keys(unit.name)[-1:] or (bool(bones) and bones == skeleton(place.name))


def _is_clear(place: Place, found: Sequence[Place]) -> bool:
    """Return whether a name without any context has one meaning: in one country only, or far larger than elsewhere."""
    others = [other.population for other in found if other.country != place.country]
    return not others or place.population >= max(_CLEARLY_LARGER * max(others), _A_TOWN)


def _lies_in(place: Place, container: Place) -> bool:
    if place.country != container.country:
        return False
    if container.precision == "country" or (place.admin1 and container.admin1 and keys(place.admin1)[-1:] == keys(container.admin1)[-1:]):
        return True
    here, there = _point(place), _point(container)
    if here is None or there is None:
        return not (place.admin1 and container.admin1)
    return kilometres(here, there) <= (_BORDER_KM if place.admin1 and container.precision == "admin1" else _NEAR_KM)


def _best(unit: Unit, index: PlaceIndex, containers: Sequence[Place], context: Context, widest: bool) -> Place | None:
    if unit.road:
        return None
    found = index.candidates(unit.name)
    area = _COMPASS_LETTER.sub("", unit.name)
    if not found and area != unit.name:
        # `N. Idlib` is a part of the area, where the article is about its country; elsewhere `S. Flores` is a street
        unit = replace(unit, name=area, directed=True)
        here = (place for place in index.candidates(area) if context.share(place.country) >= _MIN_SHARE_TO_GUESS_SPELLING)
        found = tuple(place for place in here if place.precision in ("admin1", "district"))
    if unit.nation:
        # `the Syrian town of X`: there, where the country has one of the name
        there = [place for place in found if place.country == unit.nation]
        if there:
            return max(there, key=lambda place: (_score(place, unit, containers, context, widest), -place.place_id))
    country = containers[-1].country if containers else context.main_country()
    sure = containers or context.share(country) >= _MIN_SHARE_TO_GUESS_SPELLING
    at_home = any(place.country == country for place in found)
    if not at_home and sure and country and isinstance(index, SimilarNames) and not any(place.precision == "country" for place in found):
        found = (*found, *index.similar(unit.name, country))
    usable = [place for place in found if _plausible(place, found, unit, containers, context)]
    if not usable:
        return None
    return max(usable, key=lambda place: (_score(place, unit, containers, context, widest), -place.place_id))


def _seat(place: Place, name: str, index: PlaceIndex) -> tuple[float, float] | None:
    """Return the point of the town an area is named after, where it lies in it: that is where its events mostly are."""
    if place.precision not in ("admin1", "district"):
        return None
    for other in (*index.candidates(name), *index.candidates(place.name)):
        same = other.country == place.country and other.precision == "town" and other.admin1 and place.admin1
        if (
            same
            and keys(other.admin1)[-1:] == keys(place.admin1)[-1:]
            and keys(other.name)[-1:] in (keys(name)[-1:], keys(place.name)[-1:])
        ):
            return _point(other)
    return None


def resolve(phrase: Phrase, index: PlaceIndex, context: Context) -> Resolved:
    """Return what a phrase means in an article: the place of its first name, else the area that contains it."""
    named = [unit for unit in phrase.units if unit.name]
    containers: list[Place] = []
    nearest: Place | None = None
    for position in range(len(named) - 1, 0, -1):
        place = _best(named[position], index, containers, context, widest=True)
        if place is not None:
            if position == 1 and named[1].hint is None:
                nearest = _best(named[1], index, containers, context, widest=False)
            containers.append(place)
    place = _best(named[0], index, containers, context, widest=False)
    if place is not None:
        around = [place, *reversed(containers)]
        admin1 = next((area.admin1 for area in around if area.admin1), None)
        seat = _seat(place, named[0].name, index)
        return Resolved(place, admin1, place.country, point=seat or next(filter(None, map(_point, around)), None))
    if containers:
        nearest = nearest or containers[-1]
        point = next(filter(None, map(_point, (nearest, *reversed(containers)))), None)
        return Resolved(nearest, nearest.admin1, nearest.country, exact=False, point=point)
    nation = next((unit.nation for unit in named if unit.nation), None)
    return Resolved(None, None, nation, exact=False) if nation else NOWHERE
