"""Phrases that say where: chains of names and sites (`a police station in the Midan neighbourhood of Damascus`).

A phrase has units from the most specific to the widest, each with a hint at what it is. How it is introduced (`in`, `near`,
`attack on`, `targeted`, `from`, a speaker before it) says how well it speaks for the place of an event.

Belongs here: finding phrases in one sentence. Keep out: which place is meant (`resolve`), whose place it is (`choice`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from transforms.places.names_in_text import Name, find_names, is_upper_case
from transforms.places.words import Words
from transforms.reading.document import PlaceIndex, Sentence

STRONG, OBJECT, NAMED, OF, BARE, WEAK = 3.0, 3.0, 2.2, 1.5, 1.0, 0.4
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her"})
_CONTROL = ("-held", "-controlled", "-occupied", "-run", "-dominated", "-besieged", "-majority", "-populated")
_DISTANCES = frozenset({"km", "kms", "kilometres", "kilometers", "miles", "metres", "meters", "away", "far"})
_NEAR = frozenset({"near", "around", "outside", "between", "along", "off", "beside", "opposite", "nearby", "surrounding"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One link of a phrase: tokens [start, end), the name in it ("" = a site without a name), what it is said to be."""

    start: int
    end: int
    name: str
    hint: str | None
    directed: bool = False


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


