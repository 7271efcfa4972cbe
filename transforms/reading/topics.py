"""What an article is about, by its words: sport, fiction, markets, crime, conflict, harm. Read once, and only where figures were found.

Belongs here: counting the words of registers (lexicon `registers`). Keep out: what is left out because of them (`figurative.py`,
`everyday.py`), and the words themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import by_class
from transforms.reading.document import Document
from transforms.reading.senses import figurative_harm, weak_senses
from transforms.reading.victims import CAUSES
from transforms.reading.vocabulary import cues

REGISTERS = frozenset({"sport", "fiction", "market", "crime", "harm", "obituary", "politics"})
_PEACEFUL = ("sport", "fiction", "market", "politics")
OPENING_CHARACTERS = 500
_CLEAR_WORDS = 4
_MIN_WORDS = 1  # a single word of a register says little
_WORD = re.compile(r"[a-z][a-z-]*")


def _registers() -> dict[str, frozenset[str]]:
    return by_class("registers", REGISTERS)


@lru_cache(maxsize=1)
def _harm() -> frozenset[str]:
    """Words of violence, accidents and disasters, weak outcome words left out: what may be figurative proves nothing."""
    causes = by_class("causes", CAUSES)
    plain = causes["violence"] | causes["accident"] | causes["disaster"]
    return (_registers()["harm"] | plain | cues("conflict")) - weak_senses() - cues("ambiguous_verb")


@lru_cache(maxsize=1)
def _firm_harm() -> frozenset[str]:
    return _harm() - figurative_harm()


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class Topics:
    """What an article is about.

    words, opening: the words of the article and of headline and first 500 characters. counts: how many different words of each
    register it has. register: the register of peaceful life that it has most words of; None where words for harm and crime are as many.
    """

    words: frozenset[str]
    opening: frozenset[str]
    counts: dict[str, int]
    register: str | None

    def count(self, register: str) -> int:
        """How many different words of a register the article has."""
        return self.counts[register]

    @property
    def peaceful(self) -> bool:
        """Whether it has more different words of a register of peaceful life than words for harm and crime."""
        return self.register is not None

    @property
    def clearly_peaceful(self) -> bool:
        """Whether it is peaceful by several words, as far as a short text can tell."""
        return self.register is not None and self.counts[self.register] >= _CLEAR_WORDS


@lru_cache(maxsize=1)
def _topics(title: str, text: str) -> Topics:
    words = words_in(f"{title} {text}")
    counts = {register: len(words & terms) for register, terms in _registers().items()}
    most = max(_PEACEFUL, key=lambda register: counts[register])
    peaceful = counts[most] > max(_MIN_WORDS, harm_in(words) + counts["crime"])
    return Topics(words, words_in(f"{title} {text[:OPENING_CHARACTERS]}"), counts, most if peaceful else None)


def topics_of(document: Document) -> Topics:
    """Return what the article is about. Steps that ask one after the other get the same answer without a second look."""
    return _topics(document.article.title or "", document.article.text)


def harm_in(words: frozenset[str], firm: bool = False) -> int:
    """Return how many different words for what hurts people stand among the words.

    firm: leave out those that politics, sport and business use in a figurative sense (`a legal battle`, `the strikers' attack`).
    """
    return len(words & (_firm_harm() if firm else _harm()))


def has(register: str, words: frozenset[str]) -> bool:
    """Return whether a word of the register stands among the words."""
    return not words.isdisjoint(_registers()[register])
