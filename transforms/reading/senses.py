"""The everyday senses of outcome words (lexicon `senses`): idioms, in which they speak of no harm, and words that are weak evidence.

Belongs here: looking them up. Keep out: what follows from a weak word (`figurative.py`), and the words themselves.
"""

from __future__ import annotations

from functools import lru_cache

from transforms.lexicon import by_class

_CLASSES = frozenset({"weak", "idiom", "figurative", "figurative_harm"})


@lru_cache(maxsize=1)
def weak_senses() -> frozenset[str]:
    """Return the outcome words that often speak of something else than harm to people."""
    return by_class("senses", _CLASSES)["weak"] | figurative_senses()


def figurative_senses() -> frozenset[str]:
    """Return those of the weak outcome words that even a noun for people beside them does not make literal (`eliminated a player`)."""
    return by_class("senses", _CLASSES)["figurative"]


def figurative_harm() -> frozenset[str]:
    """Return the words for attacks and disasters that politics, sport and business use of what hurts nobody."""
    return by_class("senses", _CLASSES)["figurative_harm"]


@lru_cache(maxsize=1)
def _idioms() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """Each word of an idiom -> the idioms it stands in, with its place in each."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for idiom in sorted(by_class("senses", _CLASSES)["idiom"]):
        words = tuple(idiom.split())
        for place, word in enumerate(words):
            found.setdefault(word, []).append((words, place))
    return {word: tuple(places) for word, places in found.items()}


def in_idiom(lowers: list[str], start: int, end: int) -> bool:
    """Return whether the outcome words [start, end) of a sentence stand in an idiom that holds all of them."""
    for words, place in _idioms().get(lowers[start], ()):
        first = start - place
        if first >= 0 and first + len(words) >= end and tuple(lowers[first : first + len(words)]) == words:
            return True
    return False
