"""Small words in printed names of sources, as patterns.

Belongs here: `source_words.csv` turned into sets and patterns. Keep out: rules that use them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.lexicon import load

_CLASSES = frozenset({"area_word", "title", "article", "link", "place_link", "arabic_article"})


@lru_cache(maxsize=16)
def words_of(word_class: str) -> frozenset[str]:
    """Return the words of a class, in lower case."""
    return frozenset(entry.term for entry in load("source_words", _CLASSES) if entry.term_class == word_class)


@lru_cache(maxsize=16)
def any_of(word_class: str) -> str:
    """Return a pattern that matches any word of the class, as a group without a number."""
    return "(?:" + "|".join(map(re.escape, sorted(words_of(word_class), key=len, reverse=True))) + ")"
