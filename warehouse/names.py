"""Names of a text: the capitalised words that tell one event from another, with how much each tells.

People, streets, villages, outlets: what two texts share of these speaks for one event far better than their other words
do (measured on labelled local news: average overlap of names against overlap of all words, 70 to 64 of 100 true pairs
found before the thousandth false one). Numbers are no names: tolls must not link.

Belongs here: words out of a text, and their weights. Keep out: what a likeness is worth (`linking_model.toml`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from transforms.lexicon import load

LONGEST_TEXT = 6_000  # characters: an event is named early
MOST_NAMES = 40
SMALLEST_CORPUS = 10_000  # a small corpus says little of how common a name is: it counts as part of one of this size
MOSTLY_CAPITALS = 0.6  # share of capital letters from which capitals tell nothing
_WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")


def names(text: str) -> frozenset[str]:
    """Return the names of a text, in lower case. Empty for scripts without capitals and for texts all in capitals.

    A word is a name when it is capitalised within a sentence, or opens one and never stands in lower case.
    """
    text = text[:LONGEST_TEXT]
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) >= MOSTLY_CAPITALS * max(1, len(letters)):
        return frozenset()
    common = {match.group() for match in _WORD.finditer(text) if match.group()[0].islower()}
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and not _is_number(word) and (not _opens(text, match.start()) or word.lower() not in common):
            found.add(word.replace("’", "'").removesuffix("'s").lower())
    return frozenset(found)


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    classes = frozenset(["unit", "ten", "scale", "group", "vague", "exact_word"])
    others = frozenset(["about", "about_under", "at_least", "at_most", "exact_mod", "fewer_than", "more_than", "or_more", "vague_phrase"])
    return frozenset(entry.term for entry in load("quantities", classes | others) if entry.term_class in classes)


def _is_number(word: str) -> bool:
    return set(word.lower().split("-")) <= _number_words()


def _opens(text: str, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start].rstrip(" \"“‘'(«")
    return not line or line[-1] in ".!?:•"


def weigh(texts: Mapping[int, frozenset[str]], corpus: Iterable[frozenset[str]]) -> dict[int, dict[str, float]]:
    """Return the names of each text that some other text has too, with weights: the rarer in `corpus`, the heavier.

    At most MOST_NAMES a text, the heaviest ones. The weights of a text are scaled to length 1 over those kept, so that the
    sum of products over shared names is the cosine of two texts.
    """
    counts: Counter[str] = Counter()
    size = 0
    for item in corpus:
        counts.update(item)
        size += 1
    size = max(size, SMALLEST_CORPUS)
    weighed: dict[int, dict[str, float]] = {}
    for key, found in texts.items():
        rarity = {name: math.log((size + 1) / (counts[name] + 1)) for name in found if counts[name] > 1}
        kept = dict(sorted(rarity.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMES])
        length = math.sqrt(sum(weight * weight for weight in kept.values()))
        weighed[key] = {name: weight / length for name, weight in kept.items() if length}
    return weighed
