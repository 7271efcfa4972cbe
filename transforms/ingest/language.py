"""Which language a text is in, where its words leave no doubt.

News that is full of English function words is English; so is upper-case wire text. All else goes to py3langid, piece by
piece: a text counts as foreign only when every piece is, with confidence, so that no English is lost to a foreign quote
or name. Short and doubtful texts get no language.

Belongs here: telling the language of a text. Keep out: what is done about it (`transforms/reading/languages.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from transforms.ingest.boilerplate import Span
from transforms.lexicon import by_class

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_CLASSES = frozenset({"english"})
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_CHARS = 2_000  # of the beginning, for English words
# Measured on 16,496 English texts: of news, 99 in 100 have 5 to 10 % of these words or more; other languages have up to 3 % (Pidgin).
_ENGLISH_SHARE, _ENGLISH_LEAST = 0.05, 4
_PIECE_CHARS, _PIECES = 400, 6
_PIECE_BYTES = 60  # letters of a piece in UTF-8: below, names decide and the answer is chance
# py3langid's confidence: its wrong answers on English texts (lists of figures, strings of Hausa names) stay below .70, and
# leave English a chance of .03 and more.
_SURE, _CHANCE_OF_ENGLISH = 0.8, 0.02
# Varieties under the code of the written language; zxx is no language at all, and Pidgin news is foreign only when sure.
_SAME = {"ary": "ar", "arz": "ar", "yue": "zh", "wuu": "zh", "sdh": "ku", "uzs": "uz", "nn": "no", "zxx": "en"}


def language_of(text: str, spans: Sequence[Span]) -> str | None:
    """Return the ISO 639 code of the language of the text's body (`spans`); None where its words leave doubt.

    `en` as soon as a good part is English. Deterministic; no network. Loads a model (one second) for foreign or odd texts only.
    """
    body = " ".join(text[start:end] for start, end in spans)
    if _is_plain_english(body[:_LOOK_CHARS].lower()):
        return "en"
    pieces = [
        words
        for piece in _pieces(body)
        if len((words := " ".join(_WORD.findall(piece)).lower()).encode("utf-8", "replace")) >= _PIECE_BYTES
    ]
    if any(map(_is_plain_english, pieces)):
        return "en"
    found = [_of_piece(words) for words in pieces]
    sure = Counter(code for code, is_sure, _ in found if is_sure)
    if sure["en"]:
        return "en"
    if not sure or any(may_be_english for _, _, may_be_english in found):
        return None
    return sure.most_common(1)[0][0]


def _is_plain_english(lowered: str) -> bool:
    words = _WORD.findall(lowered)
    english = by_class("language_words", _CLASSES)["english"]
    hits = sum(word in english for word in words)
    return hits >= _ENGLISH_LEAST and hits >= _ENGLISH_SHARE * len(words)


def _pieces(body: str) -> list[str]:
    """Return pieces from the beginning to the end of a body, evenly spaced; all of a short one."""
    last = max(0, len(body) - _PIECE_CHARS)
    steps = min(_PIECES - 1, -(-last // _PIECE_CHARS))
    return [body[begin : begin + _PIECE_CHARS] for begin in (last * step // max(1, steps) for step in range(steps + 1))]


def _of_piece(words: str) -> tuple[str, bool, bool]:
    """Return the likeliest language of a piece, whether that is sure, and whether it may be English after all."""
    chances: Counter[str] = Counter()
    for code, chance in _identifier().rank(words):
        chances[_SAME.get(str(code), str(code))] += chance
    code, confidence = chances.most_common(1)[0]
    return code, confidence >= _SURE, chances["en"] >= _CHANCE_OF_ENGLISH


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # numpy and the model: only odd texts pay

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
