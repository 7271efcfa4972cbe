"""Phrases that say where: chains of names and sites (`a police station in the Midan neighbourhood of Damascus`).

A phrase has units from the most specific to the widest. How it is introduced (`in`, `near`, `attack on`, `targeted`, `from`, a
speaker before it) says how well it speaks for the place of an event.

Belongs here: chains of one sentence and their weight. Keep out: their links (`units`), which place is meant (`resolve`), whose
place it is (`choice`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transforms.places.units import Finder, Unit
from transforms.places.words import Words
from transforms.reading.document import PlaceIndex, Sentence

# How well a phrase speaks for the place of an event.
STRONG, OBJECT, SITED, NAMED, OF, LOCAL, BARE, WEAK, NO = 3.0, 3.0, 2.8, 2.2, 1.5, 1.2, 1.0, 0.4, 0.1
_LINK_STEPS, _SAYING_REACH, _ATTACK_REACH = 6, 4, 4
# Kilometres or miles up to which what lies so far from a town is placed by it.
_CLOSE = 25
_AMOUNT, _GLUED_KM = re.compile(r"(\d{1,3}(?:\.\d+)?)"), re.compile(r"(\d{1,3}(?:\.\d+)?)kms?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of one sentence: tokens, characters (into title or text), units, weight (how well it speaks for the event's place)."""

    sentence_index: int
    start: int
    end: int
    char_start: int
    char_end: int
    text: str
    units: tuple[Unit, ...]
    weight: float

    @property
    def names(self) -> tuple[str, ...]:
        """The names, from the most specific to the widest."""
        return tuple(unit.name for unit in self.units if unit.name)


def _contains_by_comma(finder: Finder, last: Unit, following: Unit, units: list[Unit]) -> bool:
    """`X, Idlib province`, `X, Nigeria` and `X, Y, Nigeria` name a container; `X, Y and Z` is a list."""
    if following.hint in ("admin1", "district"):
        return True
    if finder.is_country(last.name) and finder.is_country(following.name):
        # `strikes in Iraq, Syria`
        return False
    if finder.is_country(following.name) or finder.low(last.end) == "(":
        return True
    end = following.end
    for unit in units:
        if unit.start == end + 1 and finder.low(end) == ",":
            end = unit.end
    if finder.low(end) in ("and", "&", "or") or (finder.low(end) == "," and finder.low(end + 1) in ("and", "&")):
        return False
    return finder.is_known(following.name)


def _links(finder: Finder, last: Unit, following: Unit, units: list[Unit]) -> bool:
    """Return whether the words between one unit and the next make the next one its container."""
    position, linked = last.end, False
    if finder.low(position) in (",", "("):
        position += 1
        if position == following.start and _contains_by_comma(finder, last, following, units):
            return True
    for _ in range(_LINK_STEPS):
        if position >= following.start:
            break
        low = finder.low(position)
        if low == "from" and finder.low(position - 1) not in finder.table.distances:
            return False
        if low in finder.table.links and (finder.words[position].islower() or finder.upper):
            linked = True
        elif low in finder.table.directions:
            linked = linked or finder.low(position - 1) not in finder.table.determiners
        elif not _may_stand_between(finder, position):
            return False
        position += 1
    return linked and position == following.start


def _may_stand_between(finder: Finder, position: int) -> bool:
    """Return whether a word may stand between a place and its container: `, some 20 km from the city of`."""
    low, table = finder.low(position), finder.table
    if low.isdigit():
        return finder.low(position + 1) in table.distances
    return low in table.determiners or low in table.fillers or low in table.distances or finder.is_kind(position)


def site_before(finder: Finder, left: int) -> Unit | None:
    """Return the unnamed site that a phrase begins with: `a police station in` + what follows at `left`."""
    position = left - 1
    while finder.low(position) in finder.table.determiners or finder.low(position) in finder.table.directions:
        position -= 1
    if finder.low(position) not in finder.table.links or finder.low(position) in ("along", "from"):
        return None
    end = start = position
    while finder.is_kind(start - 1):
        start -= 1
    if start == end:
        return None
    hint = finder.hint_of(end - 1)
    while finder.low(start - 1) in finder.table.site_modifiers:
        start -= 1
    return Unit(start, end, "", hint)


def _is_speaker(finder: Finder, unit: Unit) -> bool:
    """Return whether a name after a comma opens what a speaker says: `at Oak Street, Springfield police said`."""
    if finder.low(unit.start - 1) != "," or not finder.is_owner(unit.end):
        return False
    return any(finder.low(at) in finder.table.sayings for at in range(unit.end + 1, unit.end + 1 + _SAYING_REACH))


