"""Stories: which texts are (nearly) the same text, whole or as a part of a longer page.

Candidates come from MinHash over word shingles, and every candidate pair is then checked exactly. Two texts are one story
when their shingles overlap by `SAME_TEXT`; a longer page joins the story of the one text it holds most of (`HELD_TEXT`), so
that a digest of two agency texts does not make one story of the two.

All in arrays of numpy: 100,000 texts are 51 MB of sketches and a few kilobytes each of shingles. (datasketch, which finds the
same pairs, took 7 times as long and 280 MB for a tenth of them.)

Belongs here: texts in, story ids out. Keep out: who is independent of whom (`dimensions.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 5
# 64 bands of 2 hashes: a pair that shares a fifth of its shingles is looked at with probability .93, one that shares half always
BANDS, ROWS = 64, 2
SAME_TEXT = 0.7  # Jaccard likeness of two versions of one text: a changed headline, a cut last paragraph, another dateline
HELD_TEXT = 0.8  # share of the shorter text that stands in the longer one
SMALLEST_HELD = 25  # shingles: a shared sentence of boilerplate is no story
_AROUND_WORDS = "\"'“”‘’«»()[].,;:!?*_-–—…"

Shingles = NDArray[np.uint32]  # of one text, each once, ascending
# Odd multipliers, one for each place of a word in a shingle and one for each hash of a sketch; seeded, so that nothing is by chance.
_seeded = np.random.Generator(np.random.PCG64(1))
_PLACES = _seeded.integers(0, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_FACTORS = _seeded.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDED = _seeded.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_HIGH = np.uint64(32)


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
    shingles = dict(sorted((version, _shingles(text)) for version, text in texts))
    sets = _Sets({version: version for version in shingles})
    unlike = _unite_equal(shingles, sets)
    held: dict[int, tuple[int, int]] = {}  # longer text -> (shared shingles, shorter text)
    for left, right in _candidates([shingles[version] for version in unlike]):
        short, long = sorted((unlike[left], unlike[right]), key=lambda version: (len(shingles[version]), version))
        shared = len(np.intersect1d(shingles[short], shingles[long], assume_unique=True))
        if shared >= SAME_TEXT * (len(shingles[short]) + len(shingles[long]) - shared):
            sets.union(short, long)
        elif shared >= SMALLEST_HELD and shared >= HELD_TEXT * len(shingles[short]):
            held[long] = max(held.get(long, (0, 0)), (shared, short))
    for long, (_, short) in sorted(held.items()):
        sets.union(short, long)
    return {version: sets.find(version) for version in shingles}


def _unite_equal(shingles: dict[int, Shingles], sets: _Sets) -> list[int]:
    """Unite equal texts, and return one version of each text that has any word."""
    seen: dict[bytes, int] = {}
    for version, items in shingles.items():
        key = items.tobytes()
        if key in seen:
            sets.union(seen[key], version)
        else:
            seen[key] = version
    return [version for key, version in seen.items() if key]


def _candidates(shingles: Sequence[Shingles]) -> Iterator[tuple[int, int]]:
    """Yield the positions of the texts that share a band of their sketches, left before right, each pair once."""
    n = len(shingles)
    sketches = np.empty((n, BANDS * ROWS), dtype=np.uint32)
    for position, items in enumerate(shingles):
        sketches[position] = _sketch(items)
    bands = sketches.view(np.uint64)  # ROWS hashes of 32 bits are one of 64
    codes = np.concatenate([_alike(bands[:, number], n) for number in range(BANDS)])
    for code in np.unique(codes).tolist():
        yield divmod(code, n)


def _alike(keys: NDArray[np.uint64], n: int) -> NDArray[np.uint64]:
    """Return left * n + right for every two positions with the same key."""
    order = np.argsort(keys, kind="stable").astype(np.uint64)
    starts = np.flatnonzero(np.diff(keys[order], prepend=~keys[order[:1]]) != 0)
    sizes = np.diff(starts, append=len(keys))
    found = [np.empty(0, dtype=np.uint64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = order[starts[sizes == size][:, None] + np.arange(size)]  # one row = the positions of one key
        left, right = np.triu_indices(size, 1)
        found.append((members[:, left] * np.uint64(n) + members[:, right]).ravel())
    return np.concatenate(found)


def _sketch(items: Shingles) -> NDArray[np.uint32]:
    """Return the MinHash of a text: under each of the hashes the smallest value of its shingles."""
    hashed = (items.astype(np.uint64)[:, None] * _FACTORS + _ADDED) >> _HIGH
    smallest: NDArray[np.uint32] = hashed.min(axis=0).astype(np.uint32)
    return smallest


def _shingles(text: str) -> Shingles:
    """Return the hashes of every SHINGLE_WORDS words in a row; a shorter text is one shingle, one without words has none."""
    words = [word for part in text.lower().split() if (word := part.strip(_AROUND_WORDS))]
    if len(words) < SHINGLE_WORDS:
        return np.array([crc32(" ".join(words).encode("utf-8", "surrogatepass"))] if words else [], dtype=np.uint32)
    hashed = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    rows = np.lib.stride_tricks.sliding_window_view(hashed, SHINGLE_WORDS)
    return np.unique(((rows * _PLACES).sum(axis=1, dtype=np.uint64) >> _HIGH).astype(np.uint32))
