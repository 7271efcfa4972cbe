"""Where an article plays: the countries its words point to.

Country names count most, then groups and parties at home there, nationalities (`Syrian`) and areas or large towns. Actors from
abroad are named by nationality too (`Russian jets`), so a nationality alone never outweighs a named country.

Belongs here: weighing countries. Keep out: resolving places (`resolve`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from transforms.places.phrases import OF, STRONG, WEAK, Phrase
from transforms.places.resolve import Context
from transforms.places.words import Words
from transforms.reading.document import Place, PlaceIndex

_RUN = re.compile(r"\b[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}")
_NATIONALITY_WEIGHT, _NAME_WEIGHT, _STRONG_NAME_WEIGHT = 0.6, 1.0, 3.0
_TOWN_WEIGHT, _AREA_WEIGHT = 0.8, 1.6
# A name votes by places that a reader of another country would know.
_LARGE_TOWN = 100_000
_MAX_READ, _MAX_TIMES = 6000, 4


@lru_cache(maxsize=20_000)
def _spans(run: str) -> tuple[str, ...]:
    """Return the words of a run of capitalised words, then its pairs and triples."""
    parts = run.split(" ")
    sizes = range(1, min(3, len(parts)) + 1)
    return tuple(" ".join(parts[start : start + size]).rstrip(".,'’") for size in sizes for start in range(len(parts) - size + 1))


def _hinted(text: str, table: Words) -> dict[str, float]:
    """Return weights of countries by nationalities and by groups, parties and offices at home there."""
    times: dict[tuple[str, float], int] = {}
    capitals = text.isupper()
    for run, count in Counter(_RUN.findall(text, 0, _MAX_READ)).items():
        for name in _spans(run):
            country = table.nationalities.get(name.lower())
            known = table.hints.get(name) or (table.hints.get(name.title()) if capitals else None)
            hint = (country, _NATIONALITY_WEIGHT) if country else known
            if hint:
                times[hint] = times.get(hint, 0) + count
    for name in table.common_hints:
        if name in text:
            times[table.hints[name]] = times.get(table.hints[name], 0) + 1
    weights: dict[str, float] = {}
    for (country, weight), count in times.items():
        weights[country] = weights.get(country, 0.0) + weight * min(count, _MAX_TIMES)
    return weights


def _add_printed(text: str, index: PlaceIndex, weights: dict[str, float]) -> None:
    """In a text in capitals, where phrases are few, let every printed name of a country count."""
    for match in _RUN.finditer(text, 0, _MAX_READ):
        for name in _spans(match.group()):
            country = next((place.country for place in index.candidates(name) if place.precision == "country"), None)
            if country:
                weights[country] = weights.get(country, 0.0) + _NAME_WEIGHT


def _sizes(found: tuple[Place, ...], has_kind: bool) -> dict[str, float]:
    """Return how large the largest area or well-known town of the name is, by country."""
    sizes: dict[str, float] = {}
    for place in found:
        if place.country and (
            place.precision == "admin1" or place.population >= _LARGE_TOWN or (has_kind and place.precision == "district")
        ):
            sizes[place.country] = max(sizes.get(place.country, 0.0), 1000.0 + place.population)
    return sizes


def _vote(phrase: Phrase, index: PlaceIndex, context: Context) -> None:
    """Let each name of a phrase vote: country names for themselves, others by the population of their places."""
    for unit in phrase.units:
        if not unit.name or unit.hint == "site" or phrase.weight < WEAK:
            continue
        found = index.candidates(unit.name)
        country = next((place for place in found if place.precision == "country"), None)
        if country is not None and country.country and unit.hint is None:
            strong = phrase.weight >= STRONG or len(phrase.names) > 1
            _add(context, country.country, _STRONG_NAME_WEIGHT if strong else _NAME_WEIGHT, named=True, stated=strong)
        elif phrase.weight >= OF:
            sizes = _sizes(found, unit.hint in ("admin1", "district"))
            total = sum(sizes.values())
            clear = len(sizes) == 1 and (unit.hint == "admin1" or any(place.precision == "admin1" for place in found))
            for code, size in sizes.items():
                if size > 0.1 * total:
                    _add(context, code, (_AREA_WEIGHT if clear else _TOWN_WEIGHT) * (size / total) ** 2, named=clear, stated=clear)


def _add(context: Context, country: str, weight: float, *, named: bool, stated: bool) -> None:
    context.countries[country] = context.countries.get(country, 0.0) + weight
    if named:
        context.named[country] = context.named.get(country, 0.0) + weight
        context.stated += weight if stated else 0.0


def setting(text: str, phrases: Iterable[Phrase], index: PlaceIndex, table: Words) -> Context:
    """Return the context of an article: countries by weight. text: title and body."""
    hinted = _hinted(text, table)
    if text.isupper():
        _add_printed(text, index, hinted)
    context = Context(hinted, dict(hinted))
    for phrase in phrases:
        _vote(phrase, index, context)
    return context