def _joined(finder: Finder, chain: tuple[Unit, ...], unit: Unit, units: list[Unit]) -> tuple[Unit, ...] | None:
    """Return the chain with the unit joined to it, or None when the unit begins a phrase of its own."""
    last = chain[-1]
    if (
        finder.low(last.end - 1) in finder.table.sites
        and unit.hint == "site"
        and last.end + 1 == unit.start
        and finder.low(last.end) in ("and", "at")
    ):
        return (*chain, unit)
    beside = last.end == unit.start and finder.is_country(unit.name) and not finder.is_country(last.name)
    if beside or _links(finder, last, unit, units):
        return (*chain, unit)
    if finder.low(last.end) in ("'s", "’s") and last.end + 1 == unit.start and len(chain) == 1:
        return (replace(unit, start=last.start), last)
    return None


def _chains(finder: Finder, units: list[Unit]) -> list[tuple[Unit, ...]]:
    chains: list[tuple[Unit, ...]] = []
    for unit in units:
        joined = _joined(finder, chains[-1], unit, units) if chains and not _is_speaker(finder, unit) else None
        if joined:
            chains[-1] = joined
            continue
        site = site_before(finder, unit.start)
        if site and chains and site.start < chains[-1][-1].end:
            site = None
        chains.append((site, unit) if site else (unit,))
    return chains


