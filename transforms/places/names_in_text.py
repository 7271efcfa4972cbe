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
# Articles that are no English words: printed small, they still open a name (`the town of al Tabni`).
SMALL_ARTICLES = frozenset({"al", "el", "ez", "ash"})
_LOWER_CASE, _CAPITALS = re.compile(r"[^\W\d_A-Z]{2}"), re.compile(r"[A-Z]{4}.*[A-Z]{4}", re.DOTALL)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$", re.IGNORECASE)
_ABBREVIATED = frozenset({"St", "Ste", "Mt", "Ft", "S", "N", "E", "W"})
_STATES_AS_ACRONYMS = frozenset(
    {"US", "UK", "UAE", "DRC", "CAR", "USA", "KSA", "U.S.", "U.K.", "U.S.A.", "U.A.E.", "KPK", "FCT", "FATA", "NYC", "LGA"}
)
# A dateline has a city of up to three words, then one of these.
_DATELINE_WORDS = 3
_DATELINE_ENDS = frozenset({",", "(", "-", "–", "—", ":"})
_MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words [start, end) that may be a name."""

    start: int
    end: int


def is_upper_case(sentence: Sentence) -> bool:
    """Return whether the sentence is printed in capitals, so that they mark no names."""
    return _LOWER_CASE.search(sentence.text) is None and _CAPITALS.search(sentence.text) is not None


def _may_be_name(word: str) -> bool:
    """A cheap look that most words end at."""
    return word[0].isupper() or word[0].isdigit() or "-" in word or "\u2010" in word


def _is_name_word(sentence: Sentence, index: int, table: Words, upper: bool) -> bool:
    word, low = sentence.words[index], sentence.lowers[index]
    if "-" in word and low.endswith(table.compounds):
        return False
    if low in table.nationalities or low in table.prepositions or low in table.links or low in table.attacks:
        return False
    if index and word[:1].isupper() and low in _ARTICLES and not upper and _opens_name(sentence, index + 1, table):
        return True
    if index and not upper and word[:1].isupper() and sentence.words[index - 1] in SMALL_ARTICLES and not word.isupper():
        # `Rajm al Sheikh`: behind an article no title
        return True
    if word in table.not_names or (upper and word.capitalize() in table.not_names):
        return False
    if _ARABIC.match(word):
        return True
    if _ORDINAL.match(word):
        return index + 1 < len(sentence.words) and sentence.lowers[index + 1] in table.sites
    if not word[:1].isupper():
        return False
    if not upper and len(word) > 1 and word.isupper() and word not in _STATES_AS_ACRONYMS:
        return index < _DATELINE_WORDS and len(word) > 2 and _opens_dateline(sentence, index)
    return len(word) > 1 or word in _ABBREVIATED


def _opens_name(sentence: Sentence, index: int, table: Words) -> bool:
    """Return whether a capitalised word that may be a name stands there: `in As Sirrah`, `Al Mandhariya`."""
    word = sentence.words[index] if index < len(sentence.words) else ""
    return word[:1].isupper() and not word.isupper() and word not in table.not_names


def _opens_dateline(sentence: Sentence, index: int) -> bool:
    """Return whether a sentence opens like `DAMASCUS (Agency) -`, `IDLIB, Syria -` or `SAN SALVADOR, 5 Jan -`."""
    for word in sentence.words[index + 1 : index + 1 + _DATELINE_WORDS]:
        if not word.isupper():
            return word in _DATELINE_ENDS
    return False


def _joins(sentence: Sentence, index: int, table: Words, upper: bool, is_name: list[bool]) -> int:
    """Return how many words at `index` stand inside a name whose next word follows them; 0 = the name ends here."""
    words, lowers = sentence.words, sentence.lowers
    if words[index] == "." and index and words[index - 1] in _ABBREVIATED and index + 1 < len(words) and is_name[index + 1]:
        return 1
    if words[index] in ("-", "–") and index and lowers[index - 1] in _ARTICLES and index + 1 < len(words) and is_name[index + 1]:
        return 1
    if index + 1 < len(words) and words[index].istitle() and lowers[index] in table.site_modifiers and lowers[index + 1] in table.sites:
        # `Minnegh Military Airbase`
        return 1
    for length in (1, 2):
        after = index + length
        inside = range(index, after)
        if upper or after >= len(words) or not is_name[after]:
            continue
        if all(lowers[position] in table.connectors and words[position].islower() for position in inside):
            return length
    return 0


def find_names(sentence: Sentence, table: Words, upper: bool) -> list[Name]:
    """Return the runs of the tokenized sentence in order; in a sentence of capitals only (`upper`), every word that may be one."""
    is_name = [_may_be_name(word) and _is_name_word(sentence, index, table, upper) for index, word in enumerate(sentence.words)]
    found: list[Name] = []
    index = 0
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
        if index and sentence.words[index - 1] in SMALL_ARTICLES and not upper and (not found or found[-1].end < index):
            index -= 1
        found.append(Name(index, end))
        index = end
    return found
