"""Spellings of place names: the keys under which a name is stored and looked up.

One place is printed in many transliterations (`As-Suwayda`, `al-Suwayda`, `Sweida`; `Deir ez-Zor`, `Deir al-Zour`,
`Deir Ezzor`). A *key* ignores case, accents, blanks, hyphens and apostrophes; its *bare* form drops Arabic articles as
well; a *skeleton* keeps little more than the consonants and only ever serves a second, guarded look-up.

Belongs here: folding of names. Keep out: which names exist, and which place is meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import load

_CLASSES = frozenset({"article", "short", "class_word", "foreign_class_word"})
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "a", "ħ": "h"})
_APOSTROPHES = re.compile(r"['’‘`´ʻʼʾʿ]")
_SPLIT = re.compile(r"[^a-z0-9]+")
# Digraphs and letters that transliterations of one sound differ in, in the order in which they are replaced.
_SOUNDS = (
    ("kh", "k"),
    ("gh", "g"),
    ("sh", "s"),
    ("ch", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("dj", "j"),
    ("ts", "s"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("v", "w"),
)
_VOWELS = re.compile(r"[aeiouyw]+")
_OPEN = ("a", "e", "i", "o", "u")
_TWICE = re.compile(r"(.)\1+")
# A name with fewer consonants has too many look-alikes to be found by its skeleton.
MIN_SKELETON = 3


@dataclass(frozen=True, slots=True)
class _Words:
    articles: frozenset[str]
    shorts: dict[str, str]
    english_kinds: frozenset[str]
    kinds: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    entries = load("place_spellings", _CLASSES)
    by_class = {name: frozenset(entry.term for entry in entries if entry.term_class == name) for name in _CLASSES}
    shorts = {entry.term: entry.extra["long"] for entry in entries if entry.term_class == "short"}
    return _Words(by_class["article"], shorts, by_class["class_word"], by_class["class_word"] | by_class["foreign_class_word"])


def parts(name: str) -> list[str]:
    """Return the name's words in lower-case ASCII letters and digits; empty when it has none (another script)."""
    plain = _APOSTROPHES.sub("", name).lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_SPECIAL))
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    shorts = _words().shorts
    return [shorts.get(word, word) for word in _SPLIT.split(plain) if word]


@lru_cache(maxsize=20_000)
def keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name, the full one first, then the bare one (without articles) when it differs."""
    words = parts(name)
    full = "".join(words)
    bare = "".join(word for word in words if word not in _words().articles)
    return tuple(key for key in dict.fromkeys((full, bare)) if len(key) > 1)


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """Return the consonants of the name without articles, sounds that transliterations confuse made one; "" when too short."""
    articles = _words().articles
    text = "".join(word for word in parts(name) if word not in articles)
    for sound, letter in _SOUNDS:
        text = text.replace(sound, letter)
    lead = text[:1] if text[:1] == "h" else "a" if text[:1] in _OPEN else ""
    text = lead + _TWICE.sub(r"\1", _VOWELS.sub("", text).replace("h", ""))
    return text if len(text.removeprefix("a")) >= MIN_SKELETON else ""


def without_class_word(name: str) -> str:
    """Return the name without the word for its kind (`Aleppo Governorate` → `Aleppo`, `Provincia de Lima` → `Lima`)."""
    classes = _words().kinds
    kept = [word for word in name.split() if word.strip(".,").lower() not in classes]
    while kept and kept[0].lower() in ("of", "de", "del", "da", "do", "di"):
        kept = kept[1:]
    return " ".join(kept) or name


def ends_in_kind(name: str) -> bool:
    """Return whether the name ends in an English word for a kind of area (`Aleppo Governorate`)."""
    words = name.split()
    return len(words) > 1 and words[-1].lower() in _words().english_kinds


def plain_letters(name: str) -> str:
    """Return the name without accents and apostrophe-like letters (`Ḩimş` → `Hims`); apostrophes inside it stay."""
    plain = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    return "".join(char for char in plain if not unicodedata.combining(char)).strip("'’‘`´ʻʼʾʿ")
