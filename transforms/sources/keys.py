"""Keys under which differently printed names are the same name.

`name_key` folds what printing varies (case, articles, punctuation, possessives, accents); `place_key` also folds what
transliteration varies (al-/as-/ez-, `Suwayda` = `Sweida` = `Suweida`), so it is for comparing, never for showing.

Belongs here: folding of spellings. Keep out: which names mean which source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from transforms.sources.words import any_of

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]\b)*")
_POSSESSIVE = re.compile(r"['\u2019\u2018\u02bc]s\b|(?<=s)['\u2019](?=\s|$)")
_APOSTROPHE = re.compile(r"['\u2019\u2018\u02bc`]")
_ARTICLES = frozenset({"the", "a", "an"})
# Arabic article as printed (as-Suwayda, Deir ez-Zor), and run on with its noun where its consonant doubles (Ezzor).
_ARTICLE = any_of("arabic_article")
_ARABIC_ARTICLE = re.compile(rf"^{_ARTICLE}[- ](?=\w)", re.IGNORECASE)
_INNER_ARTICLE = re.compile(rf"(?<=\w)[ -]{_ARTICLE}[- ](?=\w)", re.IGNORECASE)
_RUN_ON_ARTICLE = re.compile(r"\b[ae](?=([szdtrn])\1)")
_DOUBLED = re.compile(r"(.)\1+")
# What romanisations of one name vary in: long vowels and diphthongs, q/k, the glide before a vowel, final h.
_FOLDS = (
    ("ei", "ay"),
    ("ai", "ay"),
    ("ey", "ay"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("q", "k"),
    ("uw", "w"),
    ("uay", "way"),
    ("aw", "w"),
    ("ua", "wa"),
    ("ue", "wa"),
    ("dh", "d"),
    ("gh", "g"),
)
MAX_NAME = 300


def unaccented(text: str) -> str:
    """Return the text without diacritics and apostrophes of transliteration (`Sana'a` -> `Sanaa`)."""
    flat = unicodedata.normalize("NFKD", text)
    return "".join(char for char in flat if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """Return the name in lower case without articles, punctuation, possessives and accents; '' when nothing is left."""
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", unaccented(text[:MAX_NAME]).replace("\u2019", "'")))
    words = (word.replace(".", "") for word in _WORD.findall(plain.lower()))
    return " ".join(word for word in words if word not in _ARTICLES)


@lru_cache(maxsize=8192)
def place_key(text: str) -> str:
    """Return a key that is the same for the common romanisations of a place name: for comparing only."""
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", unaccented(text[:MAX_NAME]).replace("\u2019", "'"))).lower().strip()
    plain = _RUN_ON_ARTICLE.sub("", _INNER_ARTICLE.sub(" ", _ARABIC_ARTICLE.sub("", plain)))
    words = " ".join(word for word in _WORD.findall(plain) if word not in _ARTICLES)
    for printed, folded in _FOLDS:
        words = words.replace(printed, folded)
    words = _DOUBLED.sub(r"\1", words)
    return words.removesuffix("h").replace("e", "a").replace("o", "u").replace("y", "i")
