"""Stories: which texts are (nearly) the same text, whole or as a part of a longer page.

Candidates come from MinHash over word shingles (datasketch), and every candidate pair is then checked exactly. Two
texts are one story when their shingles overlap by `SAME_TEXT`; a longer page joins the story of the one text it holds
most of (`HELD_TEXT`), so that a digest of two agency texts does not make one story of the two.

Belongs here: texts in, story ids out. Keep out: who is independent of whom (`dimensions.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

SHINGLE_WORDS = 5
PERMUTATIONS = 128
# 64 bands of 2 rows: a pair that shares a fifth of its shingles is looked at with probability .93, one that shares half always
BANDS = (64, 2)
SAME_TEXT = 0.7  # Jaccard likeness of two versions of one text: a changed headline, a cut last paragraph, another dateline
HELD_TEXT = 0.8  # share of the shorter text that stands in the longer one
SMALLEST_HELD = 25  # shingles: a shared sentence of boilerplate is no story


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
    shingles = {version: _shingles(text) for version, text in sorted(texts)}
    sets = _Sets({version: version for version in shingles})
    held: dict[int, tuple[int, int]] = {}  # longer text -> (shared shingles, shorter text)
    for one, other in _candidates(shingles, sets):
        short, long = sorted((one, other), key=lambda version: (len(shingles[version]), version))
        shared = len(shingles[short] & shingles[long])
        if shared >= SAME_TEXT * (len(shingles[short]) + len(shingles[long]) - shared):
            sets.union(short, long)
        elif shared >= SMALLEST_HELD and shared >= HELD_TEXT * len(shingles[short]):
            held[long] = max(held.get(long, (0, 0)), (shared, short))
    for long, (_, short) in sorted(held.items()):
        sets.union(short, long)
    return {version: sets.find(version) for version in shingles}


def _candidates(shingles: Mapping[int, frozenset[int]], sets: _Sets) -> Iterable[tuple[int, int]]:
    """Yield pairs worth checking. Equal texts are united at once and stand for each other from then on."""
    from datasketch import MinHash, MinHashLSH  # here, because it brings scipy along, which takes a second to import

    index = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    blank = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
    seen: dict[frozenset[int], int] = {}
    for version, items in shingles.items():
        if items in seen:
            sets.union(seen[items], version)
            continue
        seen[items] = version
        if not items:
            continue
        sketch = blank.copy()
        sketch.update_batch(list(items))
        for other in sorted(index.query(sketch)):
            yield other, version
        index.insert(version, sketch)


def _shingles(text: str) -> frozenset[int]:
    words = [word for word in (part.strip("\"'“”‘’«»()[].,;:!?*_-–—…") for part in text.lower().split()) if word]
    if not words:
        return frozenset()
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(crc32(" ".join(words[start : start + SHINGLE_WORDS]).encode()) for start in range(last))
