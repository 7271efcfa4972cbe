"""Stories: which texts are (nearly) the same text, whole or as a part of a longer page.

Candidates come from MinHash over word shingles (`shingles.py`), and every candidate pair is then checked exactly. Two texts are
one story when their shingles overlap by `SAME_TEXT`; a longer page joins the story of the one text it holds most of (`HELD_TEXT`),
so that a digest of two agency texts does not make one story of the two.

What is worked out of a text, and of a pair, is `Known` and can be kept (`story_memory.py`): then new texts alone are taken apart,
and only pairs with a new text compared. Pairs are remembered by what the texts hold, not by whose they are, so the stories are
those of a search among all texts, whatever came or went between.

Belongs here: texts in, story ids out. Keep out: who is independent of whom (`dimensions.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from warehouse.shingles import Shingles, Sketch, candidates, shingles, sketch

SAME_TEXT = 0.7  # Jaccard likeness of two versions of one text: a changed headline, a cut last paragraph, another dateline
HELD_TEXT = 0.8  # share of the shorter text that stands in the longer one
SMALLEST_HELD = 25  # shingles: a shared sentence of boilerplate is no story


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is worked out of texts.

    texts: version -> a hash of what its body is read from, and of the shingles it has (its contents), the same for equal texts.
    sets, sketches: contents -> shingles and their sketch, of all texts with any word. pairs: two contents that share enough
    shingles for one story, and how many they share. Any two contents that are here have been compared.
    """

    texts: dict[int, tuple[int, int]] = field(default_factory=dict)
    sets: dict[int, Shingles] = field(default_factory=dict)
    sketches: dict[int, Sketch] = field(default_factory=dict)
    pairs: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Sets:
    """Disjoint sets of article versions; the smallest id stands for its set."""

    parent: dict[int, int]

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def union(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self.parent[high] = low


def find_stories(texts: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Return the story of each text: {article_version_id: story_id}.

    texts: (article_version_id, body of the article). The story id is the smallest article_version_id of the story, so the
    outcome does not depend on the order of the texts.
    """
    given = dict(texts)
    return stories(learn(Known(), dict.fromkeys(given, 0), lambda versions: ((version, given[version]) for version in versions)))


def learn(known: Known, marks: Mapping[int, int], bodies: Callable[[Collection[int]], Iterable[tuple[int, str]]]) -> Known:
    """Return what is known of the texts that there are now, and of no others.

    marks: of each version, a hash of what its body is read from; while that is as it was, the body is not asked for. bodies:
    gives (article_version_id, body) of these versions, in any order.
    """
    texts = {version: known.texts[version] for version, mark in marks.items() if known.texts.get(version, (None,))[0] == mark}
    fresh: dict[int, Shingles] = {}
    for version, text in bodies(marks.keys() - texts.keys()):
        items = shingles(text)
        contents = _contents(items)
        texts[version] = marks[version], contents
        if len(items) and contents not in known.sets:
            fresh[contents] = items
    current = {contents for _, contents in texts.values()}
    sets = {contents: items for contents, items in known.sets.items() if contents in current} | fresh
    sketches = {contents: known.sketches[contents] if contents not in fresh else sketch(items) for contents, items in sets.items()}
    pairs = [pair for pair in known.pairs if pair[0] in current and pair[1] in current]
    return Known(texts, sets, sketches, [*pairs, *_alike(sets, sketches, fresh.keys())])


def stories(known: Known) -> dict[int, int]:
    """Return the story of each text that is known: {article_version_id: story_id}."""
    found = _Sets({version: version for version in known.texts})
    first: dict[int, int] = {}  # contents -> the smallest version with them
    for version, (_, contents) in sorted(known.texts.items()):
        found.union(first.setdefault(contents, version), version)
    held: dict[int, tuple[int, int]] = {}  # longer text -> (shared shingles, shorter text)
    for left, right, shared in known.pairs:
        (short_size, short), (long_size, long) = sorted((len(known.sets[contents]), first[contents]) for contents in (left, right))
        if _is_same(shared, short_size, long_size):
            found.union(short, long)
        else:
            held[long] = max(held.get(long, (0, 0)), (shared, short))
    for long, (_, short) in sorted(held.items()):
        found.union(short, long)
    return {version: found.find(version) for version in sorted(known.texts)}


def _contents(items: Shingles) -> int:
    return int.from_bytes(blake2b(items.tobytes(), digest_size=8).digest(), "little")


def _alike(sets: Mapping[int, Shingles], sketches: Mapping[int, Sketch], fresh: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """Yield two contents, of which one at least is fresh, that share enough for one story, and how many shingles they share."""
    if not fresh:
        return
    contents = list(sets)
    is_fresh = np.array([item in fresh for item in contents], dtype=np.bool_)
    sizes = np.array([len(sets[item]) for item in contents])
    for left, right in candidates(np.array([sketches[item] for item in contents]), is_fresh, lambda *pairs: _least(sizes, *pairs)):
        one, other = sets[contents[left]], sets[contents[right]]
        shared = len(np.intersect1d(one, other, assume_unique=True))
        short, long = sorted((len(one), len(other)))
        if _is_same(shared, short, long) or (shared >= SMALLEST_HELD and shared >= HELD_TEXT * short):
            yield contents[left], contents[right], shared


def _least(sizes: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """The Jaccard likeness from which two texts can be of one story: the same text, or one holds the other."""
    short, long = np.minimum(sizes[left], sizes[right]), np.maximum(sizes[left], sizes[right])
    found: NDArray[np.float64] = np.minimum(SAME_TEXT, HELD_TEXT * short / (long + (1 - HELD_TEXT) * short))
    return found


def _is_same(shared: int, short: int, long: int) -> bool:
    return shared >= SAME_TEXT * (short + long - shared)