class _Finder:
    """The state of one sentence while its phrases are found."""

    def __init__(self, sentence: Sentence, index: PlaceIndex | None, table: Words) -> None:
        self.sentence, self.index, self.table = sentence, index, table
        self.words, self.lowers = sentence.words, sentence.lowers
        self.count = len(self.words)
        self.upper = is_upper_case(sentence)

    def text(self, start: int, end: int) -> str:
        base = self.sentence.start
        return self.sentence.text[self.sentence.starts[start] - base : self.sentence.ends[end - 1] - base]

    def low(self, position: int) -> str:
        return self.lowers[position] if 0 <= position < self.count else ""

    def known(self, start: int, end: int) -> bool:
        return self.is_known(self.text(start, end))

    def is_known(self, name: str) -> bool:
        return self.index is not None and bool(self.index.candidates(name))

    def is_country(self, name: str) -> bool:
        return self.index is not None and any(place.precision == "country" for place in self.index.candidates(name))

    def is_introduced(self, start: int) -> bool:
        """Return whether a preposition of place (or `attack on`) stands before a unit."""
        position = start - 1
        while self.low(position) in _DETERMINERS:
            position -= 1
        low, table = self.low(position), self.table
        return low in table.prepositions or low in table.links or low in table.prepositions_on or low in table.attacks

    # -- one unit

    def trimmed(self, name: Name) -> tuple[int, int, str | None, int] | None:
        """Return (start, end of the name, hint, end with the words of its kind), or None when it is no place by its form."""
        start, end, table = name.start, name.end, self.table
        if self.text(start, end) in table.not_places:
            return None
        hint, core = None, end
        if not self.known(start, end):
            if any(word in table.orgs for word in self.words[start : end - 1]) and not self._country_first(start, end):
                return None
            while core - start > 1 and (self.lowers[core - 1] in table.kinds or self.lowers[core - 1] in table.sites):
                hint = self.hint_of(core - 1) if hint is None else hint
                core -= 1
            if hint is None and self.words[end - 1] in table.orgs:
                return None
            core, hint, end = self._longest_known(start, core, hint, end)
            if self.text(start, core) in table.not_places:
                return None
        while self.low(end) in table.kinds or (self.low(end) in table.sites and not self._is_person_site(end)):
            hint = self.hint_of(end) if hint in (None, "around") or self.hint_of(end) == "site" else hint
            end += 1
        return start, core, hint, end

    def _is_person_site(self, position: int) -> bool:
        return self.low(position) in self.table.owners and self.low(position + 1) not in self.table.sites

    def _longest_known(self, start: int, core: int, hint: str | None, end: int) -> tuple[int, str | None, int]:
        """Cut a run to its longest known beginning when the whole is unknown: in headlines and texts in capitals it runs on."""
        if self.known(start, core) or core - start == 1:
            return core, hint, end
        country = self._country_first(start, core)
        if country:
            return country, None, country
        for stop in range(core - 1, start, -1):
            if self.known(start, stop) and (self.upper or self.words[stop] not in self.table.orgs):
                if self.upper or self.lowers[stop] in self.table.owners:
                    return stop, None, stop
        return core, hint, end

    def _country_first(self, start: int, end: int) -> int:
        """Return where a country's name at the beginning of a run ends (`Syria Kills`), 0 when there is none."""
        for stop in range(min(end, start + 3), start, -1):
            if self.is_country(self.text(start, stop)):
                return stop
        return 0

    def hint_of(self, position: int) -> str:
        low = self.lowers[position]
        return "site" if low in self.table.sites and low not in self.table.kinds else self.table.kinds[low]

    def is_modifier(self, position: int) -> bool:
        low = self.low(position)
        return low in self.table.directions or low in self.table.nationalities or low.endswith(_CONTROL)

    def unit(self, name: Name, floor: int) -> Unit | None:
        """Return the unit around a name: `the western countryside of Raqqa province`. floor: where the name before it ends."""
        found = self.trimmed(name)
        if found is None:
            return None
        start, core, hint, end = found
        left, directed = start, False
        while left > floor and self.is_modifier(left - 1):
            left -= 1
            directed = True
        while left - 2 >= floor and self.low(left - 1) == "of" and self.is_kind(left - 2):
            position = left - 2
            own = self.hint_of(position)
            hint = own if hint is None or own in ("site", "around") else hint
            left = position
            while left > floor and (self.is_modifier(left - 1) or self.is_kind(left - 1)):
                left -= 1
            if self.low(left - 1) in _DETERMINERS and self.low(left - 2) == "of":
                left -= 1
        if left > floor and self.low(left - 1) in self.table.kinds and self.words[left - 1].islower() and hint is None and left == start:
            hint, left = self.hint_of(left - 1), left - 1
        return Unit(left, end, self.text(start, core), hint, directed)

    def is_kind(self, position: int) -> bool:
        return self.low(position) in self.table.kinds or self.low(position) in self.table.sites

    # -- chains

    def link(self, end: int, following: Unit) -> bool:
        """Return whether the words between one unit and the next make the next one its container."""
        position = end
        if self.low(position) in (",", "("):
            position += 1
            if position == following.start and self._contains_by_comma(following):
                return True
        steps = 0
        while position < following.start and steps < 5:
            low = self.low(position)
            if low in _DETERMINERS or low in self.table.directions or low in ("of", "border", "about", "some", *_DISTANCES):
                pass
            elif low == "from" and self.low(position - 1) not in _DISTANCES:
                return False
            elif low in self.table.links and (self.words[position].islower() or self.upper):
                pass
            elif low in self.table.kinds and self.low(position + 1) in ("of", "in"):
                pass
            elif low.isdigit() and self.low(position + 1) in _DISTANCES:
                pass
            else:
                return False
            position += 1
            steps += 1
        return position == following.start and steps > 0

    def _contains_by_comma(self, following: Unit) -> bool:
        """`X, Idlib province` and `X, Nigeria` name a container; `X, Y and Z` is a list."""
        if following.hint in ("admin1", "district"):
            return True
        if self.low(following.end) in ("and", "&") or self.low(following.end) == "," and self.low(following.end + 1) == "and":
            return False
        return self.index is not None and any(place.precision != "town" for place in self.index.candidates(following.name))

    def site_before(self, left: int) -> Unit | None:
        """Return the unnamed site that a phrase begins with: `a police station in` + what follows at `left`."""
        position = left - 1
        while self.low(position) in _DETERMINERS or self.low(position) in self.table.directions:
            position -= 1
        if self.low(position) not in self.table.links or self.low(position) == "along":
            return None
        end = position
        start = end
        while self.low(start - 1) in self.table.sites or self.low(start - 1) in self.table.kinds:
            start -= 1
        if start == end:
            return None
        hint = "site" if self.low(end - 1) in self.table.sites else self.table.kinds[self.low(end - 1)]
        if self.low(start - 1) in ("police", "military", "army", "bus", "train", "government", "refugee", "naval", "air", "public"):
            start -= 1
        return Unit(start, end, "", hint)

    def weight(self, units: tuple[Unit, ...]) -> float:
        """Return how well a phrase speaks for the place of an event, by what stands before and after it."""
        first, last = units[0], units[-1]
        position = first.start - 1
        while self.low(position) in _DETERMINERS or self.low(position) in ("both", "several", "two", "three", "many"):
            position -= 1
        before, table = self.low(position), self.table
        if self.low(last.end) in table.owners and self.low(last.end + 1) not in table.sites:
            return WEAK if before in table.prepositions else 0.1
        if before in table.prepositions:
            return WEAK if self.low(position - 1) in table.sources else STRONG
        if before in table.attacks:
            return OBJECT
        if before in table.prepositions_on:
            attack = any(self.low(place) in table.attacks for place in range(position - 4, position))
            return OBJECT if attack or first.hint else OF
        if before == "of":
            return OBJECT if self.low(position - 1) in table.attacks else OF if first.hint else BARE
        if before in table.prepositions_from or before in table.prepositions_to:
            return WEAK
        if self.low(last.end) in table.attacks or self.low(last.end + 1) in table.attacks:
            return NAMED
        return NAMED if first.hint and first.name else BARE


