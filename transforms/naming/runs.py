"""Tokens, and the runs of them that may be a person's name.

Belongs here: what a name looks like. Keep out: what is said of its bearer (`evidence.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from transforms.naming.vocabulary import bodies_in_lower, given_names, known_words, never_names, places_of_bodies, tables

_TOKEN = re.compile(
    r"""(?:[A-Z]\.){1,3}(?![a-z])            # initials
      | (?:Jr|Sr|Sgt|Lt|Det|Capt|Cpl|Dr|Mr|Mrs|Ms|Gov|Sen|Rep|Gen|Col|Maj|Rev|St|Prof|Insp|Supt|Cmdr|Ofc)\.
      | [^\W_]+?(?=['’]s?(?![^\W_]))        # before a possessive
      | ['’]s(?![^\W_])
      | [^\W_]+(?:['’‘`´ʿʾ\-][^\W_]+)*
      | \n\s*\n | [^\s]""",
    re.VERBOSE,
)
_ARTICLE = re.compile(r"[aeAE][a-z]{1,2}-\w")
MAX_TOKENS = 8
QUOTES = frozenset("\"“”'‘’")


class Token(NamedTuple):
    """One word or mark: its span in the text, as printed and in lower case without a closing full stop."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens [first, last) that may be a name, and the words of title right before it, in lower case, nearest first."""

    first: int
    last: int
    titles: tuple[str, ...]


def tokens(text: str) -> list[Token]:
    """Return the words and marks of a text in order; an empty line is a token too, so that no name runs over it."""
    return [Token(m.start(), m.end(), m.group(), m.group().lower().rstrip(".")) for m in _TOKEN.finditer(text)]


def is_all_caps(text: str) -> bool:
    """Return whether the text is printed in capitals, as agencies' wires once were: then they tell nothing about names."""
    upper = sum(map(str.isupper, text))
    return upper > 3 * sum(map(str.islower, text)) and upper > 20


class Runs:
    """Finds the runs of one text."""

    def __init__(self, words: list[Token], all_caps: bool) -> None:
        self.words, self.all_caps = words, all_caps
        self.titles = tables()["office"] | tables()["rank"] | tables()["profession"] | tables()["courtesy"]
        self.particles, self.suffixes = tables()["particle"], tables()["suffix"]

    def all(self) -> list[Run]:
        """Return the runs in order; they don't overlap."""
        found, i = [], 0
        while i < len(self.words):
            end = self.end(i)
            if end > i:
                found.append(Run(i, end, self.before(i)))
            i = max(end, i + 1)
        return found

    def is_name(self, i: int) -> bool:
        """Whether token i can be a main part of a name."""
        if i >= len(self.words):
            return False
        word, lower = self.words[i].text, self.words[i].lower
        if not word[0].isalpha():
            return False
        if self.all_caps:
            return word.isupper() and len(lower) > 1 and lower not in known_words()
        if not (word[0].isupper() or _ARTICLE.match(word)):
            return False
        if len(lower) == 1 and word.endswith("."):
            return True
        if lower in never_names() or lower[:2] in ("i'", "i’") or lower.rpartition("-")[2] in ("old", "year-old", "based"):
            return False
        return len(lower) > 1 or word.endswith(".") or self.is_initial(i)

    def is_initial(self, i: int) -> bool:
        return i < len(self.words) and len(self.words[i].lower.replace(".", "")) <= 2 and self.words[i].text[:1].isupper()

    def end(self, i: int) -> int:
        """Where a name that starts at token i ends; i where none starts there."""
        first = self.words[i].lower
        starts = self.is_name(i) or (first in self.particles and self.words[i].text[0].isupper() and self.is_name(i + 1))
        if not starts or first in self.suffixes:
            return i
        j = i + 1
        while j < len(self.words) and j - i < MAX_TOKENS:
            step = self.step(j)
            if not step:
                break
            j += step
        return i if self.is_place(i, j) else j

    def step(self, j: int) -> int:
        """How many tokens the name goes on by at token j: a part, particles with a part, a nickname in quotes, a suffix."""
        lower = self.words[j].lower
        if lower in self.suffixes:
            return 1
        if lower == "," and j + 1 < len(self.words) and self.words[j + 1].lower in self.suffixes:
            return 2
        k = j
        while k < min(j + 3, len(self.words)) and self.words[k].lower in self.particles:
            k += 1
        if k > j and self.is_name(k):
            return k + 1 - j
        if self.is_name(j):
            return 1
        if self.words[j].text in QUOTES and j + 2 < len(self.words) and self.words[j + 2].text in QUOTES and self.is_name(j + 1):
            return 3 if self.is_name(j + 3) else 0
        return 0

    def is_place(self, i: int, j: int) -> bool:
        """Whether the run names a street, body or the like: one of its words, or the one behind it, says so."""
        bodies = places_of_bodies()
        inner = any(self.words[k].lower in bodies and self.words[k].lower not in given_names() for k in range(i, j))
        if j < len(self.words) and self.words[j].lower in bodies_in_lower() and not self.all_caps:
            return True
        behind = j < len(self.words) and self.words[j].text[:1].isupper() and self.words[j].lower in bodies
        behind = behind or (j < len(self.words) and self.words[j].text in ("County", "Street", "Avenue", "Road", "Police", "High"))
        return (inner or behind) and not (self.all_caps and inner is False)

    def before(self, i: int) -> tuple[str, ...]:
        """The titles right before token i, nearest first: `police`, `chief`."""
        found: list[str] = []
        j = i - 1
        while j >= 0 and len(found) < 3 and (self.words[j].lower in self.titles or (self.words[j].text == "." and found == [])):
            if self.words[j].text == "." and (j == 0 or self.words[j - 1].lower not in self.titles):
                break
            if self.words[j].text != ".":
                found.append(self.words[j].lower)
            j -= 1
        return tuple(found)
