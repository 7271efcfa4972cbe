"""Texts as sets of word shingles, their sketches, and which texts are worth comparing: MinHash, in arrays of numpy.

100,000 texts are 51 MB of sketches and a few kilobytes each of shingles. (datasketch, which finds the same pairs, took 7 times
as long and 280 MB for a tenth of them.)

Belongs here: text in, hashes out; candidates by hashes. Keep out: what makes two texts one story (`stories.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 5
# 64 bands of 2 hashes: a pair that shares a fifth of its shingles is looked at with probability .93, one that shares half always
BANDS, ROWS = 64, 2
_AROUND_WORDS = "\"'“”‘’«»()[].,;:!?*_-–—…"

Shingles = NDArray[np.uint32]  # of one text, each once, ascending
Sketch = NDArray[np.uint32]  # of one text: BANDS * ROWS hashes
Wanted: TypeAlias = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]]  # of texts by their positions
# Odd multipliers, one for each place of a word in a shingle and one for each hash of a sketch; seeded, so that nothing is by chance.
_seeded = np.random.Generator(np.random.PCG64(1))
_PLACES = _seeded.integers(0, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_FACTORS = _seeded.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDED = _seeded.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_HIGH = np.uint64(32)
_AT_ONCE = 1_000_000  # pairs
_COMPARED_AT_ONCE = 10_000  # pairs
_SLACK = 4  # standard deviations: one pair in 30,000 that is just as like as wanted is missed


def shingles(text: str) -> Shingles:
    """Return the hashes of every SHINGLE_WORDS words in a row; a shorter text is one shingle, one without words has none."""
    words = [word for part in text.lower().split() if (word := part.strip(_AROUND_WORDS))]
    if len(words) < SHINGLE_WORDS:
        return np.array([crc32(" ".join(words).encode("utf-8", "surrogatepass"))] if words else [], dtype=np.uint32)
    hashed = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    rows = np.lib.stride_tricks.sliding_window_view(hashed, SHINGLE_WORDS)
    return np.unique(((rows * _PLACES).sum(axis=1, dtype=np.uint64) >> _HIGH).astype(np.uint32))


def sketch(items: Shingles) -> Sketch:
    """Return the MinHash of a text: under each of the hashes the smallest value of its shingles."""
    hashed = (items.astype(np.uint64)[:, None] * _FACTORS + _ADDED) >> _HIGH
    smallest: Sketch = hashed.min(axis=0).astype(np.uint32)
    return smallest


def candidates(sketches: NDArray[np.uint32], fresh: NDArray[np.bool_], likeness: Wanted) -> Iterator[tuple[int, int]]:
    """Yield the positions of the texts that share a band of their sketches and may be as like each other as is wanted, left before
    right, each pair once.

    sketches: one row a text. fresh: which of them are new; a pair of two that are not is left out. likeness: gives the least share of
    common shingles (Jaccard) that makes two texts worth comparing. Their sketches show it to a few hundredths; summaries in one form of
    words share a band with all others, and would be compared by the million.
    """
    n = len(sketches)
    bands = sketches.view(np.uint64)  # ROWS hashes of 32 bits are one of 64
    codes = np.empty(0, dtype=np.uint64)  # of the pairs found so far, ascending
    more: list[NDArray[np.uint64]] = []
    for number in range(BANDS):
        keys = bands[:, number]
        positions = np.flatnonzero(np.isin(keys, keys[fresh])).astype(np.uint64)
        left, right = _alike(keys[positions])
        left, right = positions[left], positions[right]
        wanted = fresh[left] | fresh[right]
        more.append(left[wanted] * np.uint64(n) + right[wanted])
        if sum(map(len, more)) > max(_AT_ONCE, len(codes)) or number == BANDS - 1:  # a pair is found in many bands: not all are kept
            codes, more = np.unique(np.concatenate([codes, *more])), []
    for start in range(0, len(codes), _COMPARED_AT_ONCE):
        left, right = np.divmod(codes[start : start + _COMPARED_AT_ONCE], np.uint64(n))
        agree = (sketches[left] == sketches[right]).mean(axis=1)
        least = likeness(left.astype(np.int64), right.astype(np.int64))
        worth = agree >= least - _SLACK * np.sqrt(least * (1 - least) / (BANDS * ROWS))
        yield from zip(left[worth].tolist(), right[worth].tolist(), strict=True)


def _alike(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the positions of every two equal keys, the left ones and the right ones."""
    order = np.argsort(keys, kind="stable").astype(np.uint64)
    starts = np.flatnonzero(np.diff(keys[order], prepend=~keys[order[:1]]) != 0)
    sizes = np.diff(starts, append=len(keys))
    lefts, rights = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.uint64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = order[starts[sizes == size][:, None] + np.arange(size)]  # one row = the positions of one key
        left, right = np.triu_indices(size, 1)
        lefts.append(members[:, left].ravel())
        rights.append(members[:, right].ravel())
    return np.concatenate(lefts), np.concatenate(rights)