def _units(finder: _Finder) -> list[Unit]:
    """Return the units of the sentence that can be part of a phrase: known, with a kind, or where only a place stands."""
    found: list[Unit] = []
    floor = 0
    for name in _split(finder, find_names(finder.sentence, finder.table)):
        unit = finder.unit(name, floor)
        floor = name.end
        if unit is not None and (unit.hint or finder.is_known(unit.name) or finder.is_introduced(unit.start)):
            found.append(unit)
            floor = max(floor, unit.end)
    return found


def _split(finder: _Finder, names: list[Name]) -> list[Name]:
    """Split runs at a country: `Syrias Idlib` (an apostrophe lost in conversion) behind it, `Manbij Syria` before it."""
    split: list[Name] = []
    for name in names:
        word = finder.words[name.start]
        if name.end - name.start > 1 and not finder.known(name.start, name.end):
            if word.endswith("s") and finder.is_country(word[:-1]) and not finder.is_country(word):
                split.append(Name(name.start + 1, name.end))
                continue
            if finder.is_country(finder.words[name.end - 1]):
                split += [Name(name.start, name.end - 1), Name(name.end - 1, name.end)]
                continue
        split.append(name)
    return split


def _joined(finder: _Finder, chain: tuple[Unit, ...], unit: Unit) -> tuple[Unit, ...] | None:
    """Return the chain with the unit joined to it, or None when the unit begins a phrase of its own."""
    last = chain[-1]
    if finder.link(last.end, unit) or (last.end == unit.start and finder.is_country(unit.name)):
        return (*chain, unit)
    if finder.low(last.end) in ("'s", "’s") and last.end + 1 == unit.start and len(chain) == 1:
        return (replace(unit, start=last.start), last)
    return None


def _chains(finder: _Finder, units: list[Unit]) -> list[tuple[Unit, ...]]:
    chains: list[tuple[Unit, ...]] = []
    for unit in units:
        joined = _joined(finder, chains[-1], unit) if chains else None
        if joined:
            chains[-1] = joined
        else:
            site = finder.site_before(unit.start)
            chains.append((site, unit) if site and (not chains or chains[-1][-1].end <= site.start) else (unit,))
    return chains


def _widest_last(finder: _Finder, chain: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Put a country behind what follows it: `in Syria near Homs`."""
    if len(chain) > 1 and chain[-1].name and not finder.is_country(chain[-1].name):
        countries = tuple(unit for unit in chain if unit.name and unit.hint is None and finder.is_country(unit.name))
        return (*(unit for unit in chain if unit not in countries), *countries)
    return chain


def _is_place(finder: _Finder, chain: tuple[Unit, ...], weight: float) -> bool:
    """Return whether a chain names a place at all: it is known, says what it is, or stands where only a place stands."""
    first = next(unit for unit in chain if unit.name)
    start, table = chain[0].start, finder.table
    known = finder.is_known(first.name)
    if finder.upper:
        return known and weight >= OF
    title = finder.words[start - 1] if start else ""
    if title in table.not_names and title[:1].isupper() and title.lower() not in table.prepositions and start > 1 and not first.hint:
        return False
    if first.hint and first.hint != "around":
        return True
    return weight >= STRONG or (known and weight > WEAK / 2)


def find_phrases(sentence: Sentence, index: PlaceIndex | None, table: Words) -> list[Phrase]:
    """Return the phrases of a tokenized sentence in order."""
    finder = _Finder(sentence, index, table)
    found = []
    for printed in _chains(finder, _units(finder)):
        weight = finder.weight(printed)
        chain = _widest_last(finder, printed)
        if not _is_place(finder, chain, weight):
            continue
        start, end = min(unit.start for unit in printed), max(unit.end for unit in printed)
        if finder.low(start - 1) in _NEAR:
            start -= 1
        chars = sentence.starts[start], sentence.ends[end - 1]
        found.append(Phrase(sentence.index, start, end, *chars, finder.text(start, end), chain, weight))
    return found