def _widest_last(finder: Finder, chain: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Put a country behind what follows it (`in Syria near Homs`); leave it out when that lies elsewhere."""
    named = [unit for unit in chain if unit.name]
    if len(named) < 2 or finder.index is None or not finder.is_country(named[0].name) or finder.is_country(named[-1].name):
        return chain
    country = next(place.country for place in finder.index.candidates(named[0].name) if place.precision == "country")
    inside = any(place.country == country for place in finder.index.candidates(named[1].name))
    rest = tuple(unit for unit in chain if unit is not named[0])
    return (*rest, named[0]) if inside else rest


def _speaks(finder: Finder, chain: tuple[Unit, ...], position: int) -> bool:
    """Return whether the phrase belongs to a speaker: `a source in Aleppo said`."""
    if finder.low(position - 1) not in finder.table.sources:
        return False
    end = chain[-1].end
    return finder.low(position - 1) in ("ministry", "spokesman") or any(
        finder.low(at) in finder.table.sayings
        for at in (*range(end, end + _SAYING_REACH), *range(position - 1 - _SAYING_REACH, position - 1))
    )


def _distance(finder: Finder, position: int) -> tuple[int, float] | None:
    """Return (first word, kilometres or miles) of a distance that ends in the `from` or `of` at a position (`some 5 km from`)."""
    if finder.low(position) not in ("from", "of"):
        return None
    for at in range(position - 1, max(-1, position - 6), -1):
        low, unit = finder.low(at), finder.low(at + 1) in finder.table.distances
        glued = _GLUED_KM.fullmatch(low)
        amount = glued or (_AMOUNT.fullmatch(low) if unit else None)
        if amount:
            return at, float(amount.group(1))
        if unit and low in ("few", "couple"):
            return at - (finder.low(at - 1) in finder.table.determiners), 0.0
    return None


def _follows_attack(finder: Finder, position: int) -> bool:
    """Return whether an attack stands just before a position (`fired rockets on`)."""
    return any(finder.low(place) in finder.table.attacks for place in range(position - _ATTACK_REACH, position))


def _weight(finder: Finder, chain: tuple[Unit, ...]) -> float:
    """Return how well a phrase speaks for the place of an event, by what stands before and after it."""
    first, last, table = chain[0], chain[-1], finder.table
    position = finder.before(first.start)
    while finder.low(position) in table.fillers:
        position -= 1
    before = finder.low(position)
    if finder.is_owner(last.end):
        if finder.low(last.end) in table.locals and first.name and before not in table.prepositions:
            return LOCAL
        return WEAK if before in table.prepositions else NO
    if finder.low(last.end) == "to" and any(finder.low(at) in table.roads for at in range(last.end + 2, last.end + 5)):
        # `on the X to Y road`
        return NO
    distance = _distance(finder, position)
    if distance is not None:
        return NAMED if distance[1] <= _CLOSE else WEAK
    if before in ("from", "of") and any(finder.low(at) in finder.table.distances for at in range(position - 5, position)):
        return WEAK
    if before == "to" and finder.low(position - 1) in table.near_to:
        return STRONG
    if before == "of" and finder.low(position - 1) in table.directions:
        # `in the north of X`, `fired on the north of X`
        front = finder.before(position - 1)
        attack = finder.low(front) in table.prepositions_on and _follows_attack(finder, front)
        return OBJECT if attack else STRONG if finder.low(front) in table.prepositions else NAMED
    if before in table.prepositions_to and _follows_attack(finder, position):
        return OBJECT
    if before == "to" and first.hint and any(finder.low(place) in table.arrivals for place in range(position - 2, position)):
        return NAMED
    if before in table.prepositions_from and not {finder.low(at) for at in range(position - 3, position)}.isdisjoint(table.origins):
        return WEAK
    if before in table.prepositions_from and first.hint in ("town", "district", "site"):
        return OF
    if before in table.prepositions_from or before in table.prepositions_to:
        return WEAK
    if before == "with" and finder.low(position - 1) in table.borders:
        return NO
    if before == "nearby" and finder.low(finder.before(position)) not in table.prepositions:
        # `X and the nearby town of Y`
        return NAMED
    return _framed(finder, chain, position)


def _framed(finder: Finder, chain: tuple[Unit, ...], position: int) -> float:
    """Return the weight of a phrase of which nothing apart from its frame is told. position: of the word before it that tells most."""
    first, last, table = chain[0], chain[-1], finder.table
    before = finder.low(position)
    if before in table.prepositions:
        acts = finder.low(position - 1) in table.actors and finder.low(last.end) in table.attacks
        if finder.low(position - 1) in table.stationed and not {finder.low(at) for at in range(position - 4, position - 1)}.isdisjoint(
            table.shooters
        ):
            # `artillery, located in X, fired on Y`
            return WEAK
        return WEAK if acts or _speaks(finder, chain, position) else STRONG
    if first.start == 0 and finder.words[0].isupper() and not finder.upper:
        return LOCAL
    if not first.name:
        return SITED
    if before in table.attacks:
        return OBJECT
    if before in table.prepositions_on:
        return OBJECT if _follows_attack(finder, position) or first.hint else OF
    if before == "of":
        return (
            OBJECT
            if finder.low(position - 1) in table.attacks
            else OF
            if first.hint or finder.low(position - 1) in table.dwellers
            else BARE
        )
    if finder.low(last.end) in table.attacks or finder.low(last.end + 1) in table.attacks:
        return NAMED
    return NAMED if first.hint and first.name else BARE


def _is_place(finder: Finder, chain: tuple[Unit, ...], weight: float) -> bool:
    """Return whether a chain names a place at all: it is known, says what it is, or stands where only a place stands."""
    first = next(unit for unit in chain if unit.name)
    start, table = chain[0].start, finder.table
    known = finder.is_known(first.name)
    if finder.upper:
        return weight >= OF and any(finder.is_known(unit.name) for unit in chain if unit.name)
    title = finder.words[start - 1] if start and chain[0].name and not first.hint else ""
    if title in table.not_names and title[:1].isupper() and title.lower() not in table.prepositions and start > 1:
        return False
    if first.hint and first.hint != "around":
        return True
    if chain[0].name and len(chain) > 1 and finder.low(chain[0].end) == "(" and (chain[1].hint or finder.is_known(chain[1].name)):
        # `a resident of Miango (Bassa LGA, Plateau)`
        return True
    if first.name.isupper() and weight <= BARE and finder.low(chain[0].end).isalpha():
        return False
    return weight >= SITED or (known and weight > NO)


def _words_before(finder: Finder, start: int) -> int:
    """Return how many words before a phrase belong to it: `near X`, `close to X`, `northwest of X`, `5 km from X`."""
    if finder.low(start - 1) in finder.table.near:
        return 1
    distance = _distance(finder, start - 1)
    if distance is not None and distance[1] <= _CLOSE:
        return start - distance[0]
    last, first = finder.low(start - 1), finder.low(start - 2)
    joined = (last == "of" and first in finder.table.directions) or (last == "to" and first in finder.table.near_to)
    return 2 if joined else 0


def find_phrases(sentence: Sentence, index: PlaceIndex | None, table: Words) -> list[Phrase]:
    """Return the phrases of a tokenized sentence in order."""
    finder = Finder(sentence, index, table)
    found = []
    for printed in _chains(finder, finder.units()):
        weight = _weight(finder, printed)
        chain = _widest_last(finder, printed)
        if not _is_place(finder, chain, weight):
            continue
        start, end = min(unit.start for unit in printed), max(unit.end for unit in printed)
        start -= _words_before(finder, start)
        # `Baboua (Baboua, Nana-Mambere)`: with its second bracket
        end += "(" in finder.words[start:end] and ")" not in finder.words[start:end] and finder.low(end) == ")"
        chars = sentence.starts[start], sentence.ends[end - 1]
        found.append(Phrase(sentence.index, start, end, *chars, finder.text(start, end), chain, weight))
    return found
