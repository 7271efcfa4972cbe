"""Runs of words in a sentence that may be the name of a place.

A name is a run of capitalised words with the small words inside it (`Ras al-Ain`, `Rio de Janeiro`, `Khan al Asal`). What
begins a sentence, days, titles, nationalities and acronyms end a run.

Belongs here: where names begin and end. Keep out: whether a name is a place (`phrases`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.places.words import Words
from transforms.reading.document import Sentence

_ARABIC = re.compile(r"(?:al|el|as|es|ash|esh|ar|er|at|et|az|ez|ad|ed|an|en|ul)[-‐‑–](?=[^\W\d_])", re.IGNORECASE)
_ARTICLES = frozenset({"al", "el", "as", "ash", "ar", "at", "az", "ad", "an", "ez"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$", re.IGNORECASE)
_ABBREVIATED = frozenset({"St", "Ste", "Mt", "Ft", "S", "N", "E", "W"})
_STATES_AS_ACRONYMS = frozenset({"US", "UK", "UAE", "DRC", "CAR", "USA", "KSA", "U.S.", "U.K.", "U.S.A.", "U.A.E.", "KPK", "FCT", "FATA", "NYC", "LGA"})
_MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words [start, end) that may be a name."""

    start: int
    end: int


def is_upper_case(sentence: Sentence) -> bool:
    """Return whether the sentence is printed in capitals, so that they mark no names."""
    letters = [char for char in sentence.text if char.isalpha()]
    return len(letters) > 12 and sum(char.isupper() for char in letters) > 0.85 * len(letters)


def _is_name_word(sentence: Sentence, index: int, table: Words, upper: bool) -> bool:
    word, low = sentence.words[index], sentence.lowers[index]
    if low in table.nationalities or low in table.prepositions or low in table.links or low in table.attacks:
        return False
    if word in table.not_names or (upper and word.capitalize() in table.not_names):
        return False
    if _ARABIC.match(word):
        return True
    if _ORDINAL.match(word):
        return index + 1 < len(sentence.words) and sentence.words[index + 1][:1].isupper()
    if not word[:1].isupper():
        return False
    if not upper and len(word) > 1 and word.isupper() and word not in _STATES_AS_ACRONYMS:
        return False
    return len(word) > 1 or word in _ABBREVIATED


def _joins(sentence: Sentence, index: int, table: Words, upper: bool, is_name: list[bool]) -> int:
    """Return how many words at `index` stand inside a name whose next word follows them; 0 = the name ends here."""
    words, lowers = sentence.words, sentence.lowers
    if words[index] == "." and index and words[index - 1] in _ABBREVIATED and index + 1 < len(words) and is_name[index + 1]:
        return 1
    if words[index] in ("-", "–") and index and lowers[index - 1] in _ARTICLES and index + 1 < len(words) and is_name[index + 1]:
        return 1
    for length in (1, 2):
        after = index + length
        if after < len(words) and is_name[after] and not upper:
            if all(lowers[position] in table.connectors and words[position].islower() for position in range(index, after)):
                return length
    return 0


def find_names(sentence: Sentence, table: Words) -> list[Name]:
    """Return the runs of the tokenized sentence in order; in a sentence of capitals only, every word that may be one."""
    upper = is_upper_case(sentence)
    is_name = [_is_name_word(sentence, index, table, upper) for index in range(len(sentence.words))]
    found, index = [], 0
    while index < len(is_name):
        if not is_name[index]:
            index += 1
            continue
        end = index + 1
        while end < len(is_name) and end - index < _MAX_WORDS:
            step = 1 if is_name[end] else _joins(sentence, end, table, upper, is_name)
            if not step:
                break
            end += step
        found.append(Name(index, end))
        index = end
    return found
