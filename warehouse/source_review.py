"""Which sources a person should look at: attributed ones that no lexicon names, and names that are nearly the same.

Belongs here: finding and ordering them. Keep out: merging (`source_merges.py`), and printing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
from rapidfuzz import fuzz, process

from transforms.sources.keys import name_key
from transforms.sources.known import by_name, group_aliases, source_aliases
from warehouse.load import fetch_rows
from warehouse.statements import statement

# Names are nearly the same from this likeness on (rapidfuzz token_sort_ratio of their keys, 0-100: words in any order).
ALIKE = 84.0
# A name whose words, two or more, all stand in another (`Hassan Amr`, `Dr Hassan Amr`), is as good as this.
_WITHIN = 95.0
MOST_ALIKE = 3
# Beyond the most frequent ones no likeness is looked for: the work grows with the square.
MOST_COMPARED = 1000


@dataclass(frozen=True, slots=True)
class Alike:
    """Another source whose name is nearly the same. likeness: 0-100."""

    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """One attributed source that the lexicon does not name, as `report/unknown_sources.sql` counts it, and what it resembles."""

    source_id: int
    name: str
    kind: str | None
    n_figures: int
    n_quotes: int
    n_articles: int
    n_publishers: int
    spelled: tuple[str, ...]
    sentence: str
    is_paraphrase: bool
    alike: tuple[Alike, ...]


def review(con: duckdb.DuckDBPyConnection, *, only_alike: bool = False) -> list[Unknown]:
    """Return the unknown attributed sources, those with the most figures first. only_alike: those that resemble another."""
    rows = fetch_rows(con, statement("report/unknown_sources"))
    names = [str(name) for (name,) in con.execute("SELECT name FROM core.sources WHERE NOT is_unnamed ORDER BY name").fetchall()]
    found = nearly_the_same([row["name"] for row in rows[:MOST_COMPARED]], names)
    listed = [Unknown(**{**row, "spelled": tuple(row["spelled"])}, alike=found.get(row["name"], ())) for row in rows]
    return [unknown for unknown in listed if unknown.alike or not only_alike]


def nearly_the_same(names: Sequence[str], others: Iterable[str]) -> dict[str, tuple[Alike, ...]]:
    """Return for each name the others, and the names of the lexicon, that are nearly the same, the most alike first."""
    meant = _meanings(others)
    keys = sorted(meant)
    own = [name_key(name) for name in names]
    scores = process.cdist(own, keys, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    holding = _by_word(keys)
    found = {}
    for number, name in enumerate(names):
        likeness = {keys[at]: float(scores[number][at]) for at in scores[number].nonzero()[0]}
        likeness |= dict.fromkeys(_around(own[number], holding), _WITHIN)
        best: dict[str, float] = {}
        for key, score in likeness.items():
            other = meant[key]
            if other != name and key != own[number]:
                best[other] = max(score, best.get(other, 0.0))
        ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:MOST_ALIKE]
        if ordered:
            found[name] = tuple(Alike(other, round(score, 1)) for other, score in ordered)
    return found


def _meanings(others: Iterable[str]) -> dict[str, str]:
    """Return name key -> the name of the source that it means: the lexicon's spellings, and the names in use."""
    meant = {key: name for key, name in (group_aliases() | source_aliases()).items() if " " in key}
    meant |= {name_key(name): name for name in by_name()}
    return meant | {name_key(name): name for name in others if name_key(name)}


def _by_word(keys: Iterable[str]) -> Mapping[str, list[str]]:
    """Return word -> the keys of two words or more that have it."""
    holding: dict[str, list[str]] = {}
    for key in keys:
        words = set(key.split())
        for word in words if len(words) > 1 else ():
            holding.setdefault(word, []).append(key)
    return holding


def _around(key: str, holding: Mapping[str, list[str]]) -> list[str]:
    """Return the keys whose words hold all words of this one, or are all held by it; two words at least."""
    words = set(key.split())
    if len(words) < 2:
        return []
    candidates = {other for word in words for other in holding.get(word, ())}
    return sorted(other for other in candidates if words < set(other.split()) or set(other.split()) < words)
