"""The words of phrases that say where, looked up by word: from `lexicon/place_words.csv`, nationalities and country names.

Belongs here: turning lexicon files into lookup tables. Keep out: rules about how the words combine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import load
from transforms.sources.known import kinds

_LOWER_CLASSES = (
    "direction",
    "preposition",
    "preposition_on",
    "preposition_from",
    "preposition_to",
    "link",
    "site",
    "attack",
    "source",
    "owner",
    "family",
    "arrival",
    "actor",
    "local",
    "connector",
    "determiner",
    "distance",
    "near",
    "near_to",
    "dweller",
    "border",
    "stationed",
    "shooter",
    "origin",
    "road",
    "filler",
    "site_modifier",
    "saying",
    "clause",
    "vague",
    "control",
    "compound",
    "points_back",
    "points_back_to_area",
    "realm",
    "throughout",
    "several",
    "nationwide",
)
_PRINTED_CLASSES = ("not_name", "org", "not_place")
_CLASSES = frozenset({*_LOWER_CLASSES, *_PRINTED_CLASSES, "kind"})
_HINT_CLASSES = frozenset({"party", "unit", "body", "abroad"})
_GROUP_HINT, _ARMY_HINT = 1.2, 0.6
_NATIONALITY = frozenset({"nationality"})


@dataclass(frozen=True, slots=True)
class Words:
    """Lookup tables. All keys are in lower case except `not_name`, `org` and `not_place`, which are as printed.

    kinds: word -> hint (admin1, district, town, feature, around). nationalities: adjective in lower case -> country.
    hints: name as printed -> country it hints at and how strongly; common_hints: those that are no proper names (`upazila`).
    """

    directions: frozenset[str]
    prepositions: frozenset[str]
    prepositions_on: frozenset[str]
    prepositions_from: frozenset[str]
    prepositions_to: frozenset[str]
    links: frozenset[str]
    kinds: dict[str, str]
    sites: frozenset[str]
    attacks: frozenset[str]
    sources: frozenset[str]
    owners: frozenset[str]
    families: frozenset[str]
    arrivals: frozenset[str]
    actors: frozenset[str]
    locals: frozenset[str]
    determiners: frozenset[str]
    distances: frozenset[str]
    near: frozenset[str]
    near_to: frozenset[str]
    dwellers: frozenset[str]
    borders: frozenset[str]
    stationed: frozenset[str]
    shooters: frozenset[str]
    origins: frozenset[str]
    roads: frozenset[str]
    fillers: frozenset[str]
    site_modifiers: frozenset[str]
    sayings: frozenset[str]
    clauses: frozenset[str]
    vague: frozenset[str]
    points_back: frozenset[str]
    points_back_to_area: frozenset[str]
    realms: frozenset[str]
    throughout: frozenset[str]
    several: frozenset[str]
    nationwide: frozenset[str]
    controls: tuple[str, ...]
    compounds: tuple[str, ...]
    connectors: frozenset[str]
    not_names: frozenset[str]
    orgs: frozenset[str]
    not_places: frozenset[str]
    nationalities: dict[str, str]
    hints: dict[str, tuple[str, float]]
    common_hints: tuple[str, ...]


def _groups() -> dict[str, tuple[str, str]]:
    """Return spelling -> (country or "", kind) of every group, army and side of the lexicon of groups.

    A group that acts in several lands hints at none: `al-Shabaab` attacks in Kenya as it does in Somalia.
    """
    abroad = {entry.term for entry in load("country_hints", _HINT_CLASSES) if entry.term_class == "abroad"}
    found: dict[str, tuple[str, str]] = {}
    for entry in load("groups", kinds()):
        for name in (entry.term, *entry.extra["aliases"].split("|")):
            if name:
                found[name] = ("" if entry.term in abroad else entry.extra["country"], entry.term_class)
    return found


def _bodies() -> frozenset[str]:
    """Return the parties, peoples and services: no places. Offices and areas (`upazila`, `Gaza`) may be part of a place."""
    return frozenset(entry.term for entry in load("country_hints", _HINT_CLASSES) if entry.term_class in ("party", "body"))


def _hints() -> dict[str, tuple[str, float]]:
    """Return name -> (country, weight). Armies act abroad more often than armed groups do."""
    found = {name: (country, _ARMY_HINT if kind == "military" else _GROUP_HINT) for name, (country, kind) in _groups().items() if country}
    hints = (entry for entry in load("country_hints", _HINT_CLASSES) if entry.term_class != "abroad")
    found.update({entry.term: (entry.extra["country"], _GROUP_HINT) for entry in hints})
    return found


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the tables, read once."""
    entries = load("place_words", _CLASSES)
    hints = _hints()

    def lower(*classes: str) -> frozenset[str]:
        return frozenset(entry.term.lower() for entry in entries if entry.term_class in classes)

    def printed(*classes: str) -> frozenset[str]:
        return frozenset(entry.term for entry in entries if entry.term_class in classes)

    return Words(
        directions=lower("direction"),
        prepositions=lower("preposition"),
        prepositions_on=lower("preposition_on"),
        prepositions_from=lower("preposition_from"),
        prepositions_to=lower("preposition_to"),
        links=lower("link"),
        kinds={entry.term.lower(): entry.extra["hint"] for entry in entries if entry.term_class == "kind"},
        sites=lower("site"),
        attacks=lower("attack"),
        sources=lower("source"),
        owners=lower("owner"),
        families=lower("family"),
        arrivals=lower("arrival"),
        actors=lower("actor"),
        locals=lower("local"),
        determiners=lower("determiner"),
        distances=lower("distance"),
        near=lower("near"),
        near_to=lower("near_to"),
        dwellers=lower("dweller"),
        borders=lower("border"),
        stationed=lower("stationed"),
        shooters=lower("shooter"),
        origins=lower("origin"),
        roads=lower("road"),
        fillers=lower("filler"),
        site_modifiers=lower("site_modifier"),
        sayings=lower("saying"),
        clauses=lower("clause"),
        vague=lower("vague"),
        points_back=lower("points_back"),
        points_back_to_area=lower("points_back_to_area"),
        realms=lower("realm"),
        throughout=lower("throughout"),
        several=lower("several"),
        nationwide=lower("nationwide"),
        controls=tuple(sorted(lower("control"))),
        compounds=tuple(sorted(lower("compound"))),
        connectors=lower("connector"),
        not_names=printed("not_name"),
        orgs=printed("org"),
        not_places=printed("not_place") | frozenset(_groups()) | _bodies(),
        nationalities={entry.term.lower(): entry.extra["country"] for entry in load("nationalities", _NATIONALITY)},
        hints=hints,
        common_hints=tuple(name for name in hints if name.islower()),
    )
