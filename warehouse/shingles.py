"""Texts as sets of word shingles, their sketches, and which texts are worth comparing: MinHash, in arrays of numpy.

100,000 texts are 51 MB of sketches and a few kilobytes each of shingles. (datasketch, which finds the same pairs, took 7 times
as long and 280 MB for a tenth of them.)

Belongs here: text in, hashes out; candidates by hashes. Keep out: what makes two texts one story (`stories.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 5
# 64 bands of 2 hashes: a pair that shares a fifth of its shingles is looked at with probability .93, one that shares half always
BANDS, ROWS = 64, 2
_AROUND_WORDS = "\"'“”‘’«»()[].,;:!?*_-–—…"

Shingles = NDArray[np.uint32]  # of one text, each once, ascending
Sketch = NDArray[np.uint32]  # of one text: BANDS * ROWS hashes
# Odd multipliers, one for each place of a word in a shingle and one for each hash of a sketch; seeded, so that nothing is by chance.
_seeded = np.random.Generator(np.random.PCG64(1))
_PLACES = _seeded.integers(0, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_FACTORS = _seeded.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDED = _seeded.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_HIGH = np.uint64(32)


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


def candidates(sketches: NDArray[np.uint32], fresh: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the positions of the texts that share a band of their sketches, left before right, each pair once.

    sketches: one row a text. fresh: which of them are new; a pair of two that are not is left out.
    """
    n = len(sketches)
    bands = sketches.view(np.uint64)  # ROWS hashes of 32 bits are one of 64
    codes = [np.empty(0, dtype=np.uint64)]
    for number in range(BANDS):
        keys = bands[:, number]
        positions = np.flatnonzero(np.isin(keys, keys[fresh])).astype(np.uint64)
        left, right = _alike(keys[positions])
        left, right = positions[left], positions[right]
        wanted = fresh[left] | fresh[right]
        codes.append(left[wanted] * np.uint64(n) + right[wanted])
    for code in np.unique(np.concatenate(codes)).tolist():
        yield divmod(code, n)


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
