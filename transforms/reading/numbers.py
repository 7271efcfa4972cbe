"""Number words and digits to numbers: `two hundred and five`, `1.2 million`, `3 000`, `two lakh`, `20-30`.

Belongs here: the value of a run of number tokens. Keep out: modifiers (`quantities.py`), and what is counted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import load

CLASSES = frozenset(
    {
        "unit",
        "ten",
        "scale",
        "group",
        "vague",
        "exact_word",
        "vague_phrase",
        "at_least",
        "more_than",
        "at_most",
        "fewer_than",
        "about_under",
        "about",
        "exact_mod",
        "or_more",
        "share",
        "share_over",
    }
)
_DIGITS = re.compile(r"\d+$")
# `1,200`, `1.200`, `1'200`, and by the hundred in South Asia: `12,00,000`
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*$|\d{1,2}(?:,\d{2})+,\d{3}$")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}$")
# between digits the long dashes and the tilde are no pause either: `12—15`
_DASH = re.compile(r"[-\u2010\u2011\u2013\u2014\u2015~]")
MAX_COUNT = 9_000_000_000
MAX_RANGE = 10_000_000  # above it `20182019-20202021` is no range of people


@dataclass(frozen=True, slots=True)
class Number:
    """A parsed number: tokens [start, end), lowest and highest value, and how it was written."""

    start: int
    end: int
    low: int
    high: int
    kind: str  # digits, word, range


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number lexicon by class: values of units, tens, scales, groups (`dozen`), vague and exact words."""

    unit: dict[str, int]
    ten: dict[str, int]
    scale: dict[str, int]
    group: dict[str, int]
    vague: dict[str, int]
    exact_word: dict[str, int]


@lru_cache(maxsize=1)
def number_words() -> NumberWords:
    """Return the number words of the lexicon `quantities`."""
    tables: dict[str, dict[str, int]] = {name: {} for name in ("unit", "ten", "scale", "group", "vague", "exact_word")}
    for entry in load("quantities", CLASSES):
        if entry.term_class in tables:
            tables[entry.term_class][entry.term] = int(entry.extra["low"])
    return NumberWords(**tables)


def digits_value(word: str) -> float | None:
    """Return the value of a token of digits (`1,200`, `1.200`, `6.5`, Arabic-Indic digits too), else None."""
    if not word[:1].isdigit():
        return None
    if not word.isascii():
        word = "".join(str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c for c in word)
    if _DIGITS.match(word):
        return float(word) if len(word) <= 12 else None
    if _GROUPED.match(word):
        return float(re.sub(r"[.,'’]", "", word))
    if _DECIMAL.match(word):
        return float(word.replace(",", "."))
    return None


def _small(word: str) -> int | None:
    """Value below 100 of one token: `seven`, `twenty`, `twenty-five`."""
    words = number_words()
    if word in words.unit:
        return words.unit[word]
    if word in words.ten:
        return words.ten[word]
    parts = _DASH.split(word)
    if len(parts) == 2 and parts[0] in words.ten and parts[1] in words.unit and words.unit[parts[1]] < 10:
        return words.ten[parts[0]] + words.unit[parts[1]]
    return None


def _hyphenated(word: str) -> tuple[int, int] | None:
    """`12-15`, `two-three`: a range printed as one token."""
    parts = _DASH.split(word)
    if len(parts) == 2:
        lowest, highest = digits_value(parts[0]), digits_value(parts[1])
        if lowest is not None and highest is not None:
            whole = lowest == int(lowest) and highest == int(highest)
            return (int(lowest), int(highest)) if whole and lowest < highest < MAX_RANGE else None
        low_word, high_word = _small(parts[0]), _small(parts[1])
        if low_word is not None and high_word is not None and 0 < low_word < high_word:
            return low_word, high_word
    return None


def _words_number(lowers: list[str], start: int) -> Number | None:
    """A number in words, from `start`: grouped by scales (`two hundred and five thousand`)."""
    words = number_words()
    total, current, i, seen = 0, 0, start, False
    last = ""
    while i < len(lowers) and i < start + 12:
        word = lowers[i]
        value = _small(word)
        if value is not None:
            if seen and last == "unit" and not (current and current % 100 == 0):
                break
            if last == "ten" and value >= 10:
                break
            current, last, seen = current + value, ("ten" if value >= 20 and value % 10 == 0 else "unit"), True
        elif word in words.scale and seen:
            if words.scale[word] == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * words.scale[word], 0
            last = "scale"
        elif word in words.scale and not seen and i == start and start > 0 and lowers[start - 1] in ("a", "one"):
            current, seen, last = words.scale[word] if words.scale[word] == 100 else 0, True, "scale"
            total += 0 if words.scale[word] == 100 else words.scale[word]
        elif word == "and" and last == "scale" and i + 1 < len(lowers) and _small(lowers[i + 1]) is not None:
            i += 1
            continue
        else:
            break
        i += 1
    return Number(start, i, total + current, total + current, "word") if seen else None


def _digits_number(lowers: list[str], start: int) -> Number | None:
    words = number_words()
    value = digits_value(lowers[start])
    if value is None:
        return None
    i = start + 1
    # `3 000`: thin or plain spaces as group marks
    while i < len(lowers) and value == int(value) and value < 1000 * 1000 and re.fullmatch(r"\d{3}", lowers[i]) and lowers[i - 1].isdigit():
        if len(lowers[i - 1]) > 3 or lowers[i - 1].startswith("0"):
            break
        value, i = value * 1000 + int(lowers[i]), i + 1
        break
    if i < len(lowers) and lowers[i] in words.scale:
        value, i = value * words.scale[lowers[i]], i + 1
    elif i < len(lowers) and lowers[i] == "dozen":
        value, i = value * 12, i + 1
    if value != int(value) or value > MAX_COUNT:
        return None
    return Number(start, i, int(value), int(value), "digits")


def number_at(lowers: list[str], start: int) -> Number | None:
    """Return the number that starts at this token, else None; also beyond the last. `a hundred`, `a dozen` start at their second token."""
    if start >= len(lowers):
        return None  # a text may be cut off anywhere
    both = _hyphenated(lowers[start])
    if both is not None:
        return Number(start, start + 1, both[0], both[1], "range")
    half = _small(lowers[start]) if lowers[start + 1 : start + 4] == ["and", "a", "half"] else None
    words = number_words()
    scale = (words.scale | words.group).get(lowers[start + 4]) if half and start + 4 < len(lowers) else None
    if half and scale:
        # `one and a half million`, `two and a half dozen`
        value = half * scale + scale // 2
        return Number(start, start + 5, value, value, "word")
    number = _digits_number(lowers, start) if lowers[start][:1].isdigit() else _words_number(lowers, start)
    if number is None:
        if lowers[start] in words.group and start > 0 and lowers[start - 1] in ("a", "one", "half"):
            value = words.group[lowers[start]]
            return Number(start, start + 1, value, value, "word")
        return None
    if number.end < len(lowers) and lowers[number.end] in words.group and number.low < 100:
        value = number.low * words.group[lowers[number.end]]
        return Number(start, number.end + 1, value, value, "word")
    return number
