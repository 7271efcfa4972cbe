"""Where an article plays: the countries its words point to.

Country names count most, then nationalities (`Syrian`), then names that lie in one country only. Actors from abroad are named by
nationality too (`Russian jets`), so a nationality alone never outweighs a named country.

Belongs here: weighing countries. Keep out: resolving places (`resolve`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from transforms.places.phrases import OF, STRONG, Phrase
from transforms.places.resolve import Context
from transforms.places.words import Words
from transforms.reading.document import PlaceIndex

_CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?|\b(?:US|UK|UAE|DRC|U\.S\.|U\.K\.)(?!\w)")
_NATIONALITY_WEIGHT, _NAME_WEIGHT, _STRONG_NAME_WEIGHT = 0.6, 1.0, 3.0
_PLACE_WEIGHT, _AREA_WEIGHT = 0.8, 1.6
_MAX_READ = 6000
_BIG = 4


def _nationalities(text: str, table: Words) -> Counter[str]:
    found: Counter[str] = Counter()
    for match in _CAPITALISED.finditer(text, 0, _MAX_READ):
        for word in (match.group(), *match.group().split(" ")) if " " in match.group() else (match.group(),):
            country = table.nationalities.get(word.lower())
            if country:
                found[country] += 1
    return found


def _vote(phrase: Phrase, index: PlaceIndex, weights: dict[str, float]) -> None:
    """Let each name of a phrase vote: country names for themselves, others by the population of their candidates."""
    for unit in phrase.units:
        if not unit.name:
            continue
        found = index.candidates(unit.name)
        country = next((place for place in found if place.precision == "country"), None)
        strong = phrase.weight >= STRONG or len(phrase.units) > 1
        if country is not None and country.country and unit.hint is None:
            weights[country.country] = weights.get(country.country, 0.0) + (_STRONG_NAME_WEIGHT if strong else _NAME_WEIGHT)
            continue
        if phrase.weight < OF or not found:
            continue
        sizes: dict[str, float] = {}
        for place in found:
            if place.country:
                size = 1000.0 + place.population
                sizes[place.country] = max(sizes.get(place.country, 0.0), size)
        total = sum(sizes.values())
        only = len(sizes) == 1
        for code, size in sizes.items():
            share = size / total
            if share > 0.1:
                weight = _AREA_WEIGHT if only and any(place.precision == "admin1" for place in found) else _PLACE_WEIGHT
                weights[code] = weights.get(code, 0.0) + weight * share * share


def setting(text: str, phrases: Iterable[Phrase], index: PlaceIndex, table: Words) -> Context:
    """Return the context of an article: countries by weight. text: title and body."""
    context = Context()
    for country, times in _nationalities(text, table).items():
        context.countries[country] = _NATIONALITY_WEIGHT * min(times, _BIG)
    for phrase in phrases:
        _vote(phrase, index, context.countries)
    return context
