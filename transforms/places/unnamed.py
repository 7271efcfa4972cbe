"""Places that a sentence gives without a name: `in the capital`, `across the country`, `in eight cities`, `districts held by the rebels`.

They say where an event was as truly as a name does, but no gazetteer has them: they keep their words, and lie in the country (or,
for districts, the area) of which the article tells.

Belongs here: finding such words. Keep out: names (`phrases`), and which country or area it is (`reading.places`).
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.places.phrases import site_before
from transforms.places.units import Finder
from transforms.places.words import Words
from transforms.reading.document import Sentence
from transforms.reading.numbers import number_at

# Words that name the side which holds a place: `held by the government forces`.
_HOLDER_WORDS = 4


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Tokens [start, end) of the words. local: it lies in the area just told of (`the western districts`), not anywhere in the country."""

    start: int
    end: int
    local: bool = False


def _of_the_country(finder: Finder, end: int) -> int:
    """Return the end with `of the country` behind it, where that follows."""
    follows = finder.low(end) == "of" and finder.low(end + 1) == "the" and finder.low(end + 2) in finder.table.realms
    return end + 3 if follows else end


def _everywhere(finder: Finder, at: int) -> Unnamed | None:
    """`across the country`."""
    inside = finder.low(at) in finder.table.throughout and finder.low(at + 1) == "the" and finder.low(at + 2) in finder.table.realms
    return Unnamed(at, at + 3) if inside else None


def _capital(finder: Finder, at: int) -> Unnamed | None:
    """`a police station in the capital`, `in the capital and other parts of the country`; not `in the capital Damascus`."""
    if (finder.low(at), finder.low(at + 1), finder.low(at + 2)) != ("in", "the", "capital"):
        return None
    end = at + 3
    following = finder.words[end] if end < finder.count else ""
    if finder.low(end) in ("of", "city", "'s", "’s", ",") or (following[:1].isupper() and not finder.upper):
        return None
    if finder.low(end) == "and" and finder.low(end + 1) in finder.table.several and finder.is_kind(end + 2):
        end = _of_the_country(finder, end + 3)
    site = site_before(finder, at + 2)
    return Unnamed(site.start if site else at + 2, end)


def _counted(finder: Finder, at: int) -> Unnamed | None:
    """`in eight cities`, `in several parts of the country`; not `in three villages of Idlib`, which has a name."""
    table = finder.table
    if finder.low(at) not in ("in", *table.throughout):
        return None
    number = number_at(finder.lowers, at + 1)
    kind = number.end if number else at + 2 if finder.low(at + 1) in table.several else 0
    if not kind or not finder.low(kind).endswith("s") or finder.low(kind) not in table.kinds:
        return None
    end = _of_the_country(finder, kind + 1)
    if end == kind + 1 and (finder.low(end) in table.links or finder.low(end) in (",", ":", "(")):
        return None
    return Unnamed(at + 1, end)


def _held(finder: Finder, at: int) -> Unnamed | None:
    """`on the western districts held by the rebels`: a kind of place, and the side that has it."""
    table = finder.table
    if finder.low(at) not in table.kinds or f"-{finder.low(at + 1)}" not in table.controls or finder.low(at + 2) != "by":
        return None
    start = at
    while finder.low(start - 1) in table.directions:
        start -= 1
    before = finder.low(finder.before(start))
    if before not in table.prepositions and before not in table.prepositions_on and before not in table.attacks:
        return None
    end = at + 3
    while finder.low(end) in table.determiners:
        end += 1
    for position in range(end, min(end + _HOLDER_WORDS, finder.count)):
        if finder.low(position) in table.owners:
            return Unnamed(start, position + 1, local=True)
        if not finder.words[position][:1].isupper() and finder.low(position) not in table.nationalities:
            break
        end = position + 1
    return Unnamed(start, end, local=True) if finder.low(end - 1) not in ("by", *table.determiners) else None


def find_unnamed(sentence: Sentence, table: Words) -> Unnamed | None:
    """Return the first place without a name in a tokenized sentence, or None. Where a speaker is is no place of an event."""
    finder = Finder(sentence, None, table)
    for at in range(finder.count):
        found = _everywhere(finder, at) or _capital(finder, at) or _counted(finder, at) or _held(finder, at)
        if found and finder.low(at - 1) not in table.sources and finder.low(at - 1) not in table.owners:
            return found
    return None
