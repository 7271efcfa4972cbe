"""The links of a place phrase: a name with what stands around it (`the western countryside of Raqqa province`).

Belongs here: from runs of words to units, with a hint at what each is. Keep out: chains of units and their weight (`phrases`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.places.names_in_text import SMALL_ARTICLES, Name, find_names, is_upper_case
from transforms.places.words import Words
from transforms.reading.document import PlaceIndex, Sentence

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_LOCAL_GOVERNMENT = ("local", "government")


@dataclass(frozen=True, slots=True)
class Unit:
    """One link of a phrase: tokens [start, end), the name in it ("" = a site without a name), what it is said to be.

    hint: admin1, district, town, feature, around, site or None. directed: a compass word stands before it. nation: the country
    (alpha-2) of a nationality before its kind (`the Syrian town of X`). road: named after where it leads (`the Aleppo road`).
    """

    start: int
    end: int
    name: str
    hint: str | None
    directed: bool = False
    nation: str | None = None
    road: bool = False


class Finder:
    """One tokenized sentence, with the gazetteer and the words that its units are found by."""

    def __init__(self, sentence: Sentence, index: PlaceIndex | None, table: Words) -> None:
        self.sentence, self.index, self.table = sentence, index, table
        self.words, self.lowers = sentence.words, sentence.lowers
        self.count = len(self.words)
        self.upper = is_upper_case(sentence)

    def text(self, start: int, end: int) -> str:
        """Return the tokens as printed."""
        base = self.sentence.start
        return self.sentence.text[self.sentence.starts[start] - base : self.sentence.ends[end - 1] - base]

    def low(self, position: int) -> str:
        """Return a token in lower case, "" outside the sentence."""
        return self.lowers[position] if 0 <= position < self.count else ""

    def is_known(self, name: str) -> bool:
        """Return whether the gazetteer has a place of this name."""
        return self.index is not None and bool(self.index.candidates(name))

    def is_country(self, name: str) -> bool:
        """Return whether the name is a country's."""
        return self.index is not None and any(place.precision == "country" for place in self.index.candidates(name))

    def is_kind(self, position: int) -> bool:
        """Return whether the token says what a place is (`province`, `hospital`)."""
        return self.low(position) in self.table.kinds or self.low(position) in self.table.sites

    def hint_of(self, position: int) -> str:
        """Return the hint of a token for which `is_kind` holds."""
        return self.table.kinds.get(self.lowers[position], "site")

    def before(self, start: int) -> int:
        """Return the last position before `start` that is no determiner."""
        position = start - 1
        while self.low(position) in self.table.determiners:
            position -= 1
        return position

    def is_owner(self, end: int) -> bool:
        """Return whether what follows a name makes it a modifier of people (`Damascus regime`), not a place (`X police station`)."""
        low = self.low(end)
        return low in self.table.owners and self.low(end + 1) not in self.table.sites

    def _is_people(self, unit: Unit) -> bool:
        """Return whether a unit without a kind is about people: `2 Hurt`, `American Bradley`, `the X family home`, `X's brother`."""
        before, low = self.low(unit.start - 1), self.low(unit.end)
        if before.isdigit() or before in self.table.nationalities:
            return True
        return low in self.table.families or (low in ("'s", "’s") and self.low(unit.end + 1) in self.table.families)

    def units(self) -> list[Unit]:
        """Return the units that can be part of a phrase: known, with a kind, or where only a place stands."""
        found: list[Unit] = []
        floor = 0
        for name in self._split(find_names(self.sentence, self.table, self.upper)):
            unit = self._unit(name, floor)
            floor = max(floor, name.end)
            if unit is not None and unit.hint is None and self._is_people(unit):
                unit = None
            if unit is not None and (unit.hint or self.is_known(unit.name) or self._is_introduced(unit.start)):
                found.append(unit)
                floor = max(floor, unit.end)
        return found

    # -- what belongs to a name

    def _split(self, names: list[Name]) -> list[Name]:
        """Mend runs: `Cox's Bazar` is one name; `Syrias Idlib` (an apostrophe lost) and `Manbij Syria` are two."""
        mended: list[Name] = []
        for name in names:
            last = mended[-1] if mended else None
            if (
                last
                and last.end + 1 == name.start
                and self.low(last.end) in ("'s", "’s")
                and self.is_known(self.text(last.start, name.end))
            ):
                mended[-1] = Name(last.start, name.end)
            else:
                mended += self._parted(name)
        return mended

    def _parted(self, name: Name) -> list[Name]:
        word, long = self.words[name.start], name.end - name.start > 1
        if not long or self.is_known(self.text(name.start, name.end)):
            return [name]
        if word.endswith("s") and self.is_country(word[:-1]) and not self.is_country(word):
            return [Name(name.start + 1, name.end)]
        for cut in range(max(name.start + 1, name.end - 2), name.end):
            if self.is_country(self.text(cut, name.end)):
                return [Name(name.start, cut), Name(cut, name.end)]
        for cut in range(min(name.end - 1, name.start + 3), name.start, -1):
            if self.words[cut - 1] in SMALL_ARTICLES or (self.words[cut] in SMALL_ARTICLES and self.is_kind(name.end - 1)):
                # `Kuwait al Rahma Camp` is no place in Kuwait
                continue
            if self.is_country(self.text(name.start, cut)):
                return [Name(name.start, cut), Name(cut, name.end)]
        return [name]

    def _unit(self, name: Name, floor: int) -> Unit | None:
        """Return the unit around a name. floor: where the name before it ends."""
        found = self._core(name)
        if found is None:
            return None
        core, hint = found
        end = core
        if end < name.end and self.low(end) in self.table.site_modifiers:
            # `Minnegh Military Airbase`
            end += 1
        while self.is_kind(end) or (self.low(end) in _LOCAL_GOVERNMENT and self.low(end + 1) in (*_LOCAL_GOVERNMENT, "area")):
            own = self.hint_of(end) if self.is_kind(end) else "district"
            hint = own if hint in (None, "around") else hint
            end += 1
        start = name.start
        if core - start > 1 and self.low(start) in self.table.directions and not self.is_known(self.text(start, core)):
            # `North Kolkata`: a part of the town
            start += self.is_known(self.text(start + 1, core))
        left, hint, directed = self._left(start, floor, hint)
        if directed and self._is_area(self.text(start - 1, core)):
            return Unit(left, end, self.text(start - 1, core), hint)
        nation = next((self.table.nationalities[low] for low in self.lowers[left:start] if low in self.table.nationalities), None)
        return Unit(left, end, self.text(start, core), hint, directed, nation, self.low(core) in self.table.roads)

    def _is_area(self, name: str) -> bool:
        """Return whether a name with its compass word is an area of its own (`northern Gaza Strip`, not `east London`)."""
        return self.index is not None and any(place.precision in ("admin1", "district") for place in self.index.candidates(name))

    def _core(self, name: Name) -> tuple[int, str | None] | None:
        """Return (end of the name proper, hint), or None when the run is no place by its form."""
        start, end, table = name.start, name.end, self.table
        printed = self.text(start, end)
        if printed in table.not_places or (end - start == 1 and self.lowers[start] in table.directions and self.is_kind(end)):
            return None
        if self.is_known(printed):
            return None if end - start == 1 and self.is_kind(start) else (end, None)
        core, hint = end, None
        while core - start > 1 and (self.is_kind(core - 1) or self.lowers[core - 1] in _LOCAL_GOVERNMENT):
            hint = hint or (self.hint_of(core - 1) if self.is_kind(core - 1) else "district")
            core -= 1
        while hint == "site" and core - start > 1 and self.lowers[core - 1] in table.site_modifiers:
            core -= 1
        if self.is_kind(core - 1) or self.text(start, core) in table.not_places or _ORDINAL.match(self.words[core - 1]):
            return (end, "site") if hint == "site" and _ORDINAL.match(self.words[core - 1]) else None
        if any(word in table.orgs for word in self.words[start:core]) and not self.is_known(self.text(start, core)):
            return None
        return (core, hint) if hint or not self.upper else self._longest_known(start, core)

    def _longest_known(self, start: int, core: int) -> tuple[int, None]:
        """In a text in capitals a run goes on into the words that follow: cut it to its longest known beginning."""
        for stop in range(core, start, -1):
            if self.is_known(self.text(start, stop)) and not (stop - start == 1 and self.is_kind(start)):
                return stop, None
        return core, None

    def _is_modifier(self, position: int) -> bool:
        low = self.low(position)
        return low in self.table.directions or low.endswith(self.table.controls)

    def _left(self, start: int, floor: int, hint: str | None) -> tuple[int, str | None, bool]:
        """Return (start of the unit, hint, whether a compass word stands before the name)."""
        left, directed = start, False
        if left > floor and self.words[left - 1].endswith("s") and self.is_country(self.words[left - 1][:-1]):
            left -= 1
        while left > floor and self._is_modifier(left - 1):
            left -= 1
            directed = directed or self.low(left) in self.table.directions
        while left - 2 >= floor and self.low(left - 1) == "of" and self.is_kind(left - 2):
            own = self.hint_of(left - 2)
            hint = own if hint is None or own in ("site", "around") else hint
            left -= 2
            while left > floor and (
                self._is_modifier(left - 1) or self.is_kind(left - 1) or self.low(left - 1) in self.table.nationalities
            ):
                left -= 1
        if left > floor and left == start and hint is None and self.low(left - 1) in self.table.kinds and self.words[left - 1].islower():
            hint, left = self.hint_of(left - 1), left - 1
        return left, hint, directed

    def _is_introduced(self, start: int) -> bool:
        low, table = self.low(self.before(start)), self.table
        return low in table.prepositions or low in table.links or low in table.prepositions_on or low in table.attacks
